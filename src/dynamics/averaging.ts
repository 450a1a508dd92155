/** The average over the sectors of a family: a single one, a lattice along one variable, or a product of few-node rules. */

import { maxDifference } from "../algebra/series.ts";
import { averageBound, averagePoints, chooseNodes, type NodeChoices, type WeightedPoint } from "./average.ts";
import type { Axis } from "./family.ts";
import { latticeError, refinements } from "./latticeAverage.ts";
import type { Plan, Report } from "./plan.ts";
import { relay } from "./relay.ts";
import { axisRule, nodeCount } from "./rules.ts";
import type { Progress } from "./run.ts";
import { sampleTimes } from "./sampleTimes.ts";
import { combined, type Summed } from "./sectorSum.ts";
import type { Stage } from "./stage.ts";

export interface Averaged {
  readonly sum: Summed;
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
export function average(
  plan: Plan,
  cutoff: number,
  tolerance: number,
  report: Report,
): Generator<Progress, Averaged, void> {
  if (plan.family.axes === 0) return alone(plan, cutoff, tolerance, report);
  if (plan.product !== null) return overProduct(plan, plan.product, cutoff, tolerance, report);
  const { counts } = plan.family.axis(0, []);
  if (counts?.abrupt === true) return alongAbruptLine(plan, counts, cutoff, tolerance, report);
  return alongLine(plan, cutoff, tolerance, report);
}

function* alone(
  { stage }: Plan,
  cutoff: number,
  tolerance: number,
  report: Report,
): Generator<Progress, Averaged, void> {
  const sum = stage.emptySum();
  const steps = stage.accumulate(sum, [{ point: [], weight: 1 }], cutoff, leakShare * tolerance);
  yield* relay(steps, (done) => report(stage, "sectors", done, 1));
  return { sum: sum.finish(), sectors: 1, estimate: 0, dropped: 0, missed: exactly };
}

const exactly = () => 0;

function* alongLine(
  { stage, family }: Plan,
  cutoff: number,
  tolerance: number,
  report: Report,
): Generator<Progress, Averaged, void> {
  const negligible = droppedShare * tolerance;
  let sectors = 0;
  let weight = 0;
  let sum: Summed | null = null;
  let estimate = 1;
  let step = 0;
  for (const level of refinements(family.axis(0, []), negligible)) {
    const points = withDensity(level.points, family.density);
    const own = stage.emptySum();
    const before = sectors;
    const steps = stage.accumulate(own, points, cutoff, leakShare * tolerance);
    yield* relay(steps, (done) => report(stage, "sectors", before + done, before + points.length));
    sectors += points.length;
    step = level.step;
    const coarse: Summed | null = sum;
    const total: number = weight + own.weight;
    const part = own.finish();
    sum = coarse === null ? combined(part, 1 / total, part, 0) : combined(coarse, weight / total, part, 1 / total);
    weight = total;
    if (step === 0) {
      estimate = 0;
      break;
    }
    if (coarse === null) continue;
    estimate = latticeError(coarse.rho, sum.rho, level.power);
    if (estimate <= ruleShare * tolerance) break;
  }
  if (sum === null) throw new Error("an average has at least one sector");
  const missed = step === 0 ? exactly : averageBound(family, [{ step }]);
  return { sum, sectors, estimate, dropped: negligible, missed };
}

/** Distributions with fewer values than this are summed exactly rather than by Gauss rules. */
const fewValues = 64;

/** Numbers of nodes tried, each with the nodes of those before where they coincide. */
const gaussCounts = [10, 14, 20, 28, 40, 56];

/** Where the weights end abruptly, Gauss rules made for these very weights, with more nodes until two of them agree. */
function* alongAbruptLine(
  { stage, family }: Plan,
  { trials, mean, weight }: NonNullable<Axis["counts"]>,
  cutoff: number,
  tolerance: number,
  report: Report,
): Generator<Progress, Averaged, void> {
  const all = Array.from({ length: trials + 1 }, (_, n) => ({ point: [n - mean], weight: weight(n) }));
  const negligible = droppedShare * tolerance;
  const kept = all.filter((one) => all.length * one.weight > negligible);
  if (kept.length <= fewValues) {
    const sum = stage.emptySum();
    const steps = stage.accumulate(sum, kept, cutoff, leakShare * tolerance);
    yield* relay(steps, (done) => report(stage, "sectors", done, kept.length));
    return {
      sum: sum.finish(),
      sectors: kept.length,
      estimate: 0,
      dropped: Math.max(0, 1 - sum.weight),
      missed: exactly,
    };
  }
  const known = new Map<number, Summed>();
  let before: Summed | null = null;
  for (const count of gaussCounts) {
    const { nodes, weights } = axisRule(family.axis(0, []), count);
    for (const node of nodes) {
      if (known.has(node)) continue;
      const own = stage.emptySum();
      const steps = stage.accumulate(own, [{ point: [node], weight: 1 }], cutoff, leakShare * tolerance);
      yield* relay(steps, () => report(stage, "sectors", known.size + 1, known.size + 1));
      known.set(node, own.finish());
    }
    const parts = Array.from(nodes, (node) => known.get(node) as Summed);
    const sum: Summed = parts
      .slice(1)
      .reduce(
        (total, part, i) => combined(total, 1, part, weights[i + 1]),
        combined(parts[0], weights[0], parts[0], 0),
      );
    const estimate = before === null ? 1 : maxDifference(before.rho, sum.rho);
    before = sum;
    if (estimate <= ruleShare * tolerance || count === gaussCounts.at(-1)) {
      return { sum, sectors: known.size, estimate, dropped: 0, missed: null };
    }
  }
  throw new RangeError("there is always a last rule");
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

export function productRule(stage: Stage, cutoff: number, tolerance: number): ProductRule {
  const { family } = stage;
  const times = sampleTimes(stage.model.times, 12);
  const pilotCutoff = Math.max(Math.min(4, cutoff), Math.ceil(0.6 * cutoff), stage.startQuanta);
  const nodes = chooseNodes(family, (point) => stage.flat(point, pilotCutoff, times), ruleShare * tolerance);
  const exact = family.exactSectors <= nodes.choices.reduce((product, choice) => product * nodeCount(choice), 1);
  const wanted = exact ? nodes.choices.map(() => ({ nodes: Number.POSITIVE_INFINITY })) : nodes.choices;
  const { points, dropped } = averagePoints(family, wanted, droppedShare * tolerance);
  return { points, nodes, dropped, exact };
}

function* overProduct(
  { stage, family }: Plan,
  { points, nodes, dropped, exact }: ProductRule,
  cutoff: number,
  tolerance: number,
  report: Report,
): Generator<Progress, Averaged, void> {
  const sum = stage.emptySum();
  const steps = stage.accumulate(sum, points, cutoff, leakShare * tolerance);
  yield* relay(steps, (done) => report(stage, "sectors", done, points.length));
  return {
    sum: sum.finish(),
    sectors: points.length,
    estimate: exact ? 0 : nodes.estimate,
    dropped,
    missed: exact ? exactly : averageBound(family, nodes.choices),
  };
}
