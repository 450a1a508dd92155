import { describe, expect, test } from "vitest";
import { sumDistributions } from "../../src/limits/independentSum.ts";
import { kolmogorovDistance, normalCumulative } from "../../src/limits/normal.ts";

describe("the normal distribution", () => {
  test("has its known values", () => {
    // Abramowitz and Stegun, table 26.1.
    expect(normalCumulative(0)).toBe(0.5);
    expect(normalCumulative(1)).toBeCloseTo(0.841344746068543, 14);
    expect(normalCumulative(-1.96)).toBeCloseTo(0.02499789514822, 12);
    expect(normalCumulative(3)).toBeCloseTo(0.99865010196837, 14);
    expect([normalCumulative(40), normalCumulative(-40)]).toEqual([1, 0]);
  });

  test("has the normal density for its derivative, and is odd about 1/2", () => {
    const h = 1e-4;
    for (let x = -7; x <= 7; x += 0.37) {
      const slope = (normalCumulative(x + h) - normalCumulative(x - h)) / (2 * h);
      expect(Math.abs(slope - Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI))).toBeLessThan(1e-8);
      expect(Math.abs(normalCumulative(x) + normalCumulative(-x) - 1)).toBeLessThan(1e-15);
    }
  });
});

describe("Kolmogorov's distance", () => {
  test("of one sign ±1 to the normal is Φ(1) − 1/2", () => {
    const one = { values: Float64Array.of(-1, 1), probabilities: Float64Array.of(0.5, 0.5) };
    expect(kolmogorovDistance(sumDistributions(one, [1])[0], 1)).toBeCloseTo(0.341344746068543, 13);
  });

  test("sees both sides of every step: two signs make steps of 1/4, 1/2, 1/4", () => {
    const one = { values: Float64Array.of(-1, 1), probabilities: Float64Array.of(0.5, 0.5) };
    expect(kolmogorovDistance(sumDistributions(one, [2])[0], 1)).toBeCloseTo(0.25, 13);
  });
});
