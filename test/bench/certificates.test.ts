import { describe, expect, test } from "vitest";
import { broken, judge, misjudged } from "../../bench/certificates.ts";
import { certificatesFigure } from "../../bench/certificatesFigure.ts";
import { type Compared, overestimates, violations } from "../../bench/compared.ts";

const compared = (errors: number[], bounds: number[], slack = 1e-14): Compared => ({
  ...{ seed: 1, label: "runs", times: errors.map((_, t) => t) },
  errors: Float64Array.from(errors),
  bounds: Float64Array.from(bounds),
  slack: new Float64Array(errors.length).fill(slack),
});

describe("bounds of random models", () => {
  test("hold at every time; converged runs have met their tolerance", { timeout: 600_000 }, () => {
    const found = judge(22, 100);
    expect(broken(found)).toEqual([]);
    expect(misjudged(found).missed.map(({ proved }) => proved?.seed)).toEqual([]);
    // Most of what is compared could have shown a bound that does not hold.
    expect(found.leftOut).toBeLessThan(6);
    expect(found.compared.flatMap(overestimates).length).toBeGreaterThan(150);
  });

  test("a bound below the error is seen, unless the truth may be off by as much; so is one that is no number", () => {
    expect(violations(compared([1e-3, 1e-3, 0], [1e-2, 0.9e-3, 0]))).toEqual([1]);
    expect(violations(compared([1e-3], [0.9e-3], 2e-4))).toEqual([]);
    expect(violations(compared([1e-3], [Number.NaN]))).toEqual([0]);
  });

  test("ratios are taken where the error is known", () => {
    expect(overestimates(compared([1e-4, 1e-13, 1e-5], [1e-2, 1e-2, 1e-5]))).toEqual([2, 0]);
    expect(overestimates(compared([1e-4], [1e-2], 2e-5))).toEqual([]);
  });

  test("are drawn side by side, as outlines whose area is 1", () => {
    const { svg } = certificatesFigure({ first: [3, 4, 4.5, 5], second: [1, 1.5, 2, 2.2] }, "light");
    expect(svg).toContain("second order");
    expect(svg.match(/<path d="M[^"]*V/g)?.length).toBeGreaterThanOrEqual(2);
    expect(() => certificatesFigure({ first: [], second: [] }, "light")).toThrow(RangeError);
  });
});
