/** How much of the cutoff a quantum of each mode should take: rarely filled modes need few states. */

/** A mode that never saw a quantum in the trial is still given this many. */
const leastOccupation = 0.5;

/** Populations below this are rounding errors. */
const noise = 1e-16;

/**
 * From the populations modeShells[k][n] of a trial with equal weights: mode k is expected to need N_k quanta until its
 * population falls below the tolerance, and gets the weight max N / N_k, rounded down to halves, so that the simplex
 * Σ weight n ≤ max N ends where the populations do.
 */
export function modeWeights(modeShells: readonly Float64Array[], tolerance: number): number[] {
  const needed = modeShells.map((populations) => occupationNeeded(populations, 0.3 * tolerance));
  const most = Math.max(...needed);
  return needed.map((n) => Math.max(1, Math.floor((2 * most) / (n + 0.5)) / 2));
}

function occupationNeeded(populations: Float64Array, target: number): number {
  let last = populations.length - 1;
  while (last > 0 && populations[last] <= noise) last--;
  if (last === 0) return leastOccupation;
  // Near the edge populations fall faster and faster: a slow fall at few quanta says little about many.
  const fall = Math.min(0.5, populations[last] / populations[last - 1]);
  return Math.max(leastOccupation, last + Math.log(target / populations[last]) / Math.log(fall));
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
