/** Sparse matrices as dense ones. */

import { type Matrix, zeros } from "../../src/algebra/matrix.ts";
import type { SparseMatrix } from "../../src/fock/sparse.ts";
import { random } from "../oracle/random.ts";

export function dense(a: SparseMatrix): Matrix {
  const m = zeros(a.rows, a.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) {
      m.re[i * a.cols + a.column[e]] += a.re[e];
      m.im[i * a.cols + a.column[e]] += a.im.length === 0 ? 0 : a.im[e];
    }
  }
  return m;
}

/** The entries that are not 0. */
export function sparse(a: Matrix): SparseMatrix {
  const rowStart = [0];
  const column: number[] = [];
  const re: number[] = [];
  const im: number[] = [];
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) {
      const at = i * a.cols + j;
      if (a.re[at] === 0 && a.im[at] === 0) continue;
      column.push(j);
      re.push(a.re[at]);
      im.push(a.im[at]);
    }
    rowStart.push(column.length);
  }
  return {
    rows: a.rows,
    cols: a.cols,
    rowStart: Int32Array.from(rowStart),
    column: Int32Array.from(column),
    re: Float64Array.from(re),
    im: Float64Array.from(im),
  };
}

/** 0 … n − 1 in a random order. */
export function shuffled(seed: number, n: number): number[] {
  const from = random(seed);
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = from.integer(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
