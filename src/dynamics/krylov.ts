/** Propagation of a ket by Lanczos windows that grow as the ket spreads, each as long as its memory lasts. */

import type { CombineRoom, KrylovKernels, StepOperator } from "../kernels/krylovKernels.ts";
import { Chain, longestStep } from "./chain.ts";
import { type KrylovRoom, spacing } from "./krylovRoom.ts";

export interface KrylovOptions {
  /** Error of the ket allowed over the whole way, in norm. What double precision cannot keep is stated, not refused. */
  readonly tolerance: number;
  /** Largest number of basis vectors in a window of real vectors, and in one of complex vectors. */
  readonly dimensions: readonly [real: number, complex: number];
  /** Best number of vectors for one time wanted in each 1/radius; Infinity for windows as long as they can be. */
  readonly worth: number;
}

export interface KrylovInfo {
  applications: number;
  /** Proved bound on the error of the ket made by the windows, in norm, with the rounding of their steps. */
  propagation: number;
  /** The same at each of the times. */
  readonly propagationAt: Float64Array;
}

/** A block of times is ready: kets at the times from `first` on, an even number of columns, the last perhaps empty. */
export type Flush = (
  first: number,
  count: number,
  room: Omit<CombineRoom, "rhoRe" | "rhoIm">,
  size: number,
  width: number,
) => void;

/** Sites whose amplitude is below this at all times of a block add nothing to it. */
const negligible = 1e-18;

/** Share of the tolerance that is used: the last digits cost few applications. */
const margin = 0.01;

/** Windows are not cut shorter than this for the sake of many times. */
const fewest = 16;

/** How many vectors are added when the ket has reached the end of its chain. */
const growth = 2;

/**
 * Propagates the ket in the first vector of the room (`width` numbers a state) along ascending times ≥ 0, or along their
 * negatives if `direction` is −1, and calls `flush` for all of them, block by block.
 *
 * φ(t) = Σ_j y_j(t) v_j with y' = −iT y; T grows by a row whenever y reaches its last site. The defect of φ is
 * β_m |y_m| at every time, whatever m was then, and the error at most its integral (Saad, SIAM J. Numer. Anal. 29, 209,
 * 1992). That holds without the v_j being orthogonal, so none are orthogonalised again. With H real and φ real the
 * first window is real; the next ones are complex.
 */
export function krylov(
  kernels: KrylovKernels,
  room: KrylovRoom,
  h: StepOperator,
  startWidth: number,
  times: readonly number[],
  direction: 1 | -1,
  options: KrylovOptions,
  flush: Flush,
): KrylovInfo {
  const end = times.at(-1) ?? 0;
  const info: KrylovInfo = { applications: 0, propagation: 0, propagationAt: new Float64Array(times.length) };
  const density = times.length / Math.max(end, 1e-300);
  const window = new Window(kernels, room, h, options, info, density);
  window.begin(startWidth, false);
  const { chain } = window;
  let now = 0;
  let first = 0;
  let steps = 0;
  const flushed = (next: number) => {
    if (next > first) window.flush(first, next - first, flush);
    first = next;
  };
  for (let next = 0; next < times.length; ) {
    const way = times[next] - now;
    if (way <= 0) {
      window.record(next - first, direction);
      info.propagationAt[next] = info.propagation;
      next++;
      if (next - first === room.stride) flushed(next);
      continue;
    }
    const pieces = Math.max(1, Math.ceil((way * chain.radius) / longestStep));
    const length = window.advance(way / pieces, way, end, now === window.began);
    if (length === 0) {
      flushed(next);
      window.restart(direction);
      window.began = now;
      continue;
    }
    steps++;
    // Adding up the pieces must end on the time itself, whatever rounding says.
    now = length >= way * (1 - 1e-12) ? times[next] : now + length;
  }
  flushed(times.length);
  // Each step and each application rounds like a few additions; e^{−iTt} is off by rounding times ‖T‖t.
  const rounding = (t: number) => window.norm * Number.EPSILON * (8 + 4 * Math.sqrt(steps) + 2 * chain.norm * t);
  info.propagation += rounding(end);
  for (let i = 0; i < times.length; i++) info.propagationAt[i] += rounding(times[i]);
  return info;
}

class Window {
  readonly chain: Chain;
  /** Norm of the ket that was started from. */
  norm = 0;
  /** When the window began. */
  began = 0;
  private readonly kernels: KrylovKernels;
  private readonly room: KrylovRoom;
  private readonly h: StepOperator;
  private readonly options: KrylovOptions;
  private readonly info: KrylovInfo;
  private width = 1;
  private size = 0;
  private most = 0;
  /** True where the vectors span an invariant space: the chain does not go on. */
  private closed = false;
  /** v_j = scales[j] · vectors[j]. */
  private readonly scales: Float64Array;
  private vectors: Float64Array[] = [];
  private largest = 0;
  /** Rows of y that are not negligible in the block of times at hand. */
  private used = 0;
  private filled = 0;

  /** Times wanted in a unit of time. */
  private readonly density: number;

  constructor(
    kernels: KrylovKernels,
    room: KrylovRoom,
    h: StepOperator,
    options: KrylovOptions,
    info: KrylovInfo,
    density: number,
  ) {
    this.density = density;
    this.kernels = kernels;
    this.room = room;
    this.h = h;
    this.options = options;
    this.info = info;
    this.chain = new Chain(kernels, room.chain);
    this.scales = new Float64Array(room.chain.alpha.length + 1);
  }

