/** The average over one variable: few nested nodes where ρ_S hardly depends on it, else a lattice. */

import { farthestOf } from "../../algebra/timeParts.ts";
import type { Family } from "../families/family.ts";
import { accountOf, type Part } from "../sharing/part.ts";
import { combined, type Summed, weightedSum } from "../sharing/summed.ts";
import type { Steps } from "../sharing/work.ts";
import type { WeightedPoint } from "./average.ts";
import type { Averaged } from "./averaged.ts";
import { type Refinement, refinements } from "./latticeAverage.ts";
import { type NestedRule, nestedRules } from "./nestedNodes.ts";
import {
  averageBound,
  cheaplyNested,
  exactSum,
  fewestNested,
  missedByNested,
  type Proving,
  provingOf,
} from "./provedAverage.ts";
import { type Differences, differencesOf, largestOf, ruleError } from "./ruleError.ts";
import { withDensities } from "./rules.ts";
import { type Average, droppedShare, evolved, exactly, mostExact, ruleShare } from "./sectors.ts";
import { soonSummedValues, summedWhole } from "./wholeSum.ts";

export function* alongLine(average: Average): Steps<Averaged> {
  const proved = yield* byProvedNodes(average);
  if (proved !== null) return proved;
  const { family, stage } = average.plan;
  const { certified } = average.plan.recipe;
  if (certified !== false) {
    const values = soonSummedValues(family, stage.secondsEach(average.cutoff), average.tolerance);
    if (values !== null) return yield* summedWhole(average, values);
  }
  const parts: Part[] = [];
  const few = certified ? null : yield* byFewNodes(average, parts);
  return few ?? (yield* byLattice(average, parts));
}

/** The fewest nodes that are proved to do, before anything is evolved; null if more are needed than are tried. */
function* byProvedNodes(average: Average): Steps<Averaged | null> {
  const { plan, tolerance } = average;
  const { family, stage } = plan;
  const proving = provingOf(stage.experiment, family);
  const farthest = farthestOf(stage.model.times);
  const fewest = plan.recipe.certified ? fewestNested : cheaplyNested;
  const proved = proving === null ? null : fewest(family, proving, farthest, ruleShare * tolerance);
  if (proved === null) return null;
  const { rule, missed } = proved;
  const points = Array.from(rule.nodes, (node, n) => ({ point: [node], weight: rule.weights[n] }));
  const [sum] = yield* evolved(average, [points]);
  const estimate = missed(farthest);
  return { sum, account: accountOf([sum]), sectors: points.length, estimate, dropped: 0, missed };
}

/** A function that one node and three tell so different turns, and few nodes are not enough. */
const turns = 0.1;

/** Nested rules, exact to ever higher degrees, miss at most this power of what the one before misses. */
const fallOfNested = 2;

/** A sector that holds more quanta than the cutoff lets it have does not show whether its numbers of sites are whole. */
function hasRoom(family: Family, node: number, cutoff: number): boolean {
  return family.hamiltonian([node]).groups.every(({ capacity }) => capacity > cutoff);
}

/** Nested rules until they agree; null if they do not, or if there are none. What is evolved goes into `parts`. */
function* byFewNodes(average: Average, parts: Part[]): Steps<Averaged | null> {
  const { family } = average.plan;
  const rules = nestedRules(family.axis(0, []), (node) => hasRoom(family, node, average.cutoff));
  if (rules.length < 3) return null;
  const told = missedByEach(average, rules);
  const unproved = told.every((missed) => missed === null);
  const nodes: number[] = [];
  let sum: Summed | null = null;
  let before: Differences | null = null;
  for (const [level, rule] of rules.entries()) {
    if (level !== 1) {
      // One node alone says nothing: the first three are evolved together.
      const wanted = level === 0 ? [...rule.added, ...rules[1].added] : rule.added;
      const lists = wanted.map((node): WeightedPoint[] => [{ point: [node], weight: 1 }]);
      parts.push(...(yield* evolved(average, lists, parts.length, unproved)));
    }
    nodes.push(...rule.added);
    const { weights } = withDensities(family, { nodes: Float64Array.from(nodes), weights: rule.weights });
    const last: Summed | null = sum;
    sum = weightedSum(parts.slice(0, nodes.length), weights);
    if (last === null) continue;
    const now = differencesOf(last.rho, sum.rho);
    const estimate = before === null ? largestOf(now) : ruleError(now, before, fallOfNested);
    if (estimate <= ruleShare * average.tolerance) {
      const missed = told[level];
      return { sum, account: accountOf(parts), sectors: parts.length, estimate, dropped: 0, missed };
    }
    if (largestOf(now) > turns || (before !== null && largestOf(now) > turns * largestOf(before))) return null;
    before = now;
  }
  return null;
}

