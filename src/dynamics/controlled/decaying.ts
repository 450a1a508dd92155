/** ρ_S(t) of a sector in which S decays by itself: the joint density matrix, by Taylor windows. */

import type { Complex } from "../../algebra/matrix.ts";
import { type MatrixSeries, zeroSeries } from "../../algebra/series.ts";
import { farthestOf } from "../../algebra/timeParts.ts";
import type { Basis } from "../../fock/basis.ts";
import type { ComplexVector } from "../../fock/sparse.ts";
import type { Protocol } from "../../model/types.ts";
import { ImpossibleRunError } from "../errors.ts";
import { Populations } from "../sector/filling.ts";
import { type EvolutionInfo, type Problem, proveAt, type Wanted } from "../sector/problem.ts";
import type { SparseKet } from "../sector/sparseKet.ts";
import type { Propagator } from "../stage/propagator.ts";
import { densityFlux } from "./densityFlux.ts";
import { conjugated, densityGenerator } from "./densityGenerator.ts";
import { type DensityErrors, DensityProof } from "./densityProof.ts";
import { breaksOf } from "./driven.ts";
import type { KetErrors } from "./jointKets.ts";
import { type Piece, type Way, waysThrough } from "./schedule.ts";
import { systemOperator } from "./systemOperator.ts";
import { taylorWindows, type Window } from "./taylorWindows.ts";

/** Vectors of D² numbers that are held at once. */
export const heldDensities = 40;

/** What wants to see joint density matrices on the way: Σ_k c_k x^k, D × D, row after row. */
export interface DensityOnlooker {
  /** At a time asked for. */
  readonly show: (coefficients: readonly ComplexVector[], x: number, place: number) => void;
  /** What the way up to such a time is proved to cost entries of ρ_S, before it is shown. */
  readonly error?: (place: number, error: DensityErrors) => void;
  /** Before it sets out on a piece. */
  readonly begin?: (joint: ComplexVector, piece: Piece) => void;
  /** A window, before what is asked for of it is shown, and what the way up to it is proved to cost. */
  readonly window?: (window: Window, sofar: DensityErrors) => void;
  /** Before and after the pulse at the end of a piece, and what the way up to it is proved to cost. */
  readonly pulse?: (before: ComplexVector, after: ComplexVector, piece: Piece, sofar: DensityErrors) => void;
}

/** Takes a joint density matrix along a way; gives it at the end, and what the way is proved to cost its entries. */
export type DensityWay = (
  way: Way,
  start: ComplexVector,
  onlooker: DensityOnlooker,
) => { readonly end: ComplexVector } & KetErrors;

/** `rate`: the error allowed for each unit of time, in entries of ρ_S. The problem is in no gauge. */
export function densityWay({ basis, matrix, leak }: Problem, protocol: Protocol, rate: number): DensityWay {
  const { dimension: d } = basis;
  const generator = densityGenerator(basis, matrix, protocol);
  const pulses = new Map(protocol.pulses.map(({ unitary }) => [unitary, systemOperator(basis, unitary)]));
  const flux = leak === null ? null : densityFlux(leak, d);
  return (way, start, { show, error, begin, window: onWindow, pulse }) => {
    let joint = start;
    let leaked = 0;
    let purified = 0;
    const taylor = { applications: 0, error: 0 };
    for (const piece of way) {
      const { from, to, times: asked, places, unitary } = piece;
      begin?.(joint, piece);
      let next = 0;
      const reach = (coefficients: readonly ComplexVector[], x: number) => {
        error?.(places[next], { leaked, purified, propagation: taylor.error });
        show(coefficients, x, places[next++]);
      };
      while (next < places.length && asked[next] <= from) reach([joint], 0);
      joint = taylorWindows(generator, joint, from, to, rate, taylor, (window) => {
        onWindow?.(window, { leaked, purified, propagation: taylor.error });
        if (flux !== null) {
          const found = flux(window, taylor.error);
          leaked += found.leaked;
          purified += found.purified;
        }
        const end = window.from + window.end * window.unit;
        const last = Math.abs(end - to) <= 1e-12 * Math.abs(window.unit);
        while (next < places.length && (last || asked[next] <= end)) {
          reach(window.coefficients, (asked[next] - window.from) / window.unit);
        }
        return undefined;
      });
      if (unitary === null) continue;
      const before = joint;
      joint = conjugated(pulses.get(unitary) ?? systemOperator(basis, unitary), joint, d);
      pulse?.(before, joint, piece, { leaked, purified, propagation: taylor.error });
    }
    return { end: joint, leaked, propagation: taylor.error, applications: taylor.applications };
  };
}

