/** Populations. */

import type { Matrix } from "../algebra/matrix.ts";

/** The diagonal of ρ, in the basis in which it is given. */
export function populations(state: Matrix): Float64Array {
  return Float64Array.from({ length: state.rows }, (_, i) => state.re[i * state.cols + i]);
}
