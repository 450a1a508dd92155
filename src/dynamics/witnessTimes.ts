/** Times at which nothing is asked for, but at which it shows whether an average has converged, and how high a sector is filled. */

import type { MatrixSeries } from "../algebra/series.ts";
import { ascends } from "./sampleTimes.ts";

const witnesses = 32;

/**
 * The times, and more if they leave gaps on the way from 0: how fast ρ_S turns with a random variable grows with time, and
 * a rule that misses turns may by chance agree with another one at a single late time, but not all along the way.
 */
export function withWitnesses(times: readonly number[]): readonly number[] {
  const latest = times.reduce((most, t) => Math.max(most, t), 0);
  const earliest = times.reduce((least, t) => Math.min(least, t), 0);
  const more = [...between(latest, times), ...between(earliest, times)];
  return more.length === 0 ? times : [...times, ...more];
}

/** Evenly spaced times from 0 to `end`, or none if the times there are close enough already. */
function between(end: number, times: readonly number[]): number[] {
  if (end === 0 || isDense(end, times)) return [];
  return Array.from({ length: witnesses - 1 }, (_, i) => ((i + 1) * end) / witnesses);
}

/** True if the times on the way from 0 to `end` leave no gap that two witnesses would stand in. */
function isDense(end: number, times: readonly number[]): boolean {
  const way = ascends(times) ? times : [...times].sort((a, b) => a - b);
  const gap = (2 * Math.abs(end)) / witnesses;
  let before = 0;
  for (let i = 0; i < way.length; i++) {
    const t = end > 0 ? way[i] : -way[way.length - 1 - i];
    if (t - before > gap) return false;
    before = Math.max(before, t);
  }
  return true;
}

/** The first times of a series, which is given back if it has no others. */
export function firstTimes(series: MatrixSeries, times: readonly number[]): MatrixSeries {
  const length = times.length * series.dimension ** 2;
  if (length === series.re.length) return { ...series, times };
  return { ...series, times, re: series.re.slice(0, length), im: series.im.slice(0, length) };
}
