/** Negativity. */

import { eigh } from "../algebra/hermitian.ts";
import type { Matrix } from "../algebra/matrix.ts";
import { partialTranspose } from "../algebra/partialTranspose.ts";

/**
 * Sum of the moduli of the negative eigenvalues of ρ transposed in the parts listed (from 0): how entangled they are
 * with the other parts (Vidal and Werner, Phys. Rev. A 65, 032314, 2002). 1/2 for a Bell state. `dims` are the
 * dimensions of the parts, the first the slowest index. Throws RangeError if there is nothing on one side of the cut.
 */
export function negativity(state: Matrix, dims: readonly number[], parts: readonly number[]): number {
  if (parts.length === 0 || parts.length >= dims.length) {
    throw new RangeError(
      `negativity needs parts on both sides of the cut, but [${parts.join(", ")}] are ` +
        `${parts.length === 0 ? "none" : "all"} of the ${dims.length} parts: give the system's \`dims\` as a list.`,
    );
  }
  let sum = 0;
  for (const value of eigh(partialTranspose(state, dims, parts)).values) if (value < 0) sum -= value;
  return sum;
}
