/** How many nodes an average needs, and its points: the nodes of nested rules, axis by axis. */

import { orthonormalPolynomials, type Rule } from "../../algebra/gauss.ts";
import { TooManySectors } from "../errors.ts";
import type { Axis, Family } from "../families/family.ts";
import { axisRule, chosenRule, latticeRule, type NodeChoice, nodeCount } from "./rules.ts";

export interface WeightedPoint {
  readonly point: readonly number[];
  readonly weight: number;
  /** Where it weighs little: it may err `slack` times as much, with a cutoff that is lower by so many quanta, and its starts too. */
  readonly light?: { readonly fewer: number; readonly slack: number };
}

export interface Average {
  readonly points: readonly WeightedPoint[];
  /** Σ|weight| of the points left out because they weigh too little. */
  readonly dropped: number;
}

/** Points of an average, each of them an evolution, beyond which a run would not end. */
const mostPoints = 200_000;

/**
 * The product of nested rules, one choice for each axis, without points that weigh less than `negligible` in all. Throws
 * TooManySectors.
 */
export function averagePoints(family: Family, choices: readonly NodeChoice[], negligible: number): Average {
  let points: WeightedPoint[] = [{ point: [], weight: 1 }];
  for (let i = 0; i < family.axes; i++) {
    const next: WeightedPoint[] = [];
    for (const { point, weight } of points) {
      const { nodes, weights } = chosenRule(family.axis(i, point), choices[i]);
      // Before they are made: exact sums over several numbers of sites would be more than there is memory for.
      if (next.length + nodes.length > mostPoints) throw tooManyPoints(family);
      nodes.forEach((node, n) => {
        next.push({ point: [...point, node], weight: weight * weights[n] });
      });
    }
    points = next;
  }
  if (family.density !== undefined) {
    points = points.map(({ point, weight }) => ({ point, weight: weight * (family.density?.(point) ?? 1) }));
  }
  const ascending = points.map(({ weight }) => Math.abs(weight)).sort((a, b) => a - b);
  let dropped = 0;
  let threshold = 0;
  for (const weight of ascending) {
    if (dropped + weight > negligible && weight > 0) break;
    dropped += weight;
    threshold = weight;
  }
  const kept = points.filter(({ weight }) => Math.abs(weight) > threshold);
  return { points: kept, dropped: kept.length === points.length ? 0 : sumOfModuli(points) - sumOfModuli(kept) };
}

function tooManyPoints({ axes }: Family): TooManySectors {
  return new TooManySectors(
    `An average over ${axes} numbers of sites has more than ${mostPoints} sectors. Ask for a larger tolerance, ` +
      "fewer reservoirs, or the limit.",
  );
}

function sumOfModuli(points: readonly WeightedPoint[]): number {
  return points.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
}

export interface NodeChoices {
  readonly choices: readonly NodeChoice[];
  /** What the rules are expected to be wrong by. */
  readonly estimate: number;
}

/** The points of an average over several variables. */
export interface ProductRule {
  readonly points: readonly WeightedPoint[];
  readonly nodes: NodeChoices;
  readonly dropped: number;
  /** The average is the exact sum. */
  readonly exact: boolean;
}

/** Gauss rules tried; a function that these do not resolve turns too often for them. */
const pilotSizes = [5, 9, 15];

/** Lattice steps tried, in deviations: by the golden ratio, since a function may look the same on a step and its half. */
const pilotSteps = [1, 0.618, 0.382, 0.236, 0.146, 0.09, 0.056, 0.034];

/**
 * Looks for the fewest nodes on each axis with which an average is expected to be good to `tolerance`: yields lists of points
 * and is to be given the averaged function's value at each. A line of nodes is tried along each axis, two for a field, the other
 * axes off their means: the coefficients of the function in the polynomials orthonormal to the axis say how fast they fall, and
 * a rule's own errors on those polynomials say what is left.
 */
export type NodeSearch<Value> = Generator<readonly (readonly number[])[], Value, readonly Float64Array[]>;

