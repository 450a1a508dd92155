/** The sum over every value of a variable that counts: nothing is missed, and so more is proved of it than of few nodes. */

import type { Axis, Family } from "../families/family.ts";
import { accountOf, type Part } from "../sharing/part.ts";
import type { Steps } from "../sharing/work.ts";
import type { Stage } from "../stage/stage.ts";
import type { WeightedPoint } from "./average.ts";
import type { Averaged } from "./averaged.ts";
import { ends } from "./latticeAverage.ts";
import { exactSum } from "./provedAverage.ts";
import { type Average, droppedShare, evolved, exactly, mostExact } from "./sectors.ts";

type Counts = NonNullable<Axis["counts"]>;

/** Sectors that take less than that together are not worth a rule of which nothing is proved. */
const fewSeconds = 0.25;

/** Share of the tolerance for the last value that is looked at: there may be many more. */
const leastWeight = 1e-6;

/** So many sectors take too little time for anything shorter to be looked for. */
export function soonSummed(sectors: number, secondsEach: number): boolean {
  return sectors * secondsEach < fewSeconds;
}

/** All sectors may be summed, as that is proved: within a limit where bounds count, else where it is soon done, unless they count for nothing. */
export function affordable(sectors: number, stage: Stage, cutoff: number, certified: boolean | undefined): boolean {
  if (certified === true) return sectors <= mostExact;
  return certified !== false && soonSummed(sectors, stage.secondsEach(cutoff));
}

/** The values that may weigh anything, of the one variable of a family, if their sum is soon formed; else null. */
export function soonSummedValues(
  family: Family,
  secondsEach: number,
  tolerance: number,
): readonly WeightedPoint[] | null {
  const { counts, deviation } = family.axis(0, []);
  if (counts === undefined || !soonSummed(exactSum(family), secondsEach)) return null;
  const kept = keptValues(counts, tolerance, ends(counts, deviation, leastWeight * tolerance), family.density);
  return soonSummed(kept.length, secondsEach) ? kept : null;
}

/** The values from n = `from` to `to` that weigh enough to be kept, with their weights. */
export function keptValues(
  { mean, trials, weight }: Counts,
  tolerance: number,
  [from, to]: readonly [number, number] = [0, trials],
  density: (point: readonly number[]) => number = () => 1,
): readonly WeightedPoint[] {
  const all = Array.from({ length: to - from + 1 }, (_, i): WeightedPoint => {
    const point = [from + i - mean];
    return { point, weight: weight(from + i) * density(point) };
  });
  return all.filter((one) => all.length * one.weight > droppedShare * tolerance);
}

/** Their sum; `spent` was evolved before, for nothing. */
export function* summedWhole(
  average: Average,
  kept: readonly WeightedPoint[],
  spent: readonly Part[] = [],
): Steps<Averaged> {
  const [sum] = yield* evolved(average, [kept], spent.length);
  const account = accountOf([...spent, sum]);
  const dropped = Math.max(0, 1 - sum.weight);
  return { sum, account, sectors: spent.length + kept.length, estimate: 0, dropped, missed: exactly };
}
