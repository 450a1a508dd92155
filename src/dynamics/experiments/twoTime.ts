/** Two-time correlations of S, ⟨A(t + τ) B(t)⟩: exact, since the bosons are propagated along and not forgotten at t. */

import { add as addMatrix, type Complex, identity, type Matrix, scale, traceOfProduct } from "../../algebra/matrix.ts";
import { type MatrixSeries, matrixAt, zeroSeries } from "../../algebra/series.ts";
import { spectralNorm } from "../../algebra/singularValues.ts";
import { farthestOf } from "../../algebra/timeParts.ts";
import type { Basis } from "../../fock/basis.ts";
import type { ComplexVector } from "../../fock/sparse.ts";
import type { Model, Protocol, Size } from "../../model/types.ts";
import { ketsAlong } from "../controlled/alongWay.ts";
import { addFilling, addReduced, densityWay, mixture, requireDensity } from "../controlled/decaying.ts";
import { conjugated } from "../controlled/densityGenerator.ts";
import { breaksOf } from "../controlled/driven.ts";
import { jointPropagation, type KetErrors, type VisitKets } from "../controlled/jointKets.ts";
import { ketCarrier } from "../controlled/ketCarriers.ts";
import { waysFrom, waysThrough } from "../controlled/schedule.ts";
import { actOnSystem, systemOperator } from "../controlled/systemOperator.ts";
import { ImpossibleRunError } from "../errors.ts";
import { problemOf } from "../evolve.ts";
import type { Run } from "../run.ts";
import type { Evolution } from "../sector/evolution.ts";
import { evolutionOf } from "../sector/evolutionOf.ts";
import { Populations } from "../sector/filling.ts";
import { emptyInfo, type Problem, proveAt, type Wanted } from "../sector/problem.ts";
import { denseKet, ketAt } from "../sector/sparseKet.ts";
import type { Steps } from "../sharing/work.ts";
import { experimentRun, type SimulateOptions } from "../simulate.ts";
import { inTime, type Propagator } from "../stage/propagator.ts";
import type { Experiment, FirstAction } from "./experiment.ts";
import { secondsOfTwoTime } from "./experimentSeconds.ts";
import { TwoTimeProof } from "./twoTimeProof.ts";

/**
 * R(τ) = tr_bosons U(τ) B ρ(t) U†(τ), N × N and not Hermitian in general, at the delays τ that the model has for its
 * times, as `rho` of a run: ⟨A(t + τ) B(t)⟩ = tr(A R(τ)) for every A (`correlationWith`). ρ(t) is the joint state of S
 * and its reservoir, correlated as it is by then. Delays may be negative. Pulses, drives and decay go on at their own
 * times: a pulse at t comes before B. With decay U(τ) is what the whole of S and its reservoir does, decay included.
 * Throws what `simulate` throws.
 */
export function twoTimeRun(model: Model, size: Size, action: FirstAction, options: SimulateOptions = {}): Steps<Run> {
  const { protocol } = model;
  if (protocol !== undefined) requireOneExperiment(protocol, action.at, model.times);
  return experimentRun(model, size, acting(action, protocol), options);
}

