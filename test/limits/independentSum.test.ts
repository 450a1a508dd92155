import { describe, expect, test } from "vitest";
import type { Atoms, SumDistribution } from "../../src/limits/independentSum.ts";
import { largestSum, latticeSpacing, secondMoment, sumDistributions } from "../../src/limits/independentSum.ts";
import { random } from "../oracle/random.ts";

function atoms(values: number[], probabilities: number[]): Atoms {
  const total = probabilities.reduce((sum, p) => sum + p, 0);
  const mean = values.reduce((sum, x, j) => sum + (x * probabilities[j]) / total, 0);
  return {
    values: Float64Array.from(values, (x) => x - mean),
    probabilities: Float64Array.from(probabilities, (p) => p / total),
  };
}

function randomAtoms(seed: number, count: number): Atoms {
  const from = random(seed);
  const values = Array.from({ length: count }, () => from.normal()).sort((a, b) => a - b);
  return atoms(
    values,
    values.map(() => from.between(0.1, 1)),
  );
}

/** All words of M values. */
function everyWord(one: Atoms, size: number): { x: number; p: number }[] {
  let sums = [{ x: 0, p: 1 }];
  for (let m = 0; m < size; m++) {
    sums = sums.flatMap(({ x, p }) =>
      Array.from(one.values, (v, j) => ({ x: x + v / Math.sqrt(size), p: p * one.probabilities[j] })),
    );
  }
  return sums;
}

function moment({ values, probabilities }: SumDistribution, power: number): number {
  return values.reduce((sum, x, i) => sum + probabilities[i] * x ** power, 0);
}

const spinOne = atoms([-1, 0, 1], [0.5, 0.3, 0.2]);
const irregular = atoms([-1, 0.1234567, Math.SQRT2], [0.3, 0.5, 0.2]);

describe("the distribution of a sum", () => {
  test("is that of all words of values", () => {
    for (const one of [spinOne, irregular, randomAtoms(1, 4), atoms([0, 1], [0.9, 0.1])]) {
      for (const distribution of sumDistributions(one, [1, 2, 3, 5])) {
        const words = everyWord(one, distribution.size);
        expect(distribution.edges).toBeNull();
        const { values, probabilities } = distribution;
        values.forEach((value, i) => {
          const expected = words.reduce((sum, { x, p }) => sum + (Math.abs(x - value) < 1e-9 ? p : 0), 0);
          expect(Math.abs(probabilities[i] - expected)).toBeLessThan(1e-14);
        });
        expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 14);
        values.forEach((value, i) => {
          if (i > 0) expect(value).toBeGreaterThan(values[i - 1]);
        });
      }
    }
  });

  test("of two values is binomial, for every M", () => {
    const [distribution] = sumDistributions(atoms([0, 1], [0.7, 0.3]), [1000]);
    const logs = Array.from({ length: 1001 }, (_, k) => (k === 0 ? 0 : Math.log(k)));
    const factorial = logs.map((_, k) => logs.slice(0, k + 1).reduce((sum, x) => sum + x, 0));
    for (const [i, x] of distribution.values.entries()) {
      const k = Math.round(x * Math.sqrt(1000) + 300);
      const log = factorial[1000] - factorial[k] - factorial[1000 - k] + k * Math.log(0.3) + (1000 - k) * Math.log(0.7);
      // What is left out of the sums on the way, 1e-22 each time, counts at most M times.
      expect(Math.abs(distribution.probabilities[i] - Math.exp(log))).toBeLessThan(1e-11 * Math.exp(log) + 1e-19);
    }
  });

  test("has mean 0, the variance of one, and its third moment over √M, in bins as well", () => {
    for (const one of [spinOne, irregular, randomAtoms(2, 3), randomAtoms(3, 6), randomAtoms(4, 40)]) {
      const third = one.values.reduce((sum, x, j) => sum + one.probabilities[j] * x ** 3, 0);
      for (const distribution of sumDistributions(one, [1, 7, 64, 1000, 4096])) {
        const variance = secondMoment(one);
        const root = Math.sqrt(distribution.size);
        const accuracy = distribution.edges === null ? 1e-11 : 1e-3;
        expect(Math.abs(moment(distribution, 0) - 1)).toBeLessThan(1e-11);
        expect(Math.abs(moment(distribution, 1))).toBeLessThan(1e-11 * root);
        expect(Math.abs(moment(distribution, 2) / variance - 1)).toBeLessThan(1e-11);
        expect(Math.abs(moment(distribution, 3) - third / root)).toBeLessThan(accuracy * variance ** 1.5);
      }
    }
  });

  test("in bins is the exact one, added up", () => {
    // Equally spaced values are convolved exactly; moved by next to nothing they are binned.
    const exact = sumDistributions(atoms([-1, 0, 1, 2, 4], [0.1, 0.3, 0.2, 0.25, 0.15]), [2000])[0];
    const moved = sumDistributions(atoms([-1, 1e-7, 1, 2, 4], [0.1, 0.3, 0.2, 0.25, 0.15]), [2000])[0];
    expect(exact.edges).toBeNull();
    if (moved.edges === null) throw new Error("these values should have been binned");
    let below = 0;
    for (const [i, p] of moved.probabilities.entries()) {
      below += p;
      const edge = moved.edges[i + 1];
      if (i % 50 !== 0) continue;
      // The staircase of the exact distribution, half of the step at the edge counted.
      const cumulative = (x: number) =>
        exact.values.reduce((sum, v, j) => sum + (v <= x ? exact.probabilities[j] : 0), 0);
      const staircase = (cumulative(edge - exact.spacing / 2) + cumulative(edge + exact.spacing / 2)) / 2;
      const step = cumulative(edge + exact.spacing) - cumulative(edge - exact.spacing);
      expect(Math.abs(below - staircase)).toBeLessThan(step / 2 + 1e-6);
    }
  });

  test("knows the spacing of the values", () => {
    expect(latticeSpacing(Float64Array.of(-1, 0, 1))).toBe(1);
    expect(latticeSpacing(Float64Array.of(0, 2, 5))).toBeCloseTo(1, 14);
    expect(latticeSpacing(Float64Array.of(0.3, 0.9))).toBeCloseTo(0.6, 14);
    expect(latticeSpacing(Float64Array.of(0, 1, Math.SQRT2 + 1))).toBe(0);
    expect(latticeSpacing(Float64Array.of(2))).toBe(Number.POSITIVE_INFINITY);
  });

  test("of a constant is a constant", () => {
    const [distribution] = sumDistributions(atoms([3], [1]), [17]);
    expect([...distribution.values]).toEqual([0]);
    expect([...distribution.probabilities]).toEqual([1]);
  });

  test("refuses sizes that are none, and says the largest", () => {
    for (const size of [0, 1.5, -1, largestSum + 1, Number.POSITIVE_INFINITY]) {
      expect(() => sumDistributions(spinOne, [size])).toThrow("sizes from 1 to 1048576");
    }
  });
});
