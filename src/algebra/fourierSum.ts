/**
 * Σ_m (p_m e^{−iω_m t} + m_m e^{+iω_m t}) at many times, at a cost of terms + times and not of their product: each term is spread over a few
 * points of a grid by a Gaussian, the grid is Fourier transformed, the Gaussian divided out (Greengard and Lee, SIAM Rev.
 * 46, 443, 2004). Good to about 1e-14 of the sum of the moduli.
 */

import { type SpreadTerms, spreadKernel } from "../kernels/fourier.ts";
import { fourierTransform } from "./fourierTransform.ts";

interface ComplexArray {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Coefficients p_m at +ω_m and m_m at −ω_m. */
export interface FourierSeries {
  readonly plus: ComplexArray;
  readonly minus: ComplexArray;
}

/** Several sums with the same frequencies, of which the first `count` are meant. */
export interface FourierTerms {
  readonly count: number;
  readonly frequencies: Float64Array;
  readonly series: readonly FourierSeries[];
}

/** Grid points to each side that a term is spread over, for what is cut off, e^{−π·spread·(R − 1)/(R − ½)}, to be 3e-15. */
function spreadFor(oversampling: number): number {
  return Math.ceil((33.5 / Math.PI) * ((oversampling - 0.5) / (oversampling - 1)));
}

/** Coefficients below this are left out: they change no digit, and products of denormal numbers are slow. */
const negligible = 1e-22;

/** With fewer times than this, summing term by term is cheaper. */
const fewestTimes = 24;

/** A grid of more times than this for each time asked for is not worth it: then terms are summed one by one. */
const mostGridTimes = 200;

/** Sums at given times (in any order) to which terms are added, from many places if need be. */
export class FourierSums {
  private readonly series: number;
  /** Parts of the list of times, each with what suits it. */
  private readonly parts: readonly TimesPart[];

  constructor(series: number, times: ArrayLike<number>) {
    this.series = series;
    this.parts = partsOf(Array.from(times)).map((part) => {
      const equal = part.length < fewestTimes ? null : equallySpaced(part);
      const sums = Array.from({ length: series }, () => zeros(part.length));
      return { times: part, sums, grid: equal === null ? null : new GridSums(series, equal) };
    });
  }

  /** Adds `weight` times the terms. */
  add(terms: FourierTerms, weight = 1): void {
    if (terms.count === 0) return;
    for (const { times, sums, grid } of this.parts) {
      if (grid !== null) grid.add(terms, weight);
      else if (times.length < fewestTimes || !addBetweenGrid(terms, times, weight, sums)) {
        addTermByTerm(terms, times, weight, sums);
      }
    }
  }

  /** sums[s] at times[t]; to be called once, after everything is added. */
  finish(): readonly ComplexArray[] {
    const finished = this.parts.map(({ sums, grid }) => (grid === null ? sums : grid.finish()));
    if (finished.length === 1) return finished[0];
    return Array.from({ length: this.series }, (_, s) => ({
      re: Float64Array.from(finished.flatMap((sums) => [...sums[s].re])),
      im: Float64Array.from(finished.flatMap((sums) => [...sums[s].im])),
    }));
  }
}

interface TimesPart {
  readonly times: readonly number[];
  readonly sums: readonly ComplexArray[];
  readonly grid: GridSums | null;
}

/** The list cut before its longest equally spaced end, and so on: a grid is worth a part of its own. */
function partsOf(times: readonly number[]): readonly number[][] {
  const parts: number[][] = [];
  let end = times.length;
  let rest = end;
  while (rest > 0) {
    let from = rest - 1;
    const step = times[rest - 1] - times[rest - 2];
    const slack = 8 * Number.EPSILON * Math.max(...times.map(Math.abs));
    while (from > 0 && Math.abs(times[rest - 1] - times[from - 1] - (rest - from) * step) <= slack) from--;
    if (rest - from >= fewestTimes) {
      if (end > rest) parts.unshift(times.slice(rest, end));
      parts.unshift(times.slice(from, rest));
      end = from;
    }
    rest = from;
  }
  if (end > 0 || parts.length === 0) parts.unshift(times.slice(0, end));
  return parts;
}

/** sums[s] at times[t]; the times may be in any order. */
export function fourierSum(terms: FourierTerms, times: ArrayLike<number>): readonly ComplexArray[] {
  const sums = new FourierSums(terms.series.length, times);
  sums.add(terms);
  return sums.finish();
}

function zeros(length: number): ComplexArray {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}

interface TimeGrid {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** The times as first + t·step, or null. Rounding of a user's times, such as 0.1 · n, does not hide an equal spacing. */
function equallySpaced(times: ArrayLike<number>): TimeGrid | null {
  const count = times.length;
  const first = times[0];
  const step = (times[count - 1] - first) / (count - 1);
  if (step === 0) return null;
  const slack = 4 * Number.EPSILON * Math.max(Math.abs(first), Math.abs(times[count - 1]));
  for (let t = 1; t < count; t++) if (!(Math.abs(times[t] - first - t * step) <= slack)) return null;
  return { first, step, count };
}

/** Sums at equally spaced times: terms are spread over a grid of frequencies, which is transformed at the end. */
class GridSums {
  private readonly times: TimeGrid;
  private readonly middle: number;
  /** τ of the Gaussian e^{−x²/4τ}. */
  private readonly width: number;
  private readonly spacing: number;
  /** e^{−(lh)²/4τ}. */
  private readonly tail: Float64Array;
  private readonly grids: readonly ComplexArray[];
  private readonly spread: number;

