/**
 * y′ = (G + Σ_j f_j(t) G_j) y by Taylor windows: within a window y is a polynomial of high order in t, made from the exact
 * Taylor coefficients of the f_j, so that no order of a scheme limits it and y is known at any time of the window. Its
 * defect says how wrong it is: where the f_j are constant the defect is the first term left out, and the error is proved to
 * be at most its integral, for evolutions that are contractions.
 */

import type { PowerSeries } from "../algebra/powerSeries.ts";
import { type ComplexVector, zeroVector } from "../fock/sparse.ts";
import { ImpossibleRunError } from "./errors.ts";

/** Multiplies a vector: out = G y, which must not be y. */
export type Multiply = (y: ComplexVector, out: ComplexVector) => void;

export interface DrivenTerm {
  readonly multiply: Multiply;
  /** ‖G_j‖, at most. */
  readonly size: number;
  /** Taylor coefficients of f_j about t, on the side of `inside`. */
  series(t: number, length: number, inside: number): PowerSeries;
}

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

/** Taylor coefficients of an envelope that are smaller than this beside the largest change no digit. */
const negligible = 1e-18;

/** Where an envelope is compared with its Taylor polynomial, as shares of the window. */
const compared = [0.35, 0.7, 0.9, 1];

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
  const direction = Math.sign(to - from);
  const inside = 0.5 * (from + to);
  const coefficients = Array.from({ length: order + 2 }, () => zeroVector(generator.rows));
  let y = start;
  let now = from;
  let unit = Math.min(Math.abs(to - from), firstUnit(generator, from, inside));
  while (direction * (to - now) > 0) {
    const left = Math.abs(to - now);
    unit = Math.min(unit, left);
    const signed = direction * unit;
    const envelopes = generator.terms.map((term) => scaled(term.series(now, order + 2, inside), signed));
    coefficients[0].re.set(y.re);
    coefficients[0].im.set(y.im);
    fill(generator, coefficients, envelopes, signed);
    info.applications += order + 1;
    const { end, error } = reach(generator, coefficients, envelopes, now, signed, inside, rate, left / unit);
    const window = { from: now, unit: signed, end, coefficients: coefficients.slice(0, order + 1) };
    info.error += error;
    if (visit(window) === false) return y;
    y = windowAt(window, end);
    now = end * unit >= left ? to : now + end * signed;
    unit *= Math.min(2, end);
  }
  return y;
}

function firstUnit(generator: Generator, t: number, inside: number): number {
  let size = generator.size;
  for (const term of generator.terms) size += Math.abs(term.series(t, 1, inside)[0]) * term.size;
  return 5 / Math.max(size, 1e-12);
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
  for (let k = 0; k <= order; k++) {
    const next = coefficients[k + 1];
    generator.multiply(coefficients[k], next);
    generator.terms.forEach((term, j) => {
      const envelope = envelopes[j];
      const least = negligible * envelope.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      mixed.re.fill(0);
      mixed.im.fill(0);
      for (let m = 0; m <= k; m++)
        if (Math.abs(envelope[m]) > least) addScaled(mixed, coefficients[k - m], envelope[m]);
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
  const misses = (x: number) =>
    terms.reduce((sum, term, j) => {
      const value = (at: number) => polynomial(envelopes[j], at, order);
      const away = compared.map((share) =>
        Math.abs(term.series(now + share * x * unit, 1, inside)[0] - value(share * x)),
      );
      // Values of f have rounding errors of their own.
      const miss = Math.max(...away) - 8 * Number.EPSILON * Math.abs(value(x));
      return sum + weight * Math.max(0, miss) * term.size * Math.abs(unit) * size;
    }, 0);
  const grows = (x: number) => {
    let power = 1;
    for (const norm of norms) {
      if (norm * power > mostGrowth * size) return true;
      power *= x;
    }
    return false;
  };
  while (end > 0 && (grows(end) || !(misses(end) <= allowed))) {
    end *= 0.85;
    if (!(end * Math.abs(unit) > 1e-12 * (Math.abs(now) + Math.abs(unit)) * 1e-3)) {
      throw new ImpossibleRunError(
        `The evolution cannot be followed past t = ${now}: a drive is not smooth there, or grows beyond all bounds. ` +
          "Write a jump with `step(t, t0)`, corners as a `table`.",
      );
    }
  }
  const tail = terms.length > 0 ? 2 : 1;
  const error = tail * leftOut * end ** (order + 1) + (terms.length > 0 ? misses(end) * end : 0);
  return { end, error: error + 4 * Number.EPSILON * mostGrowth * 0.1 * weight * size };
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
