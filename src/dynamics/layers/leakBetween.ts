/** What leaves a truncated space in a time, from the weights of its layers at both ends: a proved upper bound. */

import type { Layers } from "../../fock/layers.ts";
import { flowOver, grownIntegral, grownNorm } from "./layerFlow.ts";

/** Moments are so dense that neither a norm grows nor a phase turns by more than about this between them. */
const densest = { growth: 0.15, turn: 1 };

/** Longest time between moments. */
export function longestGap({ couplings, spread }: Layers): number {
  const strongest = couplings.reduce((most, c) => Math.max(most, c), 0);
  return Math.min(densest.growth / strongest, densest.turn / spread);
}

/**
 * ∫‖(1 − P) H φ(s)‖ ds over a time h, from above, where `left[j]` and `right[j]` are ‖P_j φ‖ at its ends, and `flux` is the mean of
 * ‖(1 − P) H φ‖ there.
 *
 * Between them P_0 φ is the straight line from end to end, but for (h − s) s/2 of its second derivative, whose norm is at
 * most (d² + c_0²) p_0 + 2 d c_0 p_1 + c_0 c_1 p_2 in a frame that turns with the layers' middle energy; p_j = ‖P_j φ‖. H
 * between the layers j and j ± 1 is all that changes a p_j: p_j' ≤ c_j−1 p_j−1 + c_j p_j+1. These inequalities, solved as
 * equations from either end, bound the p_j, and by themselves p_0, if that is less.
 */
export function leakBetween(layers: Layers, left: Float64Array, right: Float64Array, h: number, flux: number): number {
  if (h === 0) return 0;
  const { couplings, spread, leak } = layers;
  const flow = flowOver(layers, h);
  const least = (j: number) => (j < left.length ? Math.min(grownNorm(flow, left, j), grownNorm(flow, right, j)) : 0);
  const [c0, c1] = [couplings[0], couplings[1] ?? 0];
  const curvature = (spread ** 2 + c0 ** 2) * least(0) + 2 * spread * c0 * least(1) + c0 * c1 * least(2);
  const line = h * flux + leak * (h ** 3 / 12) * curvature;
  return Math.min(line, leak * Math.min(grownIntegral(flow, left), grownIntegral(flow, right)));
}
