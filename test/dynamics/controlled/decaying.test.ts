import { describe, expect, test } from "vitest";
import { matrix } from "../../../src/algebra/matrix.ts";
import { maxDifference } from "../../../src/algebra/series.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { envelopeOf } from "../../../src/model/envelopeOf.ts";
import type { Model, Protocol } from "../../../src/model/types.ts";
import { defineModel } from "../../../src/model/validate.ts";
import { controlledBruteForce, oscillatorsOf, sitesOf } from "../../oracle/controlledBruteForce.ts";
import { random, randomHermitian, randomMatrix, randomUnitary } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { forSeeds } from "../laws.ts";

const quiet = { pulses: [], scan: false, drives: [], trajectories: { seed: 1, most: 100, always: false } };

describe("decay, by the joint density matrix", () => {
  test("is that of the full tensor product, with a drive and a pulse beside it", () => {
    forSeeds(3, 40, (seed) => {
      const times = [0, 0.5, 1.3];
      const { model: plain } = randomModel(seed, {
        ...{ dims: [2], siteDimension: 2, strength: 0.7 },
        ...{ times, tolerance: 1e-10 },
      });
      const from = random(seed + 9);
      const decays = [0.3, 0.8].map((rate) => ({ operator: randomMatrix(from, 2), rate }));
      const pulses = [{ at: 0.9, unitary: randomUnitary(from, 2) }];
      const f = (t: number) => Math.cos(3 * t);
      const drives = [{ operator: randomHermitian(from, 2), envelope: envelopeOf("cos(3*t)"), f }];
      for (const more of [{}, { pulses, drives }]) {
        const protocol: Protocol = { ...quiet, decays, ...more };
        const model: Model = { ...plain, protocol };
        for (const size of [1, 3]) {
          const exact = controlledBruteForce(model, sitesOf(model, size), { decays, ...more }, times);
          const run = simulate(model, size);
          expect(maxDifference(run.rho, exact), `seed ${seed}, M = ${size}, ${run.path}`).toBeLessThan(1e-9);
          expect(run.error.converged).toBe(true);
        }
      }
    });
  });

  test("is that of the full tensor product under a drive that is narrow beside all else, by trajectories too", () => {
    const times = [0, 1.7];
    const { model: plain } = randomModel(4, { dims: [2], siteDimension: 2, strength: 0.1, times, tolerance: 1e-10 });
    const from = random(12);
    const decays = [{ operator: randomMatrix(from, 2), rate: 0.2 }];
    for (const width of [0.02, 0.002]) {
      const f = (t: number) => (0.5 / width) * Math.exp(-((t - 0.8) ** 2) / (2 * width * width));
      const envelope = envelopeOf(`${0.5 / width} * gaussian(t, 0.8, ${width})`);
      const drives = [{ operator: randomHermitian(from, 2), envelope, f }];
      const breaks = Array.from({ length: 41 }, (_, k) => 0.8 + (k - 20) * 0.5 * width);
      const protocol: Protocol = { ...quiet, decays, drives };
      const model: Model = { ...plain, protocol };
      const exact = controlledBruteForce(model, sitesOf(model, 1), { decays, drives, breaks }, times);
      expect(maxDifference(simulate(model, 1).rho, exact)).toBeLessThan(1e-9);
      const trajectories = { seed: 3, most: 400, always: true };
      const mean = simulate({ ...model, tolerance: 0.03, protocol: { ...protocol, trajectories } }, 1);
      expect(mean.path).toContain("trajector");
      expect(maxDifference(mean.rho, exact)).toBeLessThan(0.06);
    }
  });

  test("stays that of the full tensor product for long where it is strong, after pulses and with any operator", () => {
    forSeeds(2, 10, (seed) => {
      const times = [2, 5];
      const kind = { dims: [2], siteDimension: 2, strength: 0.3 };
      const { model: plain } = randomModel(seed, { ...kind, times, tolerance: 1e-8 });
      const from = random(seed + 70);
      const decays = [{ operator: randomMatrix(from, 2), rate: 8 }];
      for (const pulses of [[], [{ at: 0.1, unitary: randomUnitary(from, 2) }]]) {
        const model: Model = { ...plain, protocol: { ...quiet, decays, pulses } };
        const exact = controlledBruteForce(model, sitesOf(model, 1), { decays, pulses }, times, 30);
        const run = simulate(model, 1);
        const off = maxDifference(run.rho, exact);
        expect(off, `seed ${seed}, ${pulses.length} pulses`).toBeLessThan(1e-8);
        expect(off).toBeLessThan((run.error.bound ?? 0) + 1e-11);
      }
    });
  });

  test("is right in the limit M = ∞, and proved to be", () => {
    const times = [0.7, 1.4];
    const kind = { dims: [2], siteDimension: 2, state: "pure", centring: "subtract", strength: 0.5 } as const;
    const { model: plain } = randomModel(8, { ...kind, times, tolerance: 1e-9 });
    const decays = [{ operator: randomMatrix(random(1), 2), rate: 0.4 }];
    const model: Model = { ...plain, protocol: { ...quiet, decays } };
    const exact = controlledBruteForce(model, oscillatorsOf(model, 14), { decays }, times);
    const run = simulate(model, Number.POSITIVE_INFINITY);
    const off = maxDifference(run.rho, exact);
    expect(off).toBeLessThan(1e-9);
    expect(run.error.bound).toBeGreaterThanOrEqual(off - 1e-13);
  });

  test("pure dephasing multiplies the coherence of any dephasing model", () => {
    const spec = {
      system: { hamiltonian: "0.4 * sigmaz", state: "plus" },
      reservoir: { hamiltonian: "proj(up)", state: "thermal(1)" },
      couplings: [{ system: "0.2 * sigmaz", site: "sigmap" }],
      times: [0, 1, 5],
      tolerance: 1e-9,
    };
    const alone = simulate(defineModel(spec), 8);
    expect(alone.method).toBe("nondemolition");
    const decaying = simulate(defineModel({ ...spec, decay: { T2: 8 } }), 8);
    spec.times.forEach((t, place) => {
      const at = 4 * place + 1;
      expect(decaying.rho.re[at]).toBeCloseTo(alone.rho.re[at] * Math.exp(-t / 8), 8);
      expect(decaying.rho.im[at]).toBeCloseTo(alone.rho.im[at] * Math.exp(-t / 8), 8);
    });
  });

  test("T1 and T2 alone give the exponentials that they are named for", () => {
    const model = defineModel({
      system: { hamiltonian: "0", dims: 2, state: "plus" },
      reservoir: { hamiltonian: "proj(up)", state: "down" },
      couplings: [{ system: "qzero(2)", site: "sigmap" }],
      decay: [{ T1: 4, T2: 3 }],
      times: [0, 1, 6],
    });
    const { rho } = simulate(model, Number.POSITIVE_INFINITY);
    model.times.forEach((t, place) => {
      expect(rho.re[4 * place]).toBeCloseTo(0.5 * Math.exp(-t / 4), 9);
      expect(rho.re[4 * place + 1]).toBeCloseTo(0.5 * Math.exp(-t / 3), 9);
    });
  });
});

test("a decay that does not keep what H conserves opens the space that it leads to", () => {
  // Exchange keeps one excitation in all; σ₊ pumps more in.
  const { model: plain } = randomModel(4, { dims: [2], siteDimension: 2, times: [0.5, 1], tolerance: 1e-9 });
  const decays = [
    {
      operator: matrix([
        [0, 1],
        [0, 0],
      ]),
      rate: 0.7,
    },
  ];
  const model: Model = { ...plain, protocol: { ...quiet, decays } };
  const exact = controlledBruteForce(model, sitesOf(model, 2), { decays }, model.times);
  expect(maxDifference(simulate(model, 2).rho, exact)).toBeLessThan(1e-9);
});
