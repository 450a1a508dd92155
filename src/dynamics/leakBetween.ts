/** What leaves a truncated space in a time, from the weights of its layers at some moments: a proved upper bound. */

import type { Layers } from "../fock/layers.ts";

/** Moments are taken so densely that a norm cannot grow by more than about this between them, in exponents. */
const densest = 0.5;

/** Longest time between moments. */
export function longestGap({ couplings }: Layers): number {
  const strongest = couplings.reduce((most, c) => Math.max(most, c), 0);
  return strongest > 0 ? densest / strongest : Number.POSITIVE_INFINITY;
}

/**
 * ∫‖(1 − P) H φ(s)‖ ds over the time from `before` ahead of a moment to `after` behind it, from above, where
 * `norms[j]` = ‖P_j φ‖ at the moment. H between the layers j and j ± 1 is all that changes a norm, so that
 * d‖P_j φ‖/ds ≤ c_j−1 ‖P_j−1 φ‖ + c_j ‖P_j+1 φ‖; these inequalities are solved as equations by their Taylor series, all of
 * whose terms are positive.
 */
export function leakBetween(layers: Layers, norms: Float64Array, before: number, after: number): number {
  return layers.leak * (grown(layers, norms, before) + grown(layers, norms, after));
}

/** ∫_0^h of the solution's layer 0. */
function grown({ couplings }: Layers, norms: Float64Array, h: number): number {
  if (h === 0) return 0;
  const count = norms.length;
  let term = norms.slice();
  let sum = 0;
  let power = h;
  for (let k = 0; ; k++) {
    const addend = term[0] * power;
    sum += addend;
    const next = new Float64Array(count);
    let largest = 0;
    for (let j = 0; j < count; j++) {
      next[j] = (j > 0 ? couplings[j - 1] * term[j - 1] : 0) + (j + 1 < count ? couplings[j] * term[j + 1] : 0);
      largest = Math.max(largest, next[j]);
    }
    term = next;
    power *= h / (k + 2);
    // The rest falls faster than geometrically from here on.
    if (k > 3 && largest * power <= 1e-4 * sum) return sum * (1 + 1e-3);
    if (k > 200) return Number.POSITIVE_INFINITY;
  }
}
