/** What an expression can stand for, and how such values are added, multiplied and so on. */

import type { Complex, Matrix } from "../algebra/matrix.ts";
import { add, adjoint, identity, kron, multiply, scale } from "../algebra/matrix.ts";
import type { Span } from "./issue.ts";

export interface Scalar extends Complex {
  readonly kind: "scalar";
}
/** A vector (ket: n × 1, bra: 1 × n) or an operator (square in all that is built by name). */
export interface Tensor {
  readonly kind: "ket" | "bra" | "operator";
  readonly matrix: Matrix;
}
/** An argument such as the "x" of jmat(1, "x"). */
export interface Text {
  readonly kind: "text";
  readonly text: string;
}
export type Value = Scalar | Tensor | Text;

/** The largest dimension of S and of a site: ρ_S(t) has N² entries at each time, and the modes of F number up to d². */
export const maxDimension = 64;

/**
 * Thrown inside the code of expressions, and caught where the expression was given to be evaluated: see
 * expression.ts.
 */
export class ExpressionProblem extends Error {
  /** What should be: the words after "must". */
  readonly must: string;
  /** What is: the words after "but" and, if there is no span yet, after the text of the sub-expression. */
  readonly but: string;
  readonly suggestion: string | undefined;
  /** The characters that are meant, once they are known. */
  readonly span: Span | undefined;

  constructor(must: string, but: string, suggestion?: string, span?: Span) {
    super(`must ${must}, but ${but}`);
    this.must = must;
    this.but = but;
    this.suggestion = suggestion;
    this.span = span;
  }
}

export function scalar(re: number, im = 0): Scalar {
  return { kind: "scalar", re, im };
}

export function ket(matrix: Matrix): Tensor {
  return { kind: "ket", matrix };
}

export function operator(matrix: Matrix): Tensor {
  return { kind: "operator", matrix };
}

/** "a number", "a 2×2 operator", "a ket of dimension 2". */
export function valueText(value: Value): string {
  switch (value.kind) {
    case "scalar":
      return "a number";
    case "text":
      return `the text "${value.text}"`;
    case "operator":
      return `a ${value.matrix.rows}×${value.matrix.cols} operator`;
    default:
      return `a ${value.kind} of dimension ${Math.max(value.matrix.rows, value.matrix.cols)}`;
  }
}

/** a + sign·b. Throws ExpressionProblem unless both are numbers, or of one kind and shape. */
export function sum(a: Value, b: Value, sign: 1 | -1): Value {
  if (a.kind === "scalar" && b.kind === "scalar") return scalar(a.re + sign * b.re, a.im + sign * b.im);
  const verb = sign === 1 ? ["adds", "to"] : ["subtracts", "from"];
  const but = `${verb[0]} ${valueText(sign === 1 ? a : b)} ${verb[1]} ${valueText(sign === 1 ? b : a)}`;
  const must = sign === 1 ? "add things of one kind and shape" : "subtract things of one kind and shape";
  const number = a.kind === "scalar" ? a : b.kind === "scalar" ? b : undefined;
  const other = a.kind === "operator" ? a : b.kind === "operator" ? b : undefined;
  if (number && other) {
    throw new ExpressionProblem(
      must,
      but,
      `A number s stands for \`s * qeye(${other.matrix.rows})\` if it is written so.`,
    );
  }
  if (a.kind === "scalar" || b.kind === "scalar" || a.kind === "text" || b.kind === "text" || a.kind !== b.kind) {
    const mixed = a.kind !== b.kind && [a.kind, b.kind].includes("ket") && [a.kind, b.kind].includes("operator");
    throw new ExpressionProblem(must, but, mixed ? "`proj(ket)` makes a ket |k> the operator |k><k|." : undefined);
  }
  if (a.matrix.rows !== b.matrix.rows || a.matrix.cols !== b.matrix.cols) {
    throw new ExpressionProblem(must, but, "`kron(a, qeye(n))` lets a act on the first of two parts.");
  }
  return { kind: a.kind, matrix: add(a.matrix, b.matrix, sign) };
}

