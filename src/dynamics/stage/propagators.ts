/** Which propagator a space asks for, and what it will cost. */

import type { Matrix } from "../../algebra/matrix.ts";
import { farthestOf } from "../../algebra/timeParts.ts";
import { ladderAmplitudes } from "../../fock/assemble.ts";
import type { Basis } from "../../fock/basis.ts";
import { components } from "../../fock/components.ts";
import type { BosonHamiltonian } from "../../fock/hamiltonian.ts";
import { isProductOperator } from "../../fock/productOperator.ts";
import type { SparseMatrix } from "../../fock/sparse.ts";
import { krylovBytes } from "../krylov/krylovCost.ts";
import { operatorBytes } from "../krylov/krylovProblem.ts";
import { secondsByKets, secondsByPairs } from "../spectral/reductionCost.ts";
import { krylovWindows, type Propagator, spectral } from "./propagator.ts";

export interface PropagatorChoice {
  readonly propagator: Propagator;
  /** Expected seconds for one sector. */
  readonly seconds: number;
  /** Seconds beside these, where they are known apart: most of what small sectors take. */
  readonly beside?: number;
  /** Trajectories, or kets in Krylov windows, that these are for: what a sector may be cut into. */
  readonly evolutions?: number;
  /** What a glance stands for, where it is made by a few trajectories. */
  readonly insteadOf?: "density";
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
  /** Bytes that H takes. */
  readonly stored: number;
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
export const fewestApplications = 32;

/** Column, and both parts of the number. */
const bytesPerEntry = 20;

/**
 * What a sector takes beside its arithmetic, measured over random models with 10 to 150 states: to make its matrix, to look at it, to
 * prove what it leaks. It is most of what small sectors take, and serves to say how long they take, not to choose.
 */
const besideWindows = 5e-4;
function besideEigenvectors(rows: number): number {
  return 1.5e-4 + 7e-6 * rows;
}

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
    stored: bytesPerEntry * matrix.re.length,
  };
}

/** The shape of a space with `growth` times as many states and a cutoff that is so many times as high. */
export function scaledShape(shape: SpaceShape, growth: number, higher: number): SpaceShape {
  return {
    ...shape,
    rows: shape.rows * growth,
    entries: shape.entries * growth,
    squares: shape.squares * growth ** 2,
    cubes: shape.cubes * growth ** 3,
    radius: shape.radius * Math.sqrt(higher),
    stored: shape.stored * growth,
  };
}

/** Smaller spaces are mostly diagonalised: their matrix is needed anyway. */
const fewestUnseen = 100;

/**
 * The same without the matrix, or null where only the matrix tells: H is a sum of real products, and H_S leads from every
 * level to every other, so that a space this large is one piece.
 */
export function shapeWithoutMatrix(basis: Basis, h: BosonHamiltonian): SpaceShape | null {
  if (basis.dimension < fewestUnseen || !isProductOperator(basis, h) || !joinsAll(h.system)) return null;
  const { fockCount, modes, occupations, raised, system } = basis;
  // What does not change the Fock state is one operator on S there: its parts do not add up by their squares.
  const staying = h.hoppings.filter(({ to, from }) => to === from);
  let squares = 0;
  let entries = sizes(h.system).entries * fockCount;
  const here = new Float64Array(system * system);
  for (let f = 0; f < fockCount; f++) {
    here.set(h.system.re);
    let energy = 0;
    for (let k = 0; k < modes; k++) energy += h.modes[k].frequency * occupations[f * modes + k];
    for (let s = 0; s < system; s++) here[s * (system + 1)] += energy;
    for (const { to, operator } of staying) {
      for (let e = 0; e < here.length; e++) here[e] += occupations[f * modes + to] * operator.re[e];
    }
    for (let e = 0; e < here.length; e++) squares += here[e] ** 2;
  }
  const amplitudes = ladderAmplitudes(basis, h);
  for (const { mode, coupling } of h.ladders) {
    const own = sizes(coupling);
    for (let at = mode; at < raised.length; at += modes) {
      if (raised[at] < 0) continue;
      squares += 2 * own.squares * amplitudes[at] ** 2;
      entries += 2 * own.entries;
    }
  }
  h.hoppings.forEach(({ to, from, operator }, t) => {
    if (to === from) return;
    const own = sizes(operator);
    for (let f = 0; f < fockCount; f++) {
      if (basis.hopped[t][f] < 0) continue;
      squares += 2 * own.squares * occupations[f * modes + from] * (occupations[f * modes + to] + 1);
      entries += 2 * own.entries;
    }
  });
  const rows = basis.dimension;
  const radius = 2 * Math.sqrt(squares / rows);
  const whole = { squares: rows ** 2, cubes: rows ** 3 };
  return { system, rows, entries, ...whole, real: true, radius, stored: operatorBytes(basis, h) };
}

function sizes({ re, im }: Matrix): { squares: number; entries: number } {
  let [squares, entries] = [0, 0];
  for (let e = 0; e < re.length; e++) {
    if (re[e] === 0 && im[e] === 0) continue;
    squares += re[e] ** 2 + im[e] ** 2;
    entries++;
  }
  return { squares, entries };
}

/** True if an operator on S leads, step by step, from every level to every other. */
function joinsAll({ rows, re, im }: Matrix): boolean {
  const joined = new Set([0]);
  for (const s of joined) {
    for (let to = 0; to < rows; to++) if (re[s * rows + to] !== 0 || im[s * rows + to] !== 0) joined.add(to);
  }
  return joined.size === rows;
}

/** The cheaper of full diagonalisation and Krylov windows, for kets propagated to the given times. */
export function choosePropagator(
  shape: SpaceShape,
  kets: number,
  times: readonly number[],
  tolerance: number,
): PropagatorChoice {
  const { rows, entries, squares, cubes, radius } = shape;
  const farthest = farthestOf(times);
  const arithmetic = shape.real ? 1 : 3;
  const reduce = [secondsByKets, secondsByPairs].map((seconds) => seconds(shape, kets, times.length));
  const dense = secondsPerCube * arithmetic * cubes + Math.min(...reduce);
  const applications = kets * (fewestApplications + applicationsPerRadius * farthest * radius);
  const windows = applications * (secondsPerEntry * entries + secondsPerStep);
  if (dense <= windows) {
    const bytes = 16 * arithmetic * squares + 1024 * rows + shape.stored;
    return { propagator: spectral(), seconds: dense, beside: besideEigenvectors(rows), bytes };
  }
  return {
    propagator: krylovWindows({ tolerance }),
    seconds: windows,
    beside: besideWindows,
    evolutions: kets,
    bytes: krylovBytes(rows) + shape.stored,
  };
}
