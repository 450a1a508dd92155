/** A second-order bound on what a cutoff costs ρ_S at early times, from what the layers of Fock states hold at first alone. */

import type { Layers } from "../../fock/layers.ts";
import { LayersAlong } from "../layers/layersAlong.ts";

/**
 * Lowers `bounds` at the given places of times of one sign, |t| ascending, as long as that is possible. `start`: the norms of the layers
 * at t = 0; `squares`: upper bounds on Σ weight (∫‖QHPφ‖)² at each of the times.
 */
export function lowerEarly(
  layers: Layers,
  start: Float64Array,
  times: readonly number[],
  places: readonly number[],
  squares: Float64Array,
  bounds: Float64Array,
): void {
  const along = new LayersAlong(layers, start);
  let before = 0;
  for (const place of places) {
    const way = Math.abs(times[place]);
    if (!along.advance(way - before, Math.sqrt(squares[place]))) return;
    before = way;
    const bound = along.bound();
    // From here on it only grows faster.
    if (bound > 0.9 * bounds[place]) return;
    bounds[place] = bound;
  }
}
