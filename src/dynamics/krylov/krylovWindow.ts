/** One window of Krylov propagation: the vectors that Lanczos makes of a ket, and y(s) on their chain. */

import type { CombineRoom } from "../../kernels/krylovArrays.ts";
import type { KrylovKernels } from "../../kernels/krylovKernels.ts";
import type { StepOperator } from "../../kernels/stepOperator.ts";
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

/** y with the scales of the vectors: `size` complex numbers, interleaved, in the window's store. */
export interface Coefficients {
  readonly at: number;
  readonly size: number;
}

/** What φ at times on either side of a window's centre is formed from. */
export interface Column {
  /** How far the times are from the centre. */
  readonly s: number;
  readonly y: Coefficients;
  /** Places of the times after and before the centre in their list, or −1. */
  readonly forward: number;
  readonly backward: number;
  /** Bound on what the window adds to the error of the ket up to s. */
  readonly defect: number;
}

/** Kets that are to be formed: one for each column of the room, an even number, the last ones perhaps empty. */
export interface Block {
  /** For each column the place of its time in the list, or −1. */
  readonly places: Int32Array;
  readonly room: Omit<CombineRoom, "rhoRe" | "rhoIm">;
  readonly size: number;
  readonly width: number;
  /** The second half of the columns mirrors the first. */
  readonly mirrored: boolean;
}

/** Coefficients as they are, or conjugated: sign −1. */
interface Signed {
  readonly y: Coefficients;
  readonly sign: number;
}

export type Flush = (block: Block) => void;

/** Sites whose amplitude is below this at all times of a block add nothing to it. */
const negligible = 1e-18;

/** Share of the tolerance that is used: the last digits cost few applications. */
const margin = 0.1;

/** Windows are not cut shorter than this for the sake of many times. */
const fewest = 16;

/** How many vectors are added when the ket has reached the end of its chain. */
const growth = 4;

export class KrylovWindow {
  readonly chain: Chain;
  /** Norm of the ket that was started from. */
  norm = 0;
  /** Bound on the error of φ that this window has added so far. */
  defect = 0;
  applications = 0;
  private readonly kernels: KrylovKernels;
  private readonly room: KrylovRoom;
  private readonly h: StepOperator;
  private readonly options: KrylovOptions;
  /** Times wanted in a unit of time. */
  private readonly density: number;
  private width: 1 | 2 = 1;
  private size = 0;
  private most = 0;
  /** True where the vectors span an invariant space: the chain does not go on. */
  private closed = false;
  /** v_j = scales[j] · vectors[j]. */
  private readonly scales: Float64Array;
  private vectors: Float64Array[] = [];
  private store = new Float64Array(4096);
  private stored = 0;
  private largest = 0;

  constructor(kernels: KrylovKernels, room: KrylovRoom, h: StepOperator, options: KrylovOptions, density: number) {
    this.kernels = kernels;
    this.room = room;
    this.h = h;
    this.options = options;
    this.density = density;
    this.chain = new Chain(kernels, room.chain);
    this.scales = new Float64Array(room.chain.alpha.length + 1);
  }

  /** Starts a window from the first vector. */
  begin(width: 1 | 2): void {
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
    this.defect = 0;
    this.largest = 0;
    this.closed = false;
    this.norm = Math.sqrt(this.kernels.subtractScaled(this.vectors[0], this.vectors[0], 0));
    this.scales[0] = this.norm > 0 ? 1 / this.norm : 0;
    this.chain.restart(this.norm);
    this.extend();
  }

