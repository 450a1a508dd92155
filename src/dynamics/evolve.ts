/** ρ_S(t) of one sector: kets of S and bosons, propagated and traced over the bosons. */

import { type MatrixSeries, seriesAt } from "../algebra/series.ts";
import { assemble, assembleLeak, refill } from "../fock/assemble.ts";
import type { Basis } from "../fock/basis.ts";
import { components, inRealGauge, realGauge } from "../fock/components.ts";
import type { BosonHamiltonian, Pattern } from "../fock/hamiltonian.ts";
import type { ComplexVector, SparseMatrix } from "../fock/sparse.ts";
import { DensitySum } from "./densitySum.ts";
import { Populations } from "./filling.ts";
import { krylov } from "./krylov.ts";
import type { EvolutionInfo, Problem, Wanted } from "./problem.ts";
import { Reduction } from "./reduction.ts";
import { denseKet, type SparseKet } from "./sparseKet.ts";
import { evolveSpectral } from "./spectralEvolution.ts";

/** A state of S, with the bosons in a Fock state. */
export interface Ket {
  /** Its share of the mixed start. */
  readonly weight: number;
  /** N amplitudes. */
  readonly levels: ComplexVector;
  /** One number for each mode. */
  readonly occupations: readonly number[];
}

export type Propagator =
  | { readonly kind: "spectral" }
  | { readonly kind: "krylov"; readonly dimension: number; readonly tolerance: number };

/** Exact diagonalisation of each invariant subspace: for small spaces and many or late times. */
export function spectral(): Propagator {
  return { kind: "spectral" };
}

/** Lanczos windows with `dimension` vectors, with an error of the kets of at most `tolerance`, in norm. */
export function krylovWindows(options: { readonly dimension: number; readonly tolerance: number }): Propagator {
  return { kind: "krylov", ...options };
}

/** A truncated space that several sectors share; only the numbers in `matrix` differ between them. */
export interface Space {
  readonly basis: Basis;
  readonly pattern: Pattern;
  matrix: SparseMatrix | null;
  /** The invariant subspaces that show in the matrix's pattern, once they are known. */
  subspaces?: readonly Int32Array[];
}

export interface Evolution {
  /** Found when first asked for, where that saves work. */
  readonly rho: MatrixSeries;
  /** ρ_S at the times in some places of the list only: cheap, where all would not be. */
  sample(places: readonly number[]): MatrixSeries;
  /** Adds `weight` times ρ_S(t). */
  addTo(sum: DensitySum, weight: number): void;
  readonly info: EvolutionInfo;
}

/** H of a sector in a space it shares with others, kets in it: real where phases allow that. */
export function problemOf(
  space: Space,
  h: BosonHamiltonian,
  kets: readonly Ket[],
  times: readonly number[],
  bound: boolean,
): Problem {
  const { basis, pattern } = space;
  const matrix = space.matrix ?? assemble(basis, pattern, h);
  if (space.matrix === null) space.matrix = matrix;
  else refill(matrix, basis, pattern, h);
  const leak = bound && !basis.complete ? assembleLeak(basis, pattern, h) : null;
  const gauge = realGauge(matrix);
  return {
    basis,
    matrix: gauge === null ? matrix : inRealGauge(matrix, gauge),
    leak: gauge === null || leak === null ? leak : withColumnPhases(leak, gauge),
    gauge,
    subspaces: subspacesOf(space, matrix),
    kets: kets.map((ket) => jointKet(basis, ket, gauge)),
    weights: kets.map((ket) => ket.weight),
    times,
  };
}

/**
 * Propagates all kets of a sector to all times, which may come in any order and sign. What is not wanted of the
 * information stays 0.
 */
export function evolve(
  space: Space,
  h: BosonHamiltonian,
  kets: readonly Ket[],
  times: readonly number[],
  propagator: Propagator,
  wanted: Wanted = { bound: true },
): Evolution {
  const { basis } = space;
  const problem = problemOf(space, h, kets, times, wanted.bound === true);
  const { gauge } = problem;
  const info: EvolutionInfo = {
    applications: 0,
    propagation: 0,
    leaked: 0,
    filling: () => new Populations(basis, 0).filling(),
  };
  if (propagator.kind === "krylov") {
    const reduction = new Reduction(basis, times.length, gauge);
    evolveKrylov(problem, propagator, reduction, info, wanted);
    const rho = reduction.series(times);
    return { rho, info, sample: (places) => seriesAt(rho, places), addTo: (sum, weight) => sum.addSeries(rho, weight) };
  }
  const { addTo, sample } = evolveSpectral(problem, info, wanted);
  let rho: MatrixSeries | null = null;
  return {
    get rho() {
      if (rho !== null) return rho;
      const alone = new DensitySum(times, basis.system);
      addTo(alone, 1);
      rho = alone.finish();
      return rho;
    },
    info,
    sample,
    addTo,
  };
}

