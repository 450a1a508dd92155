/** ρ = Σ_k |l_k⟩⟨l_k| without an eigensolver: Cholesky's factorisation with pivots, stopped when nothing is left. */

import type { Matrix } from "../../src/algebra/matrix.ts";
import { copy } from "../../src/algebra/matrix.ts";

export interface Ket {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Not normalised, not orthogonal, as many as the rank. Throws Error if the matrix is not positive. */
export function factor(state: Matrix): Ket[] {
  const n = state.rows;
  const rest = copy(state);
  const kets: Ket[] = [];
  for (let k = 0; k < n; k++) {
    let pivot = 0;
    for (let i = 1; i < n; i++) if (rest.re[i * n + i] > rest.re[pivot * n + pivot]) pivot = i;
    const size = rest.re[pivot * n + pivot];
    if (size < 1e-15) break;
    const re = new Float64Array(n);
    const im = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      re[i] = rest.re[i * n + pivot] / Math.sqrt(size);
      im[i] = rest.im[i * n + pivot] / Math.sqrt(size);
    }
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        rest.re[i * n + j] -= re[i] * re[j] + im[i] * im[j];
        rest.im[i * n + j] -= im[i] * re[j] - re[i] * im[j];
      }
    }
    kets.push({ re, im });
  }
  for (let i = 0; i < n; i++) {
    if (Math.abs(rest.re[i * n + i]) > 1e-13) throw new Error("the state to factor must be positive");
  }
  return kets;
}
