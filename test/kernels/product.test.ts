import { expect, test } from "vitest";
import { adjoint, multiply } from "../../src/algebra/matrix.ts";
import { complexProductTransposed, productTransposed } from "../../src/kernels/product.ts";
import { random, randomMatrix } from "../oracle/random.ts";
import { describeEachKind } from "./eachKind.ts";

const shapes = [
  [1, 1, 1],
  [3, 5, 7],
  [4, 2, 6],
  [31, 33, 41],
  [40, 37, 64],
  [9, 300, 301],
];

describeEachKind("products of rows with rows", () => {
  test("are A Bᵀ", () => {
    for (const [m, n, k] of shapes) {
      const a = randomMatrix(random(m), m, k);
      const b = randomMatrix(random(n + 1), n, k);
      // (B̄)† = Bᵀ.
      const expected = multiply(a, adjoint({ ...b, im: b.im.map((x) => -x) }));
      const found = complexProductTransposed(m, n, k, a, b);
      const real = productTransposed(m, n, k, a.re, b.re);
      const onlyReal = multiply({ ...a, im: new Float64Array(m * k) }, adjoint({ ...b, im: new Float64Array(n * k) }));
      for (let i = 0; i < m * n; i++) {
        expect(Math.abs(found.re[i] - expected.re[i])).toBeLessThan(1e-12);
        expect(Math.abs(found.im[i] - expected.im[i])).toBeLessThan(1e-12);
        expect(Math.abs(real[i] - onlyReal.re[i])).toBeLessThan(1e-12);
      }
    }
  });

  test("may be had on and above the diagonal alone", () => {
    for (const [n, k] of [
      [5, 9],
      [43, 30],
      [301, 70],
    ]) {
      const a = randomMatrix(random(n), n, k).re;
      const b = randomMatrix(random(k), n, k).re;
      const whole = productTransposed(n, n, k, a, b);
      const upper = productTransposed(n, n, k, a, b, true);
      for (let i = 0; i < n; i++) for (let j = i; j < n; j++) expect(upper[i * n + j]).toBe(whole[i * n + j]);
    }
  });
});
