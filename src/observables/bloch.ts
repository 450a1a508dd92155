/** The Bloch vector of a qubit. */

import type { Matrix } from "../algebra/matrix.ts";

/**
 * [⟨σx⟩, ⟨σy⟩, ⟨σz⟩] of a 2 × 2 state, with σz = diag(1, −1): ρ = (1 + x σx + y σy + z σz)/2.
 * Throws RangeError if the state is not 2 × 2.
 */
export function bloch(state: Matrix): [number, number, number] {
  if (state.rows !== 2) {
    throw new RangeError(`a Bloch vector needs a system of dimension 2, but this one has dimension ${state.rows}.`);
  }
  const { re, im } = state;
  return [re[1] + re[2], im[2] - im[1], re[0] - re[3]];
}
