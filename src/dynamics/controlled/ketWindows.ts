/**
 * Propagation of a ket by Lanczos windows that shows the ket itself at each time: for what needs kets, such as pulses and
 * operators in between. Where only ρ_S(t) is wanted, krylov.ts is faster.
 */

import { gaussRule, uniform } from "../../algebra/gauss.ts";
import { tridiagonalEigensystem } from "../../algebra/tridiagonal.ts";
import { rowOperator, rowOperatorSizes } from "../../fock/rowOperator.ts";
import { type ComplexVector, euclidean, type SparseMatrix, zeroVector } from "../../fock/sparse.ts";
import { arenaBytes } from "../../kernels/arena.ts";
import type { KrylovKernels } from "../../kernels/krylovKernels.ts";
import type { RowOperator } from "../../kernels/stepOperator.ts";
import { spacing } from "../krylov/krylovRoom.ts";
import { lentKernels } from "../krylov/lentKernels.ts";

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
  let state = interleaved(start);
  let next = 0;
  let now = 0;
  while (next < times.length && times[next] === 0) visit(next++, apart(state), info);
  const most = Math.min(options.dimension, n);
  const store = new Float64Array(most * spacing(2 * n));
  while (next < times.length) {
    const rate = options.tolerance / end;
    const window = lanczos(h, state, store, most, rate, end - now);
    info.applications += window.size;
    const length = Math.min(end - now, windowLength(window, rate, end - now));
    const along = integrals(window, length);
    info.propagation += window.defect * window.norm * along[window.size - 1];
    // Each window rounds like a few additions; e^{−iTt} is off by rounding times ‖T‖t.
    const turning = Math.max(Math.abs(window.values[0]), Math.abs(window.values[window.size - 1])) * length;
    info.propagation += 4 * rounding * (1 + turning);
    for (let j = 0; j < window.size && leak !== null; j++) {
      info.leaked += window.norm * leakOf(leak, window, j, leak.cols) * along[j];
    }
    // The last window ends on the last time exactly, whatever rounding says.
    const last = end - now <= length;
    const moments: number[] = [];
    for (let t = next; t < times.length && (last || Math.abs(times[t]) <= now + length); t++) {
      moments.push(direction * (Math.abs(times[t]) - now));
    }
    const shown = moments.length;
    if (!last) moments.push(direction * length);
    for (let from = 0; from < moments.length; from += ketsAtOnce) {
      ketsOf(window, n, moments.slice(from, from + ketsAtOnce)).forEach((ket, k) => {
        if (from + k < shown) visit(next++, apart(ket), info);
        else state = ket;
      });
    }
    now += length;
  }
  return info;
}

/** Kets that are formed together, from vectors that are brought into the kernels' memory for them: few beside the vectors. */
const ketsAtOnce = 16;

/** Complex vectors that windows of some dimension take at once: in the kernels' memory, kept beside it, and kets. */
export function vectorsHeld(dimension: number): number {
  return 2 * dimension + ketsAtOnce + 8;
}

