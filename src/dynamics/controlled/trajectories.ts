/**
 * ρ_S(t) of a sector in which S decays, where the joint density matrix would be too large: the mean over quantum
 * trajectories, kets that jump at random times (Dalibard, Castin and Mølmer, Phys. Rev. Lett. 68, 580, 1992).
 */

import { seededRandom } from "../../algebra/seededRandom.ts";
import { type MatrixSeries, zeroSeries } from "../../algebra/series.ts";
import { farthestOf } from "../../algebra/timeParts.ts";
import { applySparse, type ComplexVector, euclidean, type SparseMatrix, zeroVector } from "../../fock/sparse.ts";
import type { Protocol } from "../../model/types.ts";
import { Populations } from "../sector/filling.ts";
import type { EvolutionInfo, Problem, Wanted } from "../sector/problem.ts";
import { Reduction } from "../sector/reduction.ts";
import { denseKet } from "../sector/sparseKet.ts";
import type { Range } from "../sharing/range.ts";
import { breaksOf, leakOfWindow } from "./driven.ts";
import { ketGenerator } from "./ketGenerator.ts";
import { type Way, waysThrough } from "./schedule.ts";
import { actOnSystem, systemOperator } from "./systemOperator.ts";
import { taylorWindows, type Window, windowAt } from "./taylorWindows.ts";

export interface TrajectoryOptions {
  /** Of each ket between jumps, over the longest way, in norm. */
  readonly tolerance: number;
  /** Trajectories are added until the sampling error of every entry of ρ_S(t) is below this. */
  readonly accuracy: number;
  /** Weight of the trajectories that are not like most, that is which jump, at most; 1 where starts differ as well. */
  readonly varied: number;
  readonly seed: number;
  readonly most: number;
  /** The mean over these alone, however accurate it is. */
  readonly only?: Range;
}

/** The first batch: enough to guess how many are needed. */
export const firstBatch = 64;

/**
 * Of the worst entry of a mean over so many trajectories: two standard errors, and what is so rare that none or few of them show it. With
 * a confidence of 95 % that weighs less than 3/n (Hanley and Lippman-Hand, JAMA 249, 1743, 1983), and an entry differs by 1 at most.
 */
export function samplingError(sum: MatrixSeries, squares: Float64Array, count: number, varied: number): number {
  return twoStandardErrors(sum, squares, count) + Math.min(varied, 3 / count);
}

/** How many trajectories there should be once `done` of them have an error of `sampling`; null if no more. */
export function nextGoal(done: number, sampling: number, { most, accuracy }: TrajectoryOptions): number | null {
  if (done >= most || sampling <= accuracy) return null;
  const needed = Math.ceil(1.1 * done * (sampling / accuracy) ** 2);
  return Math.min(most, Math.max(done + firstBatch, Math.min(needed, 4 * done)));
}

