/** A distribution on points, drawn as a density. */

/** Constant density between two values. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly density: number;
}

interface Point {
  readonly value: number;
  readonly probability: number;
}

/**
 * A density whose integral is the sum of the probabilities, in steps no narrower than `narrowest`. Where points lie far
 * apart or on a lattice, each is spread over what is nearer to it than to its neighbours, neighbours joined as far as
 * needed: on a lattice, the usual histogram. Where they lie close and irregularly, that would be ragged, as cells hold one
 * point more or less; there each point is shared between the two nearest of evenly spaced cells. Values may come in any
 * order.
 */
export function histogram(values: ArrayLike<number>, probabilities: ArrayLike<number>, narrowest: number): Step[] {
  const points = Array.from(values, (value, i): Point => ({ value, probability: probabilities[i] }))
    .filter(({ probability }) => probability > 0)
    .sort((a, b) => a.value - b.value);
  if (points.length === 0) return [];
  return isLattice(points) || typicalGap(points) >= narrowest
    ? ownCells(points, narrowest)
    : evenCells(points, narrowest);
}

function isLattice(points: readonly Point[]): boolean {
  const gaps = points.slice(1).map(({ value }, i) => value - points[i].value);
  const widest = Math.max(0, ...gaps);
  return gaps.every((gap) => widest - gap <= 1e-6 * widest);
}

/** The gap between neighbours, averaged with the probability of finding oneself there. */
function typicalGap(points: readonly Point[]): number {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i + 1 < points.length; i++) {
    const here = points[i].probability + points[i + 1].probability;
    sum += here * (points[i + 1].value - points[i].value);
    weight += here;
  }
  return weight === 0 ? Number.POSITIVE_INFINITY : sum / weight;
}

/** Cells that end half way between points; the outermost reach as far out as in. */
function ownCells(points: readonly Point[], narrowest: number): Step[] {
  const steps: Step[] = [];
  let from = Number.NaN;
  let gathered = 0;
  points.forEach(({ value, probability }, i) => {
    const [before, after] = halfGaps(points, i, narrowest);
    if (gathered === 0) from = value - before;
    gathered += probability;
    const to = value + after;
    // A hair's breadth of tolerance: a lattice must be cut into equal cells in spite of rounding.
    if (to - from >= narrowest * (1 - 1e-9)) {
      steps.push({ from, to, density: gathered / (to - from) });
      gathered = 0;
    } else if (i === points.length - 1) {
      steps.push(joined(steps.pop(), { from, to, density: gathered }, narrowest));
    }
  });
  return steps;
}

/** Half the way to the neighbour on either side. */
function halfGaps(points: readonly Point[], i: number, narrowest: number): [number, number] {
  const gap = (a: number): number | undefined =>
    a >= 0 && a + 1 < points.length ? (points[a + 1].value - points[a].value) / 2 : undefined;
  const [before, after] = [gap(i - 1), gap(i)];
  return [before ?? after ?? narrowest / 2, after ?? before ?? narrowest / 2];
}

/** What is left at the end, its density still a probability, goes to the last step, if there is one. */
function joined(last: Step | undefined, rest: Step, narrowest: number): Step {
  if (last !== undefined) {
    const total = last.density * (last.to - last.from) + rest.density;
    return { from: last.from, to: rest.to, density: total / (rest.to - last.from) };
  }
  const half = Math.max(rest.to - rest.from, narrowest) / 2;
  const middle = (rest.from + rest.to) / 2;
  return { from: middle - half, to: middle + half, density: rest.density / (2 * half) };
}

/** Cells of equal width; a point's probability goes to the two nearest in proportion, the nearer the more. */
function evenCells(points: readonly Point[], width: number): Step[] {
  const first = Math.floor(points[0].value / width);
  const last = Math.floor(points[points.length - 1].value / width) + 1;
  const held = new Float64Array(last - first + 1);
  for (const { value, probability } of points) {
    const cell = Math.floor(value / width);
    const share = value / width - cell;
    held[cell - first] += probability * (1 - share);
    held[cell - first + 1] += probability * share;
  }
  return Array.from(held, (probability, c) => {
    const middle = (first + c) * width;
    return { from: middle - width / 2, to: middle + width / 2, density: probability / width };
  });
}
