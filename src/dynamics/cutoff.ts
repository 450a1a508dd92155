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
  /** What the cutoff is expected to cost any entry of ρ_S, or is proved to: 0 for a complete space. */
  readonly difference: number;
  readonly attempt: Attempt;
}

/** The first cutoff tried: just enough to see how the shells fall. */
export const firstCutoff = 3;

/**
 * Raises the cutoff until what it costs is proved to be below `tolerance`, or is expected to be from how the results at n
 * and n − 2 differ. From the fall of the shell populations it guesses where that will be; parity makes n − 1 a poor
 * witness. Yields each cutoff tried.
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
  let forecast: { readonly cutoff: number; readonly error: number } | null = null;
  // Up to the capacity nothing is cut off, whatever the pattern of a sector with fewer sites in a level suggests.
  while (!attempt.complete && cutoff < capacity) {
    if (attempt.leaked <= tolerance) return { cutoff, difference: attempt.leaked, attempt };
    const next = Math.min(capacity, nextCutoff(cutoff, attempt, tolerance));
    if (next - 2 > cutoff && attempt.leaked > nearlyProved * tolerance) {
      attempt = evaluate(next - 2);
      cutoff = next - 2;
      yield { cutoff, dimension: attempt.dimension };
      if (!attempt.complete && attempt.leaked <= tolerance) {
        return { cutoff, difference: attempt.leaked, attempt };
      }
    }
    const last = attempt;
    const from = cutoff;
    attempt = evaluate(next);
    cutoff = next;
    yield { cutoff, dimension: attempt.dimension };
    if (attempt.complete || cutoff >= capacity) break;
    if (attempt.leaked <= tolerance) return { cutoff, difference: attempt.leaked, attempt };
    const { shells } = attempt.filling();
    const change = maxDifference(attempt.rho, last.rho);
    // A geometric series: what changed is what fell, the error is what is left.
    const fall = cutoff - from === 2 ? fallOverTwo(shells) : 0.5;
    const expected = fall < 1 ? (change * fall) / (1 - fall) : Number.POSITIVE_INFINITY;
    // How far the last forecast was off, if there was one for the cutoff that this change tells the error of.
    const margin =
      forecast?.cutoff === from && forecast.error > 0
        ? Math.max(1, change / forecast.error) * knownMargin
        : unknownMargin;
    forecast = { cutoff, error: expected };
    const difference = Math.min(attempt.leaked, Math.max(change, expected), margin * expected);
    // Results that agree while the last shell is still filled agree by chance, or because nothing reached S yet.
    if (difference <= tolerance && shells[cutoff] <= 3 * tolerance) return { cutoff, difference, attempt };
  }
  return { cutoff, difference: 0, attempt };
}

/**
 * What changed from n − 2 to n was the error at n − 2; the error at n is smaller by as much as the last shell fell, times
 * a margin. Over random models it was seen to stay above the forecast by up to 7; less where a forecast was tried.
 */
const unknownMargin = 5;
const knownMargin = 1.5;

/** By how much the last shell fell over two cutoffs. Parity may empty every second shell, so the last two are looked at. */
export function fallOverTwo(shells: Float64Array): number {
  const last = shells.length - 1;
  if (last < 3) return 1;
  const ratio = (a: number, b: number) => (b > 0 ? a / b : 0);
  const fall = Math.max(ratio(shells[last], shells[last - 2]), ratio(shells[last - 1], shells[last - 3]));
  return Math.min(1, fall);
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

/** The next cutoff to try: where it should do, but at most about twice as far as populations are known. */
export function guessCutoff(shells: Float64Array, tolerance: number): number {
  const cutoff = shells.length - 1;
  return Math.min(2 * cutoff + 4, Math.max(cutoff + 2, expectedCutoff(shells, tolerance)));
}

/**
 * The cutoff that should do: what is beyond it is about what its last shell holds. Far out populations fall like a coherent
 * state's, the ratio of successive shells like 1/n. Where they do not fall yet, the fall is yet to come.
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
  return n;
}

/** Mean ratio of successive shells over the last few, as a pair of odd and even ones may differ. */
function fallPerShell(shells: Float64Array): number {
  const last = shells.length - 1;
  const span = Math.min(2, last);
  const before = shells[last - span];
  if (span === 0 || before === 0) return 1;
  return Math.max(1e-6, shells[last] / before) ** (1 / span);
}
