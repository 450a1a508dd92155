/** The average over the sectors of a family: a single one, a lattice along one variable, or a product of few-node rules. */

import { discrete, gaussRule } from "../algebra/gauss.ts";
import { maxDifference } from "../algebra/series.ts";
import {
  averageBound,
  averagePoints,
  type NodeChoices,
  provedNodes,
  searchNodes,
  type WeightedPoint,
} from "./average.ts";
import type { Axis, Family } from "./family.ts";
import { latticeError, type Refinement, refinements } from "./latticeAverage.ts";
import { type Account, accountOf, type Part, sumOfParts } from "./part.ts";
import type { Plan, Report } from "./plan.ts";
import { nodeCount } from "./rules.ts";
import type { Progress } from "./run.ts";
import { sampleTimes } from "./sampleTimes.ts";
import { combined, type Summed } from "./sectorSum.ts";
import type { Stage } from "./stage.ts";
import type { StageRecipe } from "./stageRecipe.ts";
import { firstBatch, nextGoal, type TrajectoryOptions, twoStandardErrors } from "./trajectories.ts";
import type { Chunk, Steps, Work } from "./work.ts";

export interface Averaged {
  readonly sum: Summed;
  /** All that was evolved for it. */
  readonly account: Account;
  readonly sectors: number;
  /** What the average is expected to be wrong by. */
  readonly estimate: number;
  /** Weight left out. */
  readonly dropped: number;
  /** What the average is proved to miss at most at a time; null where nothing is proved. */
  readonly missed: ((t: number) => number) | null;
}

/** Shares of the tolerance: for the error of a rule, for weight left out, for leaks that need no sharper bound. */
const ruleShare = 0.3;
const droppedShare = 0.03;
const leakShare = 0.5;

/** Evolves the sectors at a cutoff and averages them. */
export function average(plan: Plan, cutoff: number, tolerance: number, report: Report): Steps<Averaged> {
  if (plan.family.axes === 0) return alone(plan, cutoff, tolerance, report);
  if (plan.product !== null) return overProduct(plan, plan.product, cutoff, tolerance, report);
  const { counts } = plan.family.axis(0, []);
  if (counts?.edge !== undefined) return alongAbruptLine(plan, counts, cutoff, tolerance, report);
  return alongLine(plan, cutoff, tolerance, report);
}

function* alone(plan: Plan, cutoff: number, tolerance: number, report: Report): Steps<Averaged> {
  const trajectories = plan.stage.trajectoriesAt(cutoff);
  const sum =
    trajectories === null
      ? (yield* evolved(plan, [[{ point: [], weight: 1 }]], cutoff, tolerance, report))[0]
      : yield* sampled(plan, cutoff, trajectories, report);
  return { sum, account: sum, sectors: 1, estimate: 0, dropped: 0, missed: exactly };
}

/** Trajectories of a chunk take about so many seconds; fewest and most of them. */
const secondsOfRange = 0.02;
const fewestOfRange = 8;

/** The mean over trajectories of the only sector, in batches until it is accurate enough. */
function* sampled(
  { stage, recipe }: Plan,
  cutoff: number,
  trajectories: TrajectoryOptions & { readonly secondsEach: number },
  report: Report,
): Steps<Part> {
  const ofChunk = Math.ceil(secondsOfRange / trajectories.secondsEach);
  const size = Math.max(fewestOfRange, Math.min(firstBatch, ofChunk));
  const parts: Part[] = [];
  let from = 0;
  let goal: number | null = Math.min(trajectories.most, firstBatch);
  for (;;) {
    const [before, to]: [number, number] = [from, goal];
    const chunks: Chunk[] = [];
    for (; from < to; from += size) {
      const only = { from, to: Math.min(to, from + size) };
      chunks.push({ points: [{ point: [], weight: only.to - only.from }], cutoff, enough: 0, only });
    }
    from = to;
    const done = (some: number) => report(stage, "trajectories", Math.min(to, before + some * size), to);
    parts.push(...(yield* found(stage, stage.work(chunks, recipe), done)));
    const sum = sumOfParts(parts);
    const sampling = twoStandardErrors(sum.rho, sum.squares as Float64Array, to);
    goal = nextGoal(to, sampling, trajectories);
    if (goal === null) return { ...sum, ...combined(sum, 1 / to, sum, 0), sampling, trajectories: to };
  }
}

const exactly = () => 0;

function farthestOf(times: readonly number[]): number {
  return times.reduce((largest, t) => Math.max(largest, Math.abs(t)), 0);
}