/** B and A act in one experiment; what has decayed cannot be traced back. Throws ImpossibleRunError. */
function requireOneExperiment({ scan, decays }: Protocol, at: number, delays: readonly number[]): void {
  if (scan) {
    throw new ImpossibleRunError(
      "Two-time correlations are those of one experiment, but these `pulses` make each time an experiment of its own: " +
        "`duration`, or `at` in the place of `fraction`, gives them times of their own.",
    );
  }
  const least = delays.reduce((smallest, delay) => Math.min(smallest, delay), 0);
  if (decays.length > 0 && (at < 0 || least < 0)) {
    throw new ImpossibleRunError(
      `With \`decay\`, B must act at a time from 0 on, and A after it, but B acts at ${at} and the least delay is ${least}.`,
    );
  }
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

/** The experiment of `twoTimeRun`: R in units of ‖B‖, where that is more than 1. */
export function acting(action: FirstAction, protocol: Protocol | undefined): Experiment {
  const { at } = action;
  // No entry of R is larger than ‖B‖.
  const unit = Math.max(1, spectralNorm(action.operator));
  const operator = scale(action.operator, 1 / unit);
  const strength = spectralNorm(operator);
  return {
    asked: { kind: "twoTime", first: action, protocol },
    dimension: operator.rows,
    unit,
    // A state at t, then B on one side of it, and then what keeps the trace norm.
    averagedSince: Math.abs(at),
    secondsOf: secondsOfTwoTime,
    startsAgain: (basis) => actedOn(basis, operator),
    evolve: (space, h, kets, delays, propagator, wanted) => {
      const { bound = false, enough = 0, lookAt = [] } = wanted;
      const problem = problemOf(space, h, kets, delays, bound, !inTime(propagator));
      if (protocol !== undefined && protocol.decays.length > 0) {
        return decayingFrom(problem, { operator, at }, protocol, propagator, wanted);
      }
      const { basis, weights } = problem;
      const { first, onward } = waysOf(problem, at, propagator, protocol, enough / 4);
      const r = zeroSeries(delays, operator.rows);
      const populations = new Populations(basis, lookAt.length + 1);
      const lookOf = new Map(lookAt.map((place, look) => [place, look]));
      const info = emptyInfo(() => populations.filling());
      const layers = bound ? problem.layers() : null;
      const boundAt = new Float64Array(delays.length);
      problem.kets.forEach((start, k) => {
        let ket = denseKet(start, basis.dimension);
        const proof = layers === null ? null : new TwoTimeProof(layers, basis, ket, strength);
        const early = first(ket, (only) => {
          ket = { re: only.re.slice(), im: only.im.slice() };
        });
        populations.addAt(lookAt.length, ket.re, ket.im, weights[k]);
        const acted = actOnSystem(basis, operator, ket, problem.gauge);
        proof?.acted(at, ket, acted, early);
        const both = onward([ket, acted], (pair, places) => {
          proof?.see(pair, places);
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
        let flat = 0;
        for (const error of ["leaked", "propagation"] as const) {
          const one = 2 * strength * early[error] + strength * both[0][error] + both[1][error];
          info[error] += weights[k] * one;
          flat += one;
        }
        const second = proof?.bounds(delays, both);
        for (let t = 0; t < boundAt.length; t++) boundAt[t] += weights[k] * Math.min(flat, second?.[t] ?? flat);
        info.applications += early.applications + both[0].applications + both[1].applications;
      });
      if (bound) proveAt(info, boundAt);
      return evolutionOf(r, info);
    },
  };
}

/** A ket to the time at which B acts, and kets from there to the delays. */
interface TwoWays {
  readonly first: (ket: ComplexVector, arrived: (ket: ComplexVector) => void) => KetErrors;
  readonly onward: (kets: readonly ComplexVector[], visit: VisitKets) => readonly KetErrors[];
}

function waysOf(
  problem: Problem,
  at: number,
  propagator: Propagator,
  protocol: Protocol | undefined,
  enough: number,
): TwoWays {
  const { times: delays } = problem;
  if (protocol === undefined) {
    const joint = jointPropagation(problem, propagator);
    return {
      first: (ket, arrived) => joint([ket], [at], enough, ([only]) => arrived(only))[0],
      onward: (kets, visit) => joint(kets, delays, enough, visit),
    };
  }
  const carrier = ketCarrier(problem, protocol, propagator, Math.abs(at) + farthestOf(delays), { enough });
  const breaks = breaksOf(protocol);
  const [there] = waysThrough(protocol, [at], breaks);
  const ways = waysFrom(at, protocol, laterBy(at, delays), breaks);
  return {
    first: (ket, arrived) => ketsAlong(there, [ket], carrier, problem, { show: ([only]) => arrived(only) }).errors[0],
    onward: (kets, visit) => {
      const errors = ways.map((way) => ketsAlong(way, kets, carrier, problem, { show: visit }).errors);
      const worst = (k: number, of: "leaked" | "propagation") => Math.max(0, ...errors.map((way) => way[k][of]));
      return kets.map((_, k) => ({
        leaked: worst(k, "leaked"),
        propagation: worst(k, "propagation"),
        applications: errors.reduce((sum, way) => sum + way[k].applications, 0),
      }));
    },
  };
}

function laterBy(at: number, delays: readonly number[]): number[] {
  return delays.map((delay) => at + delay);
}

/** Where S decays: B ρ(t) = (s/3) Σ z (B/s + z) ρ(t) (B/s + z)† over z³ = 1, s = ‖B‖, three states up to their traces. */
function decayingFrom(
  problem: Problem,
  { operator, at }: FirstAction,
  protocol: Protocol,
  propagator: Propagator,
  { lookAt = [] }: Wanted,
): Evolution {
  const { tolerance } = requireDensity(propagator, "Two-time correlations");
  const { basis, kets, weights, times: delays } = problem;
  const d = basis.dimension;
  const strength = spectralNorm(operator);
  const rate = tolerance / ((1 + strength) * (at + farthestOf(delays)));
  const along = densityWay(problem, protocol, rate);
  const breaks = breaksOf(protocol);
  const r = zeroSeries(delays, operator.rows);
  const populations = new Populations(basis, lookAt.length);
  const lookOf = new Map(lookAt.map((place, look) => [place, look]));
  const info = emptyInfo(() => populations.filling());
  const [there] = waysThrough(protocol, [at], breaks);
  const arrived = along(there, mixture(d, kets, weights), { show: () => {} });
  const add = (error: KetErrors, factor: number) => {
    info.leaked += factor * error.leaked;
    info.propagation += factor * error.propagation;
    info.applications += error.applications;
  };
  add(arrived, 2 * strength);
  for (const z of strength === 0 ? [] : cubeRoots) {
    const shifted = shiftedBy(scale(operator, 1 / strength), z);
    const start = conjugated(systemOperator(basis, shifted), arrived.end, d);
    const factor = { re: (strength / 3) * z.re, im: (strength / 3) * z.im };
    const trace = Array.from({ length: d }, (_, i) => start.re[i * (d + 1)]).reduce((sum, x) => sum + x, 0);
    for (const way of waysFrom(at, protocol, laterBy(at, delays), breaks)) {
      const done = along(way, start, {
        show: (coefficients, x, place) => {
          addReduced(r, basis, coefficients, x, place, factor);
          addFilling(populations, lookOf.get(place), basis, coefficients, x);
        },
      });
      // What leaks is bounded for a state of trace 1.
      add({ ...done, leaked: Math.sqrt(Math.max(1, trace)) * done.leaked }, strength / 3);
    }
  }
  return evolutionOf(r, info);
}

const cubeRoots: readonly Complex[] = [0, 1, 2].map((k) => ({
  re: Math.cos((2 * Math.PI * k) / 3),
  im: Math.sin((2 * Math.PI * k) / 3),
}));

function shiftedBy(a: Matrix, z: Complex): Matrix {
  return addMatrix(a, identity(a.rows), z);
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
