import { expect, test } from "vitest";
import { apply, rowNorm, SparseBuilder, spectralInterval, zeroVector } from "../../src/handover/sparseOperator.ts";

function pauliYAndMore() {
  const builder = new SparseBuilder(2);
  builder.add(0, 1, 0, -0.5);
  builder.add(0, 1, 0, -0.5);
  builder.add(1, 0, 0, 1);
  builder.add(0, 0, 3, 0);
  builder.add(1, 1, 0, 0);
  return builder.build();
}

test("entries at the same place add up, zeros are not kept", () => {
  const { starts, columns, re, im } = pauliYAndMore();
  expect([...starts]).toEqual([0, 2, 3]);
  expect([...columns]).toEqual([1, 0, 0]);
  expect([...re]).toEqual([0, 3, 0]);
  expect([...im]).toEqual([-1, 0, 1]);
});

test("A x, bounds of the spectrum, the largest row", () => {
  const a = pauliYAndMore();
  const out = zeroVector(2);
  apply(a, { re: Float64Array.of(1, 2), im: Float64Array.of(0, 1) }, out);
  // (3·1 − i(2 + i), i·1) = (4 − 2i, i).
  expect([...out.re, ...out.im]).toEqual([4, 0, -2, 1]);
  const [low, high] = spectralInterval(a);
  // Eigenvalues 3/2 ± √13/2.
  expect(low).toBeLessThanOrEqual(1.5 - Math.sqrt(13) / 2);
  expect(high).toBeGreaterThanOrEqual(1.5 + Math.sqrt(13) / 2);
  expect(rowNorm(a)).toBe(4);
});