/** What each of some lists of sectors adds up to, evolved here or elsewhere; `before` sectors were done before. */
function* evolved(
  { stage, recipe }: Plan,
  lists: readonly (readonly WeightedPoint[])[],
  cutoff: number,
  tolerance: number,
  report: Report,
  before = 0,
): Steps<readonly Part[]> {
  const pieces = lists.map((points) => stage.chunks(points, cutoff, leakShare * tolerance));
  const total = lists.reduce((sum, points) => sum + points.length, before);
  const work = stage.work(pieces.flat(), recipe);
  const parts = [...(yield* found(stage, work, (sectors) => report(stage, "sectors", before + sectors, total)))];
  return pieces.map(({ length }) => sumOfParts(parts.splice(0, length)));
}

/** The parts of some work: those that whoever steps this run has found, or else found here. */
function* found(stage: Stage, work: Work, report: (sectors: number) => Progress): Steps<readonly Part[]> {
  const given = yield stage.knows(work.chunks[0]) ? report(0) : { ...report(0), work };
  if (given !== undefined) return given;
  const parts: Part[] = [];
  let sectors = 0;
  for (const chunk of work.chunks) {
    parts.push(work.evaluate(chunk));
    sectors += chunk.points.length;
    yield report(sectors);
  }
  return parts;
}

/** One sector at a few times. */
export function sampleOf(point: readonly number[], cutoff: number, times: readonly number[]): Chunk {
  return { points: [{ point, weight: 1 }], cutoff, enough: 0, times };
}

/** All real and all imaginary parts. */
export function flat({ rho: { re, im } }: Part): Float64Array {
  const all = new Float64Array(2 * re.length);
  all.set(re);
  all.set(im, re.length);
  return all;
}

function* alongLine(plan: Plan, cutoff: number, tolerance: number, report: Report): Steps<Averaged> {
  const { family } = plan;
  const negligible = droppedShare * tolerance;
  const farthest = farthestOf(plan.stage.model.times);
  const levels = refinements(family.axis(0, []), negligible);
  const parts: Part[] = [];
  let sectors = 0;
  let weight = 0;
  let sum: Summed | null = null;
  let estimate = 1;
  let step = 0;
  const waiting: Refinement[] = [];
  for (;;) {
    if (waiting.length === 0) {
      // Finer lattices may have more nodes than there is memory: they are made when they are needed. One lattice alone
      // says nothing: the first two are evolved together.
      for (let more = parts.length === 0 ? 2 : 1; more > 0; more--) {
        const { done, value } = levels.next();
        if (done !== true) waiting.push(value);
      }
      if (waiting.length === 0) break;
      const lists = waiting.map(({ points }) => withDensity(points, family.density));
      parts.push(...(yield* evolved(plan, lists, cutoff, tolerance, report, sectors)));
      sectors += lists.reduce((count, points) => count + points.length, 0);
    }
    const part = parts[parts.length - waiting.length];
    const level = waiting.shift() as Refinement;
    step = level.step;
    const coarse: Summed | null = sum;
    const total: number = weight + part.weight;
    sum = coarse === null ? combined(part, 1 / total, part, 0) : combined(coarse, weight / total, part, 1 / total);
    weight = total;
    if (step === 0) {
      estimate = 0;
      break;
    }
    if (coarse === null) continue;
    estimate = latticeError(coarse.rho, sum.rho, level.power);
    if (estimate <= ruleShare * tolerance && (!plan.recipe.certified || isProved(family, step, farthest, tolerance)))
      break;
  }
  if (sum === null) throw new Error("an average has at least one sector");
  const missed = step === 0 ? exactly : averageBound(family, [{ step }]);
  const whole = step === 0 && family.axis(0, []).counts !== undefined;
  const dropped = whole ? Math.abs(1 - weight) : negligible;
  return { sum, account: accountOf(parts), sectors, estimate, dropped, missed };
}

/** A lattice fine enough for what is proved of it; true as well where nothing would be, however fine it is. */
function isProved(family: Family, step: number, farthest: number, tolerance: number): boolean {
  const missed = averageBound(family, [{ step }]);
  if (missed === null) return family.exactSectors > mostExact;
  return missed(farthest) <= ruleShare * tolerance;
}

/** Where the bound is what counts, averages over fewer sectors than this are summed exactly: of few nodes nothing is proved. */
export const mostExact = 4000;

/** Distributions with fewer values than this are summed exactly rather than by Gauss rules. */
const fewValues = 64;

/** Numbers of nodes tried. */
const gaussCounts = [10, 14, 20, 28, 40, 56];

/**
 * Where the weights end abruptly, every value at the edge, and before it Gauss rules made for these very weights, with more
 * nodes until two of them agree.
 */
