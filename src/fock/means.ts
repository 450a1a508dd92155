/** Means and traces of operators in kets and joint density matrices. */

import type { ComplexVector, SparseMatrix } from "./sparse.ts";

/** ⟨φ|D|φ⟩ at each of `width` times, D diagonal. */
export function diagonalMean(d: Float64Array, { re, im }: ComplexVector, width: number): Float64Array {
  const mean = new Float64Array(width);
  for (let i = 0; i < d.length; i++) {
    if (d[i] === 0) continue;
    for (let t = 0, a = i * width; t < width; t++, a++) mean[t] += d[i] * (re[a] * re[a] + im[a] * im[a]);
  }
  return mean;
}

/** ⟨φ|A|φ⟩ at each of `width` times, A Hermitian. */
export function sparseMean(a: SparseMatrix, { re, im }: ComplexVector, width: number): Float64Array {
  const mean = new Float64Array(width);
  const plain = a.im.length === 0;
  for (let i = 0; i < a.rows; i++) {
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) {
      for (let t = 0, x = i * width, y = a.column[e] * width; t < width; t++, x++, y++) {
        const real = re[x] * re[y] + im[x] * im[y];
        const imaginary = re[x] * im[y] - im[x] * re[y];
        mean[t] += a.re[e] * real - (plain ? 0 : a.im[e] * imaginary);
      }
    }
  }
  return mean;
}

/** tr(Dρ) of a joint density matrix, D diagonal. */
export function diagonalTrace(d: Float64Array, { re }: ComplexVector): number {
  let sum = 0;
  for (let i = 0; i < d.length; i++) sum += d[i] * re[i * (d.length + 1)];
  return sum;
}

/** tr(Aρ), A and ρ Hermitian. */
export function sparseTrace(a: SparseMatrix, { re, im }: ComplexVector): number {
  const real = a.im.length === 0;
  let sum = 0;
  for (let i = 0; i < a.rows; i++) {
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) {
      const at = a.column[e] * a.rows + i;
      sum += a.re[e] * re[at] - (real ? 0 : a.im[e] * im[at]);
    }
  }
  return sum;
}
