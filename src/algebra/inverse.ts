/** The inverse of a square matrix. */

import { copy, identity, type Matrix } from "./matrix.ts";

/**
 * a⁻¹ by Gauss and Jordan's elimination with partial pivoting, for small matrices: its error is about the condition
 * number of a times rounding. Throws RangeError if a is not square, or singular to rounding.
 */
export function inverse(a: Matrix): Matrix {
  const n = a.rows;
  if (a.cols !== n) throw new RangeError(`only a square matrix has an inverse, not one of ${a.rows}×${a.cols}.`);
  const left = copy(a);
  const right = identity(n);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (size(left, i, k) > size(left, pivot, k)) pivot = i;
    if (size(left, pivot, k) < Number.MIN_VALUE / Number.EPSILON) throw new RangeError("this matrix has no inverse.");
    for (const m of [left, right]) swapRows(m, k, pivot);
    const { re, im } = left;
    const d = k * n + k;
    const square = re[d] * re[d] + im[d] * im[d];
    const [fr, fi] = [re[d] / square, -im[d] / square];
    for (const m of [left, right]) scaleRow(m, k, fr, fi);
    for (let i = 0; i < n; i++) {
      const [xr, xi] = [re[i * n + k], im[i * n + k]];
      if (i === k || (xr === 0 && xi === 0)) continue;
      for (const m of [left, right]) subtractRow(m, i, k, xr, xi);
    }
  }
  return right;
}

function size(a: Matrix, i: number, j: number): number {
  return Math.hypot(a.re[i * a.cols + j], a.im[i * a.cols + j]);
}

function swapRows({ re, im, cols }: Matrix, i: number, k: number): void {
  if (i === k) return;
  for (let j = 0; j < cols; j++) {
    for (const x of [re, im]) [x[i * cols + j], x[k * cols + j]] = [x[k * cols + j], x[i * cols + j]];
  }
}

function scaleRow({ re, im, cols }: Matrix, i: number, fr: number, fi: number): void {
  for (let e = i * cols; e < (i + 1) * cols; e++) {
    const real = re[e] * fr - im[e] * fi;
    im[e] = re[e] * fi + im[e] * fr;
    re[e] = real;
  }
}

/** Row i −= (xr + i xi) · row k. */
function subtractRow({ re, im, cols }: Matrix, i: number, k: number, xr: number, xi: number): void {
  for (let j = 0, e = i * cols, p = k * cols; j < cols; j++, e++, p++) {
    re[e] -= xr * re[p] - xi * im[p];
    im[e] -= xr * im[p] + xi * re[p];
  }
}
