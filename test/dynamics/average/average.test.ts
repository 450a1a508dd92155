import { describe, expect, test } from "vitest";
import { binomialWeight } from "../../../src/algebra/binomialWeight.ts";
import { binomial, normal } from "../../../src/algebra/gauss.ts";
import { averagePoints, chooseNodes } from "../../../src/dynamics/average/average.ts";
import { nodeCount } from "../../../src/dynamics/average/rules.ts";
import type { Family } from "../../../src/dynamics/families/family.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { defineModel } from "../../../src/model/validate.ts";
import { randomModel } from "../../oracle/randomModel.ts";

/** Independent axes without Hamiltonians: normal ones, or numbers of successes. */
function axes(list: readonly ("normal" | { trials: number; p: number })[]): Family {
  return {
    path: "a test",
    axes: list.length,
    axis: (i) => {
      const axis = list[i];
      if (axis === "normal") return { measure: normal, deviation: 1 };
      const { trials, p } = axis;
      const counts = { mean: trials * p, trials, weight: (n: number) => binomialWeight(trials, p, n) };
      return { measure: binomial(trials, p), deviation: Math.sqrt(trials * p * (1 - p)), counts };
    },
    hamiltonian: () => {
      throw new Error("nothing is evolved here");
    },
    capacity: Number.POSITIVE_INFINITY,
    exactSectors: Number.POSITIVE_INFINITY,
  };
}

function averaged(
  family: Family,
  choices: Parameters<typeof averagePoints>[1],
  f: (point: readonly number[]) => number,
): number {
  return averagePoints(family, choices, 0).points.reduce((sum, { point, weight }) => sum + weight * f(point), 0);
}

const everything = { nodes: Number.POSITIVE_INFINITY };

describe("the points of an average", () => {
  test("are all ways to share the sites among the levels, each with its multinomial probability", () => {
    for (const [seed, size] of [
      [1, 5],
      [2, 4],
      [3, 7],
    ]) {
      const { model } = randomModel(seed, { siteDimension: 3, state: "mixed", couplings: 1 });
      const family = finiteFamily(model, size);
      const populations = family.hamiltonian([0, 0]).groups.map(({ filled }) => filled);
      const { points, dropped } = averagePoints(family, [everything, everything], 0);
      const seen = new Set<string>();
      for (const { point, weight } of points) {
        const counts = family.hamiltonian(point).groups.map(({ capacity }) => capacity);
        seen.add(counts.join());
        expect(counts.reduce((sum, n) => sum + n, 0)).toBe(size);
        let expected = 1;
        let left = size;
        counts.forEach((n, k) => {
          for (let i = 1; i <= n; i++) expected *= (left-- * populations[k]) / i;
        });
        expect(weight).toBeCloseTo(expected, 14);
      }
      expect(seen.size).toBe(((size + 1) * (size + 2)) / 2);
      expect(points.length).toBe(seen.size);
      expect(family.exactSectors).toBe(seen.size);
      expect(dropped).toBe(0);
    }
  });

  test("are enough on every line: the mean along an axis is a whole number on some lines and not on others", () => {
    const sites = 105;
    const model = defineModel({
      system: { hamiltonian: "sigmaz", state: "plus" },
      reservoir: { hamiltonian: "num(5)", state: "qeye(5) / 5" },
      couplings: [{ system: "0.1 * sigmax", site: "destroy(5)" }],
    });
    const family = finiteFamily(model, sites);
    for (const slopes of [
      [0, 1, 0, 2, 0],
      [0, 1, -2, 3, 1],
      [1, 3, 2, -1, 0],
    ]) {
      const f = (point: readonly number[]) =>
        family.hamiltonian(point).groups.reduce((sum, { filled }, k) => sum + 1e-4 * slopes[k] * filled * sites, 0);
      const { choices } = chooseNodes(family, (point) => Float64Array.of(f(point)), 1e-6);
      const mean = (1e-4 * slopes.reduce((sum, slope) => sum + slope, 0) * sites) / 5;
      expect(Math.abs(averaged(family, choices, f) - mean)).toBeLessThan(1e-6);
    }
  });

  test("with few nodes still give the means and covariances M (p_k δ_kl − p_k p_l) of the occupations", () => {
    const { model } = randomModel(4, { siteDimension: 4, state: "mixed", couplings: 1, degenerate: false });
    for (const size of [30, 1000, 1e9]) {
      const family = finiteFamily(model, size);
      const populations = family.hamiltonian([0, 0, 0]).groups.map(({ filled }) => filled);
      const { points } = averagePoints(family, [{ nodes: 4 }, { nodes: 4 }, { nodes: 4 }], 0);
      const deviations = points.map(({ point }) =>
        family.hamiltonian(point).groups.map(({ filled }, k) => (filled - populations[k]) * Math.sqrt(size)),
      );
      for (let k = 0; k < 4; k++) {
        for (let l = 0; l <= k; l++) {
          const found = points.reduce((sum, { weight }, i) => sum + weight * deviations[i][k] * deviations[i][l], 0);
          const expected = (k === l ? populations[k] : 0) - populations[k] * populations[l];
          expect(Math.abs(found - expected)).toBeLessThan(1e-9);
        }
        const mean = points.reduce((sum, { weight }, i) => sum + weight * deviations[i][k], 0);
        expect(Math.abs(mean)).toBeLessThan(1e-9);
      }
    }
  });

  test("leave out what weighs nothing, no more than allowed, and say how much", () => {
    const family = axes([{ trials: 30, p: 0.1 }]);
    const all = averagePoints(family, [everything], 0);
    for (const negligible of [1e-12, 1e-6, 1e-3]) {
      const { points, dropped } = averagePoints(family, [everything], negligible);
      expect(dropped).toBeGreaterThan(0);
      expect(dropped).toBeLessThanOrEqual(negligible);
      const kept = points.reduce((sum, { weight }) => sum + weight, 0);
      expect(kept + dropped).toBeCloseTo(
        all.points.reduce((sum, { weight }) => sum + weight, 0),
        14,
      );
      expect(points.length).toBeLessThan(all.points.length);
    }
  });

  test("are not made where there would be too many of them", () => {
    const family = axes(Array.from({ length: 4 }, () => ({ trials: 150, p: 0.5 })));
    let asked = 0;
    const counting: Family = {
      ...family,
      axis: (i, before) => {
        asked++;
        return family.axis(i, before);
      },
    };
    const all = family.axis(0, []).counts?.trials ?? 0;
    expect(() => averagePoints(counting, [everything, everything, everything, everything], 0)).toThrow(
      "4 numbers of sites",
    );
    // Of the third axis so many that there are 200 000 points, and no more.
    expect(asked).toBeLessThan(1 + (all + 1) + 200_000 / 100);
  });

  test("have no axis to go along where there is nothing to average", () => {
    expect(averagePoints(axes([]), [], 1e-10)).toEqual({ points: [{ point: [], weight: 1 }], dropped: 0 });
  });
});