  constructor(series: number, times: TimeGrid) {
    const { count } = times;
    let n = 8;
    while (n < Math.max(2 * count, 64)) n *= 2;
    const oversampling = n / count;
    const spread = spreadFor(oversampling);
    this.spread = spread;
    this.times = times;
    // Times are counted from the middle of the list, so that the Gaussian is divided out where it is large.
    this.middle = Math.floor(count / 2);
    this.width = (Math.PI * spread) / (oversampling * (oversampling - 0.5)) / (count * count);
    this.spacing = (2 * Math.PI) / n;
    this.tail = Float64Array.from({ length: spread + 1 }, (_, l) =>
      Math.exp((-1 / (4 * this.width)) * (l * this.spacing) ** 2),
    );
    this.grids = Array.from({ length: series }, () => zeros(n));
  }

  add({ count, frequencies, series }: FourierTerms, weight: number): void {
    const { spread, spacing, width, grids } = this;
    const { first, step } = this.times;
    const centre = first + this.middle * step;
    const n = grids[0].re.length;
    const column = () => new Float64Array(count);
    const [own, ratio, cos, sin] = [column(), column(), column(), column()];
    const nearest = new Int32Array(count);
    for (let m = 0; m < count; m++) {
      const turns = (frequencies[m] * step) / (2 * Math.PI);
      const place = (turns - Math.floor(turns)) * n;
      nearest[m] = Math.min(n - 1, Math.floor(place));
      const x = (place - nearest[m]) * spacing;
      own[m] = Math.exp((-x * x) / (4 * width));
      ratio[m] = Math.exp((x * spacing) / (2 * width));
      cos[m] = weight * Math.cos(frequencies[m] * centre);
      sin[m] = -weight * Math.sin(frequencies[m] * centre);
    }
    const terms = { count, spread, nearest, own, ratio, cos, sin, tail: this.tail, series, negligible };
    if (!spreadKernel(terms, grids)) spreadTerms(terms, grids);
  }