interface Window {
  /** Number of basis vectors: v_j = scales[j] · the one that begins at j · spacing(2n), complex, interleaved. */
  readonly size: number;
  readonly vectors: Float64Array;
  readonly scales: readonly number[];
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

/** An orthonormal basis of the Krylov space of `start`: as many vectors as there are, or as `way` needs; they are put into `store`. */
function lanczos(
  h: SparseMatrix,
  start: Float64Array,
  store: Float64Array,
  most: number,
  rate: number,
  way: number,
): Window {
  const stride = spacing(start.length);
  const bytes = arenaBytes(...rowOperatorSizes(h), 8 * (most + 1) * stride);
  return lentKernels(h.rows, bytes, (kernels, arrays) => {
    const operator = rowOperator(h, arrays);
    const room = arrays.floats((most + 1) * stride);
    const vectors = Array.from({ length: most + 1 }, (_, j) => room.subarray(j * stride, j * stride + start.length));
    vectors[0].set(start);
    const window = chain(kernels, operator, vectors, rate, way);
    store.set(room.subarray(0, window.size * stride));
    return { ...window, vectors: store };
  });
}

/** Lanczos' recursion from the first of the vectors. */
function chain(
  kernels: KrylovKernels,
  h: RowOperator,
  vectors: readonly Float64Array[],
  rate: number,
  way: number,
): Omit<Window, "vectors"> {
  const most = vectors.length - 1;
  const norm = Math.sqrt(kernels.subtractScaled(vectors[0], vectors[0], 0));
  const scales = [1 / norm];
  const alpha: number[] = [];
  const beta: number[] = [];
  for (let j = 0; j < most; j++) {
    const [x, y] = [vectors[j], vectors[j + 1]];
    const before = j > 0 ? beta[j - 1] * scales[j - 1] : 0;
    const a = scales[j] * kernels.step(h, 2, x, vectors[Math.max(0, j - 1)], y, scales[j], before);
    const b = Math.sqrt(kernels.subtractScaled(y, x, a * scales[j]));
    alpha.push(a);
    const size = alpha.length;
    if (b <= 1e-14 * Math.max(...alpha.map(Math.abs), ...beta, b)) return { ...ritz(alpha, beta, norm, 0), scales };
    if (size === most) return { ...ritz(alpha, beta, norm, b), scales };
    if (h.rows >= smallestLookedAt && size >= firstLook && (size - firstLook) % lookEvery === 0) {
      const window = ritz(alpha, beta, norm, b);
      if (reaches(window, rate, way)) return { ...window, scales };
    }
    beta.push(b);
    scales.push(1 / b);
  }
  throw new RangeError("a Krylov window needs at least one vector");
}

/** What a tridiagonal matrix tells of its window. */
type Ritz = Omit<Window, "vectors" | "scales">;

/** The window with the tridiagonal matrix (α; β) diagonalised. */
function ritz(alpha: readonly number[], beta: readonly number[], norm: number, defect: number): Ritz {
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
function coefficients(window: Ritz, s: number, y: ComplexVector = zeroVector(window.size)): ComplexVector {
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
function windowLength(window: Ritz, rate: number, most: number): number {
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
function reaches(window: Ritz, rate: number, length: number): boolean {
  if (spread(window) * length > 4 * window.size) return false;
  // A defect of the size of the rounding errors of H is not worth a shorter window.
  const floor = Number.EPSILON * window.norm * spread(window);
  return window.defect * window.norm * lastCoefficient(window, length) <= Math.max(rate, floor);
}

function spread(window: Ritz): number {
  return window.values[window.size - 1] - window.values[0];
}

/** max over s ≤ length of |y_m(s)|, as seen on a few points close to the end. */
function lastCoefficient(window: Ritz, length: number): number {
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
function integrals(window: Ritz, length: number): Float64Array {
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

/** The kets at some times after the window's start: n complex numbers each, interleaved. */
function ketsOf(window: Window, n: number, moments: readonly number[]): Float64Array[] {
  const { size, vectors, scales, norm } = window;
  const stride = spacing(2 * n);
  const bytes = arenaBytes(8 * size * stride, 16 * size, 16 * n);
  return lentKernels(n, bytes, (kernels, arrays) => {
    const room = arrays.floats(size * stride);
    const y = arrays.floats(2 * size);
    const ket = arrays.floats(2 * n);
    room.set(vectors.subarray(0, size * stride));
    return moments.map((s) => {
      const { re, im } = coefficients(window, s);
      for (let j = 0; j < size; j++) {
        y[2 * j] = norm * scales[j] * re[j];
        y[2 * j + 1] = norm * scales[j] * im[j];
      }
      kernels.superpose(room, stride, size, 2, n, y, ket);
      return ket.slice();
    });
  });
}

/** ‖leak v_j‖. */
function leakOf(
  { rows, rowStart, column, re, im }: SparseMatrix,
  { vectors, scales }: Window,
  j: number,
  n: number,
): number {
  const at = j * spacing(2 * n);
  const real = im.length === 0;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    let x = 0;
    let y = 0;
    for (let e = rowStart[i]; e < rowStart[i + 1]; e++) {
      const v = at + 2 * column[e];
      x += re[e] * vectors[v];
      y += re[e] * vectors[v + 1];
      if (real) continue;
      x -= im[e] * vectors[v + 1];
      y += im[e] * vectors[v];
    }
    sum += x * x + y * y;
  }
  return scales[j] * Math.sqrt(sum);
}

function interleaved({ re, im }: ComplexVector): Float64Array {
  const numbers = new Float64Array(2 * re.length);
  for (let i = 0; i < re.length; i++) {
    numbers[2 * i] = re[i];
    numbers[2 * i + 1] = im[i];
  }
  return numbers;
}

function apart(numbers: Float64Array): ComplexVector {
  const vector = zeroVector(numbers.length / 2);
  for (let i = 0; i < vector.re.length; i++) {
    vector.re[i] = numbers[2 * i];
    vector.im[i] = numbers[2 * i + 1];
  }
  return vector;
}
