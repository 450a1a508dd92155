/** Concurrence. */

import { eigenFactor } from "../algebra/eigenFactor.ts";
import type { Matrix } from "../algebra/matrix.ts";
import { zeros } from "../algebra/matrix.ts";
import { singularValues } from "../algebra/singularValues.ts";

/**
 * Wootters' concurrence of two qubits (4 × 4 state in the product basis, Phys. Rev. Lett. 80, 2245, 1998): 0 if and
 * only if they are not entangled, 1 for a Bell state. Throws RangeError if the state is not 4 × 4.
 *
 * For ρ = Σ_i |w_i⟩⟨w_i| the numbers λ_i of the definition are the singular values of τ_ij = ⟨w_i*|σy⊗σy|w_j⟩: no
 * eigenvalues of a matrix that is not Hermitian, and no square root of a small difference.
 */
export function concurrence(state: Matrix): number {
  if (state.rows !== 4) {
    throw new RangeError(`concurrence needs two qubits, dimension 4, but this system has dimension ${state.rows}.`);
  }
  const w = eigenFactor(state);
  const tau = zeros(4);
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++) {
      // σy ⊗ σy is −1, 1, 1, −1 on the antidiagonal.
      for (let k = 0; k < 4; k++) {
        const sign = k === 0 || k === 3 ? -1 : 1;
        const [x, y] = [k * 4 + i, (3 - k) * 4 + j];
        tau.re[i * 4 + j] += sign * (w.re[x] * w.re[y] - w.im[x] * w.im[y]);
        tau.im[i * 4 + j] += sign * (w.re[x] * w.im[y] + w.im[x] * w.re[y]);
      }
    }
  }
  const [first, second, third, fourth] = singularValues(tau);
  return Math.max(0, first - second - third - fourth);
}
