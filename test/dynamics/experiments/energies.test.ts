import { describe, expect, test } from "vitest";
import { diagonal, matrix } from "../../../src/algebra/matrix.ts";
import { energies } from "../../../src/dynamics/experiments/energies.ts";
import { siteTransitions } from "../../../src/dynamics/experiments/energyParts.ts";
import { defineModel } from "../../../src/model/validate.ts";
import { energyBruteForce, transitionKey } from "../../oracle/energyBruteForce.ts";
import { asModel } from "../../oracle/plainModel.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { severalReservoirs } from "../../oracle/severalReservoirs.ts";
import { largest } from "./largestDifference.ts";

const infinity = Number.POSITIVE_INFINITY;

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
