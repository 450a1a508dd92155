import { describe, expect, test } from "vitest";
import { energies } from "../../../src/dynamics/experiments/energies.ts";
import { envelopeOf } from "../../../src/model/envelopeOf.ts";
import type { Model } from "../../../src/model/types.ts";
import { defineModel } from "../../../src/model/validate.ts";
import { controlledEnergies } from "../../oracle/controlledEnergyBruteForce.ts";
import { random, randomHermitian, randomMatrix, randomUnitary } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";

const infinity = Number.POSITIVE_INFINITY;

const leftAlone = {
  ...{ pulses: [], scan: false, drives: [], decays: [] },
  trajectories: { seed: 1, most: 10, always: false },
};

describe("energies under pulses, drives and decay", () => {
  const drivesOf = (from: ReturnType<typeof random>) => [
    { operator: randomHermitian(from, 2), envelope: envelopeOf("cos(3*t)"), f: (t: number) => Math.cos(3 * t) },
    {
      ...{ operator: randomHermitian(from, 2), envelope: envelopeOf("step(t, 0.5) * t - step(t, 0.9)") },
      f: (t: number, inside: number) => (inside > 0.5 ? t : 0) - (inside > 0.9 ? 1 : 0),
    },
  ];

  test("are those of the full tensor product, work and losses by quadrature there, and balance to 1e-10", () => {
    for (const [seed, size] of [
      [2, 1],
      [4, 2],
      [7, 1],
    ]) {
      const times = [0, 0.3, 0.6, 0.9, 1.3];
      const { model: plain } = randomModel(seed, {
        ...{ siteDimension: 2, dims: [2], rotated: false, strength: 0.8 },
        ...{ couplings: 1, times: [1.3, 0, 0.3, 0.9, 0.6] },
      });
      const from = random(seed + 23);
      const pulses = [0, 0.4, 0.6].map((at) => ({ at, unitary: randomUnitary(from, 2) }));
      const drives = drivesOf(from);
      const breaks = [0.5, 0.9];
      const decays = [0.3, 0.6].map((rate) => ({ operator: randomMatrix(from, 2), rate }));
      for (const done of [{ pulses }, { drives, breaks }, { pulses, drives, breaks, decays }]) {
        const model: Model = { ...plain, protocol: { ...leftAlone, ...done } };
        const exact = controlledEnergies(model, size, done, times);
        const { energies: found, run } = energies(model, size, { tolerance: 1e-9 });
        model.times.forEach((t, place) => {
          for (const part of ["system", "interaction", "reservoir", "work", "pulses", "decay"] as const) {
            const off = Math.abs(found[part][place] - exact[times.indexOf(t)][part]);
            expect(off, `seed ${seed}, ${part} at ${t}, ${run.path}`).toBeLessThan(1e-8);
          }
        });
        expect(found.open, run.path).toBeLessThan(1e-10);
        expect(run.error.converged, run.path).toBe(true);
        const total = found.kicks.reduce((sum, { work }) => sum + work, 0);
        expect(total).toBeCloseTo(found.pulses[0], 12);
        expect(found.kicks.map(({ at }) => at)).toEqual("pulses" in done ? [0, 0.4, 0.6] : []);
      }
    }
  });

  test("balance to 1e-10 in the limit, at negative times too, and for scans, whose times are experiments of their own", () => {
    const kind = { siteDimension: 2, dims: [2], couplings: 1, centring: "subtract", strength: 0.4 } as const;
    for (const seed of [3]) {
      const { model: plain } = randomModel(seed, { ...kind, times: [0.7, -0.6, 1.2] });
      const from = random(seed);
      const pulses = [-0.3, 0, 0.4].map((at) => ({ at, unitary: randomUnitary(from, 2) }));
      for (const done of [{ pulses, drives: drivesOf(from) }, { pulses }]) {
        const model: Model = { ...plain, protocol: { ...leftAlone, ...done } };
        const { energies: found, run } = energies(model, infinity, { tolerance: 1e-7 });
        expect(found.open, run.path).toBeLessThan(1e-10);
        expect(run.error.converged, run.path).toBe(true);
        expect(found.kicks.map(({ at }) => at)).toEqual([-0.3, 0, 0.4]);
        // Forward from −0.6, the first pulse gives what the way back took.
        expect(found.pulses[1] + found.kicks[0].work).toBeCloseTo(0, 10);
      }
      const shares = pulses.slice(1).map(({ unitary }, k) => ({ at: 0.5 * k, unitary }));
      const times = [0, 0.8, 1.5];
      const scan: Model = { ...plain, times, protocol: { ...leftAlone, pulses: shares, scan: true } };
      const { energies: found } = energies(scan, infinity, { tolerance: 1e-7 });
      expect(found.open).toBeLessThan(1e-10);
      expect(found.kicks).toEqual([]);
      const alone = { ...leftAlone, pulses: shares.map(({ at, unitary }) => ({ at: 0.8 * at, unitary })) };
      const one = energies({ ...plain, times: [0.8], protocol: alone }, infinity, { tolerance: 1e-7 }).energies;
      expect(found.system[1]).toBeCloseTo(one.system[0], 7);
      expect(found.pulses[1]).toBeCloseTo(one.pulses[0], 7);
    }
  });

  test("of a drive that jumps at the time of pulses: it jumps first, before one pulse or several, early or late", () => {
    // S as if alone, as the coupling to 1 does nothing to it: 0.3 ⟨σ_z⟩ jumps on, then turns over.
    const found = (more: object) =>
      energies(
        defineModel({
          system: { dims: 2, hamiltonian: 0, state: "up" },
          reservoir: { hamiltonian: "proj(up)", state: "down" },
          couplings: [{ system: "0.1 * qeye(2)", site: "sigmap" }],
          ...more,
        }),
        1,
      ).energies;
    const half = { rotate: "0.5 * sigmax", angle: "pi/2" };
    const drive = (at: number) => [{ operator: "0.3 * sigmaz", envelope: `step(t, ${at})` }];
    for (const { work, pulses } of [
      found({ drive: drive(1), pulses: [{ at: 1, unitary: "sigmax" }], times: [1] }),
      found({ drive: drive(1), pulses: [1, 1].map((at) => ({ at, ...half })), times: [1] }),
      found({ drive: drive(2), pulses: [1, 1].map((fraction) => ({ fraction, ...half })), times: [2] }),
    ]) {
      expect(work[0]).toBeCloseTo(0.3, 12);
      expect(pulses[0]).toBeCloseTo(-0.6, 12);
    }
    // On the way back S was down when the drive jumped, and the pulses turned it up.
    for (const turn of [[{ unitary: "sigmax" }], [half, half]]) {
      const pulses = turn.map((one) => ({ at: -1, ...one }));
      const { work, kicks } = found({ drive: drive(-1), pulses, times: [-2] });
      expect(work[0]).toBeCloseTo(0.3, 12);
      expect(kicks[0].work).toBeCloseTo(0.6, 12);
    }
  });

  test("balance to 1e-10 under drives that are narrow beside all else", () => {
    for (const width of [0.1, 0.01, 0.002]) {
      const height = 0.4 / width;
      const model = defineModel({
        system: { hamiltonian: "0.3 * sigmaz + 0.1 * sigmax", state: "up" },
        reservoir: { hamiltonian: "proj(up)", state: "down" },
        couplings: [{ system: "0.2 * sigmam", site: "sigmap" }],
        drive: [
          { operator: "sigmay", envelope: `${height} * gaussian(t, 2.1, ${width})` },
          {
            operator: "sigmax",
            envelope: `${height} * gaussian(t, 2.1, ${width / 3}) - 2 * gaussian(t, 3, ${2 * width})`,
          },
        ],
        times: [0, 1, 2.1, 2.1 + width, 4],
        tolerance: 1e-8,
      });
      for (const size of [1, 3, infinity]) {
        const { energies: found, run } = energies(model, size);
        expect(found.open, `width ${width}, M = ${size}`).toBeLessThan(1e-10);
        expect(Math.abs(found.work[4])).toBeGreaterThan(1e-3);
        expect(run.error.converged).toBe(true);
      }
    }
  });

  const qubit = (more: Partial<Parameters<typeof defineModel>[0]>) =>
    defineModel({
      system: { hamiltonian: "0.85 * sigmaz", state: "down" },
      reservoir: { hamiltonian: "proj(up)", state: "down" },
      couplings: [{ system: "qzero(2)", site: "sigmap" }],
      times: [0, 1, 4, 9],
      tolerance: 1e-10,
      ...more,
    });

  test("of a qubit alone in resonance with a turning field: the work is ω sin² gt", () => {
    // In the frame of H_S the drive is constant, and its own energy stays 0 from the ground state.
    const model = qubit({
      drive: [
        { operator: "0.3 * sigmax", envelope: "cos(1.7*t)" },
        { operator: "0.3 * sigmay", envelope: "sin(1.7*t)" },
      ],
    });
    const { work, system, open } = energies(model, 3).energies;
    model.times.forEach((t, k) => {
      expect(work[k]).toBeCloseTo(1.7 * Math.sin(0.3 * t) ** 2, 9);
      expect(system[k]).toBeCloseTo(-0.85 + work[k], 9);
    });
    expect(open).toBeLessThan(1e-10);
  });

  test("of a drive that commutes with H: the work is (f(t) − f(0)) ⟨A⟩, to 1e-11, jumps included", () => {
    const model = qubit({
      system: { hamiltonian: "0.4 * sigmaz", state: [Math.sqrt(0.8), Math.sqrt(0.2)] },
      couplings: [{ system: "0.2 * sigmaz", site: "sigmap" }],
      drive: [{ operator: "sigmaz", envelope: "0.5 * exp(-t/3) + 0.2 * step(t, 2)" }],
    });
    const { work, open } = energies(model, infinity).energies;
    model.times.forEach((t, k) => {
      const change = 0.5 * (Math.exp(-t / 3) - 1) + (t >= 2 ? 0.2 : 0);
      expect(work[k]).toBeCloseTo(0.6 * change, 10);
    });
    expect(open).toBeLessThan(1e-10);
  });

  test("of π pulses on a qubit alone: each kick is ± its splitting; of T1 alone: what decayed", () => {
    const kicked = qubit({ pulses: [1, 3, 5].map((at) => ({ at, unitary: "sigmax" })) });
    const { kicks, pulses } = energies(kicked, 2).energies;
    [1.7, -1.7, 1.7].forEach((work, k) => {
      expect(kicks[k].work).toBeCloseTo(work, 11);
    });
    [0, 1.7, 0, 1.7].forEach((work, k) => {
      expect(pulses[k]).toBeCloseTo(work, 11);
    });
    const falling = qubit({ system: { hamiltonian: "0.85 * sigmaz", state: "up" }, decay: [{ T1: 4 }] });
    const { decay, open } = energies(falling, 2).energies;
    falling.times.forEach((t, k) => {
      expect(decay[k]).toBeCloseTo(-1.7 * (1 - Math.exp(-t / 4)), 9);
    });
    expect(open).toBeLessThan(1e-10);
  });

  test("are refused as a mean over trajectories, which have no joint density matrix", () => {
    const model = qubit({ decay: [{ T1: 4 }], trajectories: { always: true } });
    expect(() => energies(model, 2)).toThrow("Energies of an S that decays need the joint density matrix");
  });
});
