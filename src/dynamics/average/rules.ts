/** Few-node rules for the average over the axes of a family: physics section 4. */

import { gaussRule, orthonormalPolynomials, type Rule } from "../../algebra/gauss.ts";
import { type Axis, type Family, mostCounted } from "../families/family.ts";

/**
 * How an axis is averaged: by a Gauss rule with a number of nodes (Infinity: the exact sum, for a counting axis), or on a
 * lattice with a step in standard deviations. Gauss rules are best where ρ_S hardly depends on the variable; a lattice
 * where it turns many times within a deviation, since its error falls as exp(−(2π/step − turns)²/2).
 */
export type NodeChoice = { readonly nodes: number } | { readonly step: number };

/** The rule of a choice. */
export function chosenRule(axis: Axis, choice: NodeChoice): Rule {
  return "nodes" in choice ? axisRule(axis, choice.nodes) : latticeRule(axis, choice.step);
}

/** How many nodes a choice has, about. */
export function nodeCount(choice: NodeChoice): number {
  return "nodes" in choice ? choice.nodes : Math.ceil((2 * latticeWidth) / choice.step) + 1;
}

/** How many nodes a product of rules has, about. */
export function nodesInAll(choices: readonly NodeChoice[]): number {
  return choices.reduce((product, choice) => product * nodeCount(choice), 1);
}

/** Deviations to each side of the mean; beyond, less than 1e-15 of a normal distribution is left. */
const latticeWidth = 8;

/** Equal steps with the axis's own weights, normalised; on a counting axis at least one, in whole numbers. */
export function latticeRule(axis: Axis, step: number): Rule {
  const { counts, deviation } = axis;
  const nodes: number[] = [];
  const weights: number[] = [];
  if (counts === undefined || counts.trials > mostCounted) {
    for (let x = -Math.floor(latticeWidth / step); x <= latticeWidth / step; x++) {
      nodes.push(x * step * deviation);
      weights.push(Math.exp(-0.5 * (x * step) ** 2));
    }
  } else {
    const { trials, mean } = counts;
    const stride = Math.max(1, Math.floor(step * deviation));
    if (stride === 1) return axisRule(axis, Number.POSITIVE_INFINITY);
    const from = Math.max(0, Math.round(mean) - stride * Math.floor((latticeWidth * deviation) / stride));
    for (
      let n = Math.max(from, Math.round(mean) % stride);
      n <= Math.min(trials, mean + latticeWidth * deviation);
      n += stride
    ) {
      nodes.push(n - mean);
      weights.push(counts.weight(n));
    }
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { nodes: Float64Array.from(nodes), weights: Float64Array.from(weights, (weight) => weight / sum) };
}

/**
 * A rule with at most `count` nodes for one axis, exact for polynomials of degree < count (2·count for a continuous axis).
 * Nodes of a counting axis are integers less the mean, so that every sector is physical; where as many nodes as integers
 * are asked for, the rule is the exact sum.
 */
export function axisRule(axis: Axis, count: number): Rule {
  const { counts, measure } = axis;
  if (counts === undefined) return gaussRule(measure, count);
  const { trials, mean } = counts;
  if (trials === 0 || axis.deviation === 0)
    return { nodes: Float64Array.of(Math.min(trials, Math.round(mean)) - mean), weights: Float64Array.of(1) };
  if (count > trials) return wholeSum(counts);
  const atoms = count;
  const gauss = gaussRule(measure, atoms);
  if (trials > mostCounted) return gauss;
  const integers = distinctIntegers(
    Array.from(gauss.nodes, (y) => y + mean),
    trials,
  );
  const nodes = Float64Array.from(integers, (n) => n - mean);
  return { nodes, weights: interpolatoryWeights(axis, nodes) };
}

/** Every value with its probability, without those that weigh nothing. */
function wholeSum({ trials, mean, weight }: NonNullable<Axis["counts"]>): Rule {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let n = 0; n <= trials; n++) {
    const probability = weight(n);
    if (probability < 1e-18) continue;
    nodes.push(n - mean);
    weights.push(probability);
  }
  return { nodes: Float64Array.from(nodes), weights: Float64Array.from(weights) };
}

/** The nearest integers in [0, trials], all different: a taken place moves a node to the nearest free one. */
function distinctIntegers(values: readonly number[], trials: number): number[] {
  const taken = new Set<number>();
  // Nodes near the mean carry the weight: they choose first.
  const middle = (values.length - 1) / 2;
  const order = values.map((_, i) => i).sort((i, j) => Math.abs(i - middle) - Math.abs(j - middle));
  for (const i of order) {
    const wanted = Math.min(trials, Math.max(0, Math.round(values[i])));
    for (let step = 0; ; step++) {
      const outward = i < middle ? -step : step;
      const free = [wanted + outward, wanted - outward].find((n) => n >= 0 && n <= trials && !taken.has(n));
      if (free === undefined) continue;
      taken.add(free);
      break;
    }
  }
  return [...taken].sort((a, b) => a - b);
}

/** Weights with which the nodes integrate every polynomial of degree < their number exactly. */
export function interpolatoryWeights(axis: Axis, nodes: Float64Array): Float64Array {
  const n = nodes.length;
  const polynomials = Array.from(nodes, (x) => orthonormalPolynomials(axis.measure, n, x));
  // Columns scaled to unit norm, as they would be at the Gauss nodes: the system is then close to orthogonal.
  const scale = polynomials.map((p) => 1 / Math.hypot(...p));
  const a = Array.from({ length: n }, (_, j) =>
    Float64Array.from({ length: n }, (_, i) => polynomials[i][j] * scale[i]),
  );
  const right = new Float64Array(n);
  right[0] = 1;
  return solve(a, right).map((w, i) => w * scale[i]);
}

/** Gaussian elimination with partial pivoting; a and b are destroyed. */
function solve(a: Float64Array[], b: Float64Array): Float64Array {
  const n = b.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i][k]) > Math.abs(a[pivot][k])) pivot = i;
    [a[k], a[pivot]] = [a[pivot], a[k]];
    [b[k], b[pivot]] = [b[pivot], b[k]];
    for (let i = k + 1; i < n; i++) {
      const factor = a[i][k] / a[k][k];
      if (factor === 0) continue;
      for (let j = k; j < n; j++) a[i][j] -= factor * a[k][j];
      b[i] -= factor * b[k];
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let j = k + 1; j < n; j++) b[k] -= a[k][j] * b[j];
    b[k] /= a[k][k];
  }
  return b;
}

/** A rule's weights times the densities of its nodes, scaled to sum to 1, as their average is; and what they summed to. */
export function withDensities(
  { density }: Pick<Family, "density">,
  { nodes, weights }: Rule,
): { readonly weights: Float64Array; readonly total: number } {
  const heavy = weights.map((weight, n) => weight * (density?.([nodes[n]]) ?? 1));
  const total = heavy.reduce((sum, weight) => sum + weight, 0);
  return { weights: heavy.map((weight) => weight / total), total };
}