/** a b: numbers, number times anything, and matrix products (bra·ket is a number, ket·bra an operator). */
export function product(a: Value, b: Value): Value {
  if (a.kind === "text" || b.kind === "text") {
    throw new ExpressionProblem(
      "multiply numbers, operators and kets",
      `multiplies ${valueText(a)} by ${valueText(b)}`,
    );
  }
  if (a.kind === "scalar" && b.kind === "scalar") {
    // Apart, because 0 · inf would make NaN of an infinite real number's imaginary part.
    if (a.im === 0 && b.im === 0) return scalar(a.re * b.re);
    return scalar(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
  }
  if (a.kind === "scalar") return { kind: (b as Tensor).kind, matrix: scale((b as Tensor).matrix, a) };
  if (b.kind === "scalar") return { kind: a.kind, matrix: scale(a.matrix, b) };
  if (a.matrix.cols !== b.matrix.rows) {
    const both = a.kind === "ket" && b.kind === "ket";
    throw new ExpressionProblem(
      "multiply things whose dimensions fit",
      `multiplies ${valueText(a)} by ${valueText(b)}`,
      both
        ? "`kron(a, b)` is the product state, `dag(a) * b` the inner product, `a * dag(b)` the operator |a><b|."
        : "For operators on different parts, use `kron(a, b)`.",
    );
  }
  checkDimension(a.matrix.rows, b.matrix.cols);
  const matrix = multiply(a.matrix, b.matrix);
  if (a.kind === "bra" && b.kind === "ket") return scalar(matrix.re[0], matrix.im[0]);
  if (a.kind === "bra") return { kind: "bra", matrix };
  return b.kind === "ket" ? ket(matrix) : operator(matrix);
}

/** a / b for a number b. Throws ExpressionProblem if b is zero or not a number. */
export function quotient(a: Value, b: Value): Value {
  if (b.kind !== "scalar") {
    throw new ExpressionProblem("divide by numbers only", `divides by ${valueText(b)}`);
  }
  const size = Math.hypot(b.re, b.im);
  if (size === 0) throw new ExpressionProblem("divide by numbers other than 0", "divides by 0");
  if (b.im === 0 && a.kind === "scalar") return scalar(a.re / b.re, a.im / b.re);
  return product(a, scalar(b.re / size / size, -b.im / size / size));
}

/** a^n: a whole power ≥ 0 of an operator, any real power of a number (principal value). */
export function power(a: Value, n: Value): Value {
  if (n.kind !== "scalar" || n.im !== 0) {
    throw new ExpressionProblem("have real numbers as exponents", `has ${valueText(n)} as exponent`);
  }
  if (a.kind === "scalar" && !(Number.isInteger(n.re) && Math.abs(n.re) <= maxPower)) return scalarPower(a, n.re);
  if (a.kind === "text" || a.kind === "ket" || a.kind === "bra") {
    throw new ExpressionProblem("raise numbers or operators to a power", `raises ${valueText(a)} to a power`);
  }
  if (a.kind === "scalar" && n.re < 0) return quotient(scalar(1), power(a, scalar(-n.re)));
  if (!Number.isInteger(n.re) || n.re < 0 || n.re > maxPower) {
    const range = `a whole number from 0 to ${maxPower}`;
    throw new ExpressionProblem(`raise operators to ${range}`, `raises an operator to the power ${n.re}`);
  }
  if (a.kind === "operator" && a.matrix.rows !== a.matrix.cols) {
    throw new ExpressionProblem("raise square operators to a power", `raises ${valueText(a)} to a power`);
  }
  let result: Value = a.kind === "scalar" ? scalar(1) : operator(identity(a.matrix.rows));
  for (let bits = n.re, square: Value = a; bits > 0; bits = Math.floor(bits / 2)) {
    if (bits % 2 === 1) result = product(result, square);
    if (bits > 1) square = product(square, square);
  }
  return result;
}

const maxPower = 1000;

function scalarPower(a: Scalar, n: number): Scalar {
  if (a.im === 0 && (a.re >= 0 || Number.isInteger(n))) return scalar(a.re ** n);
  const size = Math.hypot(a.re, a.im) ** n;
  const angle = Math.atan2(a.im, a.re) * n;
  return scalar(size * Math.cos(angle), size * Math.sin(angle));
}

/** Kronecker product: the first factor is the slowest index. */
export function tensorProduct(a: Tensor, b: Tensor): Tensor {
  if (a.kind !== b.kind) {
    throw new ExpressionProblem(
      "take kron of things of one kind",
      `takes it of ${valueText(a)} and ${valueText(b)}`,
      [a.kind, b.kind].includes("bra") ? undefined : "`proj(ket)` makes a ket |k> the operator |k><k|.",
    );
  }
  checkDimension(a.matrix.rows * b.matrix.rows, a.matrix.cols * b.matrix.cols);
  return { kind: a.kind, matrix: kron(a.matrix, b.matrix) };
}

/** Conjugate transpose: kets become bras, numbers are conjugated. */
export function dagger(a: Value): Value {
  if (a.kind === "text")
    throw new ExpressionProblem("take dag of numbers, kets and operators", `takes it of ${valueText(a)}`);
  if (a.kind === "scalar") return scalar(a.re, -a.im);
  const kind = a.kind === "ket" ? "bra" : a.kind === "bra" ? "ket" : "operator";
  return { kind, matrix: adjoint(a.matrix) };
}

/** Throws ExpressionProblem if a matrix of this size is more than the program takes. */
export function checkDimension(rows: number, cols: number = rows): void {
  if (rows > maxDimension || cols > maxDimension) {
    throw new ExpressionProblem(
      `have dimensions up to ${maxDimension}`,
      `makes ${rows}×${cols}`,
      "S and a site are what is kept exactly, so they must be small; the number of sites may be as large as you like.",
    );
  }
}
