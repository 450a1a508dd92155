/**
 * Fourier sums at equally spaced times: each term is spread over a few points of a grid of frequencies, the grid is Fourier
 * transformed at the end, and the window's transform divided out.
 */

import { type Spreading, spreadKernel, sumsKernel } from "../kernels/fourier.ts";
import type { ComplexArray, FourierTerms } from "./fourierTerms.ts";
import { fourierTransform, transformPlan } from "./fourierTransform.ts";
import { phaseAt, roots, rootsPerRadian } from "./roots.ts";
import { fillWindow, type SpreadingWindow, spreadingWindow, windowDegree } from "./spreadingWindow.ts";
import type { TimeGrid } from "./timeParts.ts";

/** What undoes the window, by the number of times: sums of as many come one after the other. */
const undone = new Map<number, Float64Array>();
const mostUndone = 8;

export class GridSums {
  private readonly times: TimeGrid;
  private readonly series: number;
  private readonly middle: number;
  private readonly points: number;
  private readonly window: SpreadingWindow;
  /** Points on both sides beyond the grid, which belong to its other end. */
  private readonly margin: number;
  /** Numbers of the grid. */
  private readonly size: number;
  /** Four numbers for each point and series: what terms at +ω add there, and what terms at −ω add at the point's opposite; null if nothing did yet. */
  private grid: Float64Array | null = null;

  constructor(series: number, times: TimeGrid) {
    const { count } = times;
    let n = 8;
    while (n < Math.max(2 * count, 64)) n *= 2;
    this.series = series;
    this.times = times;
    // Times are counted from the middle of the list, so that the window's transform is divided out where it is large.
    this.middle = Math.floor(count / 2);
    this.points = n;
    this.window = spreadingWindow(n / count);
    this.margin = this.window.half;
    this.size = 4 * series * (n + 2 * this.margin);
  }

  add(terms: FourierTerms, weight: number): void {
    const spreading = this.spreading(terms, weight);
    this.grid ??= new Float64Array(this.size);
    if (!spreadKernel(spreading, this.grid)) spreadTerms(spreading, this.grid);
  }

  /** The sums, with these terms besides those that were added; to be called once. */
  finish(last: FourierTerms, weight: number): ComplexArray[] {
    const { series, points } = this;
    const { count } = this.times;
    const spreading = this.spreading(last, weight);
    const plan = { ...transformPlan(points), undo: this.undoing(), count };
    const fast = sumsKernel(spreading, this.grid, this.size, plan);
    if (fast !== null) {
      const part = (n: number) => fast.subarray(n * count, (n + 1) * count);
      return Array.from({ length: series }, (_, s) => ({ re: part(2 * s), im: part(2 * s + 1) }));
    }
    const grid = this.grid ?? new Float64Array(this.size);
    spreadTerms(spreading, grid);
    return Array.from({ length: series }, (_, s) => this.sum(grid, s));
  }

  private spreading({ count, frequencies, coefficients }: FourierTerms, weight: number): Spreading {
    const { first, step } = this.times;
    return {
      ...{ count, frequencies, coefficients, weight, roots },
      ...{ series: this.series, points: this.points, margin: this.margin },
      ...{ half: this.window.half, degree: windowDegree, table: this.window.table },
      turnsOfPlace: step / (2 * Math.PI),
      rootsOfPhase: (first + this.middle * step) * rootsPerRadian,
    };
  }

  /** One series at all times: the readable twin of `sumsOfGrid` of assembly/fourier.ts. */
  private sum(grid: Float64Array, s: number): ComplexArray {
    const { points: n, middle } = this;
    const { count } = this.times;
    const undo = this.undoing();
    const sum = { re: new Float64Array(count), im: new Float64Array(count) };
    const { re, im } = this.folded(grid, s);
    fourierTransform(re, im);
    for (let t = 0; t < count; t++) {
      const at = (t - middle) & (n - 1);
      sum.re[t] = undo[t] * re[at];
      sum.im[t] = undo[t] * im[at];
    }
    return sum;
  }

  /** 1 / the window's transform at each of the times. */
  private undoing(): Float64Array {
    const { points: n, middle, window } = this;
    const { count } = this.times;
    const known = undone.get(count);
    if (known !== undefined) return known;
    const undo = Float64Array.from({ length: count }, (_, t) => 1 / window.transform((2 * Math.PI * (t - middle)) / n));
    if (undone.size >= mostUndone) undone.clear();
    undone.set(count, undo);
    return undo;
  }

  /** One series on the grid without margins, terms at −ω where they belong. */
  private folded(grid: Float64Array, s: number): ComplexArray {
    const { series, points: n, margin } = this;
    const re = new Float64Array(n);
    const im = new Float64Array(n);
    for (let i = 0, at = 4 * s; i < n + 2 * margin; i++, at += 4 * series) {
      const place = (i - margin) & (n - 1);
      const opposite = (margin - i) & (n - 1);
      re[place] += grid[at];
      im[place] += grid[at + 1];
      re[opposite] += grid[at + 2];
      im[opposite] += grid[at + 3];
    }
    return { re, im };
  }
}

/** Adds the terms to the grid: the readable twin of the kernel of assembly/fourier.ts. */
function spreadTerms(spreading: Spreading, grid: Float64Array): void {
  const { count, frequencies, coefficients, weight, series, points, margin, half } = spreading;
  const window = new Float64Array(2 * half);
  for (let m = 0; m < count; m++) {
    const turns = frequencies[m] * spreading.turnsOfPlace;
    const place = (turns - Math.floor(turns)) * points;
    const below = Math.min(points - 1, Math.floor(place));
    fillWindow(window, place - below, spreading);
    const [cos, sin] = phaseAt(frequencies[m] * spreading.rootsOfPhase);
    const [c, d] = [weight * cos, -weight * sin];
    const from = margin + below - half + 1;
    for (let s = 0; s < series; s++) {
      const own = 4 * (m * series + s);
      const [pr, pi, mr, mi] = coefficients.subarray(own, own + 4);
      for (let l = 0; l < 2 * half; l++) {
        const at = 4 * ((from + l) * series + s);
        grid[at] += window[l] * (pr * c - pi * d);
        grid[at + 1] += window[l] * (pi * c + pr * d);
        grid[at + 2] += window[l] * (mr * c + mi * d);
        grid[at + 3] += window[l] * (mi * c - mr * d);
      }
    }
  }
}
