/** How many excitations a sector needs: the cutoff is raised until two cutoffs agree. */

import { type MatrixSeries, maxDifference } from "../algebra/series.ts";

/** What a sector gave at one cutoff. */
export interface Attempt {
  readonly rho: MatrixSeries;
  /** Largest population of each shell of total excitation. */
  readonly shells: Float64Array;
  /** Largest population of each occupation of each mode. */
  readonly modeShells: readonly Float64Array[];
  /** Nothing was cut off. */
  readonly complete: boolean;
  readonly dimension: number;
  /** Entries of the matrix. */
  readonly entries: number;
}

export interface CutoffChoice {
  readonly cutoff: number;
  /** Largest change of an entry of ρ_S from the cutoff two below: 0 for a complete space. */
  readonly difference: number;
  readonly attempt: Attempt;
}

/** The first cutoff tried: just enough to see how the shells fall. */
export const firstCutoff = 3;

/**
 * Raises the cutoff until the results at n and n − 2 differ by less than `tolerance`. From the fall of the shell
 * populations it guesses where that will be; parity makes n − 1 a poor witness. Yields each cutoff tried.
 */
export function* chooseCutoff(
  evaluate: (cutoff: number) => Attempt,
  tolerance: number,
  capacity: number,
  first = firstCutoff,
): Generator<{ cutoff: number; dimension: number }, CutoffChoice, void> {
  let cutoff = Math.min(capacity, first);
  let attempt = evaluate(cutoff);
  yield { cutoff, dimension: attempt.dimension };
  // Up to the capacity nothing is cut off, whatever the pattern of a sector with fewer sites in a level suggests.
  while (!attempt.complete && cutoff < capacity) {
    const next = Math.min(capacity, guessCutoff(attempt.shells, tolerance));
    if (next - 2 > cutoff) {
      attempt = evaluate(next - 2);
      yield { cutoff: next - 2, dimension: attempt.dimension };
    }
    const last = attempt;
    attempt = evaluate(next);
    cutoff = next;
    yield { cutoff, dimension: attempt.dimension };
    const difference = maxDifference(attempt.rho, last.rho);
    // Results that agree while the last shell is still filled agree by chance, or because nothing reached S yet.
    if (difference <= tolerance && attempt.shells[cutoff] <= 3 * tolerance) {
      return { cutoff, difference: attempt.complete || cutoff >= capacity ? 0 : difference, attempt };
    }
  }
  return { cutoff, difference: 0, attempt };
}

/** The cutoff at which the shell populations, which fall ever faster, are below the tolerance; at least two more. */
export function guessCutoff(shells: Float64Array, tolerance: number): number {
  const cutoff = shells.length - 1;
  const most = 2 * cutoff + 4;
  const fall = fallPerShell(shells);
  if (fall > 0.9) return most;
  // The error of ρ_S is of the order of the population that is cut off; the margin is for the cutoff two below.
  const target = 0.3 * tolerance;
  const needed = Math.ceil(cutoff + Math.log(target / Math.max(shells[cutoff], 1e-300)) / Math.log(fall));
  return Math.min(most, Math.max(cutoff + 2, needed + 2));
}

/** Mean ratio of successive shells over the last few, as a pair of odd and even ones may differ. */
function fallPerShell(shells: Float64Array): number {
  const last = shells.length - 1;
  const span = Math.min(2, last);
  const before = shells[last - span];
  if (span === 0 || before === 0) return 1;
  return Math.max(1e-6, shells[last] / before) ** (1 / span);
}
