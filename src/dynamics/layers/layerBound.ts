/** A second-order bound on what a cutoff costs ρ_S, from layers of Fock states, carried from moment to moment (docs/certificates.md, section 5). */

import type { Layers } from "../../fock/layers.ts";
import { flowOver, grownNorm } from "./layerFlow.ts";

/**
 * ‖P_j e‖ for each layer after a time h, from above, where `errors` are such bounds before it: e is how far the truncated ket is
 * from the exact one, and `outside` at least its norm, until the end of that time. What has left comes back from layer to
 * layer: y_j' = c_j−1 y_j−1 + c_j y_j+1, layer 0 fed by leak · outside (docs/certificates.md, section 5); no y exceeds
 * `outside`. Written into `into`.
 */
export function comeBack(
  layers: Layers,
  errors: Float64Array,
  outside: number,
  h: number,
  into: Float64Array = new Float64Array(errors.length),
): Float64Array {
  const flow = flowOver(layers, h);
  const fed = layers.leak * outside;
  for (let j = 0; j < errors.length; j++) {
    into[j] = outside === 0 ? 0 : Math.min(outside, grownNorm(flow, errors, j) + fed * flow.integral[j]);
  }
  return into;
}

/** What every entry of ρ_S is off by at most, where `norms` are those of the layers of the truncated ket: Σ_j ‖P_j e‖ ‖P_j φ‖ + ‖e‖²/2. */
export function layerBound(errors: Float64Array, norms: Float64Array, outside: number): number {
  let inside = 0;
  for (let j = 0; j < errors.length; j++) inside += errors[j] * norms[j];
  return Math.min(outside, inside + 0.5 * outside ** 2);
}
