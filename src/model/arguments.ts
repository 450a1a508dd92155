/** What a name in an expression may be given in its parentheses, checked. */

import type { Matrix } from "../algebra/matrix.ts";
import { complexText } from "./issue.ts";
import type { Tensor, Value } from "./value.ts";
import { checkDimension, ExpressionProblem, maxDimension, valueText } from "./value.ts";

/** A real number; ±inf only where it is allowed. */
export function real(value: Value, what: string, infinite = false): number {
  if (value.kind !== "scalar" || value.im !== 0) throw wrong(`be given a real number as ${what}`, value);
  if (Number.isNaN(value.re) || (!infinite && !Number.isFinite(value.re))) {
    throw wrong(`be given a finite number as ${what}`, value);
  }
  return value.re;
}

/** A whole number between two limits. */
export function whole(value: Value, what: string, least: number, most: number): number {
  const must = `be given a whole number from ${least} to ${most} as ${what}`;
  if (value.kind !== "scalar" || value.im !== 0 || !Number.isInteger(value.re)) throw wrong(must, value);
  if (value.re < least || value.re > most) throw wrong(must, value);
  return value.re;
}

/** A dimension n. */
export function dimension(value: Value): number {
  if (value.kind === "scalar" && Number.isInteger(value.re) && value.re > maxDimension) checkDimension(value.re);
  return whole(value, "its dimension", 1, maxDimension);
}

/** A spin j = 1/2, 1, 3/2, …; gives 2j + 1 as well. */
export function spin(value: Value): { j: number; n: number } {
  const must = "be given a spin 1/2, 1, 3/2, … as j";
  if (value.kind !== "scalar" || value.im !== 0) throw wrong(must, value);
  const n = 2 * value.re + 1;
  if (!Number.isInteger(n) || n < 2) throw wrong(must, value);
  checkDimension(n);
  return { j: value.re, n };
}

export function tensor(value: Value, what: string): Tensor {
  if (value.kind === "scalar" || value.kind === "text") throw wrong(`be given ${what}`, value);
  return value;
}

export function squareOperator(value: Value, what: string): Matrix {
  if (value.kind !== "operator" || value.matrix.rows !== value.matrix.cols) throw wrong(`be given ${what}`, value);
  return value.matrix;
}

export function text(value: Value, choices: readonly string[]): string {
  const quoted = choices.map((choice) => `"${choice}"`).join(", ");
  if (value.kind !== "text" || !choices.includes(value.text)) {
    throw wrong(`be given one of ${quoted}`, value, "The quotes belong to it.");
  }
  return value.text;
}

function wrong(must: string, value: Value, suggestion?: string): ExpressionProblem {
  const given = value.kind === "scalar" ? complexText(value) : valueText(value);
  return new ExpressionProblem(must, `is given ${given}`, suggestion);
}
