/**
 * Propagation of a ket by Lanczos windows that shows the ket itself at each time: for what needs kets, such as pulses and
 * operators in between. Where only ρ_S(t) is wanted, krylov.ts is faster.
 */

import { gaussRule, uniform } from "../../algebra/gauss.ts";
import { tridiagonalEigensystem } from "../../algebra/tridiagonal.ts";
import { applySparse, type ComplexVector, euclidean, type SparseMatrix, zeroVector } from "../../fock/sparse.ts";

export interface KetWindowsOptions {
  /** Largest number of basis vectors in a window. */
  readonly dimension: number;
  /** Error of the ket allowed over the whole way, in norm. */
  readonly tolerance: number;
}

export interface KetWindowsInfo {
  applications: number;
  /** Proved bound on the error of the ket made by the windows, in norm, with the rounding of their steps. */
  propagation: number;
  /** Proved bound on ∫‖leak φ‖ ds over the whole way. */
  leaked: number;
}

/**
 * Calls `visit(t, φ(t), …)` for each of `times` (all of one sign, |t| ascending), φ(t) = e^{−iHt} start. The error of a window
 * of Krylov dimension m is at most ∫ β_m |y_m(s)| ds with y(s) = e^{−iTs} e_1 (the defect; Saad, SIAM J. Numer. Anal. 29,
 * 209, 1992). `leak` is (1 − P)HP (physics section 7), or null to leave its integral 0. `sofar`: what holds up to the end of the window in which the time lies.
 */
export function ketWindows(
  h: SparseMatrix,
  leak: SparseMatrix | null,
  start: ComplexVector,
  times: readonly number[],
  options: KetWindowsOptions,
  visit: (index: number, state: ComplexVector, sofar: KetWindowsInfo) => void,
): KetWindowsInfo {
  const n = h.rows;
  const rounding = Number.EPSILON * euclidean(start);
  const info: KetWindowsInfo = { applications: 0, propagation: 8 * rounding, leaked: 0 };
  const end = Math.abs(times.at(-1) ?? 0);
  const direction = (times.at(-1) ?? 0) < 0 ? -1 : 1;
  let state: ComplexVector = { re: start.re.slice(), im: start.im.slice() };
  let next = 0;
  let now = 0;
  while (next < times.length && times[next] === 0) visit(next++, state, info);
  const vectors = Array.from({ length: Math.min(options.dimension, n) + 1 }, () => zeroVector(n));
  const outside = zeroVector(leak?.rows ?? 0);
  while (next < times.length) {
    const rate = options.tolerance / end;
    const window = lanczos(h, state, vectors, rate, end - now);
    info.applications += window.size;
    const length = Math.min(end - now, windowLength(window, rate, end - now));
    const along = integrals(window, length);
    info.propagation += window.defect * window.norm * along[window.size - 1];
    // Each window rounds like a few additions; e^{−iTt} is off by rounding times ‖T‖t.
    const turning = Math.max(Math.abs(window.values[0]), Math.abs(window.values[window.size - 1])) * length;
    info.propagation += 4 * rounding * (1 + turning);
    for (let j = 0; j < window.size && leak !== null; j++) {
      applySparse(leak, vectors[j], outside);
      info.leaked += window.norm * euclidean(outside) * along[j];
    }
    // The last window ends on the last time exactly, whatever rounding says.
    const last = end - now <= length;
    while (next < times.length && (last || Math.abs(times[next]) <= now + length)) {
      visit(next, combine(window, vectors, direction * (Math.abs(times[next]) - now), zeroVector(n)), info);
      next++;
    }
    if (next < times.length) state = combine(window, vectors, direction * length, zeroVector(n));
    now += length;
  }
  return info;
}

interface Window {
  /** Number of basis vectors. */
  readonly size: number;
  /** Norm of the first, unnormalised, vector. */
  readonly norm: number;
  /** Eigenvalues of the tridiagonal matrix, and its eigenvectors as rows of size × size numbers. */
  readonly values: Float64Array;
  readonly rows: Float64Array;
  /** β_m: how strongly the window couples to what is outside it; 0 if it is invariant. */
  readonly defect: number;
}

/** After how many vectors it is asked whether the window already reaches the end, and how often from then on. */
const firstLook = 12;
const lookEvery = 4;
/** In smaller spaces asking costs more than the vectors it may save. */
const smallestLookedAt = 1000;

/** Fills `vectors` with an orthonormal basis of the Krylov space of `start`: as many as there are, or as `way` needs. */
function lanczos(
  h: SparseMatrix,
  start: ComplexVector,
  vectors: readonly ComplexVector[],
  rate: number,
  way: number,
): Window {
  const most = vectors.length - 1;
  const norm = euclidean(start);
  const alpha: number[] = [];
  const beta: number[] = [];
  copyScaled(start, 1 / norm, vectors[0]);
  for (let j = 0; j < most; j++) {
    const v = vectors[j];
    const w = vectors[j + 1];
    applySparse(h, v, w);
    if (j > 0) subtractScaled(w, vectors[j - 1], beta[j - 1]);
    const a = realOverlap(v, w);
    subtractScaled(w, v, a);
    alpha.push(a);
    const b = euclidean(w);
    const size = alpha.length;
    if (b <= 1e-14 * Math.max(...alpha.map(Math.abs), ...beta, b)) return ritz(alpha, beta, norm, 0);
    if (size === most) return ritz(alpha, beta, norm, b);
    if (h.rows >= smallestLookedAt && size >= firstLook && (size - firstLook) % lookEvery === 0) {
      const window = ritz(alpha, beta, norm, b);
      if (reaches(window, rate, way)) return window;
    }
    beta.push(b);
    copyScaled(w, 1 / b, w);
  }
  throw new RangeError("a Krylov window needs at least one vector");
}

