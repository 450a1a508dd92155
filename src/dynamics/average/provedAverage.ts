/** What averages are proved to miss, and the fewest nodes of which that is little enough. */

import { gaussRule, type Rule } from "../../algebra/gauss.ts";
import type { Experiment } from "../experiments/experiment.ts";
import { type Axis, type Family, mostCounted } from "../families/family.ts";
import type { MagnitudesAt, Missed } from "../families/missed.ts";
import { type NodeChoices, pointAside } from "./average.ts";
import { farthestDeviation } from "./latticeAverage.ts";
import { nestedRules } from "./nestedNodes.ts";
import { axisRule, chosenRule, type NodeChoice, nodeCount, nodesInAll, withDensities } from "./rules.ts";
import { mostExact, ruleShare } from "./sectors.ts";

type Bound = (t: number) => number;

/** What is averaged, as far as proofs need to know. */
export interface Proving {
  /** How long it has developed before its time 0. */
  readonly since: number;
  /** How large it is, where it is no state. */
  readonly magnitudes?: MagnitudesAt;
}

/** Null where nothing is proved of averages. */
export function provingOf(
  experiment: Pick<Experiment, "averagedSince" | "magnitudes"> | undefined,
  family: Family,
): Proving | null {
  const since = experiment?.averagedSince === undefined ? 0 : experiment.averagedSince;
  if (since === null) return null;
  if (experiment?.magnitudes === undefined) return { since };
  const magnitudes = experiment.magnitudes(family);
  return magnitudes === null ? null : { since, magnitudes };
}

/** A bound for ρ_S(t), of what has developed for longer. */
function later(missed: Bound, { since }: Proving): Bound {
  return (t) => missed(since + Math.abs(t));
}

/**
 * A proved bound on what the nested rules miss, for each entry at time t; null where nothing is proved. Each integral is replaced by
 * its rule after those before it, and the errors add, with the moduli of the weights of the nodes at which they are made, densities
 * included.
 */
export function averageBound(family: Family, choices: readonly NodeChoice[], proving: Proving | null): Bound | null {
  if (proving === null) return null;
  const terms: { readonly modulus: number; readonly missed: Bound }[] = [];
  let nodes: { readonly point: readonly number[]; readonly weight: number }[] = [{ point: [], weight: 1 }];
  for (let i = 0; i < family.axes; i++) {
    const next: typeof nodes = [];
    for (const { point, weight } of nodes) {
      const axis = family.axis(i, point);
      const missed = missedBy(axis, choices[i], proving, point);
      if (missed === null) return null;
      terms.push({ modulus: Math.abs(weight), missed });
      if (i === family.axes - 1) continue;
      const free = axis.counts === undefined;
      const rule = free ? middle : chosenRule(axis, choices[i]);
      rule.nodes.forEach((node, n) => {
        next.push({ point: [...point, node], weight: weight * rule.weights[n] * (axis.density?.(node) ?? 1) });
      });
    }
    nodes = next;
  }
  const bound = (t: number) => terms.reduce((sum, { modulus, missed }) => sum + modulus * missed(t), 0);
  return later(bound, proving);
}

/** Where later axes do not depend on a variable one value of it stands for all. */
const middle: Rule = { nodes: Float64Array.of(0), weights: Float64Array.of(1) };

/** What one rule misses, variables before having these values; null where nothing is proved of it. */
function missedBy(
  axis: Axis,
  choice: NodeChoice,
  { magnitudes: magnitudesAt }: Proving,
  before: readonly number[],
): Bound | null {
  const magnitudes = magnitudesAt?.(before);
  const { missed, counts, deviation } = axis;
  if (missed === undefined) return null;
  if ("step" in choice) {
    // Beyond, lattices are those of a normal distribution.
    const counted = counts === undefined || counts.trials <= mostCounted;
    if (missed.byLattice === undefined || !counted) return null;
    return missed.byLattice(counts === undefined ? choice.step : choice.step * deviation, magnitudes);
  }
  const whole = counts !== undefined && choice.nodes > counts.trials;
  return whole ? () => 0 : missed.byRule(axisRule(axis, choice.nodes), magnitudes);
}

/** The choices, with more nodes where less than `tolerance` in all is proved of them up to time t; as they are where nothing is. */
export function provedNodes(
  family: Family,
  { choices, estimate }: NodeChoices,
  farthest: number,
  tolerance: number,
  proving: Proving | null,
): NodeChoices {
  if (proving === null) return { choices, estimate };
  const share = tolerance / family.axes;
  const proved = choices.map((choice, i): NodeChoice => {
    const before = pointAside(family, i).slice(0, i);
    const axis = family.axis(i, before);
    const missed = missedBy(axis, choice, proving, before);
    if (missed !== null && later(missed, proving)(farthest) <= share) return choice;
    return fewestProved(axis, proving, before, farthest, share, mostProved) ?? choice;
  });
  return { choices: proved, estimate };
}

/** Proved nodes may be so many times as many as those that are expected to do. */
const dearer = 3;

/**
 * Nodes of static fields that are proved to do to `tolerance` up to time t, where they are not many more than the expected ones: a few lines
 * do not show how fast S turns everywhere. Null where they are, or where a variable counts sites.
 */
