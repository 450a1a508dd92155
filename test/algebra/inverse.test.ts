import { expect, test } from "vitest";
import { inverse } from "../../src/algebra/inverse.ts";
import { identity, matrix, maxAbs, multiply, subtract, zeros } from "../../src/algebra/matrix.ts";
import { random, randomMatrix } from "../oracle/random.ts";

test("times the matrix, on either side, it is 1", () => {
  for (let seed = 0; seed < 10; seed++) {
    const n = 1 + seed;
    const a = randomMatrix(random(seed), n);
    for (const product of [multiply(a, inverse(a)), multiply(inverse(a), a)]) {
      expect(maxAbs(subtract(product, identity(n)))).toBeLessThan(1e-12);
    }
  }
});

test("a zero on the diagonal is no obstacle; a matrix without inverse is", () => {
  const swap = matrix([
    [0, 1],
    [1, 0],
  ]);
  expect(inverse(swap)).toEqual(swap);
  expect(() => inverse(zeros(2))).toThrow("no inverse");
  expect(() => inverse(zeros(2, 3))).toThrow("2×3");
});
