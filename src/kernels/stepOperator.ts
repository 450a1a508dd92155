/** H in the forms that the kernels of a Krylov step take. */

/** H in compressed rows; `im` is empty if it is real. */
export interface RowOperator {
  readonly kind: "rows";
  readonly rows: number;
  /** Bounds of the parts of a step (parts.ts): rows, and below Fock states and blocks. */
  readonly bounds: readonly number[];
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** H_S + E_f + Σ_r O_r ⊗ X_r, all real, in a space where every Fock state has all N levels. */
export interface ProductOperator {
  readonly kind: "products";
  readonly bounds: readonly number[];
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
  /** As much for each part. */
  readonly scratch: Float64Array;
}

/**
 * The same where Fock states stand in blocks, each with the first states of the first block once more (src/fock/basis.ts): X_r
 * leads from place to place inside every block as it does in the first, and from a block to others with the place kept.
 */
export interface BlockOperator {
  readonly kind: "blocks";
  readonly bounds: readonly number[];
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
  /** As much for each part. */
  readonly scratch: Float64Array;
}

export type StepOperator = RowOperator | ProductOperator | BlockOperator;
