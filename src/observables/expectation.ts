/** Expectation values. */

import type { Complex, Matrix } from "../algebra/matrix.ts";
import { traceOfProduct } from "../algebra/matrix.ts";

/** tr(A ρ), for A and ρ of the same size. Throws RangeError if they are not. */
export function expectation(operator: Matrix, state: Matrix): Complex {
  if (operator.rows !== state.rows || operator.cols !== state.cols) {
    throw new RangeError(
      `an operator on a state of dimension ${state.rows} must be ${state.rows}×${state.rows}, ` +
        `but is ${operator.rows}×${operator.cols}.`,
    );
  }
  return traceOfProduct(operator, state);
}