export function* searchNodes(family: Family, tolerance: number): NodeSearch<NodeChoices> {
  const choices: NodeChoice[] = [];
  let estimate = 0;
  for (let i = 0; i < family.axes; i++) {
    const others = linesAlong(family, choices);
    let chosen = yield* searchAlong(family, i, near, others, tolerance / (4 * family.axes));
    if (family.axes > 1 && family.axis(i, pointAside(family, i).slice(0, i)).counts === undefined) {
      const again = yield* searchAlong(family, i, far, others, tolerance / (4 * family.axes));
      const more = nodeCount(again.choice) > nodeCount(chosen.choice);
      chosen = {
        choice: more ? again.choice : chosen.choice,
        estimate: Math.max(chosen.estimate, again.estimate),
      };
    }
    choices.push(chosen.choice);
    estimate += chosen.estimate;
  }
  return { choices, estimate };
}

/** The same for a function that is at hand. */
export function chooseNodes(
  family: Family,
  sample: (point: readonly number[]) => Float64Array,
  tolerance: number,
): NodeChoices {
  const search = searchNodes(family, tolerance);
  let step = search.next([]);
  while (!step.done) step = search.next(step.value.map(sample));
  return step.value;
}

interface Chosen {
  readonly choice: NodeChoice;
  readonly estimate: number;
}

/** Values at the nodes of a line; those that are not known are asked for together. */
interface Line {
  at(node: number): Float64Array;
  know(nodes: ArrayLike<number>): NodeSearch<void>;
}

/** The fewest nodes along an axis that are expected to do on one line, the other axes `aside`. */
function* searchAlong(
  family: Family,
  index: number,
  aside: Aside,
  others: readonly Parallel[],
  tolerance: number,
): NodeSearch<Chosen> {
  const axis = family.axis(index, pointAside(family, index, 0, aside).slice(0, index));
  const values = new Map<number, Float64Array>();
  const line: Line = {
    at: (node) => values.get(node) as Float64Array,
    know: function* (nodes) {
      const unknown = [...new Set(Array.from(nodes))].filter((node) => !values.has(node));
      if (unknown.length === 0) return;
      const points = unknown.map((node) => pointAside(family, index, node, aside));
      const found = yield points;
      unknown.forEach((node, n) => {
        const density = family.density?.(points[n]) ?? 1;
        values.set(
          node,
          found[n].map((x) => density * x),
        );
      });
    },
  };
  return (yield* gaussAlong(axis, line, others, tolerance)) ?? (yield* latticeAlong(axis, line, tolerance));
}

/** One of the lines on which a rule along an axis is used, and its share of the weight. */
interface Parallel {
  readonly axis: Axis;
  readonly share: number;
}

/** So many of the heaviest lines stand for all. */
const mostLines = 16;

/**
 * The lines along the axis that comes after those of the choices. Each has a mean of its own, so that the whole numbers that are
 * nodes lie otherwise about it: what a rule misses differs from line to line.
 */
function linesAlong(family: Family, choices: readonly NodeChoice[]): Parallel[] {
  let points: WeightedPoint[] = [{ point: [], weight: 1 }];
  choices.forEach((choice, i) => {
    const all = points.flatMap(({ point, weight }) => {
      const { nodes, weights } = chosenRule(family.axis(i, point), choice);
      return Array.from(nodes, (node, n) => ({ point: [...point, node], weight: Math.abs(weight * weights[n]) }));
    });
    points = all.sort((a, b) => b.weight - a.weight).slice(0, mostLines);
  });
  const total = sumOfModuli(points);
  return points.map(({ point, weight }) => ({ axis: family.axis(choices.length, point), share: weight / total }));
}

/** What a rule is expected to miss on all lines together, if the function is on each of them as it is on one. */
function errorOnLines(lines: readonly Parallel[], count: number, coefficients: Float64Array): number {
  return lines.reduce((sum, { axis, share }) => {
    const exact = axis.counts !== undefined && count > axis.counts.trials;
    return exact ? sum : sum + share * expectedError(axis, count, coefficients);
  }, 0);
}

