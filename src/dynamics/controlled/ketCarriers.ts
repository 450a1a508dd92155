/** What takes kets of S and bosons along a piece of their way, whatever depends on time there. */

import { type ComplexVector, euclidean, type SparseMatrix, zeroVector } from "../../fock/sparse.ts";
import type { Protocol } from "../../model/types.ts";
import type { Problem, Wanted } from "../sector/problem.ts";
import { sparseKet } from "../sector/sparseKet.ts";
import { expand, propagate, spectralRounding, spectrum } from "../spectral/spectral.ts";
import { leakCurves, leakedUntil, spectralLeak } from "../spectral/spectralLeak.ts";
import type { Propagator } from "../stage/propagator.ts";
import { leakOfWindow } from "./driven.ts";
import { ketGenerator } from "./ketGenerator.ts";
import { ketWindows } from "./ketWindows.ts";
import type { Piece } from "./schedule.ts";
import { type Generator, taylorWindows, type Window, windowAt } from "./taylorWindows.ts";

/** Takes kets along a piece together (its pulse left out), and shows them at the piece's times. */
export interface KetCarrier {
  carry(kets: readonly ComplexVector[], piece: Piece, show: ShowKets, onWindow?: OnWindow): Carried;
}

/**
 * All kets at the times in `places`: amplitude of state i of ket k at the t-th of them in entry i·places.length + t of
 * kets[k]. The arrays are used again.
 */
export type ShowKets = (kets: readonly ComplexVector[], places: readonly number[]) => void;

/** A window in which the kets, one after the other in its vectors, are a polynomial; before it is shown. */
export type OnWindow = (window: Window) => void;

/** The kets at the end of a piece, and what the way is proved to cost each in norm. */
export interface Carried {
  readonly ends: readonly ComplexVector[];
  readonly leaked: readonly number[];
  readonly propagation: readonly number[];
  readonly applications: number;
  /** The same of each ket up to each of the piece's times. */
  readonly errorAt: readonly ErrorsAt[];
}

export interface ErrorsAt {
  readonly leaked: Float64Array;
  readonly propagation: Float64Array;
}

function noErrors(count: number): ErrorsAt {
  return { leaked: new Float64Array(count), propagation: new Float64Array(count) };
}

/** Times for which a ket is kept at once. */
const timesPerBlock = 128;

/** Vectors of a Krylov window. */
const vectors = 32;

/** How sharp a proved bound on the leak must be. */
export type Sharpness = Pick<Wanted, "enough" | "certified">;

/** `longest`: the length of the longest way, over which a propagator keeps its tolerance. Throws RangeError for decays. */
export function ketCarrier(
  problem: Problem,
  protocol: Protocol,
  propagator: Propagator,
  longest: number,
  sharpness: Sharpness,
): KetCarrier {
  if (propagator.kind === "taylor") return inTaylorWindows(problem, protocol, propagator.tolerance / longest);
  if (protocol.drives.length > 0) throw new RangeError(`"${propagator.kind}" knows no drives`);
  if (propagator.kind === "spectral") return diagonalised(problem, sharpness);
  if (propagator.kind === "krylov") return inKrylovWindows(problem, propagator, longest);
  throw new RangeError(`"${propagator.kind}" takes no kets along a way`);
}

