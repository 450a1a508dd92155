import { describe, expect, test } from "vitest";
import { type Matrix, maxAbs, multiply, subtract } from "../../src/algebra/matrix.ts";
import { applySparse, type ComplexVector, rowSum, withoutZeros, zeroVector } from "../../src/fock/sparse.ts";
import { random, randomMatrix } from "../oracle/random.ts";
import { dense, sparse } from "./dense.ts";

const column = (v: ComplexVector): Matrix => ({ rows: v.re.length, cols: 1, re: v.re, im: v.im });

function thin(seed: number, rows: number, cols: number): Matrix {
  const from = random(seed);
  const a = randomMatrix(from, rows, cols);
  for (let i = 0; i < rows * cols; i++) if (from.uniform() < 0.7) a.re[i] = a.im[i] = 0;
  return a;
}

describe("a sparse matrix", () => {
  test("times a vector is the dense matrix times it, also for rectangles and empty rows", () => {
    for (let seed = 0; seed < 10; seed++) {
      const a = thin(seed, 7, 5);
      const x = randomMatrix(random(100 + seed), 5, 1);
      const y = zeroVector(7);
      y.re.fill(99);
      applySparse(sparse(a), x, y);
      expect(maxAbs(subtract(column(y), multiply(a, x)))).toBeLessThan(1e-14);
    }
  });

  test("without imaginary parts is a real one", () => {
    const a = thin(3, 6, 6);
    const real = { ...sparse({ ...a, im: new Float64Array(36) }), im: new Float64Array(0) };
    const x = randomMatrix(random(5), 6, 1);
    const y = zeroVector(6);
    applySparse(real, x, y);
    expect(maxAbs(subtract(column(y), multiply(dense(real), x)))).toBeLessThan(1e-14);
  });

  test("without its zeros is the same one, with no entry more than it needs", () => {
    const a = sparse(thin(7, 6, 6));
    const re = a.re.map((x, e) => (e % 2 === 0 ? 0 : x));
    const im = a.im.map((x, e) => (e % 2 === 0 ? 0 : x));
    const fewer = withoutZeros({ ...a, re, im });
    expect(fewer.re.length).toBe(Math.floor(a.re.length / 2));
    expect(dense(fewer)).toEqual(dense({ ...a, re, im }));
    const outside = withoutZeros({ ...a, column: a.column.map((j, e) => (e === 0 ? -1 : j)) });
    expect(outside.re).toEqual(a.re.subarray(1));
  });

  test("has no larger norm than its largest sum of moduli in a row", () => {
    const a = thin(9, 5, 5);
    const sums = Array.from({ length: 5 }, (_, i) =>
      Array.from({ length: 5 }, (_, j) => Math.hypot(a.re[5 * i + j], a.im[5 * i + j])).reduce((sum, x) => sum + x, 0),
    );
    expect(rowSum(sparse(a))).toBeCloseTo(Math.max(...sums), 14);
  });
});
