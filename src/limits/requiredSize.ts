/** M*(ε, t): how large the reservoir must be for the limit to be within ε. */

import type { PowerLaw } from "./convergence.ts";
import { convergence } from "./convergence.ts";

/**
 * Where the power law reaches ε: M = (coefficient/ε)^{−1/exponent}, at least 1; Infinity if the error does not fall.
 */
export function predictedSize(epsilon: number, law: PowerLaw): number {
  if (!(law.exponent < 0)) return Number.POSITIVE_INFINITY;
  return Math.max(1, Math.ceil((law.coefficient / epsilon) ** (-1 / law.exponent) * (1 - 1e-12)));
}

export interface Measurement {
  readonly size: number;
  readonly distance: number;
}

export interface RequiredSize {
  /**
   * The least M found with distance ≤ ε such that all larger ones measured are within ε too; null if none was reached.
   */
  readonly size: number | null;
  /** The largest M measured with distance > ε: M* lies above it. 0 if there is none. */
  readonly above: number;
  /** Everything measured, M ascending. */
  readonly measurements: readonly Measurement[];
  readonly law: PowerLaw | null;
}

export interface RequiredSizeOptions {
  /** Stop when M* is known to this relative accuracy; default 0.02. */
  readonly accuracy?: number;
  /** Give up above this size; default 10^12. */
  readonly largest?: number;
  /** Distances known already; they are not computed again. */
  readonly measured?: readonly Measurement[];
}

/** Measured first where nothing is known: cheap, and the distance need not fall from the very first site on. */
const firstSizes = [1, 4, 16, 64];

/**
 * Finds M* by measuring: a power law through the distances so far says where ε should be reached, a measurement there
 * verifies it, and the bracket is closed by the same law, or by halving its logarithm where the law does not help. The
 * distance is taken to fall with M beyond the largest M at which it was measured to exceed ε. Throws RangeError if ε
 * is not positive.
 */
export async function requiredSize(
  epsilon: number,
  distanceAt: (size: number) => number | Promise<number>,
  { accuracy = 0.02, largest = 1e12, measured = [] }: RequiredSizeOptions = {},
): Promise<RequiredSize> {
  if (!(epsilon > 0)) throw new RangeError(`the distance wanted must be positive, but is ${epsilon}.`);
  const distances = new Map(measured.map(({ size, distance }) => [size, distance]));
  const measure = async (size: number) => {
    if (!distances.has(size)) distances.set(size, await distanceAt(size));
  };
  if (distances.size === 0) for (const size of firstSizes) await measure(size);
  for (;;) {
    const { above, within } = bracket(distances, epsilon);
    if (within !== null && within - above <= Math.max(1, accuracy * within)) break;
    if (within === null && above >= largest) break;
    await measure(next(distances, epsilon, above, within, largest, accuracy));
  }
  const { above, within } = bracket(distances, epsilon);
  const measurements = ascending(distances);
  return { size: within, above, measurements, law: powerLaw(measurements) };
}

function ascending(distances: ReadonlyMap<number, number>): Measurement[] {
  return [...distances].map(([size, distance]) => ({ size, distance })).sort((a, b) => a.size - b.size);
}

function powerLaw(measurements: readonly Measurement[]): PowerLaw | null {
  return convergence(
    measurements.map(({ size }) => size),
    measurements.map(({ distance }) => distance),
  );
}

/** The largest M with distance > ε, and the smallest above it, which is within ε. */
function bracket(distances: ReadonlyMap<number, number>, epsilon: number): { above: number; within: number | null } {
  const measurements = ascending(distances);
  const above = measurements.findLast(({ distance }) => !(distance <= epsilon))?.size ?? 0;
  const within = measurements.find(({ size }) => size > above)?.size ?? null;
  return { above, within };
}

/** An M strictly inside the bracket. */
function next(
  distances: ReadonlyMap<number, number>,
  epsilon: number,
  above: number,
  within: number | null,
  largest: number,
  accuracy: number,
): number {
  if (within === null) {
    const law = powerLaw(ascending(distances));
    const predicted = law === null ? Number.NaN : predictedSize(epsilon, law);
    const wanted = Number.isFinite(predicted) ? Math.max(1.1 * above, predicted) : 4 * above;
    // A law from small M predicts little: never more than a hundredfold at once.
    return Math.min(largest, Math.ceil(Math.min(100 * above, wanted)) + 1);
  }
  if (above === 0) return 1;
  const last = distances.get(within) ?? 0;
  const first = distances.get(above) ?? 0;
  const half = Math.sqrt(above * within);
  // Where the line in the logarithms through both ends crosses ε. Measuring a little to either side of it in turn closes
  // the bracket in two steps once the crossing is known.
  const slope = Math.log(last / first) / Math.log(within / above);
  const crossing = above * Math.exp(Math.log(epsilon / first) / slope);
  if (!(crossing > above && crossing < within)) return inside(half, above, within);
  const margin = Math.max(1, 0.4 * accuracy * crossing);
  return inside(within > crossing + 2 * margin ? crossing + margin : crossing - margin, above, within);
}

/** The integer next to `guess` that is inside the bracket and not too near an end for the bracket to shrink. */
function inside(guess: number, above: number, within: number): number {
  const [low, high] = [above * (within / above) ** 0.05, above * (within / above) ** 0.95];
  const kept = Math.round(Math.min(high, Math.max(low, guess)));
  return Math.min(within - 1, Math.max(above + 1, kept));
}
