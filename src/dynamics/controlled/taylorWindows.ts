/**
 * y′ = (G + Σ_j f_j(t) G_j) y by Taylor windows: within a window y is a polynomial of high order in t, made from the exact
 * Taylor coefficients of the f_j, so that no order of a scheme limits it and y is known at any time of the window. Its
 * defect says how wrong it is: the first term left out, what the f_j's polynomials and y's make beyond the order, and how far each f_j
 * is off its polynomial, which is proved too, so that no window steps over what an f_j does within it. The error is proved to be at most
 * the integral of the defect, for evolutions that are contractions.
 */

import type { PowerSeries } from "../../algebra/powerSeries.ts";
import { type ComplexVector, zeroVector } from "../../fock/sparse.ts";
import { ImpossibleRunError } from "../errors.ts";

/** Multiplies a vector: out = G y, which must not be y. */
export type Multiply = (y: ComplexVector, out: ComplexVector) => void;

export interface DrivenTerm {
  readonly multiply: Multiply;
  /** ‖G_j‖, at most. */
  readonly size: number;
  /** Taylor coefficients of f_j about t, on the side of `inside`. */
  series(t: number, length: number, inside: number): PowerSeries;
  /** At most how far f_j is off its Taylor polynomial of a degree about t, within h of t: the least, or what is enough. */
  remainder(t: number, degree: number, inside: number): Remainder;
  /** About how far f_j at t is off in double precision. */
  rounding(t: number, inside: number): number;
}

export type Remainder = (h: number, enough?: number) => number;

export interface Generator {
  readonly rows: number;
  /** G. */
  readonly multiply: Multiply;
  /** ‖G‖, at most. */
  readonly size: number;
  readonly terms: readonly DrivenTerm[];
  /** Norm in which errors count, as a multiple of the Euclidean one. */
  readonly weight: number;
}

/** y(from + x·unit) = Σ_k coefficients[k] x^k for x from 0 to `end`. */
export interface Window {
  readonly from: number;
  /** Signed. */
  readonly unit: number;
  readonly end: number;
  readonly coefficients: readonly ComplexVector[];
}

export interface TaylorInfo {
  applications: number;
  /** ∫ of the defects, and rounding. */
  error: number;
}

/** Terms of a window. At this order a window of ‖G‖h ≈ 5 is good to 1e-11, and rounding costs two digits. */
const order = 30;

/** Terms of the sum may exceed y by this factor: more would cost digits. */
const mostGrowth = 100;

/** Terms of an envelope's polynomial that are smaller than this beside the largest, all along a window, change no digit. */
const negligible = 1e-18;

/** Under drives a window shorter than this, in its unit, is made again in a smaller one. */
const shortest = 0.3;

/** Where an envelope is also compared with its Taylor polynomial, whose coefficients are rounded, as shares of the window. */
const compared = [0.35, 0.7, 0.9, 1];

/** A drive that asks for windows shorter than this, as a share of the time gone or to go, is refused. */
const finest = 1e-11;

/** What is proved of a drive and is this share of what is allowed need not be proved better. */
const wellBelow = 0.01;

/** Windows after which the rest of the way is looked at, whether the drives can be followed there; and again after twice as many. */
const patience = 100;

/** What turns S by more than this, in radians, is beyond all bounds: windows would not end in hours, nor digits last. */
const mostTurned = 1e9;

/**
 * Carries y from one time to another (between which the f_j are smooth), with an error of at most `rate` for each unit of
 * time, and calls `visit` with each window. Returns y at the end.
 */
export function taylorWindows(
  generator: Generator,
  start: ComplexVector,
  from: number,
  to: number,
  rate: number,
  info: TaylorInfo,
  visit: (window: Window) => boolean | undefined,
): ComplexVector {
  if (from === to) return start;
  if (!(generator.size * Math.abs(to - from) <= mostTurned)) throw tooFast(generator, from, to);
  const direction = Math.sign(to - from);
  const inside = 0.5 * (from + to);
  const coefficients = Array.from({ length: order + 2 }, () => zeroVector(generator.rows));
  let y = start;
  let now = from;
  const least = finest * Math.max(Math.abs(from), Math.abs(to));
  let unit = Math.min(Math.abs(to - from), firstUnit(generator, from, inside));
  let windows = 0;
  let looked = patience;
  while (direction * (to - now) > 0) {
    const left = Math.abs(to - now);
    const remainders = generator.terms.map((term) => term.remainder(now, order, inside));
    unit = followed(generator, remainders, Math.min(unit, left), now, length(y), rate, least);
    const signed = direction * unit;
    const envelopes = generator.terms.map((term) => scaled(term.series(now, order + 2, inside), signed));
    coefficients[0].re.set(y.re);
    coefficients[0].im.set(y.im);
    fill(generator, coefficients, envelopes, signed);
    info.applications += order + 1;
    const { end, error } = reach(
      generator,
      coefficients,
      envelopes,
      remainders,
      now,
      signed,
      inside,
      rate,
      left / unit,
    );
    if (generator.terms.length > 0 && end < shortest) {
      unit *= end;
      continue;
    }
    if (++windows === looked) {
      lookAhead(generator, now, to, length(y), rate, least);
      looked *= 2;
    }
    const window = { from: now, unit: signed, end, coefficients: coefficients.slice(0, order + 1) };
    info.error += error;
    if (visit(window) === false) return y;
    y = windowAt(window, end);
    now = end * unit >= left ? to : now + end * signed;
    unit *= Math.min(2, end);
  }
  return y;
}

