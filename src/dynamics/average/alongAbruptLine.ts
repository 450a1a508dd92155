/** The average over one variable whose weights end while they are large: the blocks of total spin of few sites. */

import { discrete, gaussRule, orthonormalPolynomials, type Recurrence, type Rule } from "../../algebra/gauss.ts";
import { addSeries, seriesAt, zeroSeries } from "../../algebra/series.ts";
import type { Axis } from "../families/family.ts";
import { samplePlaces } from "../sampleTimes.ts";
import { accountOf, type Part } from "../sharing/part.ts";
import { weightedSum } from "../sharing/summed.ts";
import type { Steps } from "../sharing/work.ts";
import type { WeightedPoint } from "./average.ts";
import type { Averaged } from "./averaged.ts";
import { type Differences, differencesOf, ruleError } from "./ruleError.ts";
import { type Average, evolved, ruleShare } from "./sectors.ts";
import { affordable, keptValues, summedWhole } from "./wholeSum.ts";

/**
 * The exact sum, of which more can be proved; or where that takes long every value at the edge, whose sectors see that they hold
 * fewer quanta than the cutoff, and before it a Gauss rule made for these very weights, with as many nodes as it takes for ρ_S to
 * show no part that it misses.
 */
export function* alongAbruptLine(average: Average, counts: NonNullable<Axis["counts"]>): Steps<Averaged> {
  const { plan, cutoff, tolerance } = average;
  const kept = keptValues(counts, tolerance);
  const spent: Part[] = [];
  if (!affordable(kept.length, plan.stage, cutoff, plan.recipe.certified)) {
    const few = yield* byGaussRules(average, counts, kept, spent);
    if (few !== null) return few;
  }
  return yield* summedWhole(average, kept, spent);
}

/** Rules with more and more nodes; null once the sum is hardly longer. What was evolved goes into `spent`. */
function* byGaussRules(
  average: Average,
  { mean, room = () => 0 }: NonNullable<Axis["counts"]>,
  kept: readonly WeightedPoint[],
  spent: Part[],
): Steps<Averaged | null> {
  const { cutoff, tolerance } = average;
  const atEdge = kept.filter(({ point }) => room(Math.round(point[0] + mean)) < cutoff + clear);
  const before = kept.slice(0, kept.length - atEdge.length);
  const values = before.map(({ point }) => point[0]);
  const weights = before.map(({ weight }) => weight);
  const share = weights.reduce((sum, weight) => sum + weight, 0);
  const measure = discrete(values, weights);
  const edge: Part[] = [];
  for (let count = firstCount(tolerance); before.length > shorter * count; count = Math.ceil(1.5 * count)) {
    const rule = gaussRule(measure, count);
    const nodes = Array.from(rule.nodes, (node): WeightedPoint[] => [{ point: [node], weight: 1 }]);
    const lists = edge.length === 0 && atEdge.length > 0 ? [...nodes, atEdge] : nodes;
    const found = yield* evolved(average, lists, spent.length, true);
    const inside = found.slice(0, count);
    edge.push(...found.slice(count));
    spent.push(...found);
    const estimate = share * missedBy(rule, measure, inside);
    if (estimate > ruleShare * tolerance) continue;
    const sum = weightedSum([...inside, ...edge], [...rule.weights.map((one) => share * one), ...edge.map(() => 1)]);
    const dropped = Math.max(0, 1 - edge.reduce((total, { weight }) => total + weight, share));
    const sectors = spent.length - edge.length + atEdge.length;
    return { sum, account: accountOf(spent), sectors, estimate, dropped, missed: null };
  }
  return null;
}

/** Quanta above the cutoff: what is turned back there is felt a little below it. */
const clear = 4;

/** A rule is worth while if the sum is so much longer. */
const shorter = 1.5;

/** Nodes of the first rule: as many digits take as many more. */
function firstCount(tolerance: number): number {
  return Math.max(6, Math.ceil(3 - Math.log10(tolerance)));
}

/** Times at which it is seen how the coefficients fall. */
const looks = 96;

/**
 * What a Gauss rule with n nodes misses is about the coefficient of the function at degree 2n: smaller than the last one that it
 * sees, n − 1, by the square of what they fall from n/2 to n.
 */
function missedBy({ nodes, weights }: Rule, measure: Recurrence, values: readonly Part[]): number {
  const count = nodes.length;
  const polynomials = Array.from(nodes, (node) => orthonormalPolynomials(measure, count, node));
  const places = samplePlaces(values[0].rho.times, looks);
  const series = values.map(({ rho }) => seriesAt(rho, places));
  const none = zeroSeries(series[0].times, series[0].dimension);
  const coefficients = (degree: number): Differences => {
    const sum = zeroSeries(none.times, none.dimension);
    for (let n = 0; n < count; n++) addSeries(sum, series[n], weights[n] * polynomials[n][degree]);
    return differencesOf(sum, none);
  };
  // Every second one may vanish.
  const around = (degree: number) => larger(coefficients(degree), coefficients(degree - 1));
  return ruleError(around(count - 1), around(Math.floor(count / 2)), 3, 1);
}

function larger(a: Differences, b: Differences): Differences {
  return { ...a, largest: a.largest.map((x, i) => Math.max(x, b.largest[i])) };
}
