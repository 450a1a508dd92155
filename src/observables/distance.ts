/** How different two states are, and two runs. */

import { eigenFactor } from "../algebra/eigenFactor.ts";
import { eigh } from "../algebra/hermitian.ts";
import type { Matrix } from "../algebra/matrix.ts";
import { adjoint, multiply, subtract } from "../algebra/matrix.ts";
import type { MatrixSeries } from "../algebra/series.ts";
import { matrixAt } from "../algebra/series.ts";
import { singularValues } from "../algebra/singularValues.ts";

/** ½ tr|a − b|, between 0 and 1: the best chance to tell two states apart is (1 + this)/2. */
export function traceDistance(a: Matrix, b: Matrix): number {
  return eigh(subtract(a, b)).values.reduce((sum, value) => sum + Math.abs(value), 0) / 2;
}

/**
 * Uhlmann's fidelity, squared: (tr √(√a b √a))², which is |⟨a|b⟩|² for pure states. Where one of the states is nearly
 * of lower rank, fidelity depends on the square root of its small eigenvalues, and has half the digits of the states.
 */
export function fidelity(a: Matrix, b: Matrix): number {
  const overlap = multiply(adjoint(eigenFactor(a)), eigenFactor(b));
  return singularValues(overlap).reduce((sum, value) => sum + value, 0) ** 2;
}

/** A measure of two states, time by time. Throws RangeError if the series differ in times or dimension. */
export function compareSeries(
  measure: (a: Matrix, b: Matrix) => number,
  a: MatrixSeries,
  b: MatrixSeries,
): Float64Array {
  if (a.dimension !== b.dimension) {
    throw new RangeError(`cannot compare states of dimension ${a.dimension} with states of dimension ${b.dimension}.`);
  }
  if (a.times.length !== b.times.length || a.times.some((time, t) => time !== b.times[t])) {
    throw new RangeError("cannot compare states at different times: compute both series at the same times.");
  }
  return Float64Array.from(a.times, (_, t) => measure(matrixAt(a, t), matrixAt(b, t)));
}