function* alongAbruptLine(
  plan: Plan,
  { trials, mean, weight, edge = 0 }: NonNullable<Axis["counts"]>,
  cutoff: number,
  tolerance: number,
  report: Report,
): Steps<Averaged> {
  const all = Array.from({ length: trials + 1 }, (_, n) => ({ point: [n - mean], weight: weight(n) }));
  const negligible = droppedShare * tolerance;
  const kept = all.filter((one) => all.length * one.weight > negligible);
  if (kept.length <= (plan.recipe.certified ? mostExact : fewValues)) {
    const [sum] = yield* evolved(plan, [kept], cutoff, tolerance, report);
    const dropped = Math.max(0, 1 - sum.weight);
    return { sum, account: sum, sectors: kept.length, estimate: 0, dropped, missed: exactly };
  }
  const atEdge = kept.filter(({ point }) => point[0] + mean > trials - edge);
  const before = kept.slice(0, kept.length - atEdge.length);
  const share = before.reduce((sum, one) => sum + one.weight, 0);
  const values = before.map(({ point }) => point[0]);
  const measure = discrete(
    values,
    before.map((one) => one.weight),
    gaussCounts[gaussCounts.length - 1] + 1,
  );
  const rules = gaussCounts.map((count) => gaussRule(measure, count));
  const lists = rules.map(({ nodes, weights }) =>
    Array.from(nodes, (node, n) => ({ point: [node], weight: share * weights[n] })),
  );
  // One rule alone says nothing: the first two are evolved together, and the edge with them.
  const edges = atEdge.length === 0 ? [] : [atEdge];
  const parts = [...(yield* evolved(plan, [lists[0], lists[1], ...edges], cutoff, tolerance, report))];
  const [edgePart = null] = parts.splice(2);
  let sectors = lists[0].length + lists[1].length + atEdge.length;
  for (let r = 1; ; r++) {
    if (r === parts.length) {
      parts.push(...(yield* evolved(plan, [lists[r]], cutoff, tolerance, report, sectors)));
      sectors += lists[r].length;
    }
    const estimate = maxDifference(parts[r - 1].rho, parts[r].rho);
    if (estimate > ruleShare * tolerance && r + 1 < lists.length) continue;
    const sum = edgePart === null ? parts[r] : combined(parts[r], 1, edgePart, 1);
    const account = accountOf(edgePart === null ? parts : [...parts, edgePart]);
    const dropped = Math.max(0, 1 - share - (edgePart?.weight ?? 0));
    return { sum, account, sectors, estimate, dropped, missed: null };
  }
}

function withDensity(
  points: readonly WeightedPoint[],
  density?: (point: readonly number[]) => number,
): readonly WeightedPoint[] {
  if (density === undefined) return points;
  return points
    .map(({ point, weight }) => ({ point, weight: weight * density(point) }))
    .filter(({ weight }) => weight !== 0);
}

/** The points of an average over several variables. */
export interface ProductRule {
  readonly points: readonly WeightedPoint[];
  readonly nodes: NodeChoices;
  readonly dropped: number;
  /** The average is the exact sum. */
  readonly exact: boolean;
}

export function* productRule(stage: Stage, cutoff: number, recipe: StageRecipe, report: Report): Steps<ProductRule> {
  const { family } = stage;
  const { tolerance, certified = false } = recipe;
  const times = sampleTimes(stage.model.times, 12);
  const pilotCutoff = Math.max(Math.min(4, cutoff), Math.ceil(0.6 * cutoff), stage.startQuanta);
  const search = searchNodes(family, ruleShare * tolerance);
  let step = search.next([]);
  while (!step.done) {
    const chunks = step.value.map((point) => sampleOf(point, pilotCutoff, times));
    const parts = yield* found(stage, stage.work(chunks, recipe), () => report(stage, "cutoff", 0, 1));
    stage.applications += parts.reduce((sum, { applications }) => sum + applications, 0);
    step = search.next(parts.map(flat));
  }
  const expected = step.value;
  const nodes = certified ? provedNodes(family, expected, farthestOf(times), ruleShare * tolerance) : expected;
  const few = nodes.choices.reduce((product, choice) => product * nodeCount(choice), 1);
  const exact = family.exactSectors <= (certified && family.fieldWidths === undefined ? mostExact : few);
  const wanted = exact ? nodes.choices.map(() => ({ nodes: Number.POSITIVE_INFINITY })) : nodes.choices;
  const { points, dropped } = averagePoints(family, wanted, droppedShare * tolerance);
  return { points, nodes, dropped, exact };
}

function* overProduct(
  plan: Plan,
  { points, nodes, dropped, exact }: ProductRule,
  cutoff: number,
  tolerance: number,
  report: Report,
): Steps<Averaged> {
  const [sum] = yield* evolved(plan, [points], cutoff, tolerance, report);
  return {
    sum,
    account: sum,
    sectors: points.length,
    estimate: exact ? 0 : nodes.estimate,
    dropped,
    missed: exact ? exactly : averageBound(plan.family, nodes.choices),
  };
}
