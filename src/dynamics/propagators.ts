/** Which propagator a space asks for, and what it will cost. */

import { components } from "../fock/components.ts";
import type { SparseMatrix } from "../fock/sparse.ts";
import { krylovWindows, type Propagator, spectral } from "./evolve.ts";

export interface PropagatorChoice {
  readonly propagator: Propagator;
  /** Expected seconds for one sector. */
  readonly seconds: number;
  /** Expected memory in bytes for vectors and eigenvectors, beyond the matrix. */
  readonly bytes: number;
  /** How it is propagated and, where that is not plain, why; for the report. */
  readonly why?: string;
}

/** What a propagator's cost depends on. */
export interface SpaceShape {
  /** N. */
  readonly system: number;
  /** Joint states. */
  readonly rows: number;
  /** Entries of the matrix. */
  readonly entries: number;
  /** Σ n² and Σ n³ over the invariant subspaces. */
  readonly squares: number;
  readonly cubes: number;
  readonly real: boolean;
  /** About half the width of the spectrum that the start explores. */
  readonly radius: number;
}

/** Seconds for an elementary step, measured on one core of a 2020s machine; only their ratios choose. */
export const secondsPerFlop = 0.8e-9;
export const secondsPerEntry = 2.3e-9;

/** Seconds for each n³ of a real eigensystem. */
export const secondsPerCube = 1e-9;

/** What each application of H takes beyond its entries: steps of the chain, kets at the times, the leak. */
const secondsPerStep = 8e-6;

/** Applications for each 1/radius of time, as windows take them, and those that every ket takes. */
const applicationsPerRadius = 2.2;
const fewestApplications = 32;

/** Vectors of a window, for the memory that they take. */
const krylovDimension = 48;

export function shapeOf(
  matrix: SparseMatrix,
  system: number,
  subspaces: readonly Int32Array[] = components(matrix),
): SpaceShape {
  let cubes = 0;
  let squares = 0;
  for (const { length } of subspaces) {
    cubes += length ** 3;
    squares += length ** 2;
  }
  let sum = 0;
  for (let e = 0; e < matrix.re.length; e++) sum += matrix.re[e] ** 2 + matrix.im[e] ** 2;
  return {
    system,
    rows: matrix.rows,
    entries: matrix.re.length,
    squares,
    cubes,
    real: matrix.im.every((x) => x === 0),
    radius: 2 * Math.sqrt(sum / Math.max(1, matrix.rows)),
  };
}

/** The cheaper of full diagonalisation and Krylov windows, for kets propagated to the given times. */
export function choosePropagator(
  shape: SpaceShape,
  kets: number,
  times: readonly number[],
  tolerance: number,
): PropagatorChoice {
  const { rows, entries, squares, cubes, radius } = shape;
  const farthest = times.reduce((largest, t) => Math.max(largest, Math.abs(t)), 0);
  const arithmetic = shape.real ? 1 : 3;
  const dense = secondsPerCube * arithmetic * cubes + secondsToReduce(shape, kets, times.length);
  const applications = kets * (fewestApplications + applicationsPerRadius * farthest * radius);
  const windows = applications * (secondsPerEntry * entries + secondsPerStep);
  if (dense <= windows) {
    return { propagator: spectral(), seconds: dense, bytes: 16 * arithmetic * squares + 1024 * rows };
  }
  return {
    propagator: krylovWindows({ tolerance }),
    seconds: windows,
    bytes: 16 * (krylovDimension + 4) * rows,
  };
}

/** From eigenvectors to ρ_S(t): ket by ket, or by pairs of eigenvectors, whose number does not grow with kets and times. */
function secondsToReduce({ system, rows, squares, real }: SpaceShape, kets: number, times: number): number {
  const byKets = kets * times * (squares * (real ? 0.7 : 2.8) + rows * system * 4);
  const term = times < 24 ? 8 * times : 60;
  const byPairs = 1.5 * squares * system ** 2 * ((rows / system) * (real ? 1 : 4) + term);
  return secondsPerFlop * Math.min(byKets, byPairs);
}