export function provedOfFields(
  family: Family,
  expected: NodeChoices,
  farthest: number,
  tolerance: number,
  proving: Proving | null,
): NodeChoices | null {
  const point = pointAside(family, family.axes);
  if (point.some((_, i) => family.axis(i, point.slice(0, i)).counts !== undefined)) return null;
  const { choices } = provedNodes(family, expected, farthest, tolerance, proving);
  if (nodesInAll(choices) > dearer * nodesInAll(expected.choices)) return null;
  const missed = averageBound(family, choices, proving)?.(farthest) ?? Number.POSITIVE_INFINITY;
  return missed <= tolerance ? { choices, estimate: missed } : null;
}

/** Nodes of a Gauss rule that are tried. */
const mostProved = 60;

/** Lattice steps that are tried, each so many times the one before, and the narrowest. */
const narrower = 0.9;
const narrowest = 1e-6;

/** Gauss nodes or a lattice, whichever takes fewer nodes to be proved, after variables with these values; null where neither is. */
export function fewestProved(
  axis: Axis,
  proving: Proving,
  before: readonly number[],
  farthest: number,
  share: number,
  most: number,
): NodeChoice | null {
  const suffices = (choice: NodeChoice) => {
    const missed = missedBy(axis, choice, proving, before);
    return missed !== null && later(missed, proving)(farthest) <= share;
  };
  let lattice: NodeChoice | null = null;
  for (let step = 1; axis.missed?.byLattice !== undefined && step > narrowest; step *= narrower) {
    if (!suffices({ step })) continue;
    lattice = { step };
    break;
  }
  const onLattice = lattice === null ? most : Math.min(most, nodeCount(lattice) - 1);
  for (let nodes = 1; nodes <= onLattice; nodes++) if (suffices({ nodes })) return { nodes };
  return lattice;
}

/** A rule for one variable, densities included, and what it is proved to miss. */
export interface ProvedRule {
  readonly rule: Rule;
  readonly missed: Bound;
}

/** The fewest nested nodes, or Gauss nodes of a field, of which `share` is proved until `farthest`; null if none that are tried are. */
export function fewestNested(family: Family, proving: Proving, farthest: number, share: number): ProvedRule | null {
  const axis = family.axis(0, []);
  const rules = axis.missed === undefined ? [] : simpleRules(axis);
  const proved = (rule: Rule): ProvedRule | null => {
    const missed = missedBySimple(family, axis.missed as Missed, rule, proving);
    return missed.missed(farthest) <= share ? missed : null;
  };
  // Where the widest rule does not do no other one does.
  const widest = rules.length === 0 ? null : proved(rules[rules.length - 1]);
  if (widest === null) return null;
  for (const rule of rules) {
    const found = proved(rule);
    if (found !== null) return found;
  }
  return widest;
}

/** More nodes than few mostly are. */
const mostForces = 9;

/**
 * The same where they take no longer than few nodes that are compared: where numbers hold what sites do to S, of which less is proved, more
 * than these are not worth their time.
 */
export function cheaplyNested(family: Family, proving: Proving, farthest: number, share: number): ProvedRule | null {
  const found = fewestNested(family, proving, farthest, share);
  if (found === null || found.rule.nodes.length <= mostForces) return found;
  const { forces = 0 } = proving.magnitudes?.([])(farthest) ?? {};
  return forces > 0 && family.axis(0, []).counts !== undefined ? null : found;
}

/** What is proved at most of a rule that was found otherwise, as a share of the numbers, for it to be told. */
const worthTelling = 0.1;

/** What nested nodes, densities left out, are proved to miss; null where that says nothing at the latest time. */
export function missedByNested(
  family: Family,
  rule: Rule,
  proving: Proving | null,
  farthest: number,
): ProvedRule["missed"] | null {
  const { missed } = family.axis(0, []);
  if (missed === undefined || proving === null) return null;
  const proved = missedBySimple(family, missed, rule, proving);
  const whole = proving.magnitudes?.([])(proving.since + farthest).whole ?? 1;
  return proved.missed(farthest) <= worthTelling * whole ? proved.missed : null;
}

/** Most Gauss nodes for a variable that does not count: a lattice has hardly more. */
const mostGauss = 12;

function simpleRules(axis: Axis): readonly Rule[] {
  if (axis.counts === undefined) return Array.from({ length: mostGauss }, (_, n) => gaussRule(axis.measure, n + 1));
  const nodes: number[] = [];
  // Nothing is proved of sectors between whole numbers.
  return nestedRules(axis, () => false).map(({ added, weights }) => {
    nodes.push(...added);
    return { nodes: Float64Array.from(nodes), weights };
  });
}

function missedBySimple(family: Family, missed: Missed, rule: Rule, proving: Proving): ProvedRule {
  const { weights, total } = withDensities(family, rule);
  const magnitudes = proving.magnitudes?.([]);
  const bare = missed.byRule(rule, magnitudes);
  const whole = (t: number) => magnitudes?.(t).whole ?? 1;
  return {
    rule: { nodes: rule.nodes, weights },
    missed: later((t) => bare(t) + whole(t) * Math.abs(1 - total), proving),
  };
}

/** How many sectors the exact sum over one variable has. */
export function exactSum(family: Family): number {
  return Math.min(family.exactSectors, 2 * farthestDeviation * family.axis(0, []).deviation);
}

/** True unless nothing can be proved of the average over the family's sectors but by an exact sum that takes too long. */
export function canBeProved(family: Family, proving: Proving | null, farthest: number, tolerance: number): boolean {
  if (family.axes !== 1 || exactSum(family) <= mostExact) return true;
  const { missed } = family.axis(0, []);
  if (proving === null || missed === undefined) return false;
  return missed.byLattice !== undefined || fewestNested(family, proving, farthest, ruleShare * tolerance) !== null;
}
