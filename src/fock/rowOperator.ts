/** A sparse matrix in compressed rows, in the memory of the kernels of a Krylov step. */

import type { ArraySource } from "../kernels/krylovKernels.ts";
import { boundsOf, partsFor } from "../kernels/parts.ts";
import type { RowOperator } from "../kernels/stepOperator.ts";
import type { SparseMatrix } from "./sparse.ts";

/** Sizes in bytes of its arrays. */
export function rowOperatorSizes({ rows, re, im }: SparseMatrix): number[] {
  return [4 * (rows + 1), 4 * re.length, 8 * re.length, 8 * im.length];
}

export function rowOperator({ rows, rowStart, column, re, im }: SparseMatrix, arrays: ArraySource): RowOperator {
  const operator = {
    ...{ kind: "rows" as const, rows, bounds: boundsOf(rows, partsFor(rows)) },
    ...{ rowStart: arrays.ints(rows + 1), column: arrays.ints(re.length) },
    ...{ re: arrays.floats(re.length), im: arrays.floats(im.length) },
  };
  operator.rowStart.set(rowStart);
  operator.column.set(column);
  operator.re.set(re);
  operator.im.set(im);
  return operator;
}
