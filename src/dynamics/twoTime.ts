/** Two-time correlations of S, ⟨A(t + τ) B(t)⟩: exact, since the bosons are propagated along and not forgotten at t. */

import { type Matrix, traceOfProduct } from "../algebra/matrix.ts";
import { type MatrixSeries, matrixAt, seriesAt, zeroSeries } from "../algebra/series.ts";
import { singularValues } from "../algebra/singularValues.ts";
import type { Basis } from "../fock/basis.ts";
import { type ComplexVector, zeroVector } from "../fock/sparse.ts";
import type { Model, Size } from "../model/types.ts";
import { type Evolution, problemOf } from "./evolve.ts";
import type { Experiment, FirstAction } from "./experiment.ts";
import { Populations } from "./filling.ts";
import { jointPropagation, ketAt } from "./jointKets.ts";
import { type EvolutionInfo, emptyInfo, type Problem } from "./problem.ts";
import type { Run } from "./run.ts";
import { experimentRun, type SimulateOptions } from "./simulate.ts";
import { denseKet } from "./sparseKet.ts";
import type { Steps } from "./work.ts";

/**
 * R(τ) = tr_bosons U(τ) B ρ(t) U†(τ), N × N and not Hermitian in general, at the delays τ that the model has for its
 * times, as `rho` of a run: ⟨A(t + τ) B(t)⟩ = tr(A R(τ)) for every A (`correlationWith`). ρ(t) is the joint state of S
 * and its reservoir, correlated as it is by then. Delays may be negative. Throws what `simulate` throws.
 */
export function twoTimeRun(model: Model, size: Size, action: FirstAction, options: SimulateOptions = {}): Steps<Run> {
  return experimentRun(model, size, acting(action), options);
}

