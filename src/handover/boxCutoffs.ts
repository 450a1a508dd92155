/** How many Fock states of each oscillator another solver has to keep. */

import type { Matrix } from "../algebra/matrix.ts";
import { addSeries, type MatrixSeries, maxDifference, zeroSeries } from "../algebra/series.ts";
import { type BoxMode, type BoxStart, boxDimension, evolveBox, withField } from "./box.ts";
import type { FieldPoint } from "./fieldNodes.ts";
import { type OnHandoverProgress, RefusedHandoverError } from "./handover.ts";

export interface BoxProblem {
  readonly hamiltonian: Matrix;
  readonly modes: readonly BoxMode[];
  readonly field: readonly Matrix[];
  readonly points: readonly FieldPoint[];
  /** The mixture at t = 0, given how many Fock states each mode has. */
  readonly starts: (levels: readonly number[]) => readonly BoxStart[];
  /** At least so many Fock states of each mode. */
  readonly fewest: readonly number[];
  /** ρ_S(t) that is to come out. */
  readonly reference: MatrixSeries;
  /** On every entry. */
  readonly tolerance: number;
  /** Joint states of S and the modes that are allowed. */
  readonly mostStates: number;
  readonly onProgress?: OnHandoverProgress | undefined;
}

export interface BoxChoice {
  readonly levels: readonly number[];
  /** Largest entry by which ρ_S(t) in the box differs from the reference. */
  readonly deviation: number;
}

/**
 * Raises the number of Fock states of those modes whose highest states are not empty, until ρ_S(t) in the box is within a
 * third of the tolerance of the reference. Throws RefusedHandoverError if the box becomes larger than allowed.
 */
export function chooseBox(problem: BoxProblem): BoxChoice {
  const { reference, tolerance, modes } = problem;
  let levels: readonly number[] = problem.fewest;
  let negligible = 0.03 * tolerance;
  let closest = Number.POSITIVE_INFINITY;
  for (;;) {
    levels = settle(problem, levels, negligible);
    const deviation = maxDifference(averaged(problem, levels), reference);
    if (deviation <= tolerance / 3 || (modes.length === 0 && deviation <= tolerance)) return { levels, deviation };
    closest = Math.min(closest, deviation);
    if (negligible < 1e-15) {
      throw new RefusedHandoverError(
        `however many Fock states are kept, ρ_S(t) stays ${closest.toExponential(1)} from what bosonize computed, more ` +
          `than the tolerance ${tolerance.toExponential(1)} allows. Give a larger --tolerance.`,
      );
    }
    negligible /= 10;
  }
}

/** The box in which the two highest states of every mode stay less probable than `negligible`, at a few field points. */
function settle(problem: BoxProblem, from: readonly number[], negligible: number): readonly number[] {
  const { hamiltonian, modes, field, starts, reference } = problem;
  // The middle of the Gaussian, and a point off it, where what cancels in the middle does not.
  const points = field.length === 0 ? [[]] : [field.map(() => 0), field.map((_, r) => (r % 2 === 0 ? 1.3 : -0.9))];
  let levels = from;
  for (;;) {
    requireRoom(problem, levels);
    const edges = levels.map(() => 0);
    const list = starts(levels);
    const tell = telling(problem, `how full ${boxText(levels)} become`, points.length * list.length);
    for (const point of points) {
      const system = withField(hamiltonian, field, point);
      const found = evolveBox(system, modes, levels, list, reference.times, tell).edges;
      found.forEach((edge, k) => {
        edges[k] = Math.max(edges[k], edge);
      });
    }
    const crowded = edges.map((edge) => edge > negligible);
    if (!crowded.includes(true)) return levels;
    levels = levels.map((count, k) => (crowded[k] ? count + Math.max(2, Math.ceil(0.2 * count)) : count));
  }
}

/** Share of the tolerance for starts at points of the field that are left out, as they hardly ever occur together. */
const rare = 0.01;

/** ρ_S(t) in the box, averaged over the field. */
function averaged(problem: BoxProblem, levels: readonly number[]): MatrixSeries {
  const { hamiltonian, modes, field, points, starts, reference, tolerance } = problem;
  const sum = zeroSeries(reference.times, reference.dimension);
  const list = starts(levels);
  const least = leastOf(
    points.flatMap((point) => list.map((start) => point.weight * start.weight)),
    rare * tolerance,
  );
  const some = points.map((point) => list.filter((start) => point.weight * start.weight >= least));
  const count = some.reduce((total, { length }) => total + length, 0);
  const tell = telling(problem, `ρ_S(t) with ${boxText(levels)}`, count);
  points.forEach(({ weight, values }, p) => {
    const system = withField(hamiltonian, field, values);
    addSeries(sum, evolveBox(system, modes, levels, some[p], reference.times, tell).rho, weight);
  });
  return sum;
}

/** The weight from which on they are kept, so that those that are not make up no more than `share` together. */
function leastOf(weights: readonly number[], share: number): number {
  let left = share;
  for (const weight of [...weights].sort((a, b) => a - b)) {
    left -= weight;
    if (left < 0) return weight;
  }
  return 0;
}

/** Counts what is done. */
function telling({ onProgress }: BoxProblem, doing: string, total: number): () => void {
  let done = 0;
  return () => onProgress?.({ doing, done: ++done, total });
}

/** Throws RefusedHandoverError where not even the smallest box has room. */
export function requireSmallest(problem: Pick<BoxProblem, "hamiltonian" | "mostStates" | "fewest">): void {
  requireRoom(problem, problem.fewest);
}

function requireRoom(
  { hamiltonian, mostStates }: Pick<BoxProblem, "hamiltonian" | "mostStates">,
  levels: readonly number[],
): void {
  const dimension = boxDimension(hamiltonian.rows, levels);
  if (dimension <= mostStates) return;
  throw new RefusedHandoverError(
    `with ${boxText(levels)} the oscillators and S have ${countText(dimension)} joint states and need more, but ` +
      `${mostStates} are allowed. bosonize keeps a number of quanta in all, other solvers a number for each oscillator. ` +
      "Allow more with --states, give earlier --times or a larger --tolerance, or hand F over with --to json.",
    { tooLarge: true },
  );
}

/** A long list of numbers says less than how many there are. */
function boxText(levels: readonly number[]): string {
  if (levels.length <= 8) return `${levels.join(" × ")} Fock states`;
  return `${Math.min(...levels)} and more Fock states for each of ${levels.length} modes`;
}

/** What is too large to be counted digit by digit is rounded. */
function countText(count: number): string {
  return count < 1e7 ? String(count) : count.toExponential(1).replace("e+", "e");
}
