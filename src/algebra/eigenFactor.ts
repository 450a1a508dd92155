/** Square roots of positive matrices. */

import { eigh } from "./hermitian.ts";
import type { Matrix } from "./matrix.ts";
import { zeros } from "./matrix.ts";

/**
 * K = V √Λ for a = V Λ V† Hermitian and positive (n × n): a = K K†, the eigenvectors of a in columns, each as long as
 * the square root of its eigenvalue. Eigenvalues that rounding alone explains, and negative ones, count as 0: a square
 * root would make 1e-8 of 1e-16.
 */
export function eigenFactor(a: Matrix): Matrix {
  const { values, vectors } = eigh(a);
  const n = a.rows;
  const rounding = 4 * n * Number.EPSILON * Math.max(0, ...values);
  const factor = zeros(n);
  for (let j = 0; j < n; j++) {
    const root = values[j] > rounding ? Math.sqrt(values[j]) : 0;
    for (let i = 0; i < n; i++) {
      factor.re[i * n + j] = root * vectors.re[i * n + j];
      factor.im[i * n + j] = root * vectors.im[i * n + j];
    }
  }
  return factor;
}
