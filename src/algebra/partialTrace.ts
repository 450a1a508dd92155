/** The state of some parts of a system. */

import type { Matrix } from "./matrix.ts";
import { zeros } from "./matrix.ts";
import { splitParts } from "./parts.ts";

/**
 * tr over all parts but those in `keep` (numbers from 0) of the square matrix a on the product space of `dims`, first
 * part slowest. The parts kept stay in their order in `dims`. Throws RangeError if a does not fit `dims` or a part
 * does not exist.
 */
export function partialTrace(a: Matrix, dims: readonly number[], keep: readonly number[]): Matrix {
  const { insideDimension, inside, outside } = splitParts(dims, keep);
  const n = inside.length;
  if (a.rows !== n || a.cols !== n) {
    throw new RangeError(`a matrix on parts of dimensions [${dims.join(", ")}] is ${n}×${n}, not ${a.rows}×${a.cols}.`);
  }
  const reduced = zeros(insideDimension);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (outside[i] !== outside[j]) continue;
      const to = inside[i] * insideDimension + inside[j];
      reduced.re[to] += a.re[i * n + j];
      reduced.im[to] += a.im[i * n + j];
    }
  }
  return reduced;
}