  finish(): ComplexArray[] {
    const { count } = this.times;
    const n = this.grids[0].re.length;
    const norm = Math.sqrt(Math.PI / this.width) / n;
    const undo = Float64Array.from({ length: count }, (_, t) => norm * Math.exp(this.width * (t - this.middle) ** 2));
    return this.grids.map(({ re, im }) => {
      fourierTransform(re, im);
      const sum = zeros(count);
      for (let t = 0; t < count; t++) {
        const at = (t - this.middle) & (n - 1);
        sum.re[t] = undo[t] * re[at];
        sum.im[t] = undo[t] * im[at];
      }
      return sum;
    });
  }
}

/** Adds each term's Gaussian to the grids: the readable twin of the kernel of assembly/fourier.ts. */
function spreadTerms(terms: SpreadTerms, grids: readonly ComplexArray[]): void {
  const { count, spread, nearest, cos, sin, series } = terms;
  const kernel = new Float64Array(2 * spread);
  const mask = grids[0].re.length - 1;
  for (let m = 0; m < count; m++) {
    fillKernel(kernel, terms.own[m], terms.ratio[m], terms.tail);
    const from = nearest[m] - spread + 1;
    for (let s = 0; s < series.length; s++) {
      const { plus, minus } = series[s];
      const { re, im } = grids[s];
      const pr = plus.re[m];
      const pi = plus.im[m];
      if (Math.abs(pr) + Math.abs(pi) > terms.negligible) {
        const r = pr * cos[m] - pi * sin[m];
        const i = pr * sin[m] + pi * cos[m];
        for (let l = 0; l < 2 * spread; l++) {
          const at = (from + l) & mask;
          re[at] += r * kernel[l];
          im[at] += i * kernel[l];
        }
      }
      const mr = minus.re[m];
      const mi = minus.im[m];
      if (Math.abs(mr) + Math.abs(mi) > terms.negligible) {
        const r = mr * cos[m] + mi * sin[m];
        const i = mi * cos[m] - mr * sin[m];
        for (let l = 0; l < 2 * spread; l++) {
          const at = -(from + l) & mask;
          re[at] += r * kernel[l];
          im[at] += i * kernel[l];
        }
      }
    }
  }
}

/** e^{−(x − l h)²/4τ} = e^{−x²/4τ} (e^{xh/2τ})^l e^{−(lh)²/4τ}: two exponentials for all l. */
function fillKernel(kernel: Float64Array, own: number, ratio: number, tail: Float64Array): void {
  const spread = kernel.length / 2;
  let up = own;
  for (let l = 0; l <= spread; l++) {
    kernel[spread - 1 + l] = up * tail[l];
    up *= ratio;
  }
  const inverse = 1 / ratio;
  let down = own;
  for (let l = 1; l < spread; l++) {
    down *= inverse;
    kernel[spread - 1 - l] = down * tail[l];
  }
}

/**
 * Times that are not equally spaced, from a grid fine enough for the fastest term: what lies between its times is a sum
 * over Gaussians there, whose own Fourier transform is divided out of the coefficients first. False if that would take too long a grid.
 */
function addBetweenGrid(
  terms: FourierTerms,
  times: ArrayLike<number>,
  weight: number,
  sums: readonly ComplexArray[],
): boolean {
  const oversampling = 2;
  const spread = spreadFor(oversampling);
  let fastest = 0;
  for (let m = 0; m < terms.count; m++) fastest = Math.max(fastest, Math.abs(terms.frequencies[m]));
  let earliest = times[0];
  let latest = times[0];
  for (let t = 1; t < times.length; t++) {
    earliest = Math.min(earliest, times[t]);
    latest = Math.max(latest, times[t]);
  }
  const step = Math.PI / (oversampling * fastest);
  const count = Math.ceil((latest - earliest) / step) + 2 * spread + 2;
  if (!(count <= mostGridTimes * times.length)) return false;
  const first = earliest - spread * step;
  const width = (spread * oversampling * step * step) / (4 * Math.PI * (oversampling - 0.5));
  const factor = Float64Array.from(
    { length: terms.count },
    (_, m) => (step / Math.sqrt(4 * Math.PI * width)) * Math.exp(width * terms.frequencies[m] ** 2),
  );
  const scaled = ({ re, im }: ComplexArray): ComplexArray => ({
    re: factor.map((f, m) => f * re[m]),
    im: factor.map((f, m) => f * im[m]),
  });
  const series = terms.series.map(({ plus, minus }) => ({ plus: scaled(plus), minus: scaled(minus) }));
  const grid = new GridSums(series.length, { first, step, count });
  grid.add({ ...terms, series }, weight);
  const onGrid = grid.finish();
  for (let t = 0; t < times.length; t++) {
    const nearest = Math.floor((times[t] - first) / step);
    for (let l = nearest - spread + 1; l <= nearest + spread; l++) {
      const gaussian = Math.exp(-((times[t] - first - l * step) ** 2) / (4 * width));
      onGrid.forEach(({ re, im }, s) => {
        sums[s].re[t] += gaussian * re[l];
        sums[s].im[t] += gaussian * im[l];
      });
    }
  }
  return true;
}

function addTermByTerm(
  { count, frequencies, series }: FourierTerms,
  times: ArrayLike<number>,
  weight: number,
  sums: readonly ComplexArray[],
): void {
  for (let m = 0; m < count; m++) {
    for (let t = 0; t < times.length; t++) {
      const cos = weight * Math.cos(frequencies[m] * times[t]);
      const sin = -weight * Math.sin(frequencies[m] * times[t]);
      for (let s = 0; s < sums.length; s++) {
        const { plus, minus } = series[s];
        sums[s].re[t] += plus.re[m] * cos - plus.im[m] * sin + minus.re[m] * cos + minus.im[m] * sin;
        sums[s].im[t] += plus.re[m] * sin + plus.im[m] * cos - minus.re[m] * sin + minus.im[m] * cos;
      }
    }
  }
}
