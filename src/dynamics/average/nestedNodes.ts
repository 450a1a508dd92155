/**
 * Few nodes for the average over a variable that counts and that ρ_S hardly depends on: nested rules for a normal distribution
 * (Genz and Keister, J. Comput. Appl. Math. 71, 299, 1996), with weights made for the distribution there is.
 */

import type { Rule } from "../../algebra/gauss.ts";
import type { Axis } from "../families/family.ts";
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

/**
 * What each rule adds to the one before, less the mean of the axis, from the first to the widest whose nodes are all possible and
 * have good weights: whole numbers, unless a sector between them is `smooth` as well. None where the variable does not count, where it
 * has few values, or where they end.
 */
export function nestedLevels(axis: Axis, smooth: (node: number) => boolean): readonly (readonly number[])[] {
  const { counts, deviation, measure } = axis;
  if (counts === undefined || counts.room !== undefined || deviation < least || counts.trials > mostTrials) return [];
  const { mean, trials } = counts;
  const middle = measure.a(0);
  const levels: number[][] = [];
  for (const added of nestedNodes) {
    const nodes = added.flatMap((y) => (y === 0 ? [0] : [-y, y])).map((y) => middle + y * deviation);
    const own = nodes.every(smooth) ? nodes : nodes.map((node) => Math.round(mean + node) - mean);
    const all = [...levels.flat(), ...own];
    if (!own.every((node) => node >= -mean && node <= trials - mean) || new Set(all).size < all.length) break;
    const modulus = nestedWeights(axis, all).reduce((sum, weight) => sum + Math.abs(weight), 0);
    if (!(modulus <= mostModulus)) break;
    levels.push(own);
  }
  return levels;
}

/** Beyond, integers lose their meaning. */
const mostTrials = 1e12;

/** Weights with which the nodes integrate polynomials of as high a degree as they can. */
export function nestedWeights(axis: Axis, nodes: readonly number[]): Rule["weights"] {
  return interpolatoryWeights(axis, Float64Array.from(nodes));
}
