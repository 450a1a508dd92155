import { describe, expect, test } from "vitest";
import { identity, kron, matrix, maxAbs, multiply, subtract } from "../../src/algebra/matrix.ts";
import type { Tensor, Value } from "../../src/model/value.ts";
import {
  checkDimension,
  dagger,
  ExpressionProblem,
  ket,
  maxDimension,
  operator,
  power,
  product,
  quotient,
  scalar,
  sum,
  tensorProduct,
  valueText,
} from "../../src/model/value.ts";
import { random, randomMatrix } from "../oracle/random.ts";

const from = random(11);
const a = operator(randomMatrix(from, 3));
const b = operator(randomMatrix(from, 3));
const psi = ket(randomMatrix(from, 3, 1));
const phi = ket(randomMatrix(from, 3, 1));

function far(x: Value, y: Value): number {
  if (x.kind === "scalar" && y.kind === "scalar") return Math.hypot(x.re - y.re, x.im - y.im);
  if (x.kind !== y.kind || x.kind === "text" || x.kind === "scalar") return Number.POSITIVE_INFINITY;
  return maxAbs(subtract(x.matrix, (y as Tensor).matrix));
}

describe("values obey the laws of linear algebra", () => {
  test("a + b − b = a", () => {
    expect(far(sum(sum(a, b, 1), b, -1), a)).toBeLessThan(1e-14);
  });

  test("(ab)† = b†a†", () => {
    expect(far(dagger(product(a, b)), product(dagger(b), dagger(a)))).toBeLessThan(1e-14);
  });

  test("⟨ψ|φ⟩ is a number, the conjugate of ⟨φ|ψ⟩, and the trace of |φ⟩⟨ψ|", () => {
    const overlap = product(dagger(psi), phi);
    expect(overlap.kind).toBe("scalar");
    expect(far(overlap, dagger(product(dagger(phi), psi)))).toBeLessThan(1e-14);
    const outer = product(phi, dagger(psi)) as Tensor;
    expect(outer.kind).toBe("operator");
    const diagonal = [0, 4, 8].reduce((total, k) => total + outer.matrix.re[k], 0);
    expect(diagonal).toBeCloseTo((overlap as { re: number }).re, 13);
  });

  test("an operator makes a ket of a ket and a bra of a bra", () => {
    expect(product(a, psi).kind).toBe("ket");
    expect(product(dagger(psi), a).kind).toBe("bra");
  });

  test("a/z · z = a, and powers are repeated products", () => {
    const z = scalar(0.3, -0.7);
    expect(far(product(quotient(a, z), z), a)).toBeLessThan(1e-14);
    expect(far(power(a, scalar(3)), product(a, product(a, a)))).toBeLessThan(1e-13);
    expect(far(power(a, scalar(0)), operator(identity(3)))).toBe(0);
    expect(far(power(z, scalar(-2)), quotient(scalar(1), product(z, z)))).toBeLessThan(1e-14);
    expect(far(power(scalar(-4), scalar(0.5)), scalar(0, 2))).toBeLessThan(1e-15);
    expect(power(scalar(2), scalar(0.5))).toEqual(scalar(Math.SQRT2));
  });

  test("(a ⊗ b)(c ⊗ d) = ac ⊗ bd, for kets too", () => {
    const left = product(tensorProduct(a, b), tensorProduct(psi, phi));
    const right = tensorProduct(product(a, psi) as Tensor, product(b, phi) as Tensor);
    expect(far(left, right)).toBeLessThan(1e-13);
    expect(maxAbs(subtract(tensorProduct(a, b).matrix, kron(a.matrix, b.matrix)))).toBe(0);
    expect(multiply(a.matrix, b.matrix).rows).toBe(3);
  });

  test("infinity keeps its imaginary part 0", () => {
    expect(product(scalar(-1), scalar(Number.POSITIVE_INFINITY))).toEqual(scalar(Number.NEGATIVE_INFINITY));
  });
});

describe("what does not fit is refused with both sides named", () => {
  const two = operator(
    matrix([
      [1, 0],
      [0, 1],
    ]),
  );
  const up = ket(matrix([[1], [0]]));
  const text: Value = { kind: "text", text: "x" };
  const problem = (act: () => unknown): ExpressionProblem => {
    try {
      act();
    } catch (error) {
      if (error instanceof ExpressionProblem) return error;
      throw error;
    }
    throw new Error("nothing was refused");
  };

  test.each<[string, () => unknown, string, string]>([
    ["shapes", () => sum(a, two, 1), "adds a 3×3 operator to a 2×2 operator", "kron"],
    ["number and operator", () => sum(two, scalar(1), 1), "adds a 2×2 operator to a number", "s * qeye(2)"],
    ["number from operator", () => sum(two, scalar(1), -1), "subtracts a number from a 2×2 operator", "s * qeye(2)"],
    ["ket and operator", () => sum(two, up, 1), "adds a 2×2 operator to a ket of dimension 2", "proj(ket)"],
    ["text", () => sum(text, scalar(1), 1), 'adds the text "x" to a number', ""],
    ["product of shapes", () => product(a, two), "multiplies a 3×3 operator by a 2×2 operator", "kron"],
    ["two kets", () => product(up, up), "multiplies a ket of dimension 2 by a ket of dimension 2", "kron(a, b)"],
    ["text times", () => product(text, two), 'multiplies the text "x"', ""],
    ["division by an operator", () => quotient(a, two), "divides by a 2×2 operator", ""],
    ["division by zero", () => quotient(a, scalar(0)), "divides by 0", ""],
    ["a fractional power", () => power(two, scalar(0.5)), "to the power 0.5", ""],
    ["a negative power", () => power(two, scalar(-1)), "to the power -1", ""],
    ["an operator as exponent", () => power(scalar(2), two), "a 2×2 operator as exponent", ""],
    ["a power of a ket", () => power(up, scalar(2)), "raises a ket of dimension 2", ""],
    ["kron of unlike things", () => tensorProduct(two, up), "a 2×2 operator and a ket", "proj"],
    ["dag of a text", () => dagger(text), 'the text "x"', ""],
  ])("%s", (_, act, but, suggestion) => {
    const found = problem(act);
    expect(found.but).toContain(but);
    expect(found.suggestion ?? "").toContain(suggestion);
  });

  test("and nothing larger than the limit is ever made", () => {
    const large = operator(identity(maxDimension));
    expect(problem(() => tensorProduct(large, two)).but).toBe("makes 128×128");
    expect(problem(() => checkDimension(1e9)).must).toBe(`have dimensions up to ${maxDimension}`);
    expect(() => checkDimension(maxDimension)).not.toThrow();
  });
});

test("values are named by kind and size", () => {
  expect([a, psi, dagger(psi), scalar(1)].map(valueText)).toEqual([
    "a 3×3 operator",
    "a ket of dimension 3",
    "a bra of dimension 3",
    "a number",
  ]);
});