/** The propagator, if it is that of joint density matrices. Throws ImpossibleRunError for trajectories. */
export function requireDensity(propagator: Propagator, what: string): Extract<Propagator, { kind: "density" }> {
  if (propagator.kind === "density") return propagator;
  throw new ImpossibleRunError(
    `${what} of an S that decays need the joint density matrix of S and its oscillators, and quantum trajectories do not ` +
      "have it. Allow more memory, ask for a larger tolerance or shorter times, or take `always` out of `trajectories`.",
  );
}

/** `tolerance`: for each entry of ρ_S over the longest way. The problem is in no gauge. */
export function evolveDecaying(
  problem: Problem,
  protocol: Protocol,
  tolerance: number,
  info: EvolutionInfo,
  { bound = false, lookAt = [] }: Wanted,
): MatrixSeries {
  const { basis, kets, weights, times } = problem;
  const rho = zeroSeries(times, basis.system);
  const populations = new Populations(basis, lookAt.length);
  const lookOf = new Map(lookAt.map((place, t) => [place, t]));
  const along = densityWay(problem, protocol, tolerance / farthestOf(times));
  const start = mixture(basis.dimension, kets, weights);
  const boundAt = new Float64Array(times.length);
  const layers = bound ? problem.layers() : null;
  for (const way of waysThrough(protocol, times, breaksOf(protocol))) {
    const proof = layers === null ? null : new DensityProof(layers, basis, start);
    let sofar: DensityErrors = { leaked: 0, purified: 0, propagation: 0 };
    const { leaked, propagation, applications } = along(way, start, {
      window: ({ from }, error) => proof?.advance(from, error),
      error: (_, error) => {
        sofar = error;
      },
      show: (coefficients, x, place) => {
        addReduced(rho, basis, coefficients, x, place, { re: 1, im: 0 });
        const filled = populationsAt(coefficients, x, basis.dimension);
        const look = lookOf.get(place);
        if (look !== undefined) populations.addPopulations(look, filled);
        boundAt[place] = proof?.at(times[place], filled, sofar) ?? sofar.leaked + sofar.propagation;
      },
    });
    info.applications += applications;
    info.leaked = Math.max(info.leaked, leaked);
    info.propagation = Math.max(info.propagation, propagation);
  }
  if (bound) proveAt(info, boundAt);
  info.filling = () => populations.filling();
  return rho;
}

/** Σ weight |φ⟩⟨φ|, d × d. */
export function mixture(d: number, kets: readonly SparseKet[], weights: readonly number[]): ComplexVector {
  const rho = { re: new Float64Array(d * d), im: new Float64Array(d * d) };
  kets.forEach(({ states, re, im }, k) => {
    states.forEach((i, a) => {
      states.forEach((j, b) => {
        rho.re[i * d + j] += weights[k] * (re[a] * re[b] + im[a] * im[b]);
        rho.im[i * d + j] += weights[k] * (im[a] * re[b] - re[a] * im[b]);
      });
    });
  });
  return rho;
}

/** rho += factor · tr_bosons Σ_k c_k x^k at a place. */
export function addReduced(
  rho: MatrixSeries,
  { dimension: d, system: n, fockCount, indexOf }: Basis,
  coefficients: readonly ComplexVector[],
  x: number,
  place: number,
  factor: Complex,
): void {
  let power = 1;
  for (const { re, im } of coefficients) {
    const [fr, fi] = [power * factor.re, power * factor.im];
    for (let f = 0; f < fockCount; f++) {
      for (let s = 0; s < n; s++) {
        const i = indexOf[f * n + s];
        if (i < 0) continue;
        for (let s2 = 0; s2 < n; s2++) {
          const j = indexOf[f * n + s2];
          if (j < 0) continue;
          const to = (place * n + s) * n + s2;
          // What is Hermitian has a real diagonal, but for rounding.
          const imaginary = s === s2 ? 0 : im[i * d + j];
          rho.re[to] += fr * re[i * d + j] - fi * imaginary;
          rho.im[to] += fr * imaginary + fi * re[i * d + j];
        }
      }
    }
    power *= x;
  }
}

/** Adds the populations of Σ_k c_k x^k at the look-th time, if there is one. */
export function addFilling(
  populations: Populations,
  look: number | undefined,
  { dimension }: Basis,
  coefficients: readonly ComplexVector[],
  x: number,
): void {
  if (look !== undefined) populations.addPopulations(look, populationsAt(coefficients, x, dimension));
}

/** The diagonal of Σ_k c_k x^k. */
function populationsAt(coefficients: readonly ComplexVector[], x: number, d: number): Float64Array {
  const diagonal = new Float64Array(d);
  let power = 1;
  for (const { re } of coefficients) {
    for (let i = 0; i < d; i++) diagonal[i] += power * re[i * d + i];
    power *= x;
  }
  return diagonal;
}