/** Times of one sign, moving away from 0, and their places in the user's list. */
export interface Way {
  readonly times: readonly number[];
  readonly places: readonly number[];
}

export function splitByDirection(times: readonly number[]): Way[] {
  const places = times.map((_, i) => i).sort((i, j) => Math.abs(times[i]) - Math.abs(times[j]));
  const ways = [places.filter((i) => times[i] >= 0), places.filter((i) => times[i] < 0)];
  return ways.filter((way) => way.length > 0).map((way) => ({ times: way.map((i) => times[i]), places: way }));
}

function evolveKrylov(
  problem: Problem,
  options: { readonly dimension: number; readonly tolerance: number },
  reduction: Reduction,
  info: EvolutionInfo,
  { lookAt = [] }: Wanted,
): void {
  const { matrix, leak, kets, weights } = problem;
  const populations = new Populations(problem.basis, lookAt.length);
  const lookOf = new Map(lookAt.map((place, t) => [place, t]));
  const ways = splitByDirection(problem.times);
  kets.forEach((ket, k) => {
    let leaked = 0;
    let propagation = 0;
    for (const { times, places } of ways) {
      const done = krylov(matrix, leak, denseKet(ket, matrix.rows), times, options, (index, state) => {
        reduction.add(state.re, state.im, weights[k], [places[index]]);
        const look = lookOf.get(places[index]);
        if (look !== undefined) populations.addAt(look, state.re, state.im, weights[k]);
      });
      info.applications += done.applications;
      leaked = Math.max(leaked, done.leaked);
      propagation = Math.max(propagation, done.propagation);
    }
    info.leaked += weights[k] * leaked;
    info.propagation += weights[k] * propagation;
  });
  info.filling = () => populations.filling();
}

/** The connected components of the matrix, found once for all sectors of the space. */
export function subspacesOf(space: Space, matrix: SparseMatrix): readonly Int32Array[] {
  space.subspaces ??= components(matrix);
  return space.subspaces;
}

/** The ket in the joint basis, in the gauge. */
function jointKet(basis: Basis, ket: Ket, gauge: ComplexVector | null): SparseKet {
  const states: number[] = [];
  const re: number[] = [];
  const im: number[] = [];
  const f = fockIndex(basis, ket.occupations);
  for (let s = 0; s < basis.system; s++) {
    const i = basis.indexOf[f * basis.system + s];
    if (i < 0 || (ket.levels.re[s] === 0 && ket.levels.im[s] === 0)) continue;
    const cos = gauge === null ? 1 : gauge.re[i];
    const sin = gauge === null ? 0 : gauge.im[i];
    states.push(i);
    re.push(ket.levels.re[s] * cos + ket.levels.im[s] * sin);
    im.push(ket.levels.im[s] * cos - ket.levels.re[s] * sin);
  }
  return { states, re, im };
}

function fockIndex(basis: Basis, occupations: readonly number[]): number {
  const { modes } = basis;
  for (let f = 0; f < basis.fockCount; f++) {
    let k = 0;
    while (k < modes && basis.occupations[f * modes + k] === occupations[k]) k++;
    if (k === modes) return f;
  }
  throw new RangeError("the initial Fock state is not in the basis");
}

function withColumnPhases(a: SparseMatrix, phase: ComplexVector): SparseMatrix {
  const re = new Float64Array(a.re.length);
  const im = new Float64Array(a.re.length);
  for (let e = 0; e < a.re.length; e++) {
    const j = a.column[e];
    re[e] = a.re[e] * phase.re[j] - a.im[e] * phase.im[j];
    im[e] = a.re[e] * phase.im[j] + a.im[e] * phase.re[j];
  }
  return { ...a, re, im };
}