function diagonalised({ basis, matrix, subspaces, leak }: Problem, sharpness: Sharpness): KetCarrier {
  const whole = spectrum(matrix, subspaces);
  const leaks = leak === null ? null : spectralLeak(leak, whole);
  const { dimension } = basis;
  return {
    carry: (kets, { from, to, times, places, unitary }, show) => {
      const expansions = kets.map((ket) => expand(whole, sparseKet(ket)));
      const rooms = kets.map(() => zeroVector(dimension * timesPerBlock));
      const at = (moments: readonly number[]) =>
        expansions.forEach((expansion, k) => {
          const { re, im } = rooms[k];
          re.fill(0, 0, dimension * moments.length);
          im.fill(0, 0, dimension * moments.length);
          propagate(expansion, moments, re, im);
        });
      for (let first = 0; first < times.length; first += timesPerBlock) {
        at(times.slice(first, first + timesPerBlock).map((t) => t - from));
        show(rooms, places.slice(first, first + timesPerBlock));
      }
      const curves = leaks === null ? null : leakCurves(leaks, expansions, to - from, sharpness);
      const leaked = (k: number, t: number) => (curves === null ? 0 : leakedUntil(curves[k], t));
      const propagation = kets.map((ket) => euclidean(ket) * spectralRounding(whole.blocks, to - from));
      const last = unitary === null && places.length > 0;
      if (!last) at([to - from]);
      return {
        ends: last ? kets : rooms.map(({ re, im }) => ({ re: re.slice(0, dimension), im: im.slice(0, dimension) })),
        leaked: kets.map((_, k) => leaked(k, to - from)),
        propagation,
        applications: 0,
        errorAt: kets.map((_, k) => ({
          leaked: Float64Array.from(times, (t) => leaked(k, t - from)),
          propagation: new Float64Array(times.length).fill(propagation[k]),
        })),
      };
    },
  };
}

/** A pulse-free piece of no length: shown as it is. */
function standing(kets: readonly ComplexVector[], places: readonly number[], show: ShowKets): Carried {
  for (const place of places) show(kets, [place]);
  const none = kets.map(() => 0);
  const errorAt = kets.map(() => noErrors(places.length));
  return { ends: kets, leaked: none, propagation: none, applications: 0, errorAt };
}

function inKrylovWindows(
  { matrix, leak }: Problem,
  options: { readonly dimension?: number; readonly tolerance: number },
  longest: number,
): KetCarrier {
  const { dimension = vectors } = options;
  /** One ket is shown as it comes; of several, each is taken along a block of times before they are shown together. */
  const carryBlock = (
    kets: readonly ComplexVector[],
    from: number,
    to: number,
    times: readonly number[],
    places: readonly number[],
    show: ShowKets,
  ): Carried => {
    const moments = [...times.map((t) => t - from), to - from];
    const tolerance = (options.tolerance * Math.abs(to - from)) / longest;
    const ends = [...kets];
    const width = places.length;
    const rooms = kets.length === 1 ? [] : kets.map((ket) => zeroVector(ket.re.length * width));
    const errorAt = kets.map(() => noErrors(width));
    const done = kets.map((ket, k) => {
      if (euclidean(ket) === 0) return { leaked: 0, propagation: 0, applications: 0 };
      return ketWindows(matrix, leak, ket, moments, { dimension, tolerance }, (index, state, sofar) => {
        if (index < width) {
          errorAt[k].leaked[index] = sofar.leaked;
          errorAt[k].propagation[index] = sofar.propagation;
        }
        if (index === width) ends[k] = { re: state.re.slice(), im: state.im.slice() };
        else if (kets.length === 1) show([state], [places[index]]);
        else putAt(rooms[k], state, index, width);
      });
    });
    if (kets.length > 1 && width > 0) show(rooms, places);
    return {
      ends,
      leaked: done.map(({ leaked }) => leaked),
      propagation: done.map(({ propagation }) => propagation),
      applications: done.reduce((sum, { applications }) => sum + applications, 0),
      errorAt,
    };
  };
  return {
    carry: (kets, { from, to, times, places }, show) => {
      if (from === to) return standing(kets, places, show);
      let whole = standing(kets, [], show);
      let now = from;
      const step = kets.length === 1 ? Math.max(1, times.length) : timesPerBlock;
      for (let first = 0; first < times.length || now !== to; first += step) {
        const block = times.slice(first, first + step);
        const until = first + step < times.length ? block[block.length - 1] : to;
        const next = carryBlock(whole.ends, now, until, block, places.slice(first, first + step), show);
        whole = joined(whole, next);
        now = until;
      }
      return whole;
    },
  };
}

function joined(before: Carried, after: Carried): Carried {
  const sum = (a: readonly number[], b: readonly number[]) => a.map((x, k) => x + b[k]);
  return {
    ends: after.ends,
    leaked: sum(before.leaked, after.leaked),
    propagation: sum(before.propagation, after.propagation),
    applications: before.applications + after.applications,
    errorAt: before.errorAt.map((errors, k) => ({
      leaked: followedBy(errors.leaked, before.leaked[k], after.errorAt[k].leaked),
      propagation: followedBy(errors.propagation, before.propagation[k], after.errorAt[k].propagation),
    })),
  };
}

