/** What two cutoffs say of the error at the second one. */

import { type MatrixSeries, maxDifference } from "../../algebra/series.ts";
import type { Tried } from "./attempt.ts";

export interface Forecast {
  readonly gap: number;
  /** By how much what is cut off fell in between. */
  readonly fall: number;
  readonly change: number;
  /** What the error is expected to be. */
  readonly error: number;
  /** What it is expected to be at most. */
  readonly atMost: number;
}

/** Where no forecast was tried. Over random models errors were seen to stay above the forecast by up to 7. */
export const unknownMargin = 4;
const knownMargin = 2;

/** The error falls like this power of populations, at least. */
const errorOfPopulation = 0.85;
/** Like this one over many shells, and from a first cutoff at which the state was cut off where more than so much of it was. */
const powerOfMany = 0.65;
const much = 1e-4;
/** And like this one over no more than so many: what is reflected at the edge may make two of them alike. */
const powerOfFew = 0.5;
const fewShells = 2;
/** And like this one of what heights are expected to hold (heights.ts): modes are not filled independently. */
const errorOfHeights = 0.8;
/** Farther out the error falls somewhat less steeply than it was seen to. */
const shareOfPower = 0.97;

/** What may be expected beyond a height for the error to be that small, or smaller by so much. */
export function populationOfError(error: number): number {
  return error ** (1 / errorOfHeights);
}

/**
 * What changed from one cutoff to the next was the error at the first one; the error at the second one is smaller by as much as
 * populations fell in between (a geometric series: what changed is what fell, the error is what is left), times a margin. Where
 * modes weigh differently (`weighed`) shells say little of how much is cut off: what is expected next to the kept states does.
 */
export function forecastOf(
  at: Tried,
  before: Tried,
  known: Forecast | null,
  weighed: boolean,
  tolerance: number,
): Forecast {
  const change = maxDifference(at.attempt.rho, before.attempt.rho);
  // How far the last forecast was off: it was for the cutoff that this change tells the error of.
  const margin = known !== null && known.error > 0 ? Math.max(1, change / known.error) * knownMargin : unknownMargin;
  const gap = at.cutoff - before.cutoff;
  const fallOf = (weight: number) => (weighed ? fallOutside(at, before, weight) : shellsFall(at, gap, weight));
  const fallOfErrors = (of: number) => {
    if (known === null) return lastShells(before) > much ? of ** powerOfMany : fallOfError(of, gap, errorOfPopulation);
    const least = of ** (gap <= fewShells ? powerOfFew : powerOfMany);
    return Math.max(least, fallOfError(of, gap, powerSeen(known, change)));
  };
  const share = (fall: number) => (weighed ? shareOfChange(fall) : shareLeft(fallOfErrors(fall)));
  const fall = fallOf(Number.POSITIVE_INFINITY);
  const left = (size: number, of: number) => (of === Number.POSITIVE_INFINITY ? of : size * of);
  const lucky = (size: number) => (weighed || fall < slow ? size : byChance(size, known));
  const error = entriesOf(at.attempt.rho, before.attempt.rho, tolerance).reduce(
    (most, entry) => Math.max(most, left(lucky(entry.change), share(fallOf(entry.weight)))),
    left(lucky(change), share(fall)),
  );
  const atMost = Math.min(Math.max(change, error), margin * error);
  if (!weighed) return { gap, fall, change, error, atMost };
  const { outside } = at.attempt.filling();
  const least = known === null ? unknownOfOutside * outside : Math.min(outside, mostOfForecast * error);
  return { gap, fall, change, error, atMost: Math.max(least, atMost) };
}

/** What the last shells hold: parity may have emptied one of them. */
export function lastShells({ attempt }: Pick<Tried, "attempt">): number {
  return Math.max(...attempt.filling().shells.subarray(-2));
}

/** Where populations fall by less than this nothing but the forecasts before shows whether two results agree by chance. */
const slow = 0.25;

/** What changed, or more where it was expected to change by more: between the two. */
function byChance(change: number, known: Forecast | null): number {
  return known === null || known.error === Number.POSITIVE_INFINITY
    ? change
    : Math.max(change, Math.sqrt(change * known.error));
}

