import { describe, expect, test } from "vitest";
import { addSeries, matrixAt, maxDifference, zeroSeries } from "../../src/algebra/series.ts";

describe("a series of matrices", () => {
  test("starts as 0 at every time, with room for every entry", () => {
    const series = zeroSeries([0, 1, 5], 2);
    expect(series.re).toEqual(new Float64Array(12));
    expect(series.im).toEqual(new Float64Array(12));
    expect(series.times).toEqual([0, 1, 5]);
  });

  test("gives the matrix at a time as a view: writing there writes the series", () => {
    const series = zeroSeries([0, 1], 3);
    const at = matrixAt(series, 1);
    at.im[2 * 3 + 1] = 7;
    expect(series.im[9 + 7]).toBe(7);
    expect(matrixAt(series, 0).im.every((x) => x === 0)).toBe(true);
  });

  test("is summed with weights, and differs by the largest modulus of an entry", () => {
    const [a, b] = [zeroSeries([0, 1], 2), zeroSeries([0, 1], 2)];
    b.re[5] = 3;
    b.im[5] = 4;
    b.re[0] = -4.5;
    addSeries(a, b, 0.5);
    addSeries(a, b, 0.25);
    expect([a.re[0], a.re[5], a.im[5]]).toEqual([-3.375, 2.25, 3]);
    expect(maxDifference(a, zeroSeries([0, 1], 2))).toBe(3.75);
    expect(maxDifference(a, b)).toBe(1.25);
    expect(maxDifference(b, a)).toBe(1.25);
  });
});
