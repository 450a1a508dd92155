/** Sectors that are still to be evolved, in pieces that may be evolved anywhere and in any order. */

import type { WeightedPoint } from "../average/average.ts";
import type { Progress } from "../run.ts";
import type { Wanted } from "../sector/problem.ts";
import type { StageRecipe } from "../stage/stageRecipe.ts";
import type { Part } from "./part.ts";
import type { Range } from "./range.ts";

/** One piece of an average: all that `Stage.part` needs to know. */
export interface Chunk {
  readonly points: readonly WeightedPoint[];
  readonly cutoff: number;
  /** A bound on the leak below this need not be sharpened. */
  readonly enough: number;
  /** Nothing will be proved of the average: the leak is bounded as simply as it can be. */
  readonly unproved?: boolean;
  /** Instead of the times of the run: a sample, to choose something by. Nothing is proved at them unless it is wanted. */
  readonly times?: readonly number[];
  /**
   * Of the only sector of the chunk, some of what it is made of: the mean over these of its trajectories, the weight of the
   * point being their number, or the sum over these of its kets.
   */
  readonly only?: Range;
  /** What these kets are to tell, to choose a cutoff by. */
  readonly wanted?: Wanted;
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

/** Where chunks are evolved: a stage. */
export interface Workplace {
  part(chunk: Chunk): Part;
  /** Pieces that are to be evolved, and what it takes. */
  work(chunks: readonly Chunk[], recipe: StageRecipe): Work;
}

/**
 * Where a run stands. Where there is `work`, the caller may do it and give the parts, in the order of the chunks, to
 * `next`; the run does what it is not given.
 */
export type Step = Progress & { readonly work?: Work };

/** A run in steps. */
export type Steps<Value> = Generator<Step, Value, readonly Part[] | undefined>;

/** What a stage finds from parts that may be found anywhere: yields the chunks, and is to be given a part for each. */
export type Sharing<Value> = Generator<readonly Chunk[], Value, readonly Part[]>;

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
  unproved = false,
): readonly Chunk[] {
  const ranges = rangesOf(points.length, points.length * secondsEach, bytesOfPart);
  const how = { cutoff, enough, ...(unproved ? { unproved } : {}) };
  return ranges.map(({ from, to }) => ({ points: points.slice(from, to), ...how }));
}

/** Kets that take less than this together are evolved in one piece: no other thread would be started for them. */
const fewestShared = 0.1;

/** Cuts the kets of a sector, which take `seconds` together, into ranges that take about equally long; one where that does not pay. */
export function cutIntoRanges(kets: number, seconds: number, bytesOfPart: number): readonly Range[] {
  return seconds < fewestShared ? [{ from: 0, to: kets }] : rangesOf(kets, seconds, bytesOfPart);
}

function rangesOf(length: number, seconds: number, bytesOfPart: number): readonly Range[] {
  const own = Math.min(mostSeconds, Math.max(fewestSeconds, seconds / enoughChunks));
  const wanted = Math.ceil(seconds / Math.max(own, (20 * bytesOfPart) / bytesPerSecond));
  const count = Math.max(1, Math.min(length, wanted));
  const start = (c: number) => Math.floor((c * length) / count);
  return Array.from({ length: count }, (_, c) => ({ from: start(c), to: start(c + 1) }));
}