describe("the chosen nodes", () => {
  const turns = [0.01, 0.3, 1, 3, 6, 12];

  test("average cos(k ξ) over a normal axis to the tolerance, whether it turns slowly or fast", () => {
    for (const tolerance of [1e-5, 1e-8, 1e-11]) {
      for (const k of turns) {
        const f = (x: readonly number[]) => Float64Array.of(Math.cos(k * x[0] + 0.4), Math.sin(k * x[0] + 0.4));
        const family = axes(["normal"]);
        const { choices, estimate } = chooseNodes(family, f, tolerance);
        const found = averaged(family, choices, (x) => f(x)[0]);
        expect(estimate).toBeLessThanOrEqual(tolerance);
        const exact = Math.cos(0.4) * Math.exp((-k * k) / 2);
        expect(Math.abs(found - exact), `k = ${k}, ${JSON.stringify(choices)}`).toBeLessThanOrEqual(tolerance);
      }
    }
  });

  test("average it over any number of trials", () => {
    for (const trials of [3, 40, 1000, 1e6, 1e15]) {
      for (const p of [0.5, 0.05]) {
        for (const k of turns) {
          const family = axes([{ trials, p }]);
          const step = k / Math.sqrt(trials);
          const f = (x: readonly number[]) => Float64Array.of(Math.cos(step * x[0]), Math.sin(step * x[0]));
          const { choices } = chooseNodes(family, f, 1e-8);
          const found = averaged(family, choices, (x) => f(x)[0]);
          // |1 − p + p e^{ik}|^M with the phase of the mean taken away, from its logarithm.
          const re = Math.log1p(-4 * p * (1 - p) * Math.sin(step / 2) ** 2) / 2;
          const im = Math.atan2(p * Math.sin(step), 1 - p + p * Math.cos(step)) - p * step;
          const exact = Math.exp(trials * re) * Math.cos(trials * im);
          expect(Math.abs(found - exact), `M = ${trials}, p = ${p}, k = ${k}`).toBeLessThanOrEqual(1e-8);
        }
      }
    }
  });

  test("resolve several axes at once, and spend few nodes on those that matter little", () => {
    const family = axes(["normal", "normal", { trials: 1e4, p: 0.3 }]);
    const f = ([x, y, z]: readonly number[]) => Float64Array.of(Math.cos(2 * x + 0.01 * y + 0.002 * z));
    const { choices } = chooseNodes(family, f, 1e-8);
    expect(nodeCount(choices[1])).toBeLessThan(nodeCount(choices[0]));
    const found = averaged(family, choices, (point) => f(point)[0]);
    const [re, im] = [1 - 0.3 + 0.3 * Math.cos(0.002), 0.3 * Math.sin(0.002)];
    const third = Math.hypot(re, im) ** 1e4 * Math.cos(1e4 * (Math.atan2(im, re) - 0.3 * 0.002));
    expect(Math.abs(found - Math.exp(-2) * Math.exp(-0.5e-4) * third)).toBeLessThan(1e-8);
  });

  test("are one where the function does not depend on the axis", () => {
    const { choices, estimate } = chooseNodes(axes(["normal"]), () => Float64Array.of(0.7), 1e-12);
    expect(choices).toEqual([{ nodes: 1 }]);
    expect(estimate).toBeLessThan(1e-12);
  });
});