/** The longest time, up to `most`, for which the rate allows to take polynomials for the f_j. Throws ImpossibleRunError. */
function followed(
  { terms, weight }: Generator,
  remainders: readonly Remainder[],
  most: number,
  now: number,
  size: number,
  rate: number,
  least: number,
): number {
  let h = most;
  terms.forEach((term, j) => {
    const share = rate / (weight * size * term.size * terms.length);
    while (!(remainders[j](h, wellBelow * share) <= share)) {
      h *= 0.85;
      if (!(h > least)) throw tooRough(now, terms.length === 1 ? "the drive" : `drive[${j}]`);
    }
  });
  return h;
}

/** Throws ImpossibleRunError if a drive cannot be followed to the end, before windows without number come near to where. */
function lookAhead(generator: Generator, from: number, to: number, size: number, rate: number, least: number): void {
  const inside = 0.5 * (from + to);
  const direction = Math.sign(to - from);
  let now = from;
  let h = Math.abs(to - from);
  let turned = 0;
  for (let step = 0; step < 10 * patience && direction * (to - now) > 0; step++) {
    const remainders = generator.terms.map((term) => term.remainder(now, order, inside));
    const most = Math.min(2 * h, Math.abs(to - now));
    h = followed(generator, remainders, most, now, size, rate, least);
    turned += h * strengthAt(generator, now, inside);
    if (!(turned <= mostTurned)) throw tooRough(now, generator.terms.length === 1 ? "the drive" : "a drive");
    now = h === Math.abs(to - now) ? to : now + direction * h;
  }
}

function tooRough(t: number, drive: string): ImpossibleRunError {
  return new ImpossibleRunError(
    `The evolution cannot be followed past t = ${t}: ${drive} is not smooth there, or grows beyond all bounds. ` +
      "Write a jump with `step(t, t0)`, corners as a `table`, and quotients without a zero of the denominator.",
  );
}

function tooFast({ size }: Generator, from: number, to: number): ImpossibleRunError {
  const [turned, time] = [size * Math.abs(to - from), Math.abs(to - from)].map((x) => Number(x.toPrecision(2)));
  return new ImpossibleRunError(
    `The evolution cannot be followed for a time of ${time}: energies and rates of decay turn S by ${turned} radians in it, and ` +
      `more than ${mostTurned} would not end in hours. Ask for shorter times, or take what is so fast out of the model.`,
  );
}

function firstUnit(generator: Generator, t: number, inside: number): number {
  return 5 / Math.max(generator.size + strengthAt(generator, t, inside), 1e-12);
}

/** Σ_j |f_j| ‖G_j‖. */
function strengthAt({ terms }: Generator, t: number, inside: number): number {
  return terms.reduce((sum, term) => sum + Math.abs(term.series(t, 1, inside)[0]) * term.size, 0);
}

function scaled(series: PowerSeries, unit: number): PowerSeries {
  let power = 1;
  return series.map((x) => {
    const value = x * power;
    power *= unit;
    return value;
  });
}

/** (k + 1) c_{k+1} = unit (G c_k + Σ_j G_j Σ_m f_{j,m} c_{k−m}). */
function fill(
  generator: Generator,
  coefficients: readonly ComplexVector[],
  envelopes: readonly PowerSeries[],
  unit: number,
): void {
  const mixed = zeroVector(generator.rows);
  const part = zeroVector(generator.rows);
  const least = envelopes.map(
    (envelope) => negligible * envelope.reduce((most, x, m) => Math.max(most, Math.abs(x) * shortest ** m), 0),
  );
  for (let k = 0; k <= order; k++) {
    const next = coefficients[k + 1];
    generator.multiply(coefficients[k], next);
    generator.terms.forEach((term, j) => {
      const envelope = envelopes[j];
      mixed.re.fill(0);
      mixed.im.fill(0);
      for (let m = 0; m <= k; m++)
        if (Math.abs(envelope[m]) > least[j]) addScaled(mixed, coefficients[k - m], envelope[m]);
      term.multiply(mixed, part);
      addScaled(next, part, 1);
    });
    const factor = unit / (k + 1);
    for (let i = 0; i < next.re.length; i++) {
      next.re[i] *= factor;
      next.im[i] *= factor;
    }
  }
}

