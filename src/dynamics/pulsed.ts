/** ρ_S(t) of a sector with pulses: kets go from pulse to pulse under a constant H, each piece as without pulses. */

import type { MatrixSeries } from "../algebra/series.ts";
import type { ComplexVector } from "../fock/sparse.ts";
import { zeroVector } from "../fock/sparse.ts";
import type { Protocol } from "../model/types.ts";
import { Populations } from "./filling.ts";
import { ketWindows } from "./ketWindows.ts";
import type { EvolutionInfo, Problem, Wanted } from "./problem.ts";
import { Reduction } from "./reduction.ts";
import type { Piece } from "./schedule.ts";
import { waysThrough } from "./schedule.ts";
import { denseKet, sparseKet } from "./sparseKet.ts";
import { expand, propagate, spectrum } from "./spectral.ts";
import { spectralRounding } from "./spectralEvolution.ts";
import { leakCurve, leakedUntil, spectralLeak } from "./spectralLeak.ts";
import { actOnSystem } from "./systemOperator.ts";

/** Most times for which a ket is kept at once. */
const timesPerChunk = 128;

/** Vectors of a Krylov window. */
const vectors = 32;

/** Takes a ket along a piece (pulse left out), and shows it at the piece's times. */
interface Carrier {
  carry(ket: ComplexVector, piece: Piece, show: Show): Carried;
}

/** State i at the t-th of the places in entry i·places.length + t. */
type Show = (re: Float64Array, im: Float64Array, places: readonly number[]) => void;

interface Carried {
  readonly end: ComplexVector;
  readonly leaked: number;
  readonly propagation: number;
  readonly applications: number;
  /** leaked + propagation, up to each of the piece's times. */
  readonly errorAt: Float64Array;
}

/** `windows`: Krylov windows (their tolerance is for the longest way); null: diagonalisation. */
export function evolvePulsed(
  problem: Problem,
  protocol: Protocol,
  windows: { readonly dimension?: number; readonly tolerance: number } | null,
  info: EvolutionInfo,
  { bound = false, certified = false, lookAt = [], enough = 0 }: Wanted,
): MatrixSeries {
  const { basis, gauge, kets, weights, times } = problem;
  const reduction = new Reduction(basis, times.length, gauge);
  const populations = new Populations(basis, lookAt.length);
  const lookOf = new Map(lookAt.map((place, t) => [place, t]));
  const ways = waysThrough(protocol, times);
  const carrier =
    windows === null ? diagonalised(problem, enough, certified) : inWindows(problem, windows, farthest(times));
  const one = zeroVector(basis.dimension);
  const boundAt = new Float64Array(times.length);
  kets.forEach((start, k) => {
    let leaked = 0;
    let propagation = 0;
    const show: Show = (re, im, places) => {
      reduction.add(re, im, weights[k], places);
      const width = places.length;
      places.forEach((place, t) => {
        const look = lookOf.get(place);
        if (look === undefined) return;
        for (let i = 0; i < basis.dimension; i++) {
          one.re[i] = re[i * width + t];
          one.im[i] = im[i * width + t];
        }
        populations.addAt(look, one.re, one.im, weights[k]);
      });
    };
    for (const way of ways) {
      let ket = denseKet(start, basis.dimension);
      let leakedOnWay = 0;
      let propagationOnWay = 0;
      for (const piece of way) {
        const done = carrier.carry(ket, piece, show);
        piece.places.forEach((place, i) => {
          boundAt[place] += weights[k] * (leakedOnWay + propagationOnWay + done.errorAt[i]);
        });
        leakedOnWay += done.leaked;
        propagationOnWay += done.propagation;
        info.applications += done.applications;
        ket = piece.unitary === null ? done.end : actOnSystem(basis, piece.unitary, done.end, gauge);
      }
      leaked = Math.max(leaked, leakedOnWay);
      propagation = Math.max(propagation, propagationOnWay);
    }
    info.leaked += weights[k] * leaked;
    info.propagation += weights[k] * propagation;
  });
  if (bound) info.boundAt = boundAt;
  info.filling = () => populations.filling();
  return reduction.series(times);
}

function farthest(times: readonly number[]): number {
  return times.reduce((largest, t) => Math.max(largest, Math.abs(t)), 0);
}

function diagonalised({ basis, matrix, subspaces, leak }: Problem, enough: number, certified: boolean): Carrier {
  const whole = spectrum(matrix, subspaces);
  const leaks = leak === null ? null : spectralLeak(leak, whole);
  const { dimension } = basis;
  const most = Math.max(1, timesPerChunk);
  const re = new Float64Array(dimension * most);
  const im = new Float64Array(dimension * most);
  return {
    carry: (ket, { from, to, times, places, unitary }, show) => {
      const expansion = expand(whole, sparseKet(ket));
      const at = (moments: readonly number[]) => {
        re.fill(0, 0, dimension * moments.length);
        im.fill(0, 0, dimension * moments.length);
        propagate(expansion, moments, re, im);
      };
      for (let first = 0; first < times.length; first += most) {
        at(times.slice(first, first + most).map((t) => t - from));
        show(re, im, places.slice(first, first + most));
      }
      const last = unitary === null && places.length > 0;
      if (!last) at([to - from]);
      const end = last ? ket : { re: re.slice(0, dimension), im: im.slice(0, dimension) };
      const curve = leaks === null ? null : leakCurve(leaks, expansion, to - from, { enough, certified });
      const leaked = (t: number) => (curve === null ? 0 : leakedUntil(curve, t));
      const propagation = spectralRounding(whole.blocks, to - from);
      const errorAt = Float64Array.from(times, (t) => leaked(t - from) + propagation);
      return { end, leaked: leaked(to - from), propagation, applications: 0, errorAt };
    },
  };
}

function inWindows(
  { matrix, leak }: Problem,
  options: { readonly dimension?: number; readonly tolerance: number },
  longest: number,
): Carrier {
  return {
    carry: (ket, { from, to, times, places }, show) => {
      if (from === to) {
        for (const place of places) show(ket.re, ket.im, [place]);
        return { end: ket, leaked: 0, propagation: 0, applications: 0, errorAt: new Float64Array(places.length) };
      }
      let end = ket;
      const errorAt = new Float64Array(places.length);
      const moments = [...times.map((t) => t - from), to - from];
      const tolerance = (options.tolerance * Math.abs(to - from)) / longest;
      const info = ketWindows(
        matrix,
        leak,
        ket,
        moments,
        { dimension: options.dimension ?? vectors, tolerance },
        (index, state, { leaked, propagation }) => {
          if (index < places.length) {
            errorAt[index] = leaked + propagation;
            show(state.re, state.im, [places[index]]);
          } else end = { re: state.re.slice(), im: state.im.slice() };
        },
      );
      return { end, ...info, errorAt };
    },
  };
}