/**
 * For each entry that is larger than the tolerance by how much two cutoffs differ, and what the part of the state can weigh that
 * it shows: an entry that varies little belongs to a small part, such as that in which a spin was flipped, which may climb much
 * higher than the rest, and be hidden by it in the populations.
 */
function entriesOf(rho: MatrixSeries, other: MatrixSeries, tolerance: number): { change: number; weight: number }[] {
  const { dimension: n, times } = rho;
  const entries: { change: number; weight: number }[] = [];
  for (let e = 0; e < n * n; e++) {
    const diagonal = e % (n + 1) === 0;
    const still = diagonal ? rho.re[e] : 0;
    let variation = 0;
    let change = 0;
    for (let t = 0, at = e; t < times.length; t++, at += n * n) {
      variation = Math.max(variation, (rho.re[at] - still) ** 2 + rho.im[at] ** 2);
      change = Math.max(change, (rho.re[at] - other.re[at]) ** 2 + (rho.im[at] - other.im[at]) ** 2);
    }
    const seen = Math.max(variation, change);
    if (seen > tolerance ** 2) entries.push({ change: Math.sqrt(change), weight: diagonal ? Math.sqrt(seen) : seen });
  }
  return entries;
}

function shareLeft(left: number): number {
  return left < 1 ? left / (1 - left) : Number.POSITIVE_INFINITY;
}

/** Where nothing is known but a trial, in another space, the error may be so many times what is expected outside. */
const unknownOfOutside = 5;
/** And later so many times the forecast, but where many modes hold few quanta about as much as is outside. */
const mostOfForecast = 8;

/**
 * By how much the populations fell, of a part of this weight, that are expected outside of the two spaces, of which neither need
 * hold the other.
 */
function fallOutside(at: Tried, before: Tried, weight: number): number {
  const outside = Math.min(weight, before.attempt.filling().outside);
  return outside > 0 ? at.attempt.filling().outside / outside : 0;
}

/**
 * The last shells are emptied by the edge, the more of them the more there are: over a gap that is hardly wider than the edge, populations
 * fall no faster than they do before it.
 */
function shellsFall({ attempt }: Tried, gap: number, weight: number): number {
  const { shells } = attempt.filling();
  const fall = fallOver(shells, gap, weight);
  const edge = Math.floor(shells.length / shellsOfEdge);
  return edge < 2 || gap > 2 * edge ? fall : Math.max(fall, fallOver(shells.subarray(0, shells.length - edge), gap));
}

/** One of so many shells is at the edge. */
const shellsOfEdge = 16;

/** The second error in units of the change where it is `left` times the first one. Errors much alike have little to do with each other. */
function shareOfChange(left: number): number {
  return Math.min(2, left / Math.abs(1 - left));
}

/** The power of populations that the error fell like between the two cutoffs before, as the change from the second one on tells. */
function powerSeen(known: Forecast, change: number): number {
  if (known.change === 0 || known.fall > fewestFallen || known.fall === 0) return errorOfPopulation;
  const seen = Math.log(change / known.change) / Math.log(known.fall);
  return Math.min(1, Math.max(errorOfPopulation, shareOfPower * seen));
}

/** Two populations closer than this tell no power. */
const fewestFallen = 0.1;

/** By how much the error falls where populations fall by that much over so many shells: somewhat less. */
export function fallOfError(population: number, gap: number, power = errorOfPopulation): number {
  return Math.min(population ** power, population * 2 ** (0.5 * gap));
}

/** By how much the last shells fell over two cutoffs. */
export function fallOverTwo(shells: Float64Array): number {
  return shells.length < 4 ? 1 : fallOver(shells, 2);
}

/**
 * By how much the last shells fell over a gap between cutoffs, for a part of the state of this weight. Parity may empty every second
 * shell, so two are taken together.
 */
export function fallOver(shells: Float64Array, gap: number, weight = Number.POSITIVE_INFINITY): number {
  const before = (distance: number) => {
    const n = Math.max(0, shells.length - 1 - distance);
    return shells[n] + (shells[n - 1] ?? 0);
  };
  const part = gap - Math.floor(gap);
  const start = Math.min(weight, before(Math.floor(gap)) ** (1 - part) * before(Math.ceil(gap)) ** part);
  return start > 0 ? Math.min(1, before(0) / start) : 0;
}
