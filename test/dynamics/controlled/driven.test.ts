import { describe, expect, test } from "vitest";
import { matrix } from "../../../src/algebra/matrix.ts";
import { maxDifference } from "../../../src/algebra/series.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import type { Envelope } from "../../../src/model/envelope.ts";
import { envelopeOf } from "../../../src/model/envelopeOf.ts";
import type { Model, Protocol } from "../../../src/model/types.ts";
import { defineModel } from "../../../src/model/validate.ts";
import { controlledBruteForce, oscillatorsOf, sitesOf } from "../../oracle/controlledBruteForce.ts";
import { random, randomHermitian, randomUnitary } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { forSeeds } from "../laws.ts";

const quiet = { pulses: [], scan: false, decays: [], trajectories: { seed: 1, most: 100, always: false } };

/** Each as the library reads it, and as plain arithmetic. */
const envelopes: { text: string | Envelope; f: (t: number, inside: number) => number; breaks?: number[] }[] = [
  { text: "1.5 * cos(2 * t - 0.3)", f: (t) => 1.5 * Math.cos(2 * t - 0.3) },
  { text: "2 * gaussian(t, 0.8, 0.3) * sin(5*t)", f: (t) => 2 * Math.exp(-((t - 0.8) ** 2) / 0.18) * Math.sin(5 * t) },
  {
    text: "step(t, 0.5) - 2 * step(t, 1.1) + exp(-t/2)",
    f: (t, inside) => (inside >= 0.5 ? 1 : 0) - (inside >= 1.1 ? 2 : 0) + Math.exp(-t / 2),
    breaks: [0.5, 1.1],
  },
  {
    text: { kind: "table", times: [-0.5, 0.4, 1], values: [0.3, 1, -1] },
    f: (t, inside) => {
      if (inside < -0.5) return 0.3;
      if (inside > 1) return -1;
      return inside < 0.4 ? 0.3 + (0.7 * (t + 0.5)) / 0.9 : 1 - (2 * (t - 0.4)) / 0.6;
    },
    breaks: [-0.5, 0.4, 1],
  },
];

/** Where an oracle must not step over a bell. */
function around(at: number, width: number): number[] {
  return Array.from({ length: 41 }, (_, k) => at + (k - 20) * 0.5 * width);
}

const bell = (t: number, at: number, width: number) => Math.exp(-((t - at) ** 2) / (2 * width * width));

/** Narrow ones beside a slow generator: bells anywhere, in part before or after all times asked for, sums and products, a bar, a tooth. */
function narrow(from: ReturnType<typeof random>, width: number) {
  const at = [from.between(-0.5, 2), from.between(-0.5, 2), from.pick([0, 0.5, 2, 2 + width, -0.7 - width])];
  const height = from.between(0.2, 0.8) / width;
  const bar = from.between(0, 1.9);
  const quarters = [0, 1, 2, 3, 5, 6, 7].map((k) => bar + 0.25 * k * width);
  const made: { envelope: Envelope; f: (t: number, inside: number) => number; breaks: number[] }[] = [
    {
      envelope: envelopeOf(`${height} * gaussian(t, ${at[0]}, ${width})`),
      f: (t) => height * bell(t, at[0], width),
      breaks: around(at[0], width),
    },
    {
      envelope: envelopeOf(
        `${height} * gaussian(t, ${at[1]}, ${width}) * cos(t/${width}) - ${height} * gaussian(2*t, ${2 * at[2]}, ${width})`,
      ),
      f: (t) => height * (bell(t, at[1], width) * Math.cos(t / width) - bell(2 * t, 2 * at[2], width)),
      breaks: [...around(at[1], width), ...around(at[2], width / 2)],
    },
    {
      envelope: envelopeOf(`${height} * (step(t, ${bar}) - step(t, ${bar + width}))`),
      f: (_, inside) => (inside >= bar && inside < bar + width ? height : 0),
      breaks: [...quarters.slice(0, 4), bar + width],
    },
    {
      envelope: { kind: "table", times: [bar, bar + width, bar + 2 * width], values: [0, height, 0] },
      f: (t, inside) =>
        inside >= bar && inside < bar + 2 * width ? height * (1 - Math.abs((t - bar) / width - 1)) : 0,
      breaks: [...quarters, bar + width, bar + 2 * width],
    },
  ];
  return made.map((one) => ({ ...one, operator: randomHermitian(from, 2) }));
}

