/** How many excitations a sector needs: the cutoff is raised until two cutoffs agree. */

import { type MatrixSeries, maxDifference } from "../algebra/series.ts";
import type { Filling } from "./filling.ts";

/** What a sector gave at one cutoff. */
export interface Attempt {
  /** At a few of the times. */
  readonly rho: MatrixSeries;
  filling(): Filling;
  /** Proved bound on what the cutoff costs any entry of ρ_S; Infinity where a scout had none made. */
  readonly proved: number;
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
 * Raises the cutoff until what it costs is proved to be below `tolerance`, or is expected to be from how the results at two
 * cutoffs differ. From the fall of the shell populations it guesses where that will be, and from a first difference where
 * the next will do. What is evaluated only on the way there is a scout. `begun` is what is known already of the first
 * cutoff. Yields each cutoff tried.
 */
export function* chooseCutoff(
  evaluate: (cutoff: number, scouts: boolean) => Attempt,
  tolerance: number,
  capacity: number,
  first = firstCutoff,
  begun?: Attempt,
): Generator<{ cutoff: number; dimension: number }, CutoffChoice, void> {
  let cutoff = Math.min(capacity, first);
  let attempt = begun ?? evaluate(cutoff, cutoff < capacity);
  yield { cutoff, dimension: attempt.dimension };
  let known: Forecast | null = null;
  // Up to the capacity nothing is cut off, whatever the pattern of a sector with fewer sites in a level suggests.
  while (!attempt.complete && cutoff < capacity) {
    if (attempt.proved <= tolerance) return { cutoff, difference: attempt.proved, attempt };
    const { next, scouts } = nextCutoff(cutoff, attempt, known, tolerance, capacity);
    const last = attempt;
    attempt = evaluate(next, scouts);
    yield { cutoff: next, dimension: attempt.dimension };
    if (!attempt.complete && next < capacity && attempt.proved > tolerance) {
      known = forecastAt(next, attempt, cutoff, last, known);
      const difference = Math.min(attempt.proved, Math.max(known.change, known.error), known.margin * known.error);
      // Results that agree while the last shell is still filled agree by chance, or because nothing reached S yet.
      const settled = attempt.filling().shells[next] <= 3 * tolerance;
      if (difference <= tolerance && settled) return { cutoff: next, difference, attempt };
    }
    cutoff = next;
  }
  return { cutoff, difference: 0, attempt };
}

/** What two cutoffs say of the error at the higher one. */
interface Forecast {
  readonly gap: number;
  readonly change: number;
  /** What the error is expected to be, and how many times as much it may be. */
  readonly error: number;
  readonly margin: number;
}

/**
 * What changed from one cutoff to the next was the error at the lower one; the error at the higher one is smaller by as
 * much as the last shells fell in between (a geometric series: what changed is what fell, the error is what is left), times
 * a margin. Over random models it was seen to stay above the forecast by up to 7; less where a forecast was tried.
 */
function forecastAt(cutoff: number, attempt: Attempt, from: number, before: Attempt, known: Forecast | null): Forecast {
  const { shells } = attempt.filling();
  const change = maxDifference(attempt.rho, before.rho);
  const fall = fallOfError(fallBetween(shells, from, cutoff), cutoff - from);
  const error = fall < 1 ? (change * fall) / (1 - fall) : Number.POSITIVE_INFINITY;
  // How far the last forecast was off: it was for the cutoff that this change tells the error of.
  const margin = known !== null && known.error > 0 ? Math.max(1, change / known.error) * knownMargin : unknownMargin;
  return { gap: cutoff - from, change, error, margin };
}

const unknownMargin = 4;
const knownMargin = 2;

/** By how much the error falls where populations fall by that much over so many shells: somewhat less. */
function fallOfError(population: number, gap: number): number {
  return Math.min(population ** 0.85, population * 2 ** (0.5 * gap));
}

/** A fall for each shell that is steeper than this goes on. */
const steep = 0.35;
/** To fall short once more costs more than a shell too many. */
const reserve = 2.5;

/** By how much the last shells fell over two cutoffs. */
export function fallOverTwo(shells: Float64Array): number {
  const last = shells.length - 1;
  return last < 3 ? 1 : fallBetween(shells, last - 2, last);
}

/** By how much shells fell between two cutoffs. Parity may empty every second shell, so two are taken together. */
function fallBetween(shells: Float64Array, from: number, to: number): number {
  const atEnd = (n: number) => shells[n] + (shells[n - 1] ?? 0);
  const start = atEnd(from);
  return start > 0 ? Math.min(1, atEnd(to) / start) : 0;
}

/** A bound this close to the tolerance is expected to meet it within a few shells, each of which makes it smaller. */
const nearlyProved = 300;
const fallOfBound = 3;

/** Where to look next, and whether the way goes on from there: two cutoffs are needed for a difference. */
function nextCutoff(
  cutoff: number,
  attempt: Attempt,
  known: Forecast | null,
  tolerance: number,
  capacity: number,
): { next: number; scouts: boolean } {
  if (attempt.proved <= nearlyProved * tolerance) {
    const more = Math.max(2, Math.ceil(Math.log(attempt.proved / tolerance) / Math.log(fallOfBound)));
    return { next: Math.min(capacity, cutoff + more), scouts: false };
  }
  const { shells } = attempt.filling();
  const guess = guessCutoff(shells, tolerance);
  const fall = Math.sqrt(fallOfError(fallOverTwo(shells), 2));
  if (known === null || (fall > steep && known.gap <= 2)) {
    const scouts = guess - 2 > cutoff && guess - 2 < capacity;
    return { next: Math.min(capacity, scouts ? guess - 2 : guess), scouts };
  }
  // Where populations fall slowly, or up and down, two more shells say more than what is foreseen.
  if (fall > steep) return { next: Math.min(capacity, cutoff + 2), scouts: false };
  const missing = (reserve * known.error) / tolerance;
  const foreseen = missing < Number.POSITIVE_INFINITY ? cutoff + Math.ceil(Math.log(missing) / -Math.log(fall)) : guess;
  // The last shell has to be empty as well.
  const wanted = Math.max(foreseen, expectedCutoff(shells, 6 * tolerance));
  const next = Math.max(cutoff + 1, Math.min(Math.ceil(1.5 * cutoff) + 2, wanted));
  return { next: Math.min(capacity, next), scouts: false };
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
  let ratio = fallPerShell(shells);
  // Parity may have emptied the last one.
  let population = Math.max(shells[n], (shells[n - 1] ?? 0) * ratio);
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
  if (last >= 3) return Math.max(1e-3, Math.sqrt(fallOverTwo(shells)));
  const before = shells[0];
  return last === 0 || before === 0 ? 1 : Math.max(1e-6, shells[last] / before) ** (1 / last);
}