/** The window with the tridiagonal matrix (α; β) diagonalised. */
function ritz(alpha: readonly number[], beta: readonly number[], norm: number, defect: number): Window {
  const size = alpha.length;
  const values = Float64Array.from(alpha);
  const off = new Float64Array(size);
  off.set(beta.slice(0, size - 1));
  const rows = new Float64Array(size * size);
  for (let i = 0; i < size; i++) rows[i * size + i] = 1;
  tridiagonalEigensystem(values, off, rows, size);
  return { size, norm, values, rows, defect };
}

/** y(s) = e^{−iTs} e_1, of unit norm. */
function coefficients(window: Window, s: number, y: ComplexVector = zeroVector(window.size)): ComplexVector {
  const { size, values, rows } = window;
  y.re.fill(0);
  y.im.fill(0);
  for (let i = 0; i < size; i++) {
    const from = i * size;
    const re = rows[from] * Math.cos(values[i] * s);
    const im = -rows[from] * Math.sin(values[i] * s);
    for (let j = 0; j < size; j++) {
      y.re[j] += re * rows[from + j];
      y.im[j] += im * rows[from + j];
    }
  }
  return y;
}

/** The longest window whose defect stays below `rate` per unit time, at most `most`. */
function windowLength(window: Window, rate: number, most: number): number {
  if (window.defect === 0) return most;
  const fits = (length: number) => reaches(window, rate, length);
  // A window much longer than m/(spectral width) never fits: start the search there.
  let high = Math.min(most, (4 * window.size) / Math.max(spread(window), 1e-300));
  let low = high;
  while (!fits(low)) {
    high = low;
    low *= 0.75;
    if (low < 1e-6 * most) break;
  }
  for (let step = 0; step < 4 && low < high; step++) {
    const middle = 0.5 * (low + high);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** The defect stays below `rate` for this long: |y_m(s)| grows from 0 as s^{m−1} until the window is used up. */
function reaches(window: Window, rate: number, length: number): boolean {
  if (spread(window) * length > 4 * window.size) return false;
  // A defect of the size of the rounding errors of H is not worth a shorter window.
  const floor = Number.EPSILON * window.norm * spread(window);
  return window.defect * window.norm * lastCoefficient(window, length) <= Math.max(rate, floor);
}

function spread(window: Window): number {
  return window.values[window.size - 1] - window.values[0];
}

/** max over s ≤ length of |y_m(s)|, as seen on a few points close to the end. */
function lastCoefficient(window: Window, length: number): number {
  const { size, values, rows } = window;
  let largest = 0;
  for (const s of [length, 0.93 * length, 0.85 * length, 0.7 * length]) {
    let re = 0;
    let im = 0;
    for (let i = 0; i < size; i++) {
      const amplitude = rows[i * size] * rows[i * size + size - 1];
      re += amplitude * Math.cos(values[i] * s);
      im += amplitude * Math.sin(values[i] * s);
    }
    largest = Math.max(largest, Math.hypot(re, im));
  }
  return largest;
}

/** ∫_0^length |y_j(s)| ds for each j, from above: √(length ∫|y_j|²) on pieces where Gauss quadrature of |y_j|² is exact. */
function integrals(window: Window, length: number): Float64Array {
  const sums = new Float64Array(window.size);
  const pieces = Math.max(1, Math.ceil((spread(window) * length) / 8));
  const piece = length / pieces;
  const y = zeroVector(window.size);
  const squares = new Float64Array(window.size);
  for (let p = 0; p < pieces; p++) {
    squares.fill(0);
    for (let q = 0; q < pieceRule.nodes.length; q++) {
      coefficients(window, piece * (p + 0.5 * (pieceRule.nodes[q] + 1)), y);
      for (let j = 0; j < window.size; j++) squares[j] += pieceRule.weights[q] * (y.re[j] ** 2 + y.im[j] ** 2);
    }
    for (let j = 0; j < window.size; j++) sums[j] += piece * Math.sqrt(squares[j]);
  }
  return sums;
}

/** 16 nodes integrate |y_j|² over a piece of 8/(spectral width) to 1e-25 of its maximum. */
const pieceRule = gaussRule(uniform, 16);

function combine(window: Window, vectors: readonly ComplexVector[], s: number, sum: ComplexVector): ComplexVector {
  const y = coefficients(window, s);
  const n = sum.re.length;
  for (let j = 0; j < window.size; j++) {
    const re = window.norm * y.re[j];
    const im = window.norm * y.im[j];
    const v = vectors[j];
    for (let i = 0; i < n; i++) {
      sum.re[i] += re * v.re[i] - im * v.im[i];
      sum.im[i] += re * v.im[i] + im * v.re[i];
    }
  }
  return sum;
}

function realOverlap(v: ComplexVector, w: ComplexVector): number {
  let sum = 0;
  for (let i = 0; i < v.re.length; i++) sum += v.re[i] * w.re[i] + v.im[i] * w.im[i];
  return sum;
}

function subtractScaled(w: ComplexVector, v: ComplexVector, s: number): void {
  for (let i = 0; i < w.re.length; i++) {
    w.re[i] -= s * v.re[i];
    w.im[i] -= s * v.im[i];
  }
}

function copyScaled(from: ComplexVector, s: number, to: ComplexVector): void {
  for (let i = 0; i < from.re.length; i++) {
    to.re[i] = s * from.re[i];
    to.im[i] = s * from.im[i];
  }
}
