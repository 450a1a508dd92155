/** Von Neumann's entropy. */

import { eigh } from "../algebra/hermitian.ts";
import type { Matrix } from "../algebra/matrix.ts";

/** −tr(ρ ln ρ) in nats (divide by ln 2 for bits). Eigenvalues that an inexact ρ has below 0 count as 0. */
export function entropy(state: Matrix): number {
  let sum = 0;
  for (const p of eigh(state).values) if (p > 0) sum -= p * Math.log(p);
  return sum;
}
