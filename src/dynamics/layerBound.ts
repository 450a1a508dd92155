/** A second-order bound on what a cutoff costs ρ_S, from layers of Fock states, carried from moment to moment (docs/certificates.md, section 5). */

import type { Layers } from "../fock/layers.ts";

/**
 * ‖P_j e‖ for each layer after a time h, from above, where `errors` are such bounds before it: e is how far the truncated ket is
 * from the exact one, and `outside` at least its norm, until the end of that time. What has left comes back from layer to
 * layer: y_j' = c_j−1 y_j−1 + c_j y_j+1, layer 0 fed by leak · outside (docs/certificates.md, section 5). By the Taylor
 * series, all of whose terms are positive; no y exceeds `outside`.
 */
export function comeBack(layers: Layers, errors: Float64Array, outside: number, h: number): Float64Array {
  const { couplings, leak } = layers;
  const count = errors.length;
  const sum = errors.slice();
  let term = errors.slice();
  let next = new Float64Array(count);
  let fed = leak * outside;
  let fastest = 0;
  for (let j = 0; j < count; j++) fastest = Math.max(fastest, (couplings[j - 1] ?? 0) + (couplings[j] ?? 0));
  for (let k = 1; ; k++) {
    let largest = 0;
    for (let j = 0; j < count; j++) {
      let flow = j === 0 ? fed : couplings[j - 1] * term[j - 1];
      if (j + 1 < count) flow += couplings[j] * term[j + 1];
      next[j] = (flow * h) / k;
      sum[j] += next[j];
      largest = Math.max(largest, next[j]);
    }
    [term, next] = [next, term];
    fed = 0;
    // From here on the terms at least halve: the rest is less than the last one.
    if (fastest * h <= 0.5 * (k + 1) && largest <= 1e-16 * outside) {
      return sum.map((y) => Math.min(outside, (y + largest) * (1 + 1e-14)));
    }
    if (k > 200) return sum.fill(outside);
  }
}

/** What every entry of ρ_S is off by at most, where `norms` are those of the layers of the truncated ket: Σ_j ‖P_j e‖ ‖P_j φ‖ + ‖e‖²/2. */
export function layerBound(errors: Float64Array, norms: Float64Array, outside: number): number {
  let inside = 0;
  for (let j = 0; j < errors.length; j++) inside += errors[j] * norms[j];
  return Math.min(outside, inside + 0.5 * outside ** 2);
}
