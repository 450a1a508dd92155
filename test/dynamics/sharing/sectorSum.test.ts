import { expect, test } from "vitest";
import { zeroSeries } from "../../../src/algebra/series.ts";
import { combined, type Summed } from "../../../src/dynamics/sharing/summed.ts";

function summed(value: number, error: number): Summed {
  const rho = { ...zeroSeries([0], 1), re: Float64Array.of(value) };
  return {
    rho,
    leaked: error,
    leakedSquares: error ** 2,
    propagation: 2 * error,
    omitted: 3 * error,
    sampling: 0,
    boundAt: Float64Array.of(error),
  };
}

test("averages combine with their signs, errors add up whatever the sign of a weight", () => {
  const { rho, leaked, leakedSquares, propagation, omitted, boundAt } = combined(
    summed(1, 1e-3),
    1.5,
    summed(4, 1e-2),
    -0.5,
  );
  expect(rho.re[0]).toBe(-0.5);
  expect(leaked).toBeCloseTo(6.5e-3, 15);
  expect(leakedSquares).toBeCloseTo(1.5e-6 + 0.5e-4, 15);
  expect(propagation).toBeCloseTo(1.3e-2, 15);
  expect(omitted).toBeCloseTo(1.95e-2, 15);
  expect(boundAt[0]).toBeCloseTo(6.5e-3, 15);
});
