import { describe, expect, test } from "vitest";
import { type Matrix, maxAbs, multiply, subtract } from "../../src/algebra/matrix.ts";
import { applySparse, type ComplexVector, zeroVector } from "../../src/fock/sparse.ts";
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
});
