/** Static fields that do something to S. */

import { type Matrix, maxAbs, traceless } from "../algebra/matrix.ts";

/** A field whose operator is this close to a multiple of 1, relative to itself, gives S nothing but a phase. */
const onlyPhase = 1e-12;

/** A field of S that is more than a phase. */
export function isFelt(a: Matrix): boolean {
  return maxAbs(traceless(a)) > onlyPhase * maxAbs(a);
}
