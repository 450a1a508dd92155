/** A square matrix at each of a list of times, such as ρ_S(t). */

import type { Matrix } from "./matrix.ts";

/** `re[(t·n + i)·n + j]` is the real part of entry (i, j) at times[t]. */
export interface MatrixSeries {
  readonly times: readonly number[];
  /** n: each matrix is n × n. */
  readonly dimension: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function zeroSeries(times: readonly number[], dimension: number): MatrixSeries {
  const length = times.length * dimension * dimension;
  return { times, dimension, re: new Float64Array(length), im: new Float64Array(length) };
}

/** The matrix at the t-th time: a view, not a copy. */
export function matrixAt(series: MatrixSeries, t: number): Matrix {
  const n = series.dimension;
  const from = t * n * n;
  return { rows: n, cols: n, re: series.re.subarray(from, from + n * n), im: series.im.subarray(from, from + n * n) };
}

/** The matrices at some of the times, given by their places. */
export function seriesAt(series: MatrixSeries, places: readonly number[]): MatrixSeries {
  const chosen = zeroSeries(
    places.map((place) => series.times[place]),
    series.dimension,
  );
  places.forEach((place, t) => {
    matrixAt(chosen, t).re.set(matrixAt(series, place).re);
    matrixAt(chosen, t).im.set(matrixAt(series, place).im);
  });
  return chosen;
}

/** sum += weight · series, in place. */
export function addSeries(sum: MatrixSeries, series: MatrixSeries, weight: number): void {
  for (let i = 0; i < sum.re.length; i++) {
    sum.re[i]! += weight * series.re[i]!;
    sum.im[i]! += weight * series.im[i]!;
  }
}

/** Largest modulus of the difference of two series, over all times and entries. */
export function maxDifference(a: MatrixSeries, b: MatrixSeries): number {
  let square = 0;
  for (let i = 0; i < a.re.length; i++) {
    const re = a.re[i]! - b.re[i]!;
    const im = a.im[i]! - b.im[i]!;
    square = Math.max(square, re * re + im * im);
  }
  return Math.sqrt(square);
}
