/** The average over the sectors of a family: a single one, a lattice along one variable, or a product of few-node rules. */

import { farthestOf } from "../../algebra/timeParts.ts";
import { firstBatch, nextGoal, samplingError, type TrajectoryOptions } from "../controlled/trajectories.ts";
import type { Plan, Report } from "../planned.ts";
import { sampleTimes } from "../sampleTimes.ts";
import { type Part, sumOfParts } from "../sharing/part.ts";
import { found } from "../sharing/shared.ts";
import { combined } from "../sharing/summed.ts";
import type { Chunk, Steps } from "../sharing/work.ts";
import type { Stage } from "../stage/stage.ts";
import type { StageRecipe } from "../stage/stageRecipe.ts";
import { alongAbruptLine } from "./alongAbruptLine.ts";
import { alongLine } from "./alongLine.ts";
import { averagePoints, type ProductRule, searchNodes } from "./average.ts";
import type { Averaged } from "./averaged.ts";
import { averageBound, provedNodes, provedOfFields, provingOf } from "./provedAverage.ts";
import { nodesInAll } from "./rules.ts";
import { type Average, droppedShare, evolved, exactly, onlySector, ruleShare } from "./sectors.ts";
import { affordable } from "./wholeSum.ts";

/** Evolves the sectors at a cutoff and averages them. */
export function average(plan: Plan, cutoff: number, tolerance: number, report: Report): Steps<Averaged> {
  const whole = { plan, cutoff, tolerance, report };
  if (plan.family.axes === 0) return alone(whole);
  if (plan.product !== null) return overProduct(whole, plan.product);
  const { counts } = plan.family.axis(0, []);
  return counts?.room === undefined ? alongLine(whole) : alongAbruptLine(whole, counts);
}

function* alone(whole: Average): Steps<Averaged> {
  const trajectories = whole.plan.stage.trajectoriesAt(whole.cutoff);
  const sum = trajectories === null ? yield* onlySector(whole) : yield* sampled(whole, trajectories);
  return { sum, account: sum, sectors: 1, estimate: 0, dropped: 0, missed: exactly };
}

/** Trajectories of a chunk take about so many seconds; fewest and most of them. */
const secondsOfRange = 0.02;
const fewestOfRange = 8;

/** The mean over trajectories of the only sector, in batches until it is accurate enough. */
function* sampled(
  { plan: { stage, recipe }, cutoff, report }: Average,
  trajectories: TrajectoryOptions & { readonly secondsEach: number },
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
    parts.push(...(yield* found(stage.work(chunks, recipe), done)));
    const sum = sumOfParts(parts);
    const sampling = samplingError(sum.rho, sum.squares as Float64Array, to, trajectories.varied);
    goal = nextGoal(to, sampling, trajectories);
    if (goal === null) return { ...sum, ...combined(sum, 1 / to, sum, 0), sampling, trajectories: to };
  }
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

export function* productRule(stage: Stage, cutoff: number, recipe: StageRecipe, report: Report): Steps<ProductRule> {
  const { family } = stage;
  const { tolerance, certified } = recipe;
  const times = sampleTimes(stage.model.times, 12);
  const pilotCutoff = Math.max(Math.min(4, cutoff), Math.ceil(0.6 * cutoff), stage.startQuanta);
  const search = searchNodes(family, ruleShare * tolerance);
  let step = search.next([]);
  while (!step.done) {
    const chunks = step.value.map((point) => sampleOf(point, pilotCutoff, times));
    const parts = yield* found(stage.work(chunks, recipe), () => report(stage, "cutoff", 0, 1));
    stage.applications += parts.reduce((sum, { applications }) => sum + applications, 0);
    step = search.next(parts.map(flat));
  }
  const expected = step.value;
  const proving = provingOf(stage.experiment, family);
  const farthest = farthestOf(times);
  const nodes = certified
    ? provedNodes(family, expected, farthest, ruleShare * tolerance, proving)
    : (provedOfFields(family, expected, farthest, ruleShare * tolerance, proving) ?? expected);
  const few = nodesInAll(nodes.choices);
  const proved = () => averageBound(family, nodes.choices, proving)?.(farthest) ?? Number.POSITIVE_INFINITY;
  const { exactSectors } = family;
  const exact =
    exactSectors <= few || (affordable(exactSectors, stage, cutoff, certified) && !(proved() <= ruleShare * tolerance));
  const wanted = exact ? nodes.choices.map(() => ({ nodes: Number.POSITIVE_INFINITY })) : nodes.choices;
  const { points, dropped } = averagePoints(family, wanted, droppedShare * tolerance);
  return { points, nodes, dropped, exact };
}

function* overProduct(whole: Average, { points, nodes, dropped, exact }: ProductRule): Steps<Averaged> {
  const { family, stage } = whole.plan;
  const [sum] = yield* evolved(whole, [points]);
  return {
    sum,
    account: sum,
    sectors: points.length,
    estimate: exact ? 0 : nodes.estimate,
    dropped,
    missed: exact ? exactly : averageBound(family, nodes.choices, provingOf(stage.experiment, family)),
  };
}
