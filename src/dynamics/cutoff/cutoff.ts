/** How many excitations a sector needs: the cutoff is raised until two cutoffs agree. */

import type { Attempt, Tried } from "./attempt.ts";
import {
  type Forecast,
  fallOfError,
  fallOver,
  fallOverTwo,
  forecastOf,
  populationOfError,
  unknownMargin,
} from "./forecast.ts";

export interface CutoffChoice {
  readonly cutoff: number;
  /** What the cutoff is expected to cost any entry of ρ_S, or is proved to: 0 for a complete space. */
  readonly difference: number;
  readonly attempt: Attempt;
}

/** The first cutoff tried: just enough to see how the shells fall. */
export const firstCutoff = 3;

/** A cutoff that is to be tried. */
export interface Asked {
  readonly cutoff: number;
  /** It only scouts for a higher one. */
  readonly scouts: boolean;
}

export interface Search {
  /** The first cutoff. */
  readonly first?: number;
  /** Cutoffs tried are multiples of this: 1 where heights are numbers of quanta, less where modes weigh differently. */
  readonly step?: number;
  /** Where the search begins instead of the first cutoff. */
  readonly begun?: Tried;
}

/**
 * Raises the cutoff until what it costs is proved to be below `tolerance`, or is expected to be from how the results at two
 * cutoffs differ. From the fall of the shell populations it guesses where that will be, and from a first difference where
 * the next will do. What is evaluated only on the way there is a scout. Yields each cutoff to be tried, and is to be given
 * what a sector shows there.
 */
export function* chooseCutoff(
  tolerance: number,
  capacity: number,
  { first = firstCutoff, step = 1, begun }: Search = {},
): Generator<Asked, CutoffChoice, Attempt> {
  let cutoff = begun?.cutoff ?? Math.min(capacity, first);
  let attempt = begun?.attempt ?? (yield { cutoff, scouts: cutoff < capacity });
  let known: Forecast | null = null;
  // Up to the capacity nothing is cut off, whatever the pattern of a sector with fewer sites in a level suggests.
  while (!attempt.complete && cutoff < capacity) {
    if (attempt.proved <= tolerance) return { cutoff, difference: attempt.proved, attempt };
    const { wanted, scouts } = (step < 1 ? nextWeighed : nextCutoff)(cutoff, attempt, known, tolerance, capacity);
    // A trial, in which all modes weighed the same, may have gone farther than is needed.
    const least = attempt === begun?.attempt ? 1 : cutoff + Math.min(step, leastStep);
    const next = Math.min(capacity, step * Math.ceil(Math.max(wanted, least) / step - 1e-9));
    const last = attempt;
    attempt = yield { cutoff: next, scouts };
    if (!attempt.complete && next < capacity && attempt.proved > tolerance) {
      known = forecastOf({ cutoff: next, attempt }, { cutoff, attempt: last }, known, step < 1, tolerance);
      const difference = Math.min(attempt.proved, known.atMost);
      // Results that agree while the last shell is still filled agree by chance, or because nothing reached S yet.
      const settled = (attempt.filling().shells.at(-1) ?? 0) <= 3 * tolerance;
      if (difference <= tolerance && settled) return { cutoff: next, difference, attempt };
    }
    cutoff = next;
  }
  return { cutoff, difference: 0, attempt };
}

/** A fall for each shell that is steeper than this goes on. */
const steep = 0.35;
/** To fall short once more costs more than a shell too many. */
const reserve = 2.5;

/** Half of what would be accepted: a first attempt that just fails costs as much as one that does. */
const unknownReserve = 2;

/** Cutoffs closer than this say little of each other. */
const leastStep = 0.5;

/** A bound this close to the tolerance is expected to meet it within a few shells, each of which makes it smaller. */
const nearlyProved = 300;
const fallOfBound = 3;