function followedBy(errors: Float64Array, sofar: number, more: Float64Array): Float64Array {
  return Float64Array.from([...errors, ...more.map((error) => sofar + error)]);
}

function putAt(room: ComplexVector, state: ComplexVector, t: number, width: number): void {
  for (let i = 0, at = t; i < state.re.length; i++, at += width) {
    room.re[at] = state.re[i];
    room.im[at] = state.im[i];
  }
}

/** `rate`: the error allowed for each unit of time, in norm. The problem is in no gauge. */
function inTaylorWindows({ basis, matrix, leak }: Problem, protocol: Protocol, rate: number): KetCarrier {
  const one = ketGenerator(basis, matrix, protocol);
  const { dimension } = basis;
  return {
    carry: (kets, { from, to, times, places }, show, onWindow) => {
      const generator = together(one, kets.length);
      const taylor = { applications: 0, error: 0 };
      const leaked = kets.map(() => 0);
      const errorAt = kets.map(() => noErrors(places.length));
      let next = 0;
      const shown = (y: ComplexVector) => {
        errorAt.forEach((errors, k) => {
          errors.leaked[next] = leaked[k];
          errors.propagation[next] = taylor.error;
        });
        show(apart(y, kets.length, dimension), [places[next++]]);
      };
      const direction = Math.sign(to - from);
      const start = joinedKets(kets);
      while (next < places.length && direction * (times[next] - from) <= 0) shown(start);
      const end = taylorWindows(generator, start, from, to, rate, taylor, (window) => {
        if (leak !== null) for (let k = 0; k < kets.length; k++) leaked[k] += leakOf(leak, window, k, dimension);
        onWindow?.(window);
        const until = window.from + window.end * window.unit;
        const last = Math.abs(until - to) <= 1e-12 * Math.abs(window.unit);
        while (next < places.length && (last || direction * (times[next] - until) <= 0)) {
          shown(windowAt(window, (times[next] - window.from) / window.unit));
        }
        return undefined;
      });
      return {
        ends: apart(end, kets.length, dimension),
        leaked,
        propagation: kets.map(() => taylor.error),
        applications: taylor.applications * kets.length,
        errorAt,
      };
    },
  };
}

function leakOf(leak: SparseMatrix, window: Window, k: number, dimension: number): number {
  const coefficients = window.coefficients.map((c) => part(c, k, dimension));
  return leakOfWindow(leak, { ...window, coefficients });
}

/** The generator of several kets at once, one after the other in a vector. */
function together(one: Generator, count: number): Generator {
  if (count === 1) return one;
  const each = (multiply: Generator["multiply"]) => (y: ComplexVector, out: ComplexVector) => {
    for (let k = 0; k < count; k++) multiply(part(y, k, one.rows), part(out, k, one.rows));
  };
  return {
    ...one,
    rows: count * one.rows,
    multiply: each(one.multiply),
    terms: one.terms.map((term) => ({ ...term, multiply: each(term.multiply) })),
  };
}

/** The k-th ket in a vector of several: a view of it. */
function part({ re, im }: ComplexVector, k: number, dimension: number): ComplexVector {
  const [from, to] = [k * dimension, (k + 1) * dimension];
  return { re: re.subarray(from, to), im: im.subarray(from, to) };
}

function apart(y: ComplexVector, count: number, dimension: number): ComplexVector[] {
  return count === 1 ? [y] : Array.from({ length: count }, (_, k) => part(y, k, dimension));
}

function joinedKets(kets: readonly ComplexVector[]): ComplexVector {
  if (kets.length === 1) return kets[0];
  const dimension = kets[0].re.length;
  const y = zeroVector(kets.length * dimension);
  kets.forEach(({ re, im }, k) => {
    y.re.set(re, k * dimension);
    y.im.set(im, k * dimension);
  });
  return y;
}
