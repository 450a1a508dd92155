import { describe, expect, test } from "vitest";
import { binomialWeight } from "../../../src/algebra/binomialWeight.ts";
import { binomial, normal, orthonormalPolynomials, type Rule } from "../../../src/algebra/gauss.ts";
import { axisRule, chosenRule, latticeRule, nodeCount } from "../../../src/dynamics/average/rules.ts";
import type { Axis } from "../../../src/dynamics/families/family.ts";

function counting(trials: number, p: number): Axis {
  const counts = { mean: trials * p, trials, p, weight: (n: number) => binomialWeight(trials, p, n) };
  return { measure: binomial(trials, p), deviation: Math.sqrt(trials * p * (1 - p)), counts };
}

const continuous: Axis = { measure: normal, deviation: 1 };

function integrate(rule: Rule, f: (x: number) => number): number {
  return rule.weights.reduce((sum, weight, i) => sum + weight * f(rule.nodes[i]), 0);
}

/** Σ over all numbers of successes, deviations in units of √M as in H. */
function exactSum(trials: number, p: number, f: (xi: number) => number): number {
  let sum = 0;
  for (let n = 0; n <= trials; n++) sum += binomialWeight(trials, p, n) * f((n - trials * p) / Math.sqrt(trials));
  return sum;
}

const cases: [number, number][] = [];
for (const p of [1e-4, 1e-3, 0.05, 0.2, 0.5, 0.7, 0.99]) {
  for (const trials of [2, 5, 12, 20, 40, 100, 1000, 1e6, 1e11]) cases.push([trials, p]);
}

describe("a rule of few nodes for a counting axis", () => {
  test("has whole numbers from 0 to the number of trials as nodes, all different, and no more than asked for", () => {
    for (const [trials, p] of cases) {
      for (let count = 1; count <= Math.min(15, trials); count++) {
        const { nodes } = axisRule(counting(trials, p), count);
        const successes = Array.from(nodes, (x) => Math.round(x + trials * p));
        expect(nodes.length).toBe(count);
        expect(new Set(successes).size).toBe(count);
        successes.forEach((n, i) => {
          expect(n).toBeGreaterThanOrEqual(0);
          expect(n).toBeLessThanOrEqual(trials);
          expect(Math.abs(nodes[i] - (n - trials * p))).toBeLessThanOrEqual(1e-15 * trials);
        });
      }
    }
  });

  test("is exact for every polynomial of a degree below the number of nodes", () => {
    for (const [trials, p] of cases) {
      for (let count = 1; count <= Math.min(15, trials); count++) {
        const axis = counting(trials, p);
        const { nodes, weights } = axisRule(axis, count);
        const sums = new Float64Array(count);
        nodes.forEach((x, i) => {
          orthonormalPolynomials(axis.measure, count, x).forEach((value, j) => {
            sums[j] += weights[i] * value;
          });
        });
        // In polynomials as large as they get at the outermost node, a rounding error of a weight is this much.
        const last = Math.max(
          ...Array.from(nodes, (x) => Math.hypot(...orthonormalPolynomials(axis.measure, count, x))),
        );
        sums.forEach((sum, j) => {
          expect(Math.abs(sum - (j === 0 ? 1 : 0)), `${trials} trials, p = ${p}, ${count} nodes`).toBeLessThan(
            4e-16 * count + 1e-17 * last,
          );
        });
      }
    }
  });

  test("has weights that hardly cancel: Σ|w| stays close to 1, so that nothing is amplified", () => {
    for (const [trials, p] of cases) {
      for (let count = 1; count <= Math.min(15, trials); count++) {
        const { weights } = axisRule(counting(trials, p), count);
        expect(weights.reduce((sum, w) => sum + Math.abs(w), 0)).toBeLessThan(1.3);
      }
    }
  });

  test("is the exact sum where as many nodes as numbers are asked for", () => {
    for (const [trials, p] of [
      [1, 0.3],
      [4, 0.5],
      [9, 0.02],
    ]) {
      for (const count of [trials + 1, 50, Number.POSITIVE_INFINITY]) {
        const { nodes, weights } = axisRule(counting(trials, p), count);
        let at = 0;
        for (let n = 0; n <= trials; n++) {
          const expected = binomialWeight(trials, p, n);
          if (expected < 1e-18) continue;
          expect(nodes[at]).toBeCloseTo(n - trials * p, 14);
          expect(weights[at++]).toBeCloseTo(expected, 15);
        }
        expect(at).toBe(nodes.length);
      }
    }
  });

  test("converges exponentially to the exact sum for functions as smooth as ρ_S", () => {
    // A static field of strength 1 at t = 1.
    const f = (xi: number) => Math.cos(xi + 0.3);
    for (const [trials, p] of [
      [40, 0.3],
      [300, 0.5],
      [2000, 0.9],
    ]) {
      const exact = exactSum(trials, p, f);
      const errors = [3, 7, 11, 15].map((count) =>
        Math.abs(integrate(axisRule(counting(trials, p), count), (x) => f(x / Math.sqrt(trials))) - exact),
      );
      expect(errors[0]).toBeGreaterThan(1e-5);
      for (let i = 1; i < 4; i++) expect(errors[i]).toBeLessThan(0.01 * errors[i - 1] + 1e-15);
      expect(errors[3]).toBeLessThan(1e-10);
    }
  });

  test("becomes the Gauss rule of the normal distribution for 10^23 trials, without losing digits", () => {
    const axis = counting(1e23, 0.3);
    const rule = axisRule(axis, 9);
    expect(integrate(rule, (x) => (x / axis.deviation) ** 4)).toBeCloseTo(3, 11);
    expect(integrate(rule, (x) => Math.cos(x / axis.deviation))).toBeCloseTo(Math.exp(-0.5), 9);
  });

  test("has a single node where nothing is left to chance", () => {
    expect(axisRule(counting(0, 0.3), 5)).toEqual({ nodes: Float64Array.of(0), weights: Float64Array.of(1) });
    expect(axisRule(counting(7, 1), 5)).toEqual({ nodes: Float64Array.of(0), weights: Float64Array.of(1) });
  });
});

