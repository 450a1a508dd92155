/** Arrays that the kernels of a Krylov window work on. */

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
  /** Rows of `re` and `im`, of `rhoRe` and `rhoIm`, and of populations are there once for each part of a list of blocks. */
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
  /** Bounds of the parts of their list. */
  readonly bounds: readonly number[];
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