/** The same, at once. */
export function twoTime(model: Model, size: Size, action: FirstAction, options: SimulateOptions = {}): Run {
  const steps = twoTimeRun(model, size, action, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** tr(A R(τ)) at each delay. */
export function correlationWith(operator: Matrix, r: MatrixSeries): { re: Float64Array; im: Float64Array } {
  const values = r.times.map((_, t) => traceOfProduct(operator, matrixAt(r, t)));
  return { re: Float64Array.from(values, ({ re }) => re), im: Float64Array.from(values, ({ im }) => im) };
}

/** The experiment of `twoTimeRun`. */
export function acting(first: FirstAction): Experiment {
  const { operator, at } = first;
  const strength = singularValues(operator)[0];
  return {
    asked: { kind: "twoTime", first },
    dimension: operator.rows,
    startsAgain: (basis) => actedOn(basis, operator),
    evolve: (space, h, kets, delays, propagator, { bound = false, enough = 0, lookAt = [] }) => {
      const problem = problemOf(space, h, kets, delays, bound);
      const { basis, weights } = problem;
      const joint = jointPropagation(problem, propagator);
      const r = zeroSeries(delays, operator.rows);
      const populations = new Populations(basis, lookAt.length + 1);
      const lookOf = new Map(lookAt.map((place, look) => [place, look]));
      const info = emptyInfo(() => populations.filling());
      problem.kets.forEach((start, k) => {
        let ket = denseKet(start, basis.dimension);
        const [alone] = joint([ket], [at], enough / 4, ([only]) => {
          ket = { re: only.re.slice(), im: only.im.slice() };
        });
        populations.addAt(lookAt.length, ket.re, ket.im, weights[k]);
        const acted = actOn(operator, ket, problem);
        const both = joint([ket, acted], delays, enough / 4, (pair, places) => {
          addCross(r, pair[1], pair[0], weights[k], places, problem);
          places.forEach((place, t) => {
            const look = lookOf.get(place);
            if (look === undefined) return;
            for (const one of pair) {
              const state = ketAt(one, t, places.length);
              populations.addAt(look, state.re, state.im, weights[k]);
            }
          });
        });
        // Entries of |χ⟩⟨ψ|: errors of either times the length of the other, B carrying that of the first way on.
        for (const error of ["leaked", "propagation"] as const) {
          info[error] += weights[k] * (2 * strength * alone[error] + strength * both[0][error] + both[1][error]);
        }
        info.applications += alone.applications + both[0].applications + both[1].applications;
      });
      return evolutionOf(r, info);
    },
  };
}

function evolutionOf(rho: MatrixSeries, info: EvolutionInfo): Evolution {
  return {
    rho,
    info,
    sample: (places) => seriesAt(rho, places),
    addTo: (sum, weight) => sum.addSeries(rho, weight),
  };
}

/** Every Fock state of the basis with its levels of S, and those to which B takes them. */
function actedOn(basis: Basis, { re, im }: Matrix) {
  const { system: n, modes, fockCount, indexOf, occupations } = basis;
  const levels = Array.from({ length: n }, (_, s) => s);
  const reached = (f: number, s: number) => indexOf[f * n + s] >= 0;
  return Array.from({ length: fockCount }, (_, f) => ({
    occupations: [...occupations.subarray(f * modes, (f + 1) * modes)],
    levels: levels.filter(
      (s) =>
        reached(f, s) || levels.some((from) => reached(f, from) && (re[s * n + from] !== 0 || im[s * n + from] !== 0)),
    ),
  }));
}

/** B on a ket in the phases of the problem. */
function actOn(operator: Matrix, ket: ComplexVector, { basis, gauge }: Problem): ComplexVector {
  const result = zeroVector(basis.dimension);
  const n = basis.system;
  for (let i = 0; i < basis.dimension; i++) {
    if (ket.re[i] === 0 && ket.im[i] === 0) continue;
    for (let s = 0; s < n; s++) {
      const e = s * n + basis.level[i];
      if (operator.re[e] === 0 && operator.im[e] === 0) continue;
      const to = basis.indexOf[basis.fock[i] * n + s];
      const phase = phaseBetween(gauge, i, to);
      const br = operator.re[e] * phase.re - operator.im[e] * phase.im;
      const bi = operator.re[e] * phase.im + operator.im[e] * phase.re;
      result.re[to] += br * ket.re[i] - bi * ket.im[i];
      result.im[to] += br * ket.im[i] + bi * ket.re[i];
    }
  }
  return result;
}

/** u_i ū_j: amplitudes in the user's phases are u times those in the problem's. */
function phaseBetween(gauge: ComplexVector | null, i: number, j: number): { re: number; im: number } {
  if (gauge === null) return { re: 1, im: 0 };
  return {
    re: gauge.re[i] * gauge.re[j] + gauge.im[i] * gauge.im[j],
    im: gauge.im[i] * gauge.re[j] - gauge.re[i] * gauge.im[j],
  };
}

/** r += weight · tr_bosons |χ⟩⟨ψ| at the times in `places`. */
function addCross(
  r: MatrixSeries,
  chi: ComplexVector,
  psi: ComplexVector,
  weight: number,
  places: readonly number[],
  { basis, gauge }: { readonly basis: Basis; readonly gauge: ComplexVector | null },
): void {
  const { system: n, fockCount, indexOf } = basis;
  const width = places.length;
  for (let f = 0; f < fockCount; f++) {
    for (let s = 0; s < n; s++) {
      const i = indexOf[f * n + s];
      if (i < 0) continue;
      for (let s2 = 0; s2 < n; s2++) {
        const j = indexOf[f * n + s2];
        if (j < 0) continue;
        const phase = phaseBetween(gauge, i, j);
        const [cos, sin] = [weight * phase.re, weight * phase.im];
        for (let t = 0, a = i * width, b = j * width; t < width; t++, a++, b++) {
          const re = chi.re[a] * psi.re[b] + chi.im[a] * psi.im[b];
          const im = chi.im[a] * psi.re[b] - chi.re[a] * psi.im[b];
          const to = (places[t] * n + s) * n + s2;
          r.re[to] += cos * re - sin * im;
          r.im[to] += cos * im + sin * re;
        }
      }
    }
  }
}
