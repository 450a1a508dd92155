/** Sectors that are still to be evolved, in pieces that may be evolved anywhere and in any order. */

import type { WeightedPoint } from "./average.ts";
import type { Part } from "./part.ts";
import type { Progress } from "./run.ts";
import type { StageRecipe } from "./stageRecipe.ts";
import type { Range } from "./trajectories.ts";

/** One piece of an average: all that `Stage.part` needs to know. */
export interface Chunk {
  readonly points: readonly WeightedPoint[];
  readonly cutoff: number;
  /** A bound on the leak below this need not be sharpened. */
  readonly enough: number;
  /** Instead of the times of the run, and nothing is proved at them: a sample, to choose something by. */
  readonly times?: readonly number[];
  /** The mean over these of the sector's trajectories alone; the weight of the point is their number. */
  readonly only?: Range;
}

/** Pieces of one average. They depend on the problem alone, never on who evolves them, and so does what each gives. */
export interface Work {
  readonly chunks: readonly Chunk[];
  /** At which they are evolved. */
  readonly times: readonly number[];
  /** From what a stage is made, elsewhere, that evolves them. */
  readonly recipe: StageRecipe;
  /** Seconds that each point is expected to take. */
  readonly secondsEach: number;
  /** Bytes that a stage takes while it evolves one of them. */
  readonly bytes: number;
  /** Evolves one of them here. */
  evaluate(chunk: Chunk): Part;
}

/**
 * Where a run stands. Where there is `work`, the caller may do it and give the parts, in the order of the chunks, to
 * `next`; the run does what it is not given.
 */
export type Step = Progress & { readonly work?: Work };

/** A run in steps. */
export type Steps<Value> = Generator<Step, Value, readonly Part[] | undefined>;

/**
 * Seconds that a chunk should take: long against what handing it over takes, and the sum over times that every chunk ends with;
 * longer where there are many.
 */
const fewestSeconds = 0.02;
const mostSeconds = 0.1;

/** Chunks that are enough for all threads there may be to end at about the same time. */
const enoughChunks = 32;

/** Bytes of a part that are handed over and added in a second, about. */
const bytesPerSecond = 1e9;

/** Cuts a list of points into pieces that take about equally long, few enough for their sums to cost nothing. */
export function cutIntoChunks(
  points: readonly WeightedPoint[],
  cutoff: number,
  enough: number,
  secondsEach: number,
  bytesOfPart: number,
): readonly Chunk[] {
  const all = points.length * secondsEach;
  const own = Math.min(mostSeconds, Math.max(fewestSeconds, all / enoughChunks));
  const wanted = Math.ceil(all / Math.max(own, (20 * bytesOfPart) / bytesPerSecond));
  const count = Math.max(1, Math.min(points.length, wanted));
  return Array.from({ length: count }, (_, c) => ({
    points: points.slice(Math.floor((c * points.length) / count), Math.floor(((c + 1) * points.length) / count)),
    cutoff,
    enough,
  }));
}
