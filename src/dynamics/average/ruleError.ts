/** What a rule for an average over sectors misses, from how it differs from the rules before it. */

import type { MatrixSeries } from "../../algebra/series.ts";
import { farthestOf } from "../../algebra/timeParts.ts";

/** Differences of two averages: the largest of each entry at times of about the same size, entry by entry for each of those. */
export interface Differences {
  readonly entries: number;
  readonly largest: Float64Array;
}

/** Times are of about the same size up to this factor, and all together that small up to this power of it. */
const ratio = 1.25;
const spans = 48;

export function differencesOf(a: MatrixSeries, b: MatrixSeries): Differences {
  const entries = a.dimension ** 2;
  const largest = new Float64Array(entries * spans);
  const latest = farthestOf(a.times);
  a.times.forEach((time, t) => {
    const earlier = time === 0 ? spans - 1 : Math.log(latest / Math.abs(time)) / Math.log(ratio);
    const span = Math.min(spans - 1, Math.floor(earlier));
    for (let e = 0; e < entries; e++) {
      const at = t * entries + e;
      const re = a.re[at] - b.re[at];
      const im = a.im[at] - b.im[at];
      const size = Math.sqrt(re * re + im * im);
      largest[span * entries + e] = Math.max(largest[span * entries + e], size);
    }
  });
  return { entries, largest };
}

/**
 * What the last of three nested rules is expected to miss in any entry: `now` is what tells it from the second, `before` what
 * tells that from the first. Each falls short by a power of what the one before does, in units of what there is to be seen: a small
 * part of ρ_S that turns fast is missed as a whole by rule after rule, and then the differences do not fall. At other times
 * there may be more of it, or less, which is why times are not mixed.
 */
export function ruleError(now: Differences, before: Differences, power: number, margin = 2): number {
  const { entries, largest } = now;
  let worst = 0;
  for (let at = 0; at < largest.length; at++) {
    const known = Math.max(before.largest[at], before.largest[at - entries] ?? 0, before.largest[at + entries] ?? 0);
    const fall = known === 0 ? 1 : (margin * largest[at]) / known;
    worst = Math.max(worst, largest[at] * Math.min(1, fall ** (power - 1)));
  }
  return worst + 1e-15;
}

/** The largest of them. */
export function largestOf({ largest }: Differences): number {
  return largest.reduce((most, x) => Math.max(most, x), 0);
}