/** The fewest Gauss nodes that are expected to do, or null if 15 nodes do not see the function fall. */
function* gaussAlong(
  axis: Axis,
  line: Line,
  others: readonly Parallel[],
  tolerance: number,
): NodeSearch<Chosen | null> {
  for (const size of pilotSizes) {
    const pilot = axisRule(axis, size);
    const found = pilot.nodes.length;
    // Elsewhere on the axes before there may be more trials: only "all of them" is exact everywhere.
    if (axis.counts !== undefined && size > axis.counts.trials) {
      return { choice: { nodes: Number.POSITIVE_INFINITY }, estimate: 0 };
    }
    yield* line.know(pilot.nodes);
    const coefficients = coefficientsAlong(axis, pilot, line);
    for (let count = 1; count <= found - 2; count++) {
      const error = Math.max(expectedError(axis, count, coefficients), errorOnLines(others, count, coefficients));
      if (!(error <= tolerance)) continue;
      // A function that turns between the nodes may seem smooth on them: then two rules do not agree.
      const rule = axisRule(axis, count);
      yield* line.know(rule.nodes);
      const disagreement = largestDifference(ruleSum(rule, line), ruleSum(pilot, line));
      if (disagreement > 4 * tolerance) break;
      return { choice: { nodes: count }, estimate: Math.max(error, disagreement) };
    }
  }
  return null;
}

/** The largest of the function's coefficients in each polynomial orthonormal to the axis, by a rule. */
function coefficientsAlong(axis: Axis, pilot: Rule, line: Line): Float64Array {
  const found = pilot.nodes.length;
  const polynomials = Array.from(pilot.nodes, (node) => orthonormalPolynomials(axis.measure, found, node));
  return Float64Array.from({ length: found }, (_, j) => {
    const sum = new Float64Array(line.at(pilot.nodes[0]).length);
    pilot.nodes.forEach((node, n) => {
      const factor = pilot.weights[n] * polynomials[n][j];
      line.at(node).forEach((value, e) => {
        sum[e] += factor * value;
      });
    });
    return sum.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
  });
}

function ruleSum({ nodes, weights }: Rule, line: Line): Float64Array {
  const sum = new Float64Array(line.at(nodes[0]).length);
  nodes.forEach((node, n) => {
    line.at(node).forEach((value, e) => {
      sum[e] += weights[n] * value;
    });
  });
  return sum;
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((largest, x, i) => Math.max(largest, Math.abs(x - b[i])), 0);
}

/**
 * The widest lattice that is expected to do: from how what it misses falls from step to step follows how often the function turns
 * within a deviation, and from that what a step misses.
 */
function* latticeAlong(axis: Axis, line: Line, tolerance: number): NodeSearch<Chosen> {
  const small = 0.1 * tolerance;
  let before: { readonly sum: Float64Array; readonly step: number } | null = null;
  let last: { readonly missed: Float64Array; readonly step: number } | null = null;
  for (const step of pilotSteps) {
    const rule = latticeRule(axis, step);
    yield* line.know(rule.nodes);
    const sum = ruleSum(rule, line);
    const whole = axis.counts !== undefined && step * axis.deviation < 2;
    if (whole) return { choice: { nodes: Number.POSITIVE_INFINITY }, estimate: 0 };
    if (before !== null) {
      const wider: { readonly sum: Float64Array; readonly step: number } = before;
      const missed: Float64Array = sum.map((value, e) => Math.abs(value - wider.sum[e]));
      if (missed.every((one) => one <= small)) return { choice: { step: wider.step }, estimate: tolerance };
      const wanted = last === null ? null : stepFor(last, { missed, step: wider.step }, tolerance, small);
      if (wanted !== null) return { choice: { step: Math.min(wider.step, wanted) }, estimate: tolerance };
      last = { missed, step: wider.step };
    }
    before = { sum, step };
  }
  const finest = pilotSteps[pilotSteps.length - 1];
  return { choice: { step: finest }, estimate: 1 };
}

