/** A second-order bound on what a cutoff costs ρ_S: proved in docs/certificates.md, section 5. */

import type { SparseMatrix } from "../../src/fock/sparse.ts";

export interface ShellProblem {
  /**
   * Upper bounds on ‖P_m H P_l‖ between the shells m, l of the kept states, m ≠ l; the last row and column stand for all
   * that is not kept. Symmetric; what is on the diagonal is not read.
   */
  readonly rates: readonly (readonly number[])[];
  /** Where the flux was integrated to: ascending, > 0. */
  readonly times: readonly number[];
  /** Upper bounds on ∫_0^t ‖(1 − P)HPφ‖ at these times. */
  readonly leaked: readonly number[];
  /**
   * populations[i][m]: upper bound on the population of shell m at times[i], of the truncated solution. Where only the
   * largest over all times is known, that one, in every row.
   */
  readonly populations: readonly (readonly number[])[];
}

/**
 * For each of the times a proved bound on every entry of ρ_S, never larger than the first-order bound `leaked`. The part of
 * the error e = ψ − φ outside the space meets nothing of φ under the partial trace, and inside only equal Fock states
 * meet, so that an entry is off by at most Σ_m ‖P_m e‖‖P_m φ‖ + ‖e‖²/2. What has left comes back shell by shell:
 * ‖P_m e‖ stays below the solution of y_m' = Σ_l rate_ml y_l, fed from outside by `leaked`, and below `leaked`. For
 * one start in one sector; weighted sums of bounds are bounds. Source: physics section 7, made second order.
 */
export function shellBound({ rates, times, leaked, populations }: ShellProblem): Float64Array {
  const shells = rates.length - 1;
  const bounds = new Float64Array(times.length);
  let errors = new Float64Array(shells);
  let before = 0;
  times.forEach((t, i) => {
    // Between two times what has leaked is at most what it is at the later one.
    errors = grown(rates, errors, leaked[i], t - before);
    before = t;
    let inside = 0;
    for (let m = 0; m < shells; m++) {
      errors[m] = Math.min(errors[m], leaked[i]);
      inside += errors[m] * Math.sqrt(populations[i][m]);
    }
    bounds[i] = Math.min(leaked[i], inside + 0.5 * leaked[i] ** 2);
  });
  return bounds;
}

/** y(h) of y_m' = Σ_l rate_ml y_l with y outside kept at `outside`: a Taylor series of terms ≥ 0, its tail bounded. */
function grown(
  rates: readonly (readonly number[])[],
  start: Float64Array,
  outside: number,
  duration: number,
): Float64Array<ArrayBuffer> {
  const shells = start.length;
  let fastest = 0;
  for (let m = 0; m < shells; m++) {
    let sum = 0;
    for (let l = 0; l <= shells; l++) if (l !== m) sum += rates[m][l];
    fastest = Math.max(fastest, sum);
  }
  // In a step in which no y grows by more than e² 40 terms are plenty.
  const steps = Math.max(1, Math.ceil((fastest * duration) / 2));
  const h = duration / steps;
  let y: Float64Array<ArrayBuffer> = start.slice();
  for (let step = 0; step < steps; step++) {
    let term: Float64Array<ArrayBuffer> = y.slice();
    let outer = outside;
    const sum = y.slice();
    for (let k = 1; k <= 40; k++) {
      const next = new Float64Array(shells);
      for (let m = 0; m < shells; m++) {
        let rate = rates[m][shells] * outer;
        for (let l = 0; l < shells; l++) if (l !== m) rate += rates[m][l] * term[l];
        next[m] = (rate * h) / k;
        sum[m] += next[m];
      }
      // What is outside is constant: only its own term, the first, feeds the shells.
      outer = 0;
      term = next;
    }
    // The terms left out sum to less than 1e-30 of the largest y, which is at most what is outside.
    y = sum.map((value) => Math.min(outside, value * (1 + 1e-13) + 1e-30 * outside));
  }
  return y;
}

/**
 * Upper bounds on ‖P_m H P_l‖ from the matrix of PHP, the one of (1 − P)HP and the shell of each state: by Schur's test
 * √(largest sum over a row · largest sum over a column) of the moduli in each block.
 */
export function shellRates(matrix: SparseMatrix, leak: SparseMatrix, shellOf: ArrayLike<number>): number[][] {
  let shells = 0;
  for (let i = 0; i < matrix.rows; i++) shells = Math.max(shells, shellOf[i] + 1);
  const rows = square(shells + 1);
  const columns = square(shells + 1);
  largestSums(matrix, (i) => shellOf[i], shellOf, rows, columns);
  largestSums(leak, () => shells, shellOf, rows, columns);
  return rows.map((row, m) =>
    row.map((_, l) => {
      if (m === l) return 0;
      const [to, from] = m > l ? [m, l] : [l, m];
      return Math.sqrt(rows[to][from] * columns[to][from]);
    }),
  );
}

function square(size: number): number[][] {
  return Array.from({ length: size }, () => new Array<number>(size).fill(0));
}

/** Raises rows[m][l] and columns[m][l] to the largest sums of moduli over the rows and columns of block (m, l). */
function largestSums(
  a: SparseMatrix,
  shellOfRow: (i: number) => number,
  shellOfColumn: ArrayLike<number>,
  rows: number[][],
  columns: number[][],
): void {
  const shells = rows.length;
  const inColumn = new Float64Array(a.cols * shells);
  const inRow = new Float64Array(shells);
  for (let i = 0; i < a.rows; i++) {
    inRow.fill(0);
    const m = shellOfRow(i);
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) {
      const size = Math.hypot(a.re[e], a.im[e]);
      inRow[shellOfColumn[a.column[e]]] += size;
      inColumn[a.column[e] * shells + m] += size;
    }
    for (let l = 0; l < shells; l++) rows[m][l] = Math.max(rows[m][l], inRow[l]);
  }
  for (let j = 0; j < a.cols; j++) {
    const l = shellOfColumn[j];
    for (let m = 0; m < shells; m++) columns[m][l] = Math.max(columns[m][l], inColumn[j * shells + m]);
  }
}