  private extend(): void {
    const { chain, kernels, vectors, scales } = this;
    const j = this.size;
    const gamma = j > 0 ? chain.beta[j - 1] * scales[j - 1] : 0;
    const [x, z, y] = [vectors[j], vectors[Math.max(j - 1, 0)], vectors[j + 1]];
    const overlap = kernels.step(this.h, this.width, x, z, y, scales[j], gamma);
    this.applications++;
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
   * the window is used up. `fresh`: nothing was advanced in this window yet. With `must` it goes on even if it is used up:
   * its defect says what that costs.
   */
  advance(length: number, way: number, end: number, fresh: boolean, must: boolean): number {
    const { chain } = this;
    let step = length;
    for (;;) {
      // Below this the defect is no more than what rounding does anyway.
      const rate = Math.max((margin * this.options.tolerance) / end, 0.1 * Number.EPSILON * this.norm * chain.norm);
      const tried = chain.attempt(this.size, step);
      const defect = chain.beta[this.size - 1] * tried.lastIntegral;
      const tooShort = step * chain.radius < 1e-9;
      if (this.closed || defect <= rate * step || (this.full && ((fresh && tooShort) || must))) {
        tried.accept();
        this.defect += defect;
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

  /** How far the next window is expected to reach, relative to this one: fewer vectors may be worth it there. */
  get nextReach(): number {
    return Math.min(this.options.dimensions[1], Math.max(fewest, this.worth)) / this.size;
  }

  /** Keeps y, until the window is restarted. */
  coefficients(): Coefficients {
    const { size, scales, stored: at } = this;
    const { y } = this.chain;
    if (at + 2 * size > this.store.length) {
      const larger = new Float64Array(2 * this.store.length + 2 * size);
      larger.set(this.store);
      this.store = larger;
    }
    for (let j = 0; j < size; j++) {
      this.store[at + 2 * j] = scales[j] * y[2 * j];
      this.store[at + 2 * j + 1] = scales[j] * y[2 * j + 1];
    }
    this.stored += 2 * size;
    return { at, size };
  }

  /** Those that were kept are no longer needed. */
  forget(): void {
    this.stored = 0;
  }

  /** Hands over the columns' times up to the one at the place `last`, times on both sides of the centre together. */
  form(columns: readonly Column[], last: number, direction: 1 | -1, flush: Flush): void {
    const { stride } = this.room;
    const pairs: Column[] = [];
    const singles: Column[] = [];
    for (const column of columns) {
      const forward = column.forward <= last ? column.forward : -1;
      if (forward >= 0 && column.backward >= 0) pairs.push(column);
      else if (forward >= 0 || column.backward >= 0) singles.push({ ...column, forward });
    }
    const half = stride / 2;
    for (let from = 0; from < pairs.length; from += half) {
      const some = pairs.slice(from, from + half);
      const width = some.length + (some.length & 1);
      const places = new Int32Array(2 * width).fill(-1);
      some.forEach(({ forward, backward }, c) => {
        places[c] = forward;
        places[width + c] = backward;
      });
      this.flush(
        some.map(({ y }) => ({ y, sign: direction })),
        places,
        true,
        flush,
      );
    }
    for (let from = 0; from < singles.length; from += stride) {
      const some = singles.slice(from, from + stride);
      const places = new Int32Array(some.length + (some.length & 1)).fill(-1);
      places.set(some.map(({ forward, backward }) => (forward >= 0 ? forward : backward)));
      const signed = some.map(({ y, forward }) => ({ y, sign: forward >= 0 ? direction : -direction }));
      this.flush(signed, places, false, flush);
    }
  }

  /** y is conjugated for φ(c − s) = Σ_j ȳ_j(s) v_j, T being real. */
  private flush(columns: readonly Signed[], places: Int32Array, mirrored: boolean, flush: Flush): void {
    const size = this.load(columns);
    flush({ places, room: this.columns(places.length), size, width: this.width, mirrored });
  }

  /** Writes columns of y into the room, an even number with zeros for a missing one; gives the rows that are not negligible. */
  private load(columns: readonly Signed[]): number {
    const { yRe, yIm, stride } = this.room;
    const { store, scales } = this;
    let used = 0;
    for (const { y } of columns) {
      let rows = y.size;
      for (; rows > used; rows--) {
        const last = y.at + 2 * rows - 2;
        if ((Math.abs(store[last]) + Math.abs(store[last + 1])) / scales[rows - 1] > negligible) break;
      }
      used = Math.max(used, rows);
    }
    const count = columns.length;
    for (let c = 0; c < count; c++) {
      const { y, sign } = columns[c];
      const inside = Math.min(used, y.size);
      for (let j = 0; j < inside; j++) {
        yRe[j * stride + c] = store[y.at + 2 * j];
        yIm[j * stride + c] = sign * store[y.at + 2 * j + 1];
      }
      for (let j = inside; j < used; j++) yRe[j * stride + c] = yIm[j * stride + c] = 0;
    }
    if ((count & 1) === 1) for (let j = 0; j < used; j++) yRe[j * stride + count] = yIm[j * stride + count] = 0;
    return used;
  }

  private columns(times: number): Omit<CombineRoom, "rhoRe" | "rhoIm"> {
    return { ...this.room, apart: spacing(this.room.rows * this.width), times };
  }

  /** A new window from φ(c + s), given y(s). */
  restart({ at, size }: Coefficients, direction: 1 | -1): void {
    const { rows, carry, vectors, chain } = this.room;
    const z = chain.spare;
    for (let j = 0; j < size; j++) {
      z[2 * j] = this.store[at + 2 * j];
      z[2 * j + 1] = direction * this.store[at + 2 * j + 1];
    }
    this.stored = 0;
    const out = this.width === 1 ? carry : vectors;
    this.kernels.superpose(vectors, spacing(rows * this.width), size, this.width, rows, z, out);
    if (out === carry) vectors.set(carry);
    this.begin(2);
  }
}
