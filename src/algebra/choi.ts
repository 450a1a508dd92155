/** Linear maps of N × N matrices, as Choi states and as matrices. */

import { type Matrix, zeros } from "./matrix.ts";

/**
 * The Choi state of a map Λ is what it makes of the first half of a maximally entangled pair, N² × N²:
 * C = (1/N) Σ_ab Λ(|a⟩⟨b|) ⊗ |a⟩⟨b|, output the slow index. Λ is completely positive if and only if C ≥ 0 (Choi, Linear
 * Algebra Appl. 10, 285, 1975).
 */
export type ChoiState = Matrix;

/** N of a Choi state. Throws RangeError if its dimension is no square. */
export function mapDimension(choi: ChoiState): number {
  const n = Math.round(Math.sqrt(choi.rows));
  if (n * n !== choi.rows) throw new RangeError(`a Choi state has a square for its dimension, not ${choi.rows}.`);
  return n;
}

/** The matrix of Λ: Λ(X)_ij = Σ_ab L_(ij),(ab) X_ab, pairs counted row by row. */
export function superoperator(choi: ChoiState): Matrix {
  const n = mapDimension(choi);
  return reshuffled(choi, n, n);
}

/** The Choi state of the map with the matrix L. */
export function choiState(superoperatorMatrix: Matrix): ChoiState {
  const n = mapDimension(superoperatorMatrix);
  return reshuffled(superoperatorMatrix, n, 1 / n);
}

/** Λ(X). */
export function applyMap(choi: ChoiState, x: Matrix): Matrix {
  const n = mapDimension(choi);
  const result = zeros(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let re = 0;
      let im = 0;
      for (let a = 0; a < n; a++) {
        for (let b = 0; b < n; b++) {
          const at = (i * n + a) * n * n + j * n + b;
          const [xr, xi] = [x.re[a * n + b], x.im[a * n + b]];
          re += choi.re[at] * xr - choi.im[at] * xi;
          im += choi.re[at] * xi + choi.im[at] * xr;
        }
      }
      result.re[i * n + j] = n * re;
      result.im[i * n + j] = n * im;
    }
  }
  return result;
}

/** Entry ((i,a),(j,b)) becomes ((i,j),(a,b)), times a factor. It is its own inverse but for the factor. */
function reshuffled(from: Matrix, n: number, factor: number): Matrix {
  const to = zeros(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let a = 0; a < n; a++) {
        for (let b = 0; b < n; b++) {
          const source = (i * n + a) * n * n + j * n + b;
          const target = (i * n + j) * n * n + a * n + b;
          to.re[target] = factor * from.re[source];
          to.im[target] = factor * from.im[source];
        }
      }
    }
  }
  return to;
}