/** By how many shells a bound this small will meet the tolerance. */
function untilProved({ proved }: Attempt, tolerance: number): number {
  return Math.max(2, Math.ceil(Math.log(proved / tolerance) / Math.log(fallOfBound)));
}

interface Next {
  readonly wanted: number;
  readonly scouts: boolean;
}

/** Where to look next, and whether the way goes on from there: two cutoffs are needed for a difference. */
function nextCutoff(
  cutoff: number,
  attempt: Attempt,
  known: Forecast | null,
  tolerance: number,
  capacity: number,
): Next {
  if (attempt.proved <= nearlyProved * tolerance)
    return { wanted: cutoff + untilProved(attempt, tolerance), scouts: false };
  const { shells } = attempt.filling();
  const guess = guessCutoff(shells, tolerance);
  const fall = Math.sqrt(fallOfError(fallOverTwo(shells), 2));
  if (known === null || (fall > steep && known.gap <= 2)) {
    const scouts = guess - 2 > cutoff && guess - 2 < capacity;
    if (scouts) return { wanted: guess - 2, scouts };
    return { wanted: guessCutoff(shells, tolerance / (unknownReserve * unknownMargin)), scouts };
  }
  // Where populations fall slowly, or up and down, two more shells say more than what is foreseen.
  if (fall > steep) return { wanted: cutoff + 2, scouts: false };
  const missing = (reserve * known.error) / tolerance;
  const foreseen = missing < Number.POSITIVE_INFINITY ? cutoff + Math.log(missing) / -Math.log(fall) : guess;
  // The last shell has to be empty as well.
  const wanted = Math.max(foreseen, expectedCutoff(shells, 6 * tolerance));
  return { wanted: Math.max(cutoff + leastStep, Math.min(1.5 * cutoff + 2, wanted)), scouts: false };
}

/** The same where modes weigh differently: what is beyond a height is drawn from how each mode is filled. */
function nextWeighed(cutoff: number, attempt: Attempt, known: Forecast | null, tolerance: number): Next {
  if (attempt.proved <= nearlyProved * tolerance)
    return { wanted: cutoff + untilProved(attempt, tolerance), scouts: false };
  const { heights } = attempt.filling();
  if (known === null) {
    const guess = heights.heightFor(populationOfError(tolerance));
    if (guess - 2 > cutoff) return { wanted: guess - 2, scouts: true };
    return {
      wanted: heights.heightFor(populationOfError(tolerance / (unknownReserve * unknownMargin))),
      scouts: false,
    };
  }
  // After a scout there is as much to be gained as to be lost; an attempt that just failed should not fail again.
  const missing = attempt.proved === Number.POSITIVE_INFINITY ? reserve * known.error : 1.2 * known.atMost;
  const fall = populationOfError(tolerance / missing);
  const foreseen = heights.heightFor(heights.beyond(cutoff) * fall);
  return { wanted: Math.max(cutoff + leastStep, Math.min(1.5 * cutoff + 2, foreseen)), scouts: false };
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
    if (population * ratio <= 0.5 * tolerance)
      return n - 1 + Math.log((0.5 * tolerance) / population) / Math.log(ratio);
    population *= ratio;
  }
  return n;
}

/** Shells from which on the last quarter of them is looked at as well. */
const manyShells = 12;

/** Mean ratio of successive shells over the last few, as a pair of odd and even ones may differ. */
function fallPerShell(shells: Float64Array): number {
  const last = shells.length - 1;
  if (last < 3) return last === 0 || shells[0] === 0 ? 1 : Math.max(1e-6, shells[last] / shells[0]) ** (1 / last);
  const near = Math.sqrt(fallOverTwo(shells));
  if (last < manyShells) return Math.max(1e-3, near);
  // What is turned back at the edge fills the last few.
  const quarter = Math.floor(last / 4);
  return Math.max(1e-3, Math.min(near, fallOver(shells, quarter) ** (1 / quarter)));
}
