/** A second-order bound on what a cutoff costs ρ_S at early times, from what the layers of Fock states hold at first alone. */

import type { Basis } from "../fock/basis.ts";
import { type Layers, layerCount } from "../fock/layers.ts";
import { comeBack, layerBound } from "./layerBound.ts";
import { grown } from "./leakBetween.ts";
import type { SparseKet } from "./sparseKet.ts";

/** Steps are so short that no norm grows by more than about this factor, and no more than so many are gone at once. */
const growth = 0.3;
const mostSteps = 16;

/**
 * Lowers `bounds`, at the given places of times of one sign, |t| ascending, as long as that is possible. `squares`: upper bounds on
 * Σ weight (∫‖QHPφ‖)². What a layer holds grows by H between neighbours only, p_j' ≤ c_j−1 p_j−1 + c_j p_j+1, and so does what has left and
 * comes back (docs/certificates.md, section 5, "Layers"). A mixture counts as one ket, of S, F and what purifies it.
 */
export function lowerEarly(
  layers: Layers,
  start: Float64Array,
  times: readonly number[],
  places: readonly number[],
  squares: Float64Array,
  bounds: Float64Array,
): void {
  const fastest = layers.couplings.reduce((most, c) => Math.max(most, c), 0);
  let norms = start;
  let errors: Float64Array = new Float64Array(layerCount);
  let leaked = 0;
  let before = 0;
  for (const place of places) {
    const way = Math.abs(times[place]) - before;
    const steps = Math.ceil((way * fastest) / growth);
    if (steps > mostSteps) return;
    const known = Math.sqrt(squares[place]);
    for (let step = 0; step < steps; step++) {
      const h = way / steps;
      const after = grown(layers.couplings, norms, h);
      leaked += layers.leak * after.integral;
      norms = after.norms;
      errors = comeBack(layers, errors, Math.min(leaked, known), h);
    }
    before += way;
    const bound = layerBound(errors, norms, Math.min(leaked, known));
    // From here on it only grows faster.
    if (bound > 0.9 * bounds[place]) return;
    bounds[place] = bound;
  }
}

/** The norms of the layers of a mixture as it starts. */
export function layerNorms(
  { layerOf }: Layers,
  { fock }: Basis,
  kets: readonly SparseKet[],
  weights: readonly number[],
): Float64Array {
  const populations = new Float64Array(layerCount);
  kets.forEach(({ states, re, im }, k) => {
    states.forEach((i, a) => {
      populations[layerOf[fock[i]]] += weights[k] * (re[a] * re[a] + im[a] * im[a]);
    });
  });
  return populations.map(Math.sqrt);
}
