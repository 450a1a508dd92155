/** Invariant subspaces of a Hamiltonian that show in its pattern, and real arithmetic where phases allow it. */

import type { ComplexVector, SparseMatrix } from "./sparse.ts";

/** The connected components of the pattern of a Hermitian matrix: lists of indices, each ascending. */
export function components(h: SparseMatrix): Int32Array[] {
  const n = h.rows;
  const componentOf = new Int32Array(n).fill(-1);
  const stack = new Int32Array(n);
  const sizes: number[] = [];
  for (let root = 0; root < n; root++) {
    if (componentOf[root] >= 0) continue;
    let top = 0;
    let size = 0;
    stack[top++] = root;
    componentOf[root] = sizes.length;
    while (top > 0) {
      const i = stack[--top];
      size++;
      for (let e = h.rowStart[i]; e < h.rowStart[i + 1]; e++) {
        const j = h.column[e];
        if (componentOf[j] >= 0) continue;
        componentOf[j] = sizes.length;
        stack[top++] = j;
      }
    }
    sizes.push(size);
  }
  const lists = sizes.map((size) => new Int32Array(size));
  const filled = new Int32Array(sizes.length);
  for (let i = 0; i < n; i++) lists[componentOf[i]][filled[componentOf[i]]++] = i;
  return lists;
}

/**
 * Phases u_i (as unit complex numbers) with real ū_i H_ij u_j, or null if there are none: found along a spanning forest,
 * checked on every other entry. Any matrix without loops, such as a chain, has them.
 */
export function realGauge(h: SparseMatrix): { readonly re: Float64Array; readonly im: Float64Array } | null {
  const n = h.rows;
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  const stack = new Int32Array(n);
  let largest = 0;
  for (let e = 0; e < h.re.length; e++) largest = Math.max(largest, Math.abs(h.re[e]), Math.abs(h.im[e]));
  const negligible = 1e-14 * largest;
  for (let root = 0; root < n; root++) {
    if (re[root] !== 0 || im[root] !== 0) continue;
    let top = 0;
    stack[top++] = root;
    re[root] = 1;
    while (top > 0) {
      const i = stack[--top];
      for (let e = h.rowStart[i]; e < h.rowStart[i + 1]; e++) {
        const j = h.column[e];
        const size = Math.sqrt(h.re[e] * h.re[e] + h.im[e] * h.im[e]);
        if (size <= negligible) continue;
        // ū_i H_ij u_j > 0 makes u_j = u_i H̄_ij/|H_ij|; a real entry must not turn the phase, whatever its sign.
        const toRe = h.im[e] === 0 ? re[i] : (re[i] * h.re[e] + im[i] * h.im[e]) / size;
        const toIm = h.im[e] === 0 ? im[i] : (im[i] * h.re[e] - re[i] * h.im[e]) / size;
        if (re[j] === 0 && im[j] === 0) {
          re[j] = toRe;
          im[j] = toIm;
          stack[top++] = j;
        } else if (Math.abs(toRe * im[j] - toIm * re[j]) * size > negligible) {
          return null;
        }
      }
    }
  }
  return { re, im };
}

/** ū_i H_ij u_j, which is real. */
export function inRealGauge(h: SparseMatrix, phase: ComplexVector): SparseMatrix {
  return { ...h, re: turned(h, phase, 0), im: new Float64Array(0) };
}

/** ū_i A_ij u_j of any matrix. */
export function inGauge(a: SparseMatrix, phase: ComplexVector): SparseMatrix {
  return { ...a, re: turned(a, phase, 0), im: turned(a, phase, 1) };
}

/** The real part of ū_i A_ij u_j, or the imaginary one; columns of −1 lead nowhere. */
function turned(a: SparseMatrix, phase: ComplexVector, part: 0 | 1): Float64Array {
  const turnedEntries = new Float64Array(a.re.length);
  const plain = a.im.length === 0;
  for (let i = 0; i < a.rows; i++) {
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) {
      const j = a.column[e];
      if (j < 0) continue;
      const cos = phase.re[i] * phase.re[j] + phase.im[i] * phase.im[j];
      const sin = phase.re[i] * phase.im[j] - phase.im[i] * phase.re[j];
      const im = plain ? 0 : a.im[e];
      turnedEntries[e] = part === 0 ? a.re[e] * cos - im * sin : a.re[e] * sin + im * cos;
    }
  }
  return turnedEntries;
}
