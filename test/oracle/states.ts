/** Named states of two qubits and of one, with everything known about them. */

import type { Matrix } from "../../src/algebra/matrix.ts";
import { add, identity, matrix, scale } from "../../src/algebra/matrix.ts";

/** (|00⟩ + |11⟩)/√2. */
export const bellState: Matrix = matrix([
  [0.5, 0, 0, 0.5],
  [0, 0, 0, 0],
  [0, 0, 0, 0],
  [0.5, 0, 0, 0.5],
]);

/** p Bell + (1 − p) 1/4: entangled exactly for p > 1/3. */
export function wernerState(p: number): Matrix {
  return add(scale(bellState, p), identity(4), (1 - p) / 4);
}

/** |ψ⟩⟨ψ| for a column of amplitudes. */
export function pure(amplitudes: readonly (readonly [number, number])[]): Matrix {
  return matrix(
    amplitudes.map(([a, b]) => amplitudes.map(([c, d]): [number, number] => [a * c + b * d, b * c - a * d])),
  );
}

/** cos a |00⟩ + e^{ib} sin a |11⟩. */
export function schmidtState(a: number, b = 0): Matrix {
  return pure([
    [Math.cos(a), 0],
    [0, 0],
    [0, 0],
    [Math.sin(a) * Math.cos(b), Math.sin(a) * Math.sin(b)],
  ]);
}