  /** Starts a window from the first vector. */
  begin(width: number, again: boolean): void {
    const { rows, vectors } = this.room;
    this.most = this.options.dimensions[width - 1];
    const apart = spacing(rows * width);
    if (width !== this.width || this.vectors.length === 0) {
      this.vectors = Array.from({ length: this.most + 1 }, (_, j) =>
        vectors.subarray(j * apart, j * apart + rows * width),
      );
    }
    this.width = width;
    this.size = 0;
    this.largest = 0;
    this.closed = false;
    const norm = Math.sqrt(this.kernels.subtractScaled(this.vectors[0], this.vectors[0], 0));
    if (!again) this.norm = norm;
    this.scales[0] = norm > 0 ? 1 / norm : 0;
    this.chain.restart(norm);
    this.extend();
  }

  private extend(): void {
    const { chain, kernels, vectors, scales } = this;
    const j = this.size;
    const gamma = j > 0 ? chain.beta[j - 1] * scales[j - 1] : 0;
    const [x, z, y] = [vectors[j], vectors[Math.max(j - 1, 0)], vectors[j + 1]];
    const overlap = kernels.step(this.h, this.width, x, z, y, scales[j], gamma);
    this.info.applications++;
    chain.alpha[j] = scales[j] * overlap;
    chain.beta[j] = Math.sqrt(kernels.subtractScaled(y, x, chain.alpha[j] * scales[j]));
    scales[j + 1] = 1 / chain.beta[j];
    this.size++;
    this.largest = Math.max(this.largest, Math.abs(chain.alpha[j]), chain.beta[j]);
    if (chain.beta[j] <= 4 * Number.EPSILON * this.largest) this.closed = true;
    chain.include(j);
  }

  /**
   * Advances y by `length`, or by less where even a window of one step must be that short; gives how far it came, or 0 if
   * the window is used up. `fresh`: nothing was advanced in this window yet.
   */
  advance(length: number, way: number, end: number, fresh: boolean): number {
    const { chain } = this;
    let step = length;
    for (;;) {
      // Below this the defect is no more than what rounding does anyway.
      const rate = Math.max((margin * this.options.tolerance) / end, 0.1 * Number.EPSILON * this.norm * chain.norm);
      const tried = chain.attempt(this.size, step);
      const defect = chain.beta[this.size - 1] * tried.lastIntegral;
      const tooShort = step * chain.radius < 1e-9;
      if (this.closed || defect <= rate * step || (this.full && fresh && tooShort)) {
        tried.accept();
        this.info.propagation += defect;
        return step;
      }
      if (!this.full) {
        for (let i = 0; i < growth && !this.full && !this.closed; i++) this.extend();
        // The spectrum may have been wider than was known.
        if (step * chain.radius > 1.1 * longestStep) step = way / Math.ceil((way * chain.radius) / longestStep);
      } else if (fresh) {
        step *= 0.5;
      } else {
        return 0;
      }
    }
  }

  private get full(): boolean {
    return this.size >= this.most || (this.size >= fewest && this.size >= this.worth);
  }

  /**
   * Longer windows save applications of H, some 25/m of all, and cost more where kets are formed from m vectors: the best m
   * goes with the root of the steps for each time that is wanted.
   */
  private get worth(): number {
    return this.options.worth * Math.sqrt(this.chain.radius / this.density);
  }

  /** Column `column` of y, with the scales of the vectors; y is conjugated for φ(−t) = Σ_j ȳ_j(t) v_j, T being real. */
  record(column: number, direction: 1 | -1): void {
    const { yRe, yIm, stride } = this.room;
    const { y } = this.chain;
    for (let j = 0; j < this.size; j++) {
      yRe[j * stride + column] = this.scales[j] * y[2 * j];
      yIm[j * stride + column] = direction * this.scales[j] * y[2 * j + 1];
      if (j >= this.used && Math.abs(y[2 * j]) + Math.abs(y[2 * j + 1]) > negligible) this.used = j + 1;
    }
    this.filled = Math.max(this.filled, this.size);
  }

  flush(first: number, count: number, flush: Flush): void {
    flush(first, count, this.columns(count), this.used, this.width);
    this.clear();
  }

  private columns(count: number): Omit<CombineRoom, "rhoRe" | "rhoIm"> {
    return { ...this.room, apart: spacing(this.room.rows * this.width), times: count + (count & 1) };
  }

  private clear(): void {
    const { yRe, yIm, stride } = this.room;
    yRe.fill(0, 0, this.filled * stride);
    yIm.fill(0, 0, this.filled * stride);
    this.used = 0;
    this.filled = 0;
  }

  /** A new window from where y has come to. */
  restart(direction: 1 | -1): void {
    const { rows, carry, vectors, block, re, im } = this.room;
    this.record(0, direction);
    const room = { ...this.columns(1), rhoRe: re, rhoIm: im };
    for (let from = 0; from < rows; from += block) {
      const to = Math.min(rows, from + block);
      this.kernels.combine(room, this.used, this.width, from, to);
      for (let i = from; i < to; i++) {
        carry[2 * i] = re[2 * (i - from)];
        carry[2 * i + 1] = im[2 * (i - from)];
      }
    }
    this.clear();
    vectors.set(carry);
    this.begin(2, true);
  }
}
