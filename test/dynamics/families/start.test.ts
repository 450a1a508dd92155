import { describe, expect, test } from "vitest";
import { geometricStarts, geometricSum } from "../../../src/dynamics/families/start.ts";

describe("thermal starts", () => {
  test("are the most probable Fock states, each once, until what is left is negligible", () => {
    for (const [ratios, capacity] of [
      [[0.3], Number.POSITIVE_INFINITY],
      [[0.5, 0.2], Number.POSITIVE_INFINITY],
      [[0.4, 0, 0.1], Number.POSITIVE_INFINITY],
      [[0.8], 7],
    ] as const) {
      const starts = geometricStarts(ratios, 1e-6, capacity);
      expect(new Set(starts.map(({ occupations }) => occupations.join())).size).toBe(starts.length);
      for (const { weight, occupations } of starts) {
        const expected = ratios.reduce((product, x, k) => {
          let norm = 0;
          for (let n = 0; n <= Math.min(capacity, 400); n++) norm += x ** n;
          return (product * x ** occupations[k]) / norm;
        }, 1);
        expect(weight / expected).toBeCloseTo(1, 12);
      }
      for (let i = 1; i < starts.length; i++) expect(starts[i].weight).toBeLessThanOrEqual(starts[i - 1].weight);
      const left = 1 - starts.reduce((sum, { weight }) => sum + weight, 0);
      expect(left).toBeLessThanOrEqual(1e-6);
      // One state fewer would not have been enough, unless these are all there are.
      const whole = starts.length === capacity + 1;
      if (!whole) expect(left + starts[starts.length - 1].weight).toBeGreaterThan(1e-6);
    }
  });

  test("of zero temperature are the vacuum alone", () => {
    expect(geometricStarts([0, 0], 1e-10, 5)).toEqual([{ weight: 1, occupations: [0, 0] }]);
  });

  test("are all of a small block at infinite temperature, equally likely", () => {
    const starts = geometricStarts([1], 1e-10, 3);
    expect(starts.map(({ occupations }) => occupations[0])).toEqual([0, 1, 2, 3]);
    for (const { weight } of starts) expect(weight).toBe(0.25);
  });

  test("have the geometric sum as their norm, also close to x = 1", () => {
    for (const x of [0, 0.1, 0.9, 1 - 1e-9, 1 - 1e-14, 1]) {
      for (const capacity of [0, 1, 5, 60]) {
        let sum = 0;
        for (let n = capacity; n >= 0; n--) sum += x ** n;
        expect(geometricSum(x, capacity) / sum).toBeCloseTo(1, 13);
      }
    }
    expect(geometricSum(0.5, Number.POSITIVE_INFINITY)).toBe(2);
  });
});
