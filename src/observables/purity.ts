/** Purity. */

import type { Matrix } from "../algebra/matrix.ts";

/** tr(ρ²): 1 for a pure state, 1/n for the completely mixed one. */
export function purity(state: Matrix): number {
  let sum = 0;
  for (let i = 0; i < state.re.length; i++) sum += state.re[i] ** 2 + state.im[i] ** 2;
  return sum;
}
