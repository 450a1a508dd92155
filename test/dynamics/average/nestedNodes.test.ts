import { describe, expect, test } from "vitest";
import { binomialWeight } from "../../../src/algebra/binomialWeight.ts";
import { binomial, normal } from "../../../src/algebra/gauss.ts";
import { type NestedRule, nestedNodes, nestedRules } from "../../../src/dynamics/average/nestedNodes.ts";
import { interpolatoryWeights } from "../../../src/dynamics/average/rules.ts";
import type { Axis } from "../../../src/dynamics/families/family.ts";

function counting(trials: number, p: number): Axis {
  const counts = { mean: trials * p, trials, weight: (n: number) => binomialWeight(trials, p, n) };
  return { measure: binomial(trials, p), deviation: Math.sqrt(trials * p * (1 - p)), counts };
}

const whole = () => false;

function nodesOf(rules: readonly NestedRule[]): number[] {
  return rules.flatMap(({ added }) => added);
}

/** By the rule of a level. */
function averageOf(f: (x: number) => number, rules: readonly NestedRule[], level: number): number {
  const nodes = nodesOf(rules);
  return rules[level].weights.reduce((sum, weight, n) => sum + weight * f(nodes[n]), 0);
}

/** E x^degree of a standard normal variable. */
function moment(degree: number): number {
  let product = 1;
  for (let k = degree - 1; k > 0; k -= 2) product *= k;
  return degree % 2 === 0 ? product : 0;
}

describe("nested nodes", () => {
  test("are those of Genz and Keister: as exact for a normal distribution as is known of them", () => {
    const axis: Axis = { measure: normal, deviation: 1 };
    const nodes: number[] = [];
    const degrees = [1, 5, 15, 29];
    nestedNodes.forEach((added, level) => {
      nodes.push(...added.flatMap((y) => (y === 0 ? [0] : [-y, y])));
      const weights = interpolatoryWeights(axis, Float64Array.from(nodes));
      for (let degree = 0; degree <= degrees[level]; degree += 2) {
        const sum = nodes.reduce((total, x, n) => total + weights[n] * x ** degree, 0);
        expect(Math.abs(sum / moment(degree) - 1)).toBeLessThan(1e-9);
      }
      const beyond = nodes.reduce((total, x, n) => total + weights[n] * x ** (degrees[level] + 1), 0);
      expect(Math.abs(beyond / moment(degrees[level] + 1) - 1)).toBeGreaterThan(1e-4);
    });
  });

  test("are different integers between 0 and the number of trials, the narrower rules within the wider ones", () => {
    for (const [trials, p] of [
      [60, 0.5],
      [1000, 0.3],
      [1e9, 0.01],
    ] as const) {
      const axis = counting(trials, p);
      const rules = nestedRules(axis, whole);
      expect(rules.length).toBeGreaterThanOrEqual(3);
      const integers = nodesOf(rules).map((node) => node + trials * p);
      expect(new Set(integers.map(Math.round)).size).toBe(integers.length);
      for (const n of integers) {
        expect(Math.abs(n - Math.round(n))).toBeLessThan(1e-6);
        expect(n).toBeGreaterThan(-0.5);
        expect(n).toBeLessThan(trials + 0.5);
      }
    }
  });

  test("average what varies slowly, with rounded nodes and skewed weights as well", () => {
    const axis = counting(400, 0.2);
    const f = (x: number) => Math.cos(0.05 * x) * Math.exp(0.01 * x);
    let exact = 0;
    for (let n = 0; n <= 400; n++) exact += binomialWeight(400, 0.2, n) * f(n - 80);
    const rules = nestedRules(axis, whole);
    const errors = rules.map((_, level) => Math.abs(averageOf(f, rules, level) - exact));
    expect(errors[0]).toBeGreaterThan(1e-2);
    expect(errors[1]).toBeLessThan(3e-3);
    expect(errors[2]).toBeLessThan(1e-8);
  });

  test("are better where they need not be rounded", () => {
    const axis = counting(100, 0.5);
    const f = (x: number) => Math.cos(0.2 * x + 0.3);
    let exact = 0;
    for (let n = 0; n <= 100; n++) exact += binomialWeight(100, 0.5, n) * f(n - 50);
    const [rounded, real] = [whole, () => true].map((smooth) => {
      return Math.abs(averageOf(f, nestedRules(axis, smooth), 2) - exact);
    });
    expect(real).toBeLessThan(0.1 * rounded);
  });

  test("need not be whole where doubles hardly tell whole numbers apart", () => {
    const rules = nestedRules(counting(1e20, 0.3), whole);
    expect(rules.length).toBe(4);
    expect(rules[1].added[1]).toBeCloseTo(Math.sqrt(3 * 0.21e20), -4);
  });

  test("are none where a variable does not count, has few values, or ends", () => {
    expect(nestedRules({ measure: normal, deviation: 1 }, whole)).toEqual([]);
    expect(nestedRules(counting(20, 0.3), whole)).toEqual([]);
    // A rare level: four deviations below its mean there is nothing.
    expect(nestedRules(counting(1e6, 1e-5), whole).length).toBeLessThan(3);
    const axis = counting(1000, 0.3);
    expect(nestedRules({ ...axis, counts: { ...axis.counts!, room: (n) => n } }, whole)).toEqual([]);
  });
});
