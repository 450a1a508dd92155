/** Transposition of some parts of a system. */

import type { Matrix } from "./matrix.ts";
import { zeros } from "./matrix.ts";
import { splitParts } from "./parts.ts";

/**
 * The square matrix a on the product space of `dims`, first part slowest, transposed in the parts listed (from 0) only.
 * Throws RangeError if a does not fit `dims` or a part does not exist.
 */
export function partialTranspose(a: Matrix, dims: readonly number[], parts: readonly number[]): Matrix {
  const { insideDimension, inside, outside } = splitParts(dims, parts);
  const n = inside.length;
  if (a.rows !== n || a.cols !== n) {
    throw new RangeError(`a matrix on parts of dimensions [${dims.join(", ")}] is ${n}×${n}, not ${a.rows}×${a.cols}.`);
  }
  const joint = new Int32Array(n);
  for (let i = 0; i < n; i++) joint[outside[i] * insideDimension + inside[i]] = i;
  const transposed = zeros(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const row = joint[outside[i] * insideDimension + inside[j]];
      const col = joint[outside[j] * insideDimension + inside[i]];
      transposed.re[row * n + col] = a.re[i * n + j];
      transposed.im[row * n + col] = a.im[i * n + j];
    }
  }
  return transposed;
}