/** What each of the rules is proved to miss, where that is worth telling. */
function missedByEach({ plan: { family, stage } }: Average, rules: readonly NestedRule[]): Averaged["missed"][] {
  const proving = provingOf(stage.experiment, family);
  const farthest = farthestOf(stage.model.times);
  const nodes: number[] = [];
  return rules.map(({ added, weights }) => {
    nodes.push(...added);
    return missedByNested(family, { nodes: Float64Array.from(nodes), weights }, proving, farthest);
  });
}

/** A lattice that is refined until it agrees with itself; `parts` were evolved before, for nothing. */
function* byLattice(average: Average, parts: Part[]): Steps<Averaged> {
  const { plan, tolerance } = average;
  const { family } = plan;
  const negligible = droppedShare * tolerance;
  const farthest = farthestOf(plan.stage.model.times);
  const proving = provingOf(plan.stage.experiment, family);
  const levels = refinements(family.axis(0, []), negligible);
  let sectors = parts.length;
  let weight = 0;
  let sum: Summed | null = null;
  let before: Differences | null = null;
  let estimate = 1;
  let step = 0;
  const first = parts.length;
  const waiting: Refinement[] = [];
  for (;;) {
    if (waiting.length === 0) {
      // Finer lattices may have more nodes than there is memory: they are made when they are needed. One lattice alone
      // says nothing: the middle node and the first two are evolved together.
      for (let more = parts.length === first ? 3 : 1; more > 0; more--) {
        const { done, value } = levels.next();
        if (done !== true) waiting.push(value);
      }
      if (waiting.length === 0) break;
      const lists = waiting.map(({ points }) => withDensity(points, family.density));
      parts.push(...(yield* evolved(average, lists, sectors)));
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
    const now: Differences = differencesOf(coarse.rho, sum.rho);
    estimate = before === null ? Number.POSITIVE_INFINITY : ruleError(now, before, level.power);
    before = now;
    const wanted = reachable(tolerance, sum);
    if (estimate <= ruleShare * wanted && (!plan.recipe.certified || isProved(family, step, proving, farthest, wanted)))
      break;
  }
  if (sum === null) throw new Error("an average has at least one sector");
  const missed = step === 0 ? exactly : averageBound(family, [{ step }], proving);
  const whole = step === 0 && family.axis(0, []).counts !== undefined;
  const dropped = whole ? Math.abs(1 - weight) : negligible;
  return { sum, account: accountOf(parts), sectors, estimate, dropped, missed };
}

/**
 * What an average may be asked for: no more than the tolerance, nor than what its sectors are wrong by, each by itself. Below
 * that lattices differ by rounding, which no finer one takes away.
 */
function reachable(tolerance: number, { propagation }: Summed): number {
  return Math.max(tolerance, propagation);
}

/** A lattice fine enough for what is proved of it; true as well where nothing would be, however fine it is. */
function isProved(family: Family, step: number, proving: Proving | null, farthest: number, tolerance: number): boolean {
  const missed = averageBound(family, [{ step }], proving);
  if (missed === null) return exactSum(family) > mostExact;
  return missed(farthest) <= ruleShare * tolerance;
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