/** Trajectory i of a seed has the same random numbers in every sector: what differs between sectors is not noise. */
export function evolveTrajectories(
  problem: Problem,
  protocol: Protocol,
  options: TrajectoryOptions,
  info: EvolutionInfo,
  { lookAt = [], rough = false }: Wanted,
): MatrixSeries {
  const most = rough ? Math.min(firstBatch, options.most) : options.most;
  const { only = { from: 0, to: Math.min(most, firstBatch) } } = options;
  const { basis, matrix, leak, kets, weights, times } = problem;
  const n2 = basis.system ** 2;
  const generator = ketGenerator(basis, matrix, protocol);
  const jumps = protocol.decays.map(({ operator, rate }) => ({ l: systemOperator(basis, operator), rate }));
  const longest = farthestOf(times);
  const ways = waysThrough(protocol, times, breaksOf(protocol));
  const lookOf = new Map(lookAt.map((place, t) => [place, t]));
  const populations = new Populations(basis, lookAt.length);
  const mixture = weights.reduce((sum, weight) => sum + weight, 0);
  const sum = zeroSeries(times, basis.system);
  const squares = new Float64Array(n2 * times.length);
  const offset = seededRandom(options.seed)();
  const taylor = { applications: 0, error: 0 };
  let leaked = 0;

  const run = (index: number) => {
    const uniform = seededRandom(Math.imul(options.seed + 1, 0x9e3779b1) + Math.imul(index + 1, 0x85ebca6b));
    const start = denseKet(
      kets[choose(weights, mixture * ((offset + index * 0.6180339887498949) % 1))],
      basis.dimension,
    );
    const own = new Reduction(basis, times.length, null);
    for (const way of ways) {
      const show = (ket: ComplexVector, place: number) => {
        const share = 1 / euclidean(ket) ** 2;
        own.add(ket.re, ket.im, share, [place]);
        const look = lookOf.get(place);
        if (look !== undefined) populations.addAt(look, ket.re, ket.im, share);
      };
      follow(way, start, uniform, show);
    }
    const series = own.series(times);
    for (let e = 0; e < squares.length; e++) {
      sum.re[e] += series.re[e];
      sum.im[e] += series.im[e];
      squares[e] += series.re[e] ** 2 + series.im[e] ** 2;
    }
  };

  const follow = (way: Way, start: ComplexVector, uniform: () => number, show: Show) => {
    let ket = start;
    let threshold = uniform();
    for (const { from, to, times: asked, places, unitary } of way) {
      let next = 0;
      let now = from;
      while (next < places.length && asked[next] <= from) show(ket, places[next++]);
      while (now < to) {
        let jumped: { at: number; ket: ComplexVector } | null = null;
        const begun = now;
        ket = taylorWindows(generator, ket, begun, to, options.tolerance / longest, taylor, (window) => {
          const x = jumpWithin(window, threshold);
          const end = x === null ? window.end : x;
          const reached = window.from + end * window.unit;
          const last = x === null && Math.abs(reached - to) <= 1e-12 * window.unit;
          while (next < places.length && (last || asked[next] < reached)) {
            show(windowAt(window, (asked[next] - window.from) / window.unit), places[next++]);
          }
          if (leak !== null) leaked += leakOfWindow(leak, { ...window, end });
          if (x === null) return undefined;
          jumped = { at: reached, ket: windowAt(window, x) };
          return false;
        });
        if (jumped === null) break;
        const { at, ket: before } = jumped as { at: number; ket: ComplexVector };
        ket = jump(before, jumps, uniform());
        threshold = uniform();
        now = Math.max(at, begun);
      }
      if (unitary !== null) ket = actOnSystem(basis, unitary, ket, null);
    }
  };

  let next = only.from;
  let sampling = Number.POSITIVE_INFINITY;
  let goal: number | null = only.to;
  while (goal !== null) {
    while (next < goal) run(next++);
    sampling = mixture * samplingError(sum, squares, next - only.from, options.varied);
    goal = options.only === undefined ? nextGoal(next, sampling, { ...options, most }) : null;
  }
  const done = next - only.from;
  info.applications += taylor.applications;
  info.leaked += (mixture * leaked) / done;
  info.propagation += (mixture * taylor.error) / done;
  info.sampling = sampling;
  info.trajectories = done;
  if (options.only !== undefined) info.squares = squares.map((x) => mixture ** 2 * x);
  info.proved = false;
  info.filling = () => populations.filling(mixture / done);
  const scale = (x: number) => (mixture * x) / done;
  return { ...sum, re: sum.re.map(scale), im: sum.im.map(scale) };
}

type Show = (ket: ComplexVector, place: number) => void;

/** Which of the weights, laid end to end, the point lies on. */
function choose(weights: readonly number[], point: number): number {
  let left = point;
  for (let k = 0; k < weights.length; k++) {
    left -= weights[k];
    if (left < 0) return k;
  }
  return weights.length - 1;
}

/** Where in a window ‖y‖² falls to the threshold, in units; null if it does not. */
function jumpWithin(window: Window, threshold: number): number | null {
  const above = (x: number) => euclidean(windowAt(window, x)) ** 2 - threshold;
  let [low, high] = [0, window.end];
  let [atLow, atHigh] = [above(low), above(high)];
  if (atHigh > 0) return null;
  if (atLow <= 0) return 0;
  // The norm falls smoothly: regula falsi (Illinois) needs a few steps. The newest end is "high", on whichever side it is.
  for (let step = 0; step < 60 && Math.abs(high - low) > 1e-13 * window.end; step++) {
    const x = high - (atHigh * (high - low)) / (atHigh - atLow);
    const value = above(x);
    if (Math.abs(value) <= 1e-15) return x;
    if (value * atHigh < 0) [low, atLow] = [high, atHigh];
    else atLow *= 0.5;
    [high, atHigh] = [x, value];
  }
  return high;
}

/** Lφ of one of the decays, at random by rate ‖Lφ‖², normalised. */
function jump(ket: ComplexVector, jumps: readonly { l: SparseMatrix; rate: number }[], uniform: number): ComplexVector {
  const after = jumps.map(({ l, rate }) => {
    const state = zeroVector(ket.re.length);
    applySparse(l, ket, state);
    return { state, rate: rate * euclidean(state) ** 2 };
  });
  const total = after.reduce((sum, { rate }) => sum + rate, 0);
  const { state } =
    after[
      choose(
        after.map(({ rate }) => rate),
        uniform * total,
      )
    ];
  const norm = euclidean(state);
  return { re: state.re.map((x) => x / norm), im: state.im.map((x) => x / norm) };
}

/** Of the worst entry of a mean, from the sums of the entries and of their squared moduli. */
function twoStandardErrors(sum: MatrixSeries, squares: Float64Array, count: number): number {
  let largest = 0;
  for (let e = 0; e < squares.length; e++) {
    const variance = squares[e] / count - (sum.re[e] ** 2 + sum.im[e] ** 2) / count ** 2;
    largest = Math.max(largest, variance);
  }
  return 2 * Math.sqrt(largest / Math.max(1, count - 1));
}
