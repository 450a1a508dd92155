/**
 * Few nodes for the average over a variable that counts and that ρ_S hardly depends on: nested rules for a normal distribution
 * (Genz and Keister, J. Comput. Appl. Math. 71, 299, 1996), with weights made for the distribution there is.
 */

import type { Rule } from "../../algebra/gauss.ts";
import { type Axis, mostCounted } from "../families/family.ts";
import { interpolatoryWeights } from "./rules.ts";

/** What each rule adds, in deviations, with both signs: 1, 3, 9 and 19 nodes, exact up to the degrees 1, 5, 15 and 29. */
export const nestedNodes: readonly (readonly number[])[] = [
  [0],
  [1.7320508075688772],
  [0.7410953499945409, 2.861279576057058, 4.184956017672732],
  [1.230423634027306, 2.596083115049202, 3.2053337944991944, 5.187016039913656, 6.363394494336369],
];

/** Below this deviation there are not many more values than nodes. */
const least = 3;

/** Weights that are not positive would let the errors of the sectors grow. */
const mostModulus = 1.05;

/** A rule, by what it adds to the one before. */
export interface NestedRule {
  /** Less the mean of the axis. */
  readonly added: readonly number[];
  /** Of all nodes so far, in their order. */
  readonly weights: Rule["weights"];
}

/**
 * The rules, from the first to the widest whose nodes are all possible and have good weights; nodes are whole numbers, unless a
 * sector between them is `smooth` as well. None where the variable does not count, where it has few values, or where they end.
 */
export function nestedRules(axis: Axis, smooth: (node: number) => boolean): readonly NestedRule[] {
  const { counts, deviation, measure } = axis;
  if (counts === undefined || counts.room !== undefined || deviation < least) return [];
  const { mean, trials } = counts;
  const middle = measure.a(0);
  const rules: NestedRule[] = [];
  const all: number[] = [];
  for (const deviations of nestedNodes) {
    const nodes = deviations.flatMap((y) => (y === 0 ? [0] : [-y, y])).map((y) => middle + y * deviation);
    const asTheyAre = counts.trials > mostCounted || nodes.every(smooth);
    const added = asTheyAre ? nodes : nodes.map((node) => Math.round(mean + node) - mean);
    all.push(...added);
    if (!added.every((node) => node >= -mean && node <= trials - mean) || new Set(all).size < all.length) break;
    const weights = interpolatoryWeights(axis, Float64Array.from(all));
    if (!(weights.reduce((sum, weight) => sum + Math.abs(weight), 0) <= mostModulus)) break;
    rules.push({ added, weights });
  }
  return rules;
}
