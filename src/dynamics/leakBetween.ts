/** What leaves a truncated space in a time, from the weights of its layers at both ends: a proved upper bound. */

import type { Layers } from "../fock/layers.ts";

/** Moments are so dense that neither a norm grows nor a phase turns by more than about this between them. */
const densest = { growth: 0.15, turn: 1 };

/** Longest time between moments. */
export function longestGap({ couplings, spread }: Layers): number {
  const strongest = couplings.reduce((most, c) => Math.max(most, c), 0);
  return Math.min(densest.growth / strongest, densest.turn / spread);
}

/**
 * ∫‖(1 − P) H φ(s)‖ ds over a time h, from above, where `left[j]` and `right[j]` are ‖P_j φ‖ at its ends.
 *
 * Between them P_0 φ is the straight line from end to end, but for (h − s) s/2 of its second derivative, whose norm is at
 * most (d² + c_0²) p_0 + 2 d c_0 p_1 + c_0 c_1 p_2 in a frame that turns with the layers' middle energy; p_j = ‖P_j φ‖. H
 * between the layers j and j ± 1 is all that changes a p_j: p_j' ≤ c_j−1 p_j−1 + c_j p_j+1. These inequalities, solved as
 * equations from either end, bound the p_j, and by themselves p_0, if that is less.
 */
export function leakBetween(layers: Layers, left: Float64Array, right: Float64Array, h: number): number {
  if (h === 0) return 0;
  const { couplings, spread, leak } = layers;
  const fromLeft = grown(couplings, left, h);
  const fromRight = grown(couplings, right, h);
  const most = fromLeft.norms.map((p, j) => Math.min(p, fromRight.norms[j]));
  const [c0, c1] = [couplings[0], couplings[1] ?? 0];
  const curvature = (spread ** 2 + c0 ** 2) * most[0] + 2 * spread * c0 * (most[1] ?? 0) + c0 * c1 * (most[2] ?? 0);
  const line = 0.5 * h * (left[0] + right[0]) + (h ** 3 / 12) * curvature;
  return leak * Math.min(line, fromLeft.integral, fromRight.integral);
}

/** p' = C p from p(0) = norms, C ≥ 0 between neighbours: p(h), and ∫p_0; by the Taylor series, all of whose terms are positive. */
export function grown(
  couplings: Float64Array,
  norms: Float64Array,
  h: number,
): { norms: Float64Array; integral: number } {
  const count = norms.length;
  const sum = norms.slice();
  let term = norms.slice();
  let next = new Float64Array(count);
  let integral = h * norms[0];
  for (let k = 1; ; k++) {
    let largest = 0;
    for (let j = 0; j < count; j++) {
      let flow = 0;
      if (j > 0) flow += couplings[j - 1] * term[j - 1];
      if (j + 1 < count) flow += couplings[j] * term[j + 1];
      next[j] = (flow * h) / k;
      sum[j] += next[j];
      if (next[j] > largest) largest = next[j];
    }
    [term, next] = [next, term];
    integral += (h * term[0]) / (k + 1);
    // Layer j is reached by the (count − j)-th term at the latest. Once the terms at least halve, the rest is less than
    // the last one.
    if (k >= count && largest <= 1e-3 * sum[0]) break;
    if (k > 200) return { norms: sum.fill(Number.POSITIVE_INFINITY), integral: Number.POSITIVE_INFINITY };
  }
  // From here on the terms of layer 0 are at most the largest of the next.
  let rest = 0;
  for (let j = 0; j < count; j++) rest = Math.max(rest, term[j]);
  for (let j = 0; j < count; j++) sum[j] += rest;
  return { norms: sum, integral: integral + h * rest };
}
