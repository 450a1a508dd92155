/** What a Krylov window does with vectors, by the WebAssembly kernels or by their twins, on arrays of one arena. */

import { type Arena, withArena } from "./arena.ts";
import { blocksTwin } from "./blocksTwin.ts";
import { chainStepTwin, formTwin, superposeTwin } from "./combineTwin.ts";
import { productsTwin, rowsTwin, subtractScaledTwin } from "./lanczosTwin.ts";
import { type KernelExports, kernels } from "./module.ts";

/** H in compressed rows; `im` is empty if it is real. */
export interface RowOperator {
  readonly kind: "rows";
  readonly rows: number;
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** H_S + E_f + Σ_r O_r ⊗ X_r, all real, in a space where every Fock state has all N levels. */
export interface ProductOperator {
  readonly kind: "products";
  readonly fockCount: number;
  /** N. */
  readonly system: number;
  /** E_f. */
  readonly energies: Float64Array;
  /** H_S. */
  readonly onSystem: Float64Array;
  readonly termCount: number;
  /** Row f of X_r is from rowStart[r·(fockCount + 1) + f] to the next. */
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  readonly values: Float64Array;
  /** O_r, N × N each. */
  readonly operators: Float64Array;
  readonly scratch: Float64Array;
}

/**
 * The same where Fock states stand in blocks, each with the first states of the first block once more (src/fock/basis.ts): X_r
 * leads from place to place inside every block as it does in the first, and from a block to others with the place kept.
 */
export interface BlockOperator {
  readonly kind: "blocks";
  /** N. */
  readonly system: number;
  readonly blockCount: number;
  /** First Fock state of each block, and the end of the last. */
  readonly starts: Int32Array;
  /** E_f is the sum of a number of the block and one of the place in it. */
  readonly blockEnergies: Float64Array;
  readonly innerEnergies: Float64Array;
  /** H_S. */
  readonly onSystem: Float64Array;
  readonly termCount: number;
  /**
   * Runs of block b and X_r are from runStart[b·termCount + r] to the next, longest first: at its places below `reach` a block
   * has `size` times the state as many places after Fock state `from`.
   */
  readonly runStart: Int32Array;
  readonly from: Int32Array;
  readonly reach: Int32Array;
  readonly size: Float64Array;
  /** Places of the first block; its row i of X_r is from rowStart[r·(innerCount + 1) + i] to the next, columns ascending. */
  readonly innerCount: number;
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  readonly values: Float64Array;
  /** O_r, N × N each. */
  readonly operators: Float64Array;
  readonly scratch: Float64Array;
}

export type StepOperator = RowOperator | ProductOperator | BlockOperator;

/** Arrays for kets at some times: a row of y for each vector of a window, a row of the others for each state of a block. */
export interface CombineRoom {
  /** Vector j begins at j·apart. */
  readonly vectors: Float64Array;
  readonly apart: number;
  /** y_j(t) at j·stride + t. */
  readonly yRe: Float64Array;
  readonly yIm: Float64Array;
  readonly stride: number;
  /** Even. */
  readonly times: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly rhoRe: Float64Array;
  readonly rhoIm: Float64Array;
}

/** φ_i φ̄_j (cos + i sin) belongs to an entry of ρ: list[3k … 3k + 2] = i, j, entry. Without phases cos and sin are empty. */
export interface TracePairs {
  readonly list: Int32Array;
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

/** What is made of kets at some times. */
export interface Formed {
  /** Blocks of states: from, to, and their pairs from the first to the end; no Fock state is in two of them. */
  readonly blocks: Int32Array;
  readonly pairs: TracePairs;
  /** S has two levels, every Fock state both of them one after the other, and there are no phases: the pairs are known. */
  readonly whole: boolean;
  /** Of every state; empty if populations of layers are not asked for. Row `layer` of `populations` has them at the times. */
  readonly layerOf: Int32Array;
  readonly populations: Float64Array;
  /** The columns in which the largest population of each Fock state is looked for. */
  readonly looked: Int32Array;
  /** The Fock state of each state. */
  readonly fock: Int32Array;
  readonly peaks: Float64Array;
}

/** Arrays for the small problem: a tridiagonal matrix and complex vectors on its chain, interleaved. */
export interface ChainRoom {
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
  readonly coefficients: Float64Array;
  readonly y: Float64Array;
  readonly spare: Float64Array;
  readonly spare2: Float64Array;
  readonly even: Float64Array;
  readonly odd: Float64Array;
  readonly last: Float64Array;
}

export interface KrylovKernels {
  /** y = σ H x − γ z; gives ⟨x|y⟩. Vectors have `width` numbers a state: 1 (real) or 2 (complex). */
  step(
    h: StepOperator,
    width: number,
    x: Float64Array,
    z: Float64Array,
    y: Float64Array,
    sigma: number,
    gamma: number,
  ): number;
  /** y −= s x; gives ‖y‖². */
  subtractScaled(y: Float64Array, x: Float64Array, s: number): number;
  /** out[i] = Σ_j y_j v_j[i]; y and `out` are complex, interleaved. `out` may be the first vector if those are complex too. */
  superpose(
    vectors: Float64Array,
    apart: number,
    size: number,
    width: number,
    rows: number,
    y: Float64Array,
    out: Float64Array,
  ): void;
  /**
   * φ_t[i] = Σ_j y_j(t) v_j[i] at the times of the room, a block of states at a time, and what `into` makes of it. If
   * `mirrored`, y is given for the first half of the times only, and the second half are their negatives.
   */
  form(room: CombineRoom, size: number, width: number, mirrored: boolean, into: Formed): void;
  chainStep(room: ChainRoom, size: number, centre: number, radius: number, count: number): void;
}

/** Where arrays come from: the kernels' memory, or anywhere for the twins. */
export type ArraySource = Pick<Arena, "floats" | "ints">;

/**
 * Calls `use` with kernels and the source of all arrays that are given to them, `bytes` at most (`arenaBytes`). Throws
 * KernelMemoryError if the kernels cannot have that much.
 */
export function withKrylovKernels<T>(bytes: number, use: (kernels: KrylovKernels, arrays: ArraySource) => T): T {
  const fast = kernels();
  if (fast === null) return use(twins, plainArrays);
  return withArena(fast.memory, bytes, (arena) => use(wasmKernels(fast.run), arena));
}

const plainArrays: ArraySource = {
  floats: (length) => new Float64Array(length),
  ints: (length) => new Int32Array(length),
};

const twins: KrylovKernels = {
  step: (h, ...rest) => {
    if (h.kind === "rows") return rowsTwin(h, ...rest);
    return h.kind === "blocks" ? blocksTwin(h, ...rest) : productsTwin(h, ...rest);
  },
  subtractScaled: subtractScaledTwin,
  superpose: superposeTwin,
  form: formTwin,
  chainStep: chainStepTwin,
};

function wasmKernels(run: KernelExports): KrylovKernels {
  return {
    step: (h, width, x, z, y, sigma, gamma) => {
      const vectors = [x.byteOffset, z.byteOffset, y.byteOffset, sigma, gamma] as const;
      if (h.kind === "blocks") return stepOfBlocks(run, h, width, vectors);
      if (h.kind === "products") return stepOfProducts(run, h, width, vectors);
      const { rows, rowStart, column, re, im } = h;
      const pattern = [rows, rowStart.byteOffset, column.byteOffset, re.byteOffset] as const;
      if (im.length === 0) return run.realRows(...pattern, width, ...vectors);
      return run.complexRows(...pattern, im.byteOffset, ...vectors);
    },
    subtractScaled: (y, x, s) => run.subtractScaled(y.length, y.byteOffset, x.byteOffset, s),
    superpose: (vectors, apart, size, width, rows, y, out) =>
      run.superpose(vectors.byteOffset, 8 * apart, size, width, rows, y.byteOffset, out.byteOffset),
    form: ({ vectors, apart, yRe, yIm, stride, times, re, im, rhoRe, rhoIm }, size, width, mirrored, into) => {
      const { blocks, pairs, whole, layerOf, populations, looked, fock, peaks } = into;
      const phases = pairs.cos.length > 0;
      run.formBlocks(
        blocks.length / 4,
        blocks.byteOffset,
        vectors.byteOffset,
        8 * apart,
        size,
        width,
        yRe.byteOffset,
        yIm.byteOffset,
        stride,
        times,
        mirrored ? 1 : 0,
        re.byteOffset,
        im.byteOffset,
        whole ? 1 : 0,
        pairs.list.byteOffset,
        phases ? pairs.cos.byteOffset : 0,
        phases ? pairs.sin.byteOffset : 0,
        rhoRe.byteOffset,
        rhoIm.byteOffset,
        layerOf.length > 0 ? layerOf.byteOffset : 0,
        populations.byteOffset,
        looked.length,
        looked.byteOffset,
        fock.byteOffset,
        peaks.byteOffset,
      );
    },
    chainStep: (room, size, centre, radius, count) =>
      run.chainStep(
        size,
        room.alpha.byteOffset,
        room.beta.byteOffset,
        centre,
        radius,
        count,
        room.coefficients.byteOffset,
        room.y.byteOffset,
        room.spare.byteOffset,
        room.spare2.byteOffset,
        room.even.byteOffset,
        room.odd.byteOffset,
        room.last.byteOffset,
      ),
  };
}

function stepOfBlocks(
  run: KernelExports,
  h: BlockOperator,
  width: number,
  vectors: readonly [number, number, number, number, number],
): number {
  return run.blocks(
    h.blockCount,
    h.starts.byteOffset,
    h.blockEnergies.byteOffset,
    h.innerEnergies.byteOffset,
    h.system,
    width,
    h.onSystem.byteOffset,
    h.termCount,
    h.runStart.byteOffset,
    h.from.byteOffset,
    h.reach.byteOffset,
    h.size.byteOffset,
    h.innerCount,
    h.rowStart.byteOffset,
    h.column.byteOffset,
    h.values.byteOffset,
    h.operators.byteOffset,
    h.scratch.byteOffset,
    ...vectors,
  );
}

function stepOfProducts(
  run: KernelExports,
  h: ProductOperator,
  width: number,
  vectors: readonly [number, number, number, number, number],
): number {
  return run.products(
    h.fockCount,
    h.system,
    width,
    h.energies.byteOffset,
    h.onSystem.byteOffset,
    h.termCount,
    h.rowStart.byteOffset,
    h.column.byteOffset,
    h.values.byteOffset,
    h.operators.byteOffset,
    h.scratch.byteOffset,
    ...vectors,
  );
}
