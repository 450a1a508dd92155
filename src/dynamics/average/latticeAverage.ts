/**
 * The average over one variable on a lattice that is refined until it agrees with itself: every node is evolved once, at
 * full accuracy, and counts in all finer lattices.
 */

import { type Axis, mostCounted } from "../families/family.ts";
import type { WeightedPoint } from "./average.ts";

/** Beyond this many standard deviations nothing is left that double precision could see. */
export const farthestDeviation = 8.3;

/** The first lattice has about this step, in deviations; the next ones half of it each. */
const firstStep = 2;

/** Distributions with fewer values than this are summed exactly. */
const fewValues = 16;

/** The nodes that a refinement adds, with weights that are not normalised. */
export interface Refinement {
  readonly points: readonly WeightedPoint[];
  /** Step in deviations of the lattice of all nodes so far; Infinity for one node, 0 for every value of a counting variable. */
  readonly step: number;
  /**
   * A lattice with half the step of another misses at most this power of what the other misses: a function that turns is missed by
   * e^{−(2π/step − turns)²/2} of itself, with the turns within a deviation, so that it is the fourth power. The cube is safe.
   */
  readonly power: number;
}

/**
 * The middle node, which shows how much there is to be missed, and the others of the first lattice; then for each refinement the
 * nodes between those before; ends with the exact sum, if there is one.
 */
export function* refinements(axis: Axis, negligible: number): Generator<Refinement, void, void> {
  const { counts, deviation } = axis;
  if (counts === undefined || counts.trials > mostCounted) {
    yield* continuousRefinements(deviation, negligible);
    return;
  }
  const { trials, mean, weight } = counts;
  const values = Math.min(trials + 1, 2 * farthestDeviation * deviation + 1);
  const centre = Math.min(trials, Math.max(0, Math.round(mean)));
  let stride = values <= fewValues ? 1 : 2 ** Math.max(0, Math.floor(Math.log2(firstStep * deviation)));
  const [least, last] = ends(counts, deviation, negligible / (8 * stride));
  const collect = (from: number, by: number): WeightedPoint[] => {
    const points: WeightedPoint[] = [];
    for (let n = from - by * Math.floor((from - least) / by); n <= last; n += by) {
      const probability = weight(n);
      if (8 * by * probability > negligible) points.push({ point: [n - mean], weight: probability });
    }
    return points;
  };
  const first = collect(centre, stride);
  if (stride > 1) yield* middleFirst(first, centre - mean, stride / deviation);
  else yield { points: first, step: 0, power: 1 };
  while (stride > 1) {
    // For rare levels, which are Poissonian, every second number misses only the square of what every fourth misses.
    const power = stride > 4 ? 3 : 2;
    yield { points: collect(centre + stride / 2, stride), step: stride === 2 ? 0 : stride / (2 * deviation), power };
    stride /= 2;
  }
}

/** The first and the last value of some weight: deviations alone do not tell of rare levels, of which now and then there are many. */
export function ends(
  { trials, mean, weight }: NonNullable<Axis["counts"]>,
  deviation: number,
  negligible: number,
): readonly [number, number] {
  const reach = (farthestDeviation + 2) * deviation + 2;
  let least = Math.max(0, Math.ceil(mean - reach));
  let last = Math.min(trials, Math.floor(mean + reach));
  while (least > 0 && weight(least - 1) > negligible) least--;
  while (last < trials && weight(last + 1) > negligible) last++;
  return [least, last];
}

function* middleFirst(
  points: readonly WeightedPoint[],
  middle: number,
  step: number,
): Generator<Refinement, void, void> {
  yield { points: points.filter(({ point }) => point[0] === middle), step: Number.POSITIVE_INFINITY, power: 1 };
  yield { points: points.filter(({ point }) => point[0] !== middle), step, power: 1 };
}

function* continuousRefinements(deviation: number, negligible: number): Generator<Refinement, void, void> {
  const reach = Math.min(farthestDeviation, Math.sqrt(2 * Math.log(8 / negligible)));
  const collect = (offset: number, step: number): WeightedPoint[] => {
    const points: WeightedPoint[] = [];
    for (let k = Math.ceil((-reach - offset) / step); offset + k * step <= reach; k++) {
      const x = offset + k * step;
      points.push({ point: [x * deviation], weight: Math.exp(-0.5 * x * x) });
    }
    return points;
  };
  let step = firstStep;
  yield* middleFirst(collect(0, step), 0, step);
  for (; step > firstStep / 2 ** 12; step /= 2) yield { points: collect(step / 2, step), step: step / 2, power: 3 };
}

/** How many nodes a run usually takes: two refinements, unless the exact sum is shorter. */
export function usualSectors(axis: Axis, tolerance: number): number {
  let sectors = 0;
  let level = 0;
  for (const { points, step } of refinements(axis, 0.03 * tolerance)) {
    sectors += points.length;
    if (step === 0 || level++ === 3) break;
  }
  return sectors;
}
