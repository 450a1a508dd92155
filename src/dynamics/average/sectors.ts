/** Lists of sectors, evolved here or by whoever steps the run. */

import type { Plan, Report } from "../planned.ts";
import { type Part, sumOfParts } from "../sharing/part.ts";
import { found, shared } from "../sharing/shared.ts";
import type { Steps } from "../sharing/work.ts";
import type { WeightedPoint } from "./average.ts";

/** Shares of the tolerance: for the error of a rule, for weight left out, for leaks that need no sharper bound. */
export const ruleShare = 0.3;
export const droppedShare = 0.03;
const leakShare = 0.5;

/** Where the bound is what counts, averages over fewer sectors than this are summed exactly: of few nodes nothing is proved. */
export const mostExact = 4000;

/** What an average misses that leaves no value out. */
export const exactly = () => 0;

/** A plan's sectors at one cutoff. */
export interface Average {
  readonly plan: Plan;
  readonly cutoff: number;
  readonly tolerance: number;
  readonly report: Report;
}

/** What each of some lists of sectors adds up to; `before` sectors were done before. `unproved`: no bound will be made of them. */
export function* evolved(
  { plan: { stage, recipe }, cutoff, tolerance, report }: Average,
  lists: readonly (readonly WeightedPoint[])[],
  before = 0,
  unproved = false,
): Steps<readonly Part[]> {
  const pieces = lists.map((points) => stage.chunks(points, cutoff, leakShare * tolerance, unproved));
  const total = lists.reduce((sum, points) => sum + points.length, before);
  const work = stage.work(pieces.flat(), recipe);
  const parts = [...(yield* found(work, (sectors) => report(stage, "sectors", before + sectors, total)))];
  return pieces.map(({ length }) => sumOfParts(parts.splice(0, length)));
}

/** The only sector, evolved already where the cutoff was chosen by it. */
export function* onlySector({ plan: { stage, recipe }, cutoff, tolerance, report }: Average): Steps<Part> {
  const enough = leakShare * tolerance;
  yield* shared(stage.sector([], cutoff, enough), stage, recipe, () => report(stage, "sectors", 0, 1));
  const part = stage.part({ points: [{ point: [], weight: 1 }], cutoff, enough });
  yield report(stage, "sectors", 1, 1);
  return part;
}
