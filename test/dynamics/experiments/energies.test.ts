import { describe, expect, test } from "vitest";
import { diagonal, matrix } from "../../../src/algebra/matrix.ts";
import { energies } from "../../../src/dynamics/experiments/energies.ts";
import { siteTransitions } from "../../../src/dynamics/experiments/energyParts.ts";
import { envelopeOf } from "../../../src/model/envelopeOf.ts";
import type { Model } from "../../../src/model/types.ts";
import { defineModel } from "../../../src/model/validate.ts";
import { controlledEnergies } from "../../oracle/controlledEnergyBruteForce.ts";
import { energyBruteForce, transitionKey } from "../../oracle/energyBruteForce.ts";
import { asModel } from "../../oracle/plainModel.ts";
import { random, randomHermitian, randomMatrix, randomUnitary } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { severalReservoirs } from "../../oracle/severalReservoirs.ts";

const infinity = Number.POSITIVE_INFINITY;

function largest(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, t) => Math.max(most, Math.abs(value - b[t])), 0);
}

describe("energies", () => {
  test("of S, of the interaction and of each transition are those of the full tensor product", () => {
    for (let seed = 0; seed < 10; seed++) {
      const siteDimension = 2 + (seed % 2);
      const { model } = randomModel(seed, {
        siteDimension,
        rotated: false,
        degenerate: false,
        couplings: 1 + (seed % 2),
      });
      const size = siteDimension === 2 ? 3 : 2;
      const exact = energyBruteForce(model, size);
      const { energies: found, run } = energies(model, size, { tolerance: 1e-10 });
      const about = `seed ${seed}, ${run.path}`;
      expect(largest(found.system, exact.system), about).toBeLessThan(1e-8);
      expect(largest(found.interaction, exact.interaction), about).toBeLessThan(1e-8);
      const nothing = new Float64Array(model.times.length);
      for (const { frequency, values } of found.heat) {
        expect(largest(values, exact.heat.get(transitionKey(0, frequency)) ?? nothing), about).toBeLessThan(1e-8);
      }
      expect(found.heat.map(({ frequency }) => transitionKey(0, frequency))).toEqual(
        expect.arrayContaining([...exact.heat.keys()]),
      );
      expect(found.open, about).toBeLessThan(1e-10);
      expect(run.error.converged, about).toBe(true);
    }
  });

  test("go into each of several reservoirs as on the full tensor product", () => {
    for (const seed of [1, 2, 5]) {
      const kind = { rotated: false, degenerate: false, dims: [2], couplings: 1, times: [0.6, -0.4] };
      const model = severalReservoirs(seed, [2, 1], kind, [2, 3]);
      const exact = energyBruteForce(model, 3, [2, 1]);
      const { energies: found } = energies(model, 3, { tolerance: 1e-10 });
      expect(largest(found.system, exact.system)).toBeLessThan(1e-9);
      expect(largest(found.interaction, exact.interaction)).toBeLessThan(1e-9);
      const nothing = new Float64Array(model.times.length);
      for (const { reservoir, frequency, values } of found.heat) {
        expect(largest(values, exact.heat.get(transitionKey(reservoir, frequency)) ?? nothing)).toBeLessThan(1e-9);
      }
      expect(found.reservoirs).toHaveLength(2);
      expect(found.open).toBeLessThan(1e-10);
    }
  });

  test("in the limit two reservoirs that are alike share the heat of one by their shares", () => {
    const kind = { siteDimension: 2, dims: [2], couplings: 1, state: "pure", strength: 0.5, times: [0.7, 2] } as const;
    const { model } = randomModel(6, { ...kind, centring: "subtract" });
    const [only] = model.reservoirs;
    const two = [0.25, 0.75].map((share, entry) => ({ ...only, share, entry }));
    const whole = energies(model, infinity, { tolerance: 1e-8 }).energies;
    const split = energies({ ...model, reservoirs: two }, infinity, { tolerance: 1e-8 }).energies;
    expect(largest(split.reservoir, whole.reservoir)).toBeLessThan(1e-7);
    [0.25, 0.75].forEach((share, r) => {
      const expected = whole.reservoir.map((value) => share * value);
      expect(largest(split.reservoirs[r], expected)).toBeLessThan(1e-7);
    });
    expect(split.open).toBeLessThan(1e-10);
  });

  test("balance to 1e-10 in the limit, vacuum modes, static field and thermal oscillator alike", () => {
    for (const seed of [1, 2, 3, 5]) {
      const { model } = randomModel(seed, {
        ...{ siteDimension: 2, dims: [2], couplings: 1, centring: "subtract", strength: 0.4, times: [1.5, 0.5, -1] },
      });
      const { energies: found, run } = energies(model, infinity, { tolerance: 1e-8 });
      expect(run.error.converged).toBe(true);
      // Averages over a field are proved, and starts left out are counted.
      expect(run.error.bound).not.toBeNull();
      expect(found.open, `seed ${seed}, ${run.path}`).toBeLessThan(1e-10);
      expect([...found.work]).toEqual([0, 0, 0]);
    }
  });

  test("of many kets keep a tolerance of 1e-10: rounding counts by what the parts make of the kets, not by their norms", () => {
    const model = defineModel({
      system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
      reservoir: { hamiltonian: "0.8 * proj(up)", state: "0.6 * proj(down) + 0.4 * proj(up)" },
      couplings: [{ system: "0.2 * sigmaz", site: "sigmax", hc: "included" }],
      times: { from: 0, to: 30, points: 301 },
      tolerance: 1e-10,
    });
    const { energies: found, run } = energies(model, infinity);
    expect(run.error.converged).toBe(true);
    expect(found.open).toBeLessThan(1e-12);
    // A thermal mode pushed by ± c σ_z, each transition as the vacuum pair at ±ω: (c/ω)² 2 (1 − cos ωt) ω in all.
    found.reservoir.forEach((value, t) => {
      const pushed = ((0.2 * 0.2 * 2) / 0.8) * (1 - Math.cos(0.8 * model.times[t])) * (0.6 - 0.4);
      expect(Math.abs(value - pushed)).toBeLessThan(1e-10);
    });
  });

  test("keep their bound, in the limit and at finite M: cutoffs far too low are off by no more than is proved", () => {
    const pure = { siteDimension: 2, state: "pure", degenerate: false } as const;
    const kind = { ...pure, dims: [2], centring: "subtract", times: [0.5, 1.5] } as const;
    for (const seed of [1, 2, 6, 9]) {
      const { model } = randomModel(seed, { ...kind, strength: 0.6, rotated: false });
      for (const size of [infinity, 6]) {
        const fine = energies(model, size, { tolerance: 1e-9 });
        const bound = fine.run.error.bound ?? Number.NaN;
        expect(bound, `seed ${seed}, M = ${size}, ${fine.run.path}, ${fine.run.cost.sectors}`).toBeLessThan(1e-4);
        const rough = energies(model, size, { tolerance: 3e-2 });
        const proved = rough.run.error.bound as number;
        expect(rough.run.error.boundAt).toHaveLength(2);
        const parts = ["system", "interaction", "reservoir"] as const;
        const off = Math.max(...parts.map((part) => largest(rough.energies[part], fine.energies[part])));
        expect(off, `seed ${seed}, M = ${size}`).toBeLessThanOrEqual(proved + bound);
      }
    }
  });

  test("finite M approaches the limit", () => {
    const { model } = randomModel(4, {
      siteDimension: 2,
      dims: [2],
      couplings: 1,
      centring: "subtract",
      times: [1, 2],
    });
    const limit = energies(model, infinity, { tolerance: 1e-8 }).energies;
    const [near, far] = [1e6, 1e2].map((size) => energies(model, size, { tolerance: 1e-8 }).energies);
    for (const part of ["system", "interaction", "reservoir"] as const) {
      expect(largest(near[part], limit[part])).toBeLessThan(5e-3);
      expect(largest(near[part], limit[part])).toBeLessThan(largest(far[part], limit[part]));
    }
  });

  test("of an excited qubit at resonance with a vacuum mode go over as sin² gt", () => {
    const g = 0.3;
    const times = [0, 1, 2.2, 5];
    const model = asModel({
      name: "exchange",
      dims: [2],
      systemHamiltonian: diagonal([0.5, -0.5]),
      systemState: diagonal([1, 0]),
      siteHamiltonian: diagonal([1, 0]),
      siteState: diagonal([0, 1]),
      couplings: [
        {
          system: matrix([
            [0, 0],
            [g, 0],
          ]),
          site: matrix([
            [0, 1],
            [0, 0],
          ]),
          hc: "added",
        },
      ],
      center: "error",
      times,
      sizes: [infinity],
      tolerance: 1e-9,
    });
    expect(siteTransitions(model)).toEqual([{ reservoir: 0, frequency: 1 }]);
    const { system, interaction, reservoir } = energies(model, infinity).energies;
    times.forEach((t, k) => {
      expect(system[k]).toBeCloseTo(0.5 - Math.sin(g * t) ** 2, 9);
      expect(reservoir[k]).toBeCloseTo(Math.sin(g * t) ** 2, 9);
      expect(interaction[k]).toBeCloseTo(0, 9);
    });
  });

  test("of a qubit that only dephases: S keeps its own, the modes gain what the interaction loses", () => {
    // One mode pushed by ±c from its vacuum: ⟨n⟩ = (c/ω)² 2(1 − cos ωt), ⟨V⟩ = −2 (c²/ω)(1 − cos ωt).
    const c = 0.3;
    const times = [0.4, 1, 3];
    const model = asModel({
      name: "pushed",
      dims: [2],
      systemHamiltonian: diagonal([0.2, -0.2]),
      systemState: matrix([
        [0.5, 0.5],
        [0.5, 0.5],
      ]),
      siteHamiltonian: diagonal([1.3, 0]),
      siteState: diagonal([0, 1]),
      couplings: [
        {
          system: diagonal([c, -c]),
          site: matrix([
            [0, 1],
            [1, 0],
          ]),
          hc: "included",
        },
      ],
      center: "error",
      times,
      sizes: [infinity],
      tolerance: 1e-9,
    });
    const { system, interaction, reservoir, open } = energies(model, infinity).energies;
    times.forEach((t, k) => {
      const pushed = ((2 * c * c) / 1.3) * (1 - Math.cos(1.3 * t));
      expect(system[k]).toBeCloseTo(0, 9);
      expect(reservoir[k]).toBeCloseTo(pushed, 8);
      expect(interaction[k]).toBeCloseTo(-pushed, 8);
    });
    expect(open).toBeLessThan(1e-10);
  });
});

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
