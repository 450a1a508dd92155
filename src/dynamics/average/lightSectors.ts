/** Sectors that weigh little in an average may err more: they take fewer starts, and as many quanta less. */

import { type FockStart, quantaOf } from "../families/start.ts";
import type { WeightedPoint } from "./average.ts";

/** Groups differ by so many quanta: every space takes time to build. */
const step = 4;

/** Fewer sectors are no group of their own. */
const fewest = 4;

/**
 * The points, in groups of one cutoff each, the heaviest first. `allowed`: what starts that are left out may weigh in a sector of
 * average weight; in another as many times as much as it weighs less, so that all of them together leave out twice as much at
 * most.
 */
export function markLight(
  points: readonly WeightedPoint[],
  starts: readonly FockStart[],
  allowed: number,
): readonly WeightedPoint[] {
  const mean = points.reduce((sum, { weight }) => sum + Math.abs(weight), 0) / points.length;
  const beyond = weightsBeyond(starts);
  const most = beyond.length - 1;
  const fewerAt = (slack: number) => {
    let fewer = 0;
    // The families left out what weighs less than `allowed` already.
    while (fewer < most && beyond[most - fewer - 1] <= allowed * (slack - 1)) fewer++;
    return step * Math.floor(fewer / step);
  };
  const groups: WeightedPoint[][] = [];
  for (const { point, weight } of points) {
    const slack = Math.max(1, mean / Math.abs(weight));
    const fewer = fewerAt(slack);
    groups[fewer] ??= [];
    groups[fewer].push({ point, weight, light: { fewer, slack } });
  }
  return merged(groups).flat();
}

/** What starts with more than n quanta weigh, at n. */
function weightsBeyond(starts: readonly FockStart[]): readonly number[] {
  const quanta = starts.map(({ occupations }) => quantaOf(occupations));
  const beyond = new Array<number>(Math.max(...quanta) + 1).fill(0);
  starts.forEach(({ weight }, k) => {
    for (let n = 0; n < quanta[k]; n++) beyond[n] += weight;
  });
  return beyond;
}

/** Groups by how many quanta fewer they take; those that are too small join the next heavier one. */
function merged(groups: readonly (readonly WeightedPoint[])[]): readonly (readonly WeightedPoint[])[] {
  const found: (readonly WeightedPoint[])[] = [];
  let small: readonly WeightedPoint[] = [];
  for (let fewer = groups.length - 1; fewer >= 0; fewer--) {
    const all = [...(groups[fewer] ?? []), ...small];
    if (all.length === 0) continue;
    small = all.length < fewest && fewer > 0 ? all : [];
    if (small.length === 0) found.unshift(all.map((one) => atLevel(one, fewer)));
  }
  return found;
}

function atLevel({ point, weight, light }: WeightedPoint, fewer: number): WeightedPoint {
  return fewer === 0 ? { point, weight } : { point, weight, light: { fewer, slack: light?.slack ?? 1 } };
}
