/** What is proved of a computation beside how wrong it is. */

import type { MatrixSeries } from "../src/algebra/series.ts";

export interface Compared {
  readonly seed: number;
  readonly label:
    | "diagonalised, first order"
    | "diagonalised, second order"
    | "Krylov windows"
    | "runs"
    | "certified runs";
  readonly times: readonly number[];
  /** The largest modulus by which an entry is off from what stands for the truth, at each time. */
  readonly errors: Float64Array;
  /** What no entry is proved to be off by more than. */
  readonly bounds: Float64Array;
  /** How far what stands for the truth may be off itself. */
  readonly slack: Float64Array;
}

/** Times at which the bound is below the error: never, or something is wrong. */
export function violations({ errors, bounds, slack }: Compared): number[] {
  return [...errors.keys()].filter((t) => !(bounds[t] + slack[t] >= errors[t]));
}

/** Of errors below this rounding says as much as physics. */
const measurable = 1e-12;

/** log10 of bound over error at the times at which the error is known. */
export function overestimates({ errors, bounds, slack }: Compared): number[] {
  return [...errors.keys()]
    .filter((t) => errors[t] > measurable && errors[t] > 10 * slack[t])
    .map((t) => Math.log10(bounds[t] / errors[t]));
}

export function largestDifferences(a: MatrixSeries, b: MatrixSeries): Float64Array {
  const stride = a.dimension ** 2;
  const largest = new Float64Array(a.times.length);
  for (let e = 0; e < largest.length * stride; e++) {
    const t = Math.floor(e / stride);
    largest[t] = Math.max(largest[t], Math.hypot(a.re[e] - b.re[e], a.im[e] - b.im[e]));
  }
  return largest;
}