/** How far the window goes (in units) with an error that the rate allows, and that error. Throws ImpossibleRunError. */
function reach(
  { terms, weight }: Generator,
  coefficients: readonly ComplexVector[],
  envelopes: readonly PowerSeries[],
  remainders: readonly Remainder[],
  now: number,
  unit: number,
  inside: number,
  rate: number,
  most: number,
): { end: number; error: number } {
  const norms = coefficients.map(length);
  const size = norms[0];
  const ceiling = Math.min(most, 4);
  const allowed = rate * Math.abs(unit);
  const leftOut = weight * norms[order + 1];
  let end = Math.min(ceiling, leftOut > 0 ? (allowed / leftOut) ** (1 / order) : ceiling);
  const roundings = terms.map((term) => term.rounding(now, inside));
  const misses = (x: number) =>
    terms.reduce((sum, term, j) => {
      let miss = remainders[j](x * Math.abs(unit), (wellBelow * rate) / (weight * size * term.size * terms.length));
      for (const share of compared) {
        const t = now + share * x * unit;
        const [value, slope] = term.series(t, 2, inside);
        // Values of f have rounding errors of their own, and those of t and of what cancels in f: no window is too long for these.
        const plain = 8 * Number.EPSILON * (Math.abs(value) + Math.abs(slope * t));
        const rounding = plain + 8 * Math.max(roundings[j], term.rounding(t, inside));
        miss = Math.max(miss, Math.abs(value - polynomial(envelopes[j], share * x, order)) - rounding);
      }
      // Along the window y is no longer than at its beginning, and its polynomial by the window's error at most.
      return sum + weight * Math.max(0, miss) * term.size * Math.abs(unit) * (size + (4 * allowed) / weight);
    }, 0);
  const grows = (x: number) => {
    let power = 1;
    for (const norm of norms) {
      if (norm * power > mostGrowth * size) return true;
      power *= x;
    }
    return false;
  };
  const mixed = (x: number) =>
    terms.reduce((sum, term, j) => sum + weight * term.size * Math.abs(unit) * beyond(envelopes[j], norms, x), 0);
  while (end > 0 && (grows(end) || !(misses(end) + mixed(end) / end <= allowed))) {
    end *= 0.85;
    if (!(end * Math.abs(unit) > 1e-12 * (Math.abs(now) + Math.abs(unit)) * 1e-3)) {
      throw tooRough(now, "a drive");
    }
  }
  const error = leftOut * end ** (order + 1) + mixed(end) + (terms.length > 0 ? misses(end) * end : 0);
  // Where much cancels in f, y is followed along what double precision makes of it.
  const cancelled = terms.reduce((sum, term, j) => {
    const [value, slope] = term.series(now, 2, inside);
    const usual = 8 * Number.EPSILON * (Math.abs(value) + Math.abs(slope * now));
    return sum + term.size * Math.max(0, roundings[j] - usual);
  }, 0);
  // Times are rounded, which counts where a drive is large: a narrow pulse late on the way.
  const driven = terms.reduce((sum, term, j) => sum + term.size * Math.abs(envelopes[j][0]), 0) * Math.abs(now);
  const rounding = Number.EPSILON * (0.4 * mostGrowth + driven) + cancelled * end * Math.abs(unit);
  return { end, error: error + rounding * weight * size };
}

/**
 * ∫_0^x of the terms that the window's polynomial makes with an envelope's beyond the order, from above: those of the order itself
 * are the first term left out.
 */
function beyond(envelope: PowerSeries, norms: readonly number[], x: number): number {
  let sum = 0;
  let power = x ** (order + 2);
  for (let q = order + 1; q <= 2 * order; q++) {
    let term = 0;
    for (let m = q - order; m <= order; m++) term += Math.abs(envelope[m]) * norms[q - m];
    sum += (term * power) / (q + 1);
    power *= x;
  }
  return sum;
}

function polynomial(series: PowerSeries, x: number, degree: number): number {
  let sum = 0;
  for (let k = degree; k >= 0; k--) sum = sum * x + series[k];
  return sum;
}

/** y at x units from the window's beginning. */
export function windowAt({ coefficients }: Window, x: number): ComplexVector {
  const y = zeroVector(coefficients[0].re.length);
  let power = 1;
  for (const c of coefficients) {
    addScaled(y, c, power);
    power *= x;
  }
  return y;
}

function addScaled(sum: ComplexVector, x: ComplexVector, s: number): void {
  for (let i = 0; i < sum.re.length; i++) {
    sum.re[i] += s * x.re[i];
    sum.im[i] += s * x.im[i];
  }
}

function length(v: ComplexVector): number {
  let sum = 0;
  for (let i = 0; i < v.re.length; i++) sum += v.re[i] * v.re[i] + v.im[i] * v.im[i];
  return Math.sqrt(sum);
}
