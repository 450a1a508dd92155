/**
 * Σ_m (p_m e^{−iω_m t} + m_m e^{+iω_m t}) at many times, at a cost of terms + times and not of their product: a nonuniform fast
 * Fourier transform (Dutt and Rokhlin, SIAM J. Sci. Comput. 14, 1368, 1993). Good to about 1e-14 of the sum of the moduli.
 */

import type { ComplexArray, FourierTerms } from "./fourierTerms.ts";
import { GridSums } from "./gridSums.ts";
import { fillWindow, spreadingWindow } from "./spreadingWindow.ts";
import { equallySpaced, fewestTimes, timeParts } from "./timeParts.ts";

/** A grid of more times than this for each time asked for is not worth it: then terms are summed one by one. */
const mostGridTimes = 200;

const noTerms: FourierTerms = { count: 0, frequencies: new Float64Array(0), coefficients: new Float64Array(0) };

/** Sums at given times (in any order) to which terms are added, from many places if need be. */
export class FourierSums {
  private readonly series: number;
  /** Parts of the list of times, each with what suits it. */
  private readonly parts: readonly TimesPart[];

  constructor(series: number, times: ArrayLike<number>) {
    this.series = series;
    this.parts = timeParts(Array.from(times)).map((part) => {
      const equal = part.length < fewestTimes ? null : equallySpaced(part);
      if (equal !== null) return { times: part, sums: null, grid: new GridSums(series, equal) };
      return { times: part, sums: Array.from({ length: series }, () => zeros(part.length)), grid: null };
    });
  }

  /** Adds `weight` times the terms. */
  add(terms: FourierTerms, weight = 1): void {
    if (terms.count === 0) return;
    for (const part of this.parts) {
      if (part.grid !== null) part.grid.add(terms, weight);
      else addWithoutGrid(part, terms, weight);
    }
  }

  /** sums[s] at times[t], with these terms beside those that were added, at less than `add` costs; to be called once. */
  finish(last: FourierTerms = noTerms, weight = 1): readonly ComplexArray[] {
    for (const part of this.parts) if (part.grid === null) addWithoutGrid(part, last, weight);
    const finished = this.parts.map(({ sums, grid }) => sums ?? grid.finish(last, weight));
    if (finished.length === 1) return finished[0];
    return Array.from({ length: this.series }, (_, s) => ({
      re: Float64Array.from(finished.flatMap((sums) => [...sums[s].re])),
      im: Float64Array.from(finished.flatMap((sums) => [...sums[s].im])),
    }));
  }
}

/** Sums on a grid of equally spaced times, or one by one. */
type TimesPart = { readonly times: readonly number[]; readonly sums: null; readonly grid: GridSums } | OneByOne;

interface OneByOne {
  readonly times: readonly number[];
  readonly sums: readonly ComplexArray[];
  readonly grid: null;
}

/** sums[s] at times[t] for s < series; the times may be in any order. */
export function fourierSum(terms: FourierTerms, series: number, times: ArrayLike<number>): readonly ComplexArray[] {
  return new FourierSums(series, times).finish(terms);
}

function addWithoutGrid({ times, sums }: OneByOne, terms: FourierTerms, weight: number): void {
  if (terms.count === 0) return;
  if (times.length < fewestTimes || !addBetweenGrid(terms, times, weight, sums)) {
    addTermByTerm(terms, times, weight, sums);
  }
}

function zeros(length: number): ComplexArray {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}

/** Points of the grid for a half turn of the fastest term, where times are not equally spaced. */
const oversampling = 2;

/**
 * Times that are not equally spaced, from a grid fine enough for the fastest term: what lies between its times is a sum over
 * windows there, whose transform is divided out of the coefficients first. False if that would take too long a grid.
 */
function addBetweenGrid(
  terms: FourierTerms,
  times: ArrayLike<number>,
  weight: number,
  sums: readonly ComplexArray[],
): boolean {
  const window = spreadingWindow(oversampling);
  const { half } = window;
  let fastest = 0;
  for (let m = 0; m < terms.count; m++) fastest = Math.max(fastest, Math.abs(terms.frequencies[m]));
  let earliest = times[0];
  let latest = times[0];
  for (let t = 1; t < times.length; t++) {
    earliest = Math.min(earliest, times[t]);
    latest = Math.max(latest, times[t]);
  }
  const step = Math.PI / (oversampling * fastest);
  const count = Math.ceil((latest - earliest) / step) + 2 * half + 2;
  if (!(count <= mostGridTimes * times.length)) return false;
  const first = earliest - half * step;
  const coefficients = new Float64Array(4 * sums.length * terms.count);
  for (let m = 0, e = 0; m < terms.count; m++) {
    const factor = 1 / window.transform(terms.frequencies[m] * step);
    for (const end = e + 4 * sums.length; e < end; e++) coefficients[e] = factor * terms.coefficients[e];
  }
  const grid = new GridSums(sums.length, { first, step, count });
  const onGrid = grid.finish({ ...terms, coefficients }, weight);
  const around = new Float64Array(2 * half);
  for (let t = 0; t < times.length; t++) {
    const place = (times[t] - first) / step;
    const below = Math.floor(place);
    fillWindow(around, place - below, window);
    for (let l = 0, at = below - half + 1; l < 2 * half; l++, at++) {
      onGrid.forEach(({ re, im }, s) => {
        sums[s].re[t] += around[l] * re[at];
        sums[s].im[t] += around[l] * im[at];
      });
    }
  }
  return true;
}

function addTermByTerm(
  { count, frequencies, coefficients }: FourierTerms,
  times: ArrayLike<number>,
  weight: number,
  sums: readonly ComplexArray[],
): void {
  for (let m = 0; m < count; m++) {
    for (let t = 0; t < times.length; t++) {
      const cos = weight * Math.cos(frequencies[m] * times[t]);
      const sin = -weight * Math.sin(frequencies[m] * times[t]);
      for (let s = 0, at = 4 * m * sums.length; s < sums.length; s++, at += 4) {
        const [pr, pi, mr, mi] = [coefficients[at], coefficients[at + 1], coefficients[at + 2], coefficients[at + 3]];
        sums[s].re[t] += pr * cos - pi * sin + mr * cos + mi * sin;
        sums[s].im[t] += pr * sin + pi * cos - mr * sin + mi * cos;
      }
    }
  }
}
