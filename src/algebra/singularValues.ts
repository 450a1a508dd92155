/** Singular values. */

import { eigh } from "./hermitian.ts";
import type { Matrix } from "./matrix.ts";
import { zeros } from "./matrix.ts";

/**
 * The min(rows, cols) singular values of a, descending: eigenvalues of [[0, a], [a†, 0]], which, unlike the square
 * roots of the eigenvalues of a†a, are as accurate when they are small as when they are large. For small matrices.
 */
export function singularValues(a: Matrix): Float64Array {
  const n = a.rows + a.cols;
  const both = zeros(n);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) {
      const at = i * a.cols + j;
      const [upper, lower] = [i * n + a.rows + j, (a.rows + j) * n + i];
      both.re[upper] = both.re[lower] = a.re[at];
      both.im[upper] = a.im[at];
      both.im[lower] = -a.im[at];
    }
  }
  const { values } = eigh(both);
  return Float64Array.from({ length: Math.min(a.rows, a.cols) }, (_, k) => Math.max(0, values[n - 1 - k]));
}

/** The largest of them: the operator norm; 0 for an empty matrix. */
export function spectralNorm(a: Matrix): number {
  return singularValues(a)[0] ?? 0;
}