describe("a lattice rule", () => {
  test("averages a phase that turns fast, with an error that falls as exp(−(2π/step − turns)²/2)", () => {
    for (const turns of [2, 6, 15]) {
      const step = (0.9 * 2 * Math.PI) / (Math.sqrt(2 * Math.log(1e10)) + turns);
      const smooth = integrate(latticeRule(continuous, step), (x) => Math.cos(turns * x));
      expect(Math.abs(smooth - Math.exp((-turns * turns) / 2))).toBeLessThan(1e-10);
      for (const trials of [4000, 1e6]) {
        const axis = counting(trials, 0.37);
        const k = turns / axis.deviation;
        const found = integrate(latticeRule(axis, step), (x) => Math.cos(k * x));
        // tr e^{ikn}: (1 − p + p e^{ik})^M, the mean taken away.
        const [re, im] = [1 - 0.37 + 0.37 * Math.cos(k), 0.37 * Math.sin(k)];
        const exact = Math.hypot(re, im) ** trials * Math.cos(trials * (Math.atan2(im, re) - 0.37 * k));
        expect(Math.abs(found - exact)).toBeLessThan(1e-9);
      }
    }
  });

  test("is the exact sum where its step is below one", () => {
    expect(latticeRule(counting(6, 0.5), 0.5)).toEqual(axisRule(counting(6, 0.5), Number.POSITIVE_INFINITY));
  });

  test("never leaves the numbers that there are", () => {
    for (const [trials, p] of [
      [30, 0.01],
      [500, 0.5],
      [4000, 0.001],
    ]) {
      const { nodes, weights } = latticeRule(counting(trials, p), 1.7);
      for (const x of nodes) {
        const n = x + trials * p;
        expect(Math.abs(n - Math.round(n))).toBeLessThan(1e-9);
        expect(n).toBeGreaterThan(-1e-9);
        expect(n).toBeLessThan(trials + 1e-9);
      }
      expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 13);
    }
  });
});

describe("a choice", () => {
  test("is a Gauss rule or a lattice, and knows how many nodes it has", () => {
    expect(chosenRule(continuous, { nodes: 4 })).toEqual(axisRule(continuous, 4));
    const lattice = chosenRule(continuous, { step: 0.25 });
    expect(lattice).toEqual(latticeRule(continuous, 0.25));
    expect(nodeCount({ nodes: 4 })).toBe(4);
    expect(nodeCount({ step: 0.25 })).toBe(lattice.nodes.length);
  });
});
