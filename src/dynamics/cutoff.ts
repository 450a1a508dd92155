/** How many excitations a sector needs: the cutoff is raised until two cutoffs agree. */

import { type MatrixSeries, maxDifference } from "../algebra/series.ts";
import type { Filling } from "./filling.ts";

/** What a sector gave at one cutoff. */
export interface Attempt {
  /** At a few of the times. */
  readonly rho: MatrixSeries;
  filling(): Filling;
  /** Proved bound on what the cutoff costs. */
  readonly leaked: number;
  /** Nothing was cut off. */
  readonly complete: boolean;
  readonly dimension: number;
  /** Entries of the matrix. */
  readonly entries: number;
}

export interface CutoffChoice {
  readonly cutoff: number;
  /** Largest change of an entry of ρ_S from the cutoff two below, or the proved bound: 0 for a complete space. */
  readonly difference: number;
  readonly attempt: Attempt;
}

/** The first cutoff tried: just enough to see how the shells fall. */
export const firstCutoff = 3;

/**
 * Raises the cutoff until what it costs is proved to be below `tolerance`, or the results at n and n − 2 differ by less.
 * From the fall of the shell populations it guesses where that will be; parity makes n − 1 a poor witness. Yields each
 * cutoff tried.
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
    if (attempt.leaked <= tolerance) return { cutoff, difference: attempt.leaked, attempt };
    const next = Math.min(capacity, nextCutoff(cutoff, attempt, tolerance));
    if (next - 2 > cutoff && attempt.leaked > nearlyProved * tolerance) {
      attempt = evaluate(next - 2);
      yield { cutoff: next - 2, dimension: attempt.dimension };
      if (!attempt.complete && attempt.leaked <= tolerance) {
        return { cutoff: next - 2, difference: attempt.leaked, attempt };
      }
    }
    const last = attempt;
    attempt = evaluate(next);
    cutoff = next;
    yield { cutoff, dimension: attempt.dimension };
    if (attempt.complete || cutoff >= capacity) break;
    const difference = maxDifference(attempt.rho, last.rho);
    // Results that agree while the last shell is still filled agree by chance, or because nothing reached S yet.
    if (difference <= tolerance && attempt.filling().shells[cutoff] <= 3 * tolerance) {
      return { cutoff, difference: Math.min(difference, attempt.leaked), attempt };
    }
  }
  return { cutoff, difference: 0, attempt };
}

/** A bound this close to the tolerance is expected to meet it within a few shells, each of which makes it smaller. */
const nearlyProved = 300;
const fallOfBound = 3;

function nextCutoff(cutoff: number, attempt: Attempt, tolerance: number): number {
  if (attempt.leaked <= nearlyProved * tolerance) {
    return cutoff + Math.max(2, Math.ceil(Math.log(attempt.leaked / tolerance) / Math.log(fallOfBound)));
  }
  return guessCutoff(attempt.filling().shells, tolerance);
}

/** The next cutoff to try: where n and n − 2 should agree, but at most about twice as far as populations are known. */
export function guessCutoff(shells: Float64Array, tolerance: number): number {
  const cutoff = shells.length - 1;
  return Math.min(2 * cutoff + 4, Math.max(cutoff + 2, expectedCutoff(shells, tolerance)));
}

/**
 * The cutoff n at which n and n − 2 should agree: shell n − 1 is then below the tolerance. Far out populations fall like
 * a coherent state's, the ratio of successive shells like 1/n. Where they do not fall yet, the fall is yet to come.
 */
export function expectedCutoff(shells: Float64Array, tolerance: number): number {
  let n = shells.length - 1;
  let population = shells[n];
  let ratio = fallPerShell(shells);
  if (ratio > 0.9) {
    // Halfway through a plateau at best.
    n *= 2;
    ratio = 0.6;
  }
  const coherent = ratio < 0.3;
  while (population > 0.5 * tolerance) {
    n++;
    if (coherent) ratio *= Math.sqrt(n / (n + 1));
    population *= ratio;
  }
  return n + 1;
}

/** Mean ratio of successive shells over the last few, as a pair of odd and even ones may differ. */
function fallPerShell(shells: Float64Array): number {
  const last = shells.length - 1;
  const span = Math.min(2, last);
  const before = shells[last - span];
  if (span === 0 || before === 0) return 1;
  return Math.max(1e-6, shells[last] / before) ** (1 / span);
}
