/** Averages of sectors and what is proved of them, and their weighted sums. */

import { addSeries, type MatrixSeries, zeroSeries } from "../../algebra/series.ts";

/** The average of the sectors, and what is proved of it. */
export interface Summed {
  readonly rho: MatrixSeries;
  readonly leaked: number;
  /** Σ |weight| leaked²: what leaks has to come back to be seen. */
  readonly leakedSquares: number;
  readonly propagation: number;
  /** Sampling error of what is a mean over trajectories. */
  readonly sampling: number;
  /** Weight of the starts that were left out. */
  readonly omitted: number;
  /** At each of the times, a proved bound on what cutoff, propagator and omitted starts change in any entry. */
  readonly boundAt: Float64Array;
}

/** a·x + b·y, of the averages and of what is proved of them: errors add up whatever the sign of a weight. */
export function combined(x: Summed, a: number, y: Summed, b: number): Summed {
  return weightedSum([x, y], [a, b]);
}

/** Σ weights[k] · parts[k], in the same way. */
export function weightedSum(parts: readonly Summed[], weights: ArrayLike<number>): Summed {
  const [{ rho, boundAt }] = parts;
  const sum = { rho: zeroSeries(rho.times, rho.dimension), boundAt: new Float64Array(boundAt.length) };
  const flat = { leaked: 0, leakedSquares: 0, propagation: 0, sampling: 0, omitted: 0 };
  parts.forEach((part, k) => {
    const size = Math.abs(weights[k]);
    addSeries(sum.rho, part.rho, weights[k]);
    for (let t = 0; t < boundAt.length; t++) sum.boundAt[t] += size * part.boundAt[t];
    flat.leaked += size * part.leaked;
    flat.leakedSquares += size * part.leakedSquares;
    flat.propagation += size * part.propagation;
    flat.sampling += size * part.sampling;
    flat.omitted += size * part.omitted;
  });
  return { ...sum, ...flat };
}
