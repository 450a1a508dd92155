/** ρ_S(t) of a sector in which S decays by itself: the joint density matrix, by Taylor windows. */

import { type MatrixSeries, zeroSeries } from "../algebra/series.ts";
import type { Basis } from "../fock/basis.ts";
import type { ComplexVector, SparseMatrix } from "../fock/sparse.ts";
import type { Protocol } from "../model/types.ts";
import { conjugated, densityGenerator } from "./densityGenerator.ts";
import { breaksOf } from "./driven.ts";
import { Populations } from "./filling.ts";
import type { EvolutionInfo, Problem, Wanted } from "./problem.ts";
import { waysThrough } from "./schedule.ts";
import type { SparseKet } from "./sparseKet.ts";
import { systemOperator } from "./systemOperator.ts";
import { taylorWindows, type Window } from "./taylorWindows.ts";

/** Vectors of D² numbers that are held at once. */
export const heldDensities = 40;

/** `tolerance`: for each entry of ρ_S over the longest way. The problem is in no gauge. */
export function evolveDecaying(
  { basis, matrix, leak, kets, weights, times }: Problem,
  protocol: Protocol,
  tolerance: number,
  info: EvolutionInfo,
  { bound = false, lookAt = [] }: Wanted,
): MatrixSeries {
  const { dimension: d, system: n } = basis;
  const rho = zeroSeries(times, n);
  const populations = new Populations(basis, lookAt.length);
  const lookOf = new Map(lookAt.map((place, t) => [place, t]));
  const generator = densityGenerator(basis, matrix, protocol);
  const longest = times.reduce((largest, t) => Math.max(largest, Math.abs(t)), 0);
  const pulses = new Map(protocol.pulses.map(({ unitary }) => [unitary, systemOperator(basis, unitary)]));
  const start = mixture(d, kets, weights);
  const boundAt = new Float64Array(times.length);
  for (const way of waysThrough(protocol, times, breaksOf(protocol))) {
    let joint = start;
    let leaked = 0;
    const taylor = { applications: 0, error: 0 };
    const reach = (coefficients: readonly ComplexVector[], x: number, place: number) => {
      show(rho, populations, lookOf, basis, coefficients, x, place);
      boundAt[place] = leaked + taylor.error;
    };
    for (const { from, to, times: asked, places, unitary } of way) {
      let next = 0;
      while (next < places.length && asked[next] <= from) reach([joint], 0, places[next++]);
      joint = taylorWindows(generator, joint, from, to, tolerance / longest, taylor, (window) => {
        if (leak !== null) leaked += leakOfDensity(leak, window, d);
        const end = window.from + window.end * window.unit;
        const last = Math.abs(end - to) <= 1e-12 * Math.abs(window.unit);
        while (next < places.length && (last || asked[next] <= end)) {
          const x = (asked[next] - window.from) / window.unit;
          reach(window.coefficients, x, places[next++]);
        }
        return undefined;
      });
      if (unitary !== null) joint = conjugated(pulses.get(unitary) ?? systemOperator(basis, unitary), joint, d);
    }
    info.applications += taylor.applications;
    info.leaked = Math.max(info.leaked, leaked);
    info.propagation = Math.max(info.propagation, taylor.error);
  }
  if (bound) info.boundAt = boundAt;
  if (protocol.drives.length > 0) info.proved = false;
  info.filling = () => populations.filling();
  return rho;
}

function mixture(d: number, kets: readonly SparseKet[], weights: readonly number[]): ComplexVector {
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

/** Traces Σ_k c_k x^k over the bosons, and looks at its populations. */
function show(
  rho: MatrixSeries,
  populations: Populations,
  lookOf: ReadonlyMap<number, number>,
  basis: Basis,
  coefficients: readonly ComplexVector[],
  x: number,
  place: number,
): void {
  const { dimension: d, system: n, fockCount, indexOf } = basis;
  const look = lookOf.get(place);
  const diagonal = new Float64Array(look === undefined ? 0 : d);
  let power = 1;
  for (const { re, im } of coefficients) {
    for (let f = 0; f < fockCount; f++) {
      for (let s = 0; s < n; s++) {
        const i = indexOf[f * n + s];
        if (i < 0) continue;
        for (let s2 = 0; s2 < n; s2++) {
          const j = indexOf[f * n + s2];
          if (j < 0) continue;
          const to = (place * n + s) * n + s2;
          rho.re[to] += power * re[i * d + j];
          if (s !== s2) rho.im[to] += power * im[i * d + j];
        }
      }
    }
    for (let i = 0; i < diagonal.length; i++) diagonal[i] += power * re[i * d + i];
    power *= x;
  }
  if (look !== undefined) populations.addPopulations(look, diagonal);
}

/**
 * ∫ √tr(leak ρ leak†) over a window, which bounds ∫‖leak ρ‖₁: at most √(length ∫ tr(…)), and the trace is a polynomial.
 */
function leakOfDensity(leak: SparseMatrix, { coefficients, end, unit }: Window, d: number): number {
  let integral = 0;
  let power = end;
  coefficients.forEach(({ re, im }, k) => {
    let flux = 0;
    for (let r = 0; r < leak.rows; r++) {
      for (let e = leak.rowStart[r]; e < leak.rowStart[r + 1]; e++) {
        for (let g = leak.rowStart[r]; g < leak.rowStart[r + 1]; g++) {
          const at = leak.column[e] * d + leak.column[g];
          const pr = leak.re[e] * leak.re[g] + leak.im[e] * leak.im[g];
          const pi = leak.im[e] * leak.re[g] - leak.re[e] * leak.im[g];
          flux += pr * re[at] - pi * im[at];
        }
      }
    }
    integral += (flux * power) / (k + 1);
    power *= end;
  });
  // Rounding may make it negative, but not larger than it is unsure of.
  return Math.abs(unit) * Math.sqrt(end * Math.abs(integral));
}