/** What a lattice misses has to fall by this before it is believed that it will go on. */
const believed = 0.05;

/** A part of the function that a step misses now and the next one does not. */
interface Missing {
  /** Value by value. */
  readonly missed: Float64Array;
  readonly step: number;
}

/**
 * The step at which no value misses more than `tolerance`, or null where some do not fall yet. A part of size b that turns τ times
 * within a deviation is missed by b e^{−(2π/step − τ)²/2}: two steps tell b and τ. A little narrower than computed: the law holds
 * for the worst phase of the function only.
 */
function stepFor(wide: Missing, narrow: Missing, tolerance: number, small: number): number | null {
  const apart = (2 * Math.PI) / narrow.step - (2 * Math.PI) / wide.step;
  let wanted = (0.9 * 2 * Math.PI) / Math.sqrt(2 * Math.log(1 / tolerance));
  for (let e = 0; e < narrow.missed.length; e++) {
    const missed = narrow.missed[e];
    if (missed <= small) continue;
    if (missed > believed * wide.missed[e]) return null;
    const distance = 0.5 * (apart + (2 * Math.log(wide.missed[e] / missed)) / apart);
    const turns = Math.max(0, (2 * Math.PI) / narrow.step - distance);
    const size = Math.min(1, missed * Math.exp(0.5 * distance ** 2));
    const needed = Math.sqrt(2 * Math.log(Math.max(Math.E, size / tolerance)));
    wanted = Math.min(wanted, (0.9 * 2 * Math.PI) / (needed + turns));
  }
  return wanted;
}

/** So many deviations are the axes off their means, each a little less than the one before: at equal ones some models are symmetric. */
type Aside = number;
const near: Aside = -1;
const far: Aside = 1.8;
const less = 0.87;

/**
 * Where the line along an axis is drawn: the other axes off their means. At the means S may not feel an axis that it feels
 * everywhere else, as a spin along z does not feel a field along z where no other field turns it. Numbers of sites before it are
 * whole and below their means, so that the line is as wide as it gets wherever much of the weight is; those after it are
 * below the means that they have with the value on the line, and smooth in it.
 */
export function pointAside(family: Family, index: number, value = 0, aside: Aside = near): number[] {
  const point: number[] = [];
  for (let i = 0; i < family.axes; i++) {
    const { counts, deviation } = family.axis(i, point);
    if (i === index) point.push(value);
    else if (counts === undefined) point.push(aside * deviation * less ** i);
    else if (i < index) point.push(Math.max(0, Math.floor(counts.mean - deviation)) - counts.mean);
    else point.push(-Math.min(deviation, counts.mean / 2));
  }
  return point;
}

/** Σ_j |c_j| |Q[P_j]| over the polynomials that a rule with `count` nodes does not integrate to 0, c_j extrapolated. */
function expectedError(axis: Axis, count: number, coefficients: Float64Array): number {
  const rule = axisRule(axis, count);
  const known = coefficients.length;
  // Odd or even coefficients may vanish: the envelope of neighbours is what falls.
  const envelope = (j: number) =>
    Math.max(coefficients[j], j + 1 < known ? coefficients[j + 1] : (coefficients[j - 1] ?? 0));
  const last = envelope(known - 2 >= 0 ? known - 2 : 0);
  const before = known >= 4 ? envelope(known - 4) : 1;
  const ratio = Math.min(0.95, Math.sqrt(last / Math.max(before, 1e-300)));
  const degrees = 2 * count + 8;
  const polynomials = Array.from(rule.nodes, (node) => orthonormalPolynomials(axis.measure, degrees, node));
  let error = 0;
  for (let j = 1; j < degrees; j++) {
    let integral = 0;
    rule.weights.forEach((weight, n) => {
      integral += weight * polynomials[n][j];
    });
    const coefficient = j < known - 1 ? coefficients[j] : last * ratio ** (j - known + 2);
    error += coefficient * Math.abs(integral);
  }
  return error;
}
