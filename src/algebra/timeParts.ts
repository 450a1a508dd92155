/** Lists of times in parts that are equally spaced, and what is between them. */

import { rememberedOf } from "./remembered.ts";

/** The times first + t·step. */
export interface TimeGrid {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** Fewer times than this are no part of their own: summing term by term is cheaper. */
export const fewestTimes = 24;

/** The list cut before its longest equally spaced end, and so on: a grid is worth a part of its own. */
export function timeParts(times: readonly number[]): readonly (readonly number[])[] {
  if (times.length < fewestTimes || equallySpaced(times) !== null) return [times];
  const slack = 8 * Number.EPSILON * farthestOf(times);
  const parts: number[][] = [];
  let end = times.length;
  let rest = end;
  while (rest > 0) {
    const from = startOfRun(times, rest, slack);
    if (rest - from < fewestTimes) {
      rest--;
      continue;
    }
    if (end > rest) parts.unshift(times.slice(rest, end));
    parts.unshift(times.slice(from, rest));
    end = from;
    rest = from;
  }
  if (end > 0) parts.unshift(times.slice(0, end));
  return parts;
}

/** Where the equally spaced times begin that end before `rest`. */
function startOfRun(times: readonly number[], rest: number, slack: number): number {
  let from = Math.max(0, rest - 2);
  // The mean step so far: a single one, of rounded times, would soon miss.
  while (from > 0) {
    const step = (times[rest - 1] - times[from]) / (rest - 1 - from);
    if (!(Math.abs(times[from] - step - times[from - 1]) <= slack)) break;
    from--;
  }
  return from;
}

/** The times as first + t·step, or null. Rounding of a user's times, such as 0.1 · n, does not hide an equal spacing. */
export function equallySpaced(times: ArrayLike<number>): TimeGrid | null {
  const count = times.length;
  const first = times[0];
  const step = (times[count - 1] - first) / (count - 1);
  if (step === 0) return null;
  const slack = 4 * Number.EPSILON * Math.max(Math.abs(first), Math.abs(times[count - 1]));
  for (let t = 1; t < count; t++) if (!(Math.abs(times[t] - first - t * step) <= slack)) return null;
  return { first, step, count };
}

/** The earliest and the latest of the times and 0: found once for a list, which all sectors of a run share. */
export const spanOf = rememberedOf((times: readonly number[]): readonly [number, number] => {
  let [earliest, latest] = [0, 0];
  for (const t of times) {
    earliest = Math.min(earliest, t);
    latest = Math.max(latest, t);
  }
  return [earliest, latest];
});

/** How far the times are from 0 at most. */
export function farthestOf(times: readonly number[]): number {
  const [earliest, latest] = spanOf(times);
  return Math.max(-earliest, latest);
}