describe("drives", () => {
  test("as narrow as a thousandth of the time are those of the full tensor product, wherever they stand", () => {
    forSeeds(2, 40, (seed) => {
      const times = [0, 0.5, 2, -0.7];
      const kind = { dims: [2], siteDimension: 2, strength: 0.1 } as const;
      const { model: plain } = randomModel(seed, { ...kind, times, tolerance: 1e-10 });
      const from = random(seed + 5);
      for (const width of [0.2, 0.05, 0.01, 0.002]) {
        const drives = narrow(from, width);
        const breaks = drives.flatMap((one) => one.breaks);
        for (const chosen of [drives.slice(0, 1), drives]) {
          const model: Model = { ...plain, protocol: { ...quiet, drives: chosen } };
          const exact = controlledBruteForce(model, sitesOf(model, 1), { drives: chosen, breaks }, times);
          const run = simulate(model, 1);
          const off = maxDifference(run.rho, exact);
          expect(off, `seed ${seed}, width ${width}, ${chosen.length} drives, ${run.path}`).toBeLessThan(1e-9);
          expect(off, `seed ${seed}, width ${width}`).toBeLessThan(run.error.estimate + 1e-11);
          expect(run.error.converged).toBe(true);
        }
      }
    });
  });

  test("are those of the full tensor product, with jumps, tables, pulses and negative times", () => {
    forSeeds(3, 40, (seed) => {
      const times = [0, 0.5, 1.3, -0.7, 2];
      const kind = { dims: [2], siteDimension: 2, strength: 0.7 } as const;
      const { model: plain } = randomModel(seed, { ...kind, times, tolerance: 1e-10 });
      const from = random(seed + 5);
      const drives = envelopes.map(({ text, f }) => ({
        operator: randomHermitian(from, 2),
        envelope: typeof text === "string" ? envelopeOf(text) : text,
        f,
      }));
      const breaks = envelopes.flatMap((one) => one.breaks ?? []);
      const pulses = [{ at: 0.9, unitary: randomUnitary(from, 2) }];
      const protocol: Protocol = { ...quiet, pulses, drives };
      const model: Model = { ...plain, protocol };
      for (const size of [1, 3]) {
        const exact = controlledBruteForce(model, sitesOf(model, size), { drives, breaks, pulses }, times);
        const run = simulate(model, size);
        const off = maxDifference(run.rho, exact);
        expect(off, `seed ${seed}, M = ${size}, ${run.path}`).toBeLessThan(1e-9);
        expect(run.error.converged).toBe(true);
        // Nothing is cut off: what is proved is how well the windows follow H(t).
        expect(run.error.bound).toBeLessThan(1e-10);
        for (const tolerance of [1e-2, 1e-4, 1e-6, 1e-10]) {
          const rough = simulate(model, size, { tolerance });
          const wrong = maxDifference(rough.rho, exact);
          expect(rough.error.bound, `seed ${seed}, M = ${size}, ${tolerance}`).toBeGreaterThanOrEqual(wrong - 1e-12);
        }
      }
    });
  });

  test("are right in the limit M = ∞", () => {
    const times = [0.7, 1.4];
    const kind = { dims: [2], siteDimension: 2, state: "pure", centring: "subtract", strength: 0.5 } as const;
    const { model: plain } = randomModel(8, { ...kind, times, tolerance: 1e-10 });
    const [{ text, f }] = envelopes;
    const drives = [{ operator: randomHermitian(random(1), 2), envelope: envelopeOf(text as string), f }];
    const model: Model = { ...plain, protocol: { ...quiet, drives } };
    const exact = controlledBruteForce(model, oscillatorsOf(model, 14), { drives }, times);
    const run = simulate(model, Number.POSITIVE_INFINITY, { certified: true });
    const off = maxDifference(run.rho, exact);
    expect(off).toBeLessThan(1e-9);
    expect(run.error.bound).toBeLessThanOrEqual(1e-10);
    expect(run.error.bound).toBeGreaterThanOrEqual(off - 1e-10);
  });

  test("a Rabi drive in resonance turns an uncoupled qubit as the rotating frame says, to 1e-11", () => {
    // In the frame of H_S the drive g (σ₊ e^{−iωt} + h.c.) is constant.
    const zero = matrix([
      [0, 0],
      [0, 0],
    ]);
    const { model: plain } = randomModel(2, { dims: [2], siteDimension: 2, times: [1, 7, 30], tolerance: 1e-11 });
    const g = 0.3;
    const omega = 1.7;
    const drives = [
      {
        operator: matrix([
          [0, g],
          [g, 0],
        ]),
        envelope: envelopeOf("cos(1.7 * t)"),
      },
      {
        operator: matrix([
          [0, [0, -g]],
          [[0, g], 0],
        ]),
        envelope: envelopeOf("sin(1.7*t)"),
      },
    ];
    const model: Model = {
      ...plain,
      system: {
        ...plain.system,
        hamiltonian: matrix([
          [omega, 0],
          [0, 0],
        ]),
        state: matrix([
          [0, 0],
          [0, 1],
        ]),
      },
      reservoirs: plain.reservoirs.map((kind) => ({
        ...kind,
        couplings: kind.couplings.map((one) => ({ ...one, system: zero })),
      })),
      meanField: { operator: zero, kept: false, matters: false },
      protocol: { ...quiet, drives },
    };
    const { rho } = simulate(model, 5);
    model.times.forEach((t, place) => {
      expect(rho.re[4 * place]).toBeCloseTo(Math.sin(g * t) ** 2, 10);
    });
  });

  test("a pulse of a fiftieth of a unit of time, far from all times asked for, turns S by its area", () => {
    const model = defineModel({
      system: { dims: 2, hamiltonian: "0", state: "up" },
      reservoir: { hamiltonian: "proj(up)", state: "down" },
      couplings: [{ system: "qzero(2)", site: "sigmap" }],
      drive: [{ operator: "sigmay", envelope: "8 * gaussian(t, 2, 0.02)" }],
      times: [0, 1, 6],
      tolerance: 1e-9,
    });
    const { rho, error } = simulate(model, 1);
    expect(error.converged).toBe(true);
    const turned = Math.cos(2 * 8 * 0.02 * Math.sqrt(2 * Math.PI));
    expect(2 * rho.re[4 * 2] - 1).toBeCloseTo(turned, 9);
  });

  test("are off by no more than the estimate says, at tolerances that allow much", () => {
    for (const strength of [0.7, 1.3, 2.1, 3.2, 4.4, 5.9]) {
      const model = defineModel({
        system: { dims: 2, hamiltonian: "0", state: "up" },
        reservoir: { hamiltonian: "proj(up)", state: "down" },
        couplings: [{ system: "qzero(2)", site: "sigmap" }],
        drive: [{ operator: "sigmax", envelope: strength }],
        times: [1.9, 3.7],
        tolerance: 0.05,
      });
      const { rho, error } = simulate(model, 1);
      model.times.forEach((t, place) => {
        const off = Math.abs(rho.re[4 * place] - Math.cos(strength * t) ** 2);
        expect(off, `strength ${strength}, t = ${t}`).toBeLessThan(error.estimate);
      });
    }
  });
});

test("a tolerance that the rounding of a drive does not allow is told, instead of ending the run: 1 + tanh long before it rises", () => {
  const model = defineModel({
    system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
    reservoir: { hamiltonian: "0.3 * sigmaz", state: "thermal(1)" },
    couplings: [{ system: "0.1 * sigmax", site: "sigmax", hc: "included" }],
    drive: [{ operator: "sigmax", envelope: "50 * (1 + tanh((t - 17)/0.5))" }],
    times: [0, 8, 16],
  });
  const at = (tolerance: number) => simulate({ ...model, tolerance }, 1);
  const [usual, unmet] = [at(1e-9), at(1e-13)];
  expect(usual.error.converged).toBe(true);
  expect(unmet.error.converged).toBe(false);
  expect(unmet.error.estimate).toBeGreaterThan(1e-13);
  expect(maxDifference(usual.rho, unmet.rho)).toBeLessThan(usual.error.estimate + unmet.error.estimate);
});
