/** Whether the map from each time to the next is one that a memoryless environment could have made. */

import { choiState, mapDimension, superoperator } from "../algebra/choi.ts";
import { eigh } from "../algebra/hermitian.ts";
import { inverse } from "../algebra/inverse.ts";
import { hermitianPart, type Matrix, multiply } from "../algebra/matrix.ts";
import { type MatrixSeries, matrixAt } from "../algebra/series.ts";
import { singularValues, spectralNorm } from "../algebra/singularValues.ts";

/** The map Λ_t Λ_s⁻¹ from one time s of a list to the next, t. */
export interface Step {
  readonly from: number;
  readonly to: number;
  /**
   * Least eigenvalue of its Choi state (trace 1): negative if and only if the step is not completely positive. NaN where
   * Λ_s has no inverse at all.
   */
  readonly least: number;
  /** Σ of the moduli of its negative eigenvalues, those within the uncertainty left out. */
  readonly negative: number;
  /** How far an eigenvalue may be off at most: what the states are uncertain by, times the condition of Λ_s. */
  readonly uncertainty: number;
  /** ‖Λ_s‖ ‖Λ_s⁻¹‖. */
  readonly condition: number;
  readonly verdict: "divisible" | "not divisible" | "undecided";
}

export interface Divisibility {
  readonly steps: readonly Step[];
  /**
   * Σ over the steps of (‖C‖₁ − 1), C their Choi states: twice the negative eigenvalues. The measure of Rivas, Huelga
   * and Plenio (Phys. Rev. Lett. 105, 050403, 2010) on the times given; only steps that are certain count.
   */
  readonly measure: number;
}

/** Eigenvalues are known too badly to say anything once they may be off by this. */
const tooUncertain = 1e-2;

/**
 * Each step between ascending times of a map given as its Choi states, each entry known to `error`. Near a time where
 * Λ_s has no inverse the step is ill-conditioned: errors grow by 1/(least singular value of Λ_s), which is stated as
 * its uncertainty, and a step within it counts as undecided.
 */
export function divisibility(choi: MatrixSeries, error: number): Divisibility {
  const maps = choi.times.map((_, t) => superoperator(matrixAt(choi, t)));
  const steps = maps.slice(1).map((later, t) => step(maps[t], later, choi.times[t], choi.times[t + 1], error));
  return { steps, measure: steps.reduce((sum, { negative }) => sum + 2 * negative, 0) };
}

function step(earlier: Matrix, later: Matrix, from: number, to: number, error: number): Step {
  const n = mapDimension(earlier);
  const values = singularValues(earlier);
  const [largest, smallest] = [values[0], values[values.length - 1]];
  const condition = largest / smallest;
  const lost: Step = {
    ...{ from, to, least: Number.NaN, negative: 0, condition },
    ...{ uncertainty: Number.POSITIVE_INFINITY, verdict: "undecided" },
  };
  if (!(smallest > Number.EPSILON * largest)) return lost;
  const between = multiply(later, inverse(earlier));
  const growth = spectralNorm(between);
  // Entries of Λ are off by N · error, N² × N² of them; Choi states have 1/N of that.
  const uncertainty = (n ** 2 * (error + 4 * Number.EPSILON) * (1 + growth)) / smallest;
  const spectrum = eigh(hermitianPart(choiState(between))).values;
  const least = spectrum[0];
  const negative = spectrum.reduce((sum, value) => (value < -uncertainty ? sum - value : sum), 0);
  if (!(uncertainty < tooUncertain)) return { ...lost, least, uncertainty };
  return { from, to, least, negative, uncertainty, condition, verdict: verdictOf(least, uncertainty) };
}

/** A step whose least eigenvalue is 0, such as that of a unitary or of one decay channel, is divisible within its errors. */
function verdictOf(least: number, uncertainty: number): Step["verdict"] {
  return least < -uncertainty ? "not divisible" : "divisible";
}
