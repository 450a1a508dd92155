/** How much of the cutoff a quantum of each mode should take: rarely filled modes need few states. */

import { grain } from "../../fock/simplexBasis.ts";
import { fallBeyond, lastFilled } from "../sector/heights.ts";

/** A mode that never saw a quantum in the trial is still given this many. */
const leastOccupation = 1;

/**
 * From the populations modeShells[k][n] of a trial with equal weights: mode k is expected to need N_k quanta until its
 * population falls below the tolerance, and gets the weight max N / N_k, so that the simplex Σ weight n ≤ max N ends
 * where the populations do; rounded down to whole grains.
 */
export function modeWeights(modeShells: readonly Float64Array[], tolerance: number): number[] {
  const needed = modeShells.map((populations) => occupationNeeded(populations, 0.3 * tolerance));
  const most = Math.max(...needed);
  return needed.map((n) => wholeGrains(most / n));
}

/** A weight, at least 1, of whole grains. */
export function wholeGrains(weight: number): number {
  return Math.max(1, grain * Math.floor(weight / grain));
}

function occupationNeeded(populations: Float64Array, target: number): number {
  const last = lastFilled(populations);
  if (last === 0) return leastOccupation;
  return Math.max(leastOccupation, last + Math.log(target / populations[last]) / Math.log(fallBeyond(populations)));
}

/** The modes whose last allowed occupation is still filled: the edge of the space cuts into them. */
export function crampedModes(
  modeShells: () => readonly Float64Array[],
  weights: readonly number[],
  cutoff: number,
  tolerance: number,
): number[] {
  if (weights.every((weight) => weight === 1)) return [];
  const populations = modeShells();
  return [...weights.keys()].filter((k) => {
    const edge = Math.floor(cutoff / weights[k] + 1e-9);
    return weights[k] > 1 && (populations[k][edge] ?? 0) > 3 * tolerance;
  });
}
