import { describe, expect, test } from "vitest";
import { adjoint, multiply } from "../../src/algebra/matrix.ts";
import { productTransposed } from "../../src/algebra/productTransposed.ts";
import { random, randomMatrix } from "../oracle/random.ts";

describe("A Bᵀ", () => {
  test("is the product with the transpose, for even and odd numbers of rows", () => {
    for (const [p, q, width] of [
      [1, 1, 1],
      [2, 3, 5],
      [5, 4, 1],
      [7, 7, 9],
    ]) {
      const a = randomMatrix(random(p), p, width).re;
      const b = randomMatrix(random(q + 50), q, width).re;
      const real = (re: Float64Array, rows: number) => ({ rows, cols: width, re, im: new Float64Array(re.length) });
      const slow = multiply(real(a, p), adjoint(real(b, q)));
      const fast = productTransposed(a, p, b, q, width);
      slow.re.forEach((x, e) => {
        expect(fast[e]).toBeCloseTo(x, 13);
      });
    }
  });
});
