import { describe, expect, test } from "vitest";
import { binomial, gaussRule, normal, orthonormalPolynomials, type Rule, uniform } from "../../src/algebra/gauss.ts";

function integrate(rule: Rule, f: (x: number) => number): number {
  return rule.weights.reduce((sum, weight, i) => sum + weight * f(rule.nodes[i]), 0);
}

/** Factorials as numbers; exact up to 18!. */
function doubleFactorial(n: number): number {
  return n <= 1 ? 1 : n * doubleFactorial(n - 2);
}

/** P(successes = k) for every k, by multiplying ratios outward from 0. */
function binomialWeights(trials: number, p: number): number[] {
  const weights = [(1 - p) ** trials];
  for (let k = 1; k <= trials; k++) weights.push(((weights[k - 1] * (trials - k + 1)) / k) * (p / (1 - p)));
  return weights;
}

describe("a Gauss rule", () => {
  const measures = { normal, uniform, "30 trials": binomial(30, 0.3), "10^23 trials": binomial(1e23, 0.3) };
  for (const [name, measure] of Object.entries(measures)) {
    test(`for the ${name} has ascending nodes and positive weights that sum to 1`, () => {
      for (const count of [1, 2, 3, 8, 20]) {
        const { nodes, weights } = gaussRule(measure, count);
        expect(nodes.length).toBe(count);
        for (let i = 1; i < count; i++) expect(nodes[i]).toBeGreaterThan(nodes[i - 1]);
        for (const weight of weights) expect(weight).toBeGreaterThan(0);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 14);
      }
    });

    test(`for the ${name} makes the polynomials orthonormal, up to the degree it is exact to`, () => {
      const count = 12;
      const { nodes, weights } = gaussRule(measure, count);
      const p = Array.from(nodes, (x) => orthonormalPolynomials(measure, count, x));
      for (let j = 0; j < count; j++) {
        for (let k = 0; k <= j; k++) {
          const overlap = weights.reduce((sum, weight, i) => sum + weight * p[i][j] * p[i][k], 0);
          expect(Math.abs(overlap - (j === k ? 1 : 0))).toBeLessThan(1e-12);
        }
      }
    });
  }

  test("gives the moments 1·3·5… of the normal distribution, and no odd ones", () => {
    for (const count of [1, 2, 5, 9]) {
      const rule = gaussRule(normal, count);
      for (let degree = 0; degree < 2 * count; degree++) {
        const expected = degree % 2 === 1 ? 0 : doubleFactorial(degree - 1);
        const size = doubleFactorial(degree - 1) + 1;
        expect(Math.abs(integrate(rule, (x) => x ** degree) - expected)).toBeLessThan(1e-12 * size);
      }
    }
    // One degree more is too much: a test that could not fail otherwise.
    expect(integrate(gaussRule(normal, 3), (x) => x ** 6)).toBeCloseTo(9, 12);
  });

  test("averages a phase over the normal distribution to e^{−s²/2}", () => {
    for (const s of [0.5, 1, 2]) {
      expect(integrate(gaussRule(normal, 30), (x) => Math.cos(s * x))).toBeCloseTo(Math.exp((-s * s) / 2), 13);
    }
  });

  test("gives the moments 1/(n + 1) of the uniform distribution", () => {
    const rule = gaussRule(uniform, 7);
    for (let degree = 0; degree < 14; degree++) {
      const expected = degree % 2 === 1 ? 0 : 1 / (degree + 1);
      expect(Math.abs(integrate(rule, (x) => x ** degree) - expected)).toBeLessThan(1e-14);
    }
    expect(Math.abs(integrate(rule, (x) => x ** 14) - 1 / 15)).toBeGreaterThan(1e-9);
  });

  test("gives every moment that it should of the number of successes, and the exact sum with all nodes", () => {
    for (const [trials, p] of [
      [6, 0.5],
      [12, 0.2],
      [25, 0.93],
    ]) {
      const exact = (degree: number) =>
        binomialWeights(trials, p).reduce((sum, weight, k) => sum + weight * (k - trials * p) ** degree, 0);
      const sigma = Math.sqrt(trials * p * (1 - p));
      for (const count of [1, 3, 5]) {
        const rule = gaussRule(binomial(trials, p), count);
        for (let degree = 0; degree < 2 * count; degree++) {
          const found = integrate(rule, (x) => x ** degree);
          expect(Math.abs(found - exact(degree))).toBeLessThan(1e-11 * (2 * sigma) ** degree);
        }
      }
    }
    const { nodes, weights } = gaussRule(binomial(12, 0.2), 13);
    binomialWeights(12, 0.2).forEach((weight, k) => {
      expect(nodes[k]).toBeCloseTo(k - 2.4, 11);
      expect(Math.abs(weights[k] - weight)).toBeLessThan(1e-13);
    });
  });

  test("keeps the central moments of 10^23 trials: variance M p q, third M p q (q − p), fourth 3(Mpq)² + …", () => {
    const p = 0.3;
    for (const trials of [1e9, 1e15, 1e23]) {
      const variance = trials * p * (1 - p);
      const sigma = Math.sqrt(variance);
      const rule = gaussRule(binomial(trials, p), 6);
      const moment = (degree: number) => integrate(rule, (x) => (x / sigma) ** degree);
      expect(Math.abs(moment(1))).toBeLessThan(1e-13);
      expect(moment(2)).toBeCloseTo(1, 13);
      expect(Math.abs(moment(3) - (1 - 2 * p) / sigma)).toBeLessThan(1e-13);
      expect(moment(4)).toBeCloseTo(3 + (1 - 6 * p * (1 - p)) / variance, 12);
    }
  });

  test("for many trials is the normal rule, stretched by the deviation", () => {
    const sigma = Math.sqrt(1e23 * 0.21);
    const [many, limit] = [gaussRule(binomial(1e23, 0.3), 9), gaussRule(normal, 9)];
    for (let i = 0; i < 9; i++) {
      expect(Math.abs(many.nodes[i] / sigma - limit.nodes[i])).toBeLessThan(1e-10);
      expect(Math.abs(many.weights[i] - limit.weights[i])).toBeLessThan(1e-10);
    }
  });

  test("needs a node", () => {
    expect(() => gaussRule(normal, 0)).toThrow("at least one node, not 0");
    expect(() => gaussRule(normal, Number.NaN)).toThrow(RangeError);
  });
});

describe("orthonormal polynomials", () => {
  test("of the normal distribution are Hermite's", () => {
    const [p0, p1, p2, p3] = orthonormalPolynomials(normal, 4, 1.7);
    expect([p0, p1]).toEqual([1, 1.7]);
    expect(p2).toBeCloseTo((1.7 ** 2 - 1) / Math.SQRT2, 14);
    expect(p3).toBeCloseTo((1.7 ** 3 - 3 * 1.7) / Math.sqrt(6), 14);
  });

  test("end where a measure has no more atoms", () => {
    // Two trials: three atoms, so P_0, P_1 and P_2 only.
    const p = orthonormalPolynomials(binomial(2, 0.5), 6, 0.4);
    expect(p[2]).not.toBe(0);
    expect([...p.slice(3)]).toEqual([0, 0, 0]);
  });
});
