/** What a Krylov window does with vectors, by the WebAssembly kernels or by their twins, on arrays of one arena. */

import { type Arena, withArena } from "./arena.ts";
import { chainStepTwin, formTwin, superposeTwin } from "./combineTwin.ts";
import { laddersTwin, productsTwin, rowsTwin, subtractScaledTwin } from "./lanczosTwin.ts";
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

/** H_S + E_f + Σ_r (O_r ⊗ Σ_k c_k b_k† √supply + h.c.), all real, in a space where every Fock state has all N levels. */
export interface LadderOperator {
  readonly kind: "ladders";
  readonly fockCount: number;
  /** N. */
  readonly system: number;
  readonly modes: number;
  /** As in a basis (src/fock/basis.ts). */
  readonly occupations: Uint16Array;
  readonly lowered: Int32Array;
  readonly raised: Int32Array;
  /** E_f. */
  readonly energies: Float64Array;
  /** H_S. */
  readonly onSystem: Float64Array;
  /** For each r: its first entry of `mode` and `factor` (k and c_k), their end, and 1 if O_r is symmetric. */
  readonly termCount: number;
  readonly terms: Int32Array;
  readonly mode: Int32Array;
  readonly factor: Float64Array;
  /** O_r, N × N each. */
  readonly operators: Float64Array;
  /** roots[n] = √n. */
  readonly roots: Float64Array;
  readonly groupCount: number;
  readonly groupOf: Int32Array;
  /** √supply of group g with n quanta in g·totals + n; empty if all is supplied for ever. */
  readonly supply: Float64Array;
  readonly totals: number;
  readonly scratch: Float64Array;
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

export type StepOperator = RowOperator | LadderOperator | ProductOperator;

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
export type ArraySource = Pick<Arena, "floats" | "ints" | "shorts">;

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
  shorts: (length) => new Uint16Array(length),
};

const twins: KrylovKernels = {
  step: (h, ...rest) => {
    if (h.kind === "rows") return rowsTwin(h, ...rest);
    return h.kind === "ladders" ? laddersTwin(h, ...rest) : productsTwin(h, ...rest);
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
      if (h.kind === "ladders") return stepOfLadders(run, h, width, vectors);
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

function stepOfLadders(
  run: KernelExports,
  h: LadderOperator,
  width: number,
  vectors: readonly [number, number, number, number, number],
): number {
  return run.ladders(
    h.fockCount,
    h.system,
    width,
    h.modes,
    h.occupations.byteOffset,
    h.lowered.byteOffset,
    h.raised.byteOffset,
    h.energies.byteOffset,
    h.onSystem.byteOffset,
    h.termCount,
    h.terms.byteOffset,
    h.mode.byteOffset,
    h.factor.byteOffset,
    h.operators.byteOffset,
    h.roots.byteOffset,
    h.groupCount,
    h.groupOf.byteOffset,
    h.supply.length === 0 ? 0 : h.supply.byteOffset,
    h.totals,
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
