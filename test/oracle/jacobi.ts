/**
 * Common eigenvectors of two commuting Hermitian matrices by Jacobi's rotations, apart from the library's eigensolver.
 */

import type { Matrix } from "../../src/algebra/matrix.ts";
import { add, copy, entry, identity, inBasis, norm } from "../../src/algebra/matrix.ts";

export interface CommonEigenbasis {
  /** ⟨χ_k|a|χ_k⟩ and ⟨χ_k|b|χ_k⟩, in no order. */
  readonly a: number[];
  readonly b: number[];
  /** |χ_k⟩ in column k. */
  readonly vectors: Matrix;
}

/** The eigenvectors of a + γ b, where γ is odd enough for no two different pairs of eigenvalues to coincide. */
export function commonEigenbasis(a: Matrix, b: Matrix): CommonEigenbasis {
  const vectors = jacobi(add(a, b, Math.E * Math.SQRT2));
  const [inA, inB] = [inBasis(a, vectors), inBasis(b, vectors)];
  const n = a.rows;
  const values = (x: Matrix) => Array.from({ length: n }, (_, k) => x.re[k * n + k]);
  for (const [x, from] of [
    [inA, a],
    [inB, b],
  ]) {
    const off = Math.sqrt(Math.max(0, norm(x) ** 2 - values(x).reduce((sum, value) => sum + value ** 2, 0)));
    if (off > 1e-7 * (1 + norm(from))) throw new Error("the matrices have no common eigenbasis");
  }
  return { a: values(inA), b: values(inB), vectors };
}

/** Eigenvectors of a Hermitian matrix, in columns. */
function jacobi(hermitian: Matrix): Matrix {
  const n = hermitian.rows;
  const h = copy(hermitian);
  const u = identity(n);
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const { re, im } = entry(h, p, q);
        const size = Math.hypot(re, im);
        off = Math.max(off, size);
        if (size === 0) continue;
        const angle = 0.5 * Math.atan2(2 * size, h.re[q * n + q] - h.re[p * n + p]);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        // Columns p and q become c|p⟩ − s e^{−iφ}|q⟩ and s e^{iφ}|p⟩ + c|q⟩, φ the phase of ⟨p|h|q⟩.
        rotate(u, n, p, q, c, s, re / size, im / size);
        rotate(h, n, p, q, c, s, re / size, im / size);
        rotateRows(h, n, p, q, c, s, re / size, im / size);
      }
    }
    if (off <= 1e-17 * norm(hermitian)) break;
  }
  return u;
}

function rotate(a: Matrix, n: number, p: number, q: number, c: number, s: number, cos: number, sin: number): void {
  for (let i = 0; i < n; i++) {
    const [x, y] = [i * n + p, i * n + q];
    const [pr, pi, qr, qi] = [a.re[x], a.im[x], a.re[y], a.im[y]];
    a.re[x] = c * pr - s * (cos * qr + sin * qi);
    a.im[x] = c * pi - s * (cos * qi - sin * qr);
    a.re[y] = s * (cos * pr - sin * pi) + c * qr;
    a.im[y] = s * (cos * pi + sin * pr) + c * qi;
  }
}

/** The same from the left, with the conjugate coefficients. */
function rotateRows(a: Matrix, n: number, p: number, q: number, c: number, s: number, cos: number, sin: number): void {
  for (let j = 0; j < n; j++) {
    const [x, y] = [p * n + j, q * n + j];
    const [pr, pi, qr, qi] = [a.re[x], a.im[x], a.re[y], a.im[y]];
    a.re[x] = c * pr - s * (cos * qr - sin * qi);
    a.im[x] = c * pi - s * (cos * qi + sin * qr);
    a.re[y] = s * (cos * pr + sin * pi) + c * qr;
    a.im[y] = s * (cos * pi - sin * pr) + c * qi;
  }
}
