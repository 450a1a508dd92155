import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/algebra/matrix.ts";
import {
  add,
  adjoint,
  commutator,
  diagonal,
  identity,
  matrix,
  maxAbs,
  multiply,
  scale,
  subtract,
  trace,
} from "../../src/algebra/matrix.ts";
import { evaluate } from "../../src/model/expression.ts";
import { create, destroy, jmat, num, operators, projection } from "../../src/model/operators.ts";

function named(text: string): Matrix {
  const { value, problem } = evaluate(text);
  if (problem) throw problem;
  if (value.kind !== "operator") throw new Error(`${text} is a ${value.kind}`);
  return value.matrix;
}

function far(a: Matrix, b: Matrix): number {
  return maxAbs(subtract(a, b));
}

describe("Pauli matrices", () => {
  const [x, y, z, p, m] = ["sigmax", "sigmay", "sigmaz", "sigmap", "sigmam"].map(named);

  test("have up at index 0, σ_z = diag(1, −1) and σ₊ = |up⟩⟨down|", () => {
    expect(far(z, diagonal([1, -1]))).toBe(0);
    expect(
      far(
        p,
        matrix([
          [0, 1],
          [0, 0],
        ]),
      ),
    ).toBe(0);
    expect(far(m, adjoint(p))).toBe(0);
  });

  test("square to 1, and σ_x σ_y = iσ_z and cyclically", () => {
    for (const a of [x, y, z]) expect(far(multiply(a, a), identity(2))).toBe(0);
    expect(far(multiply(x, y), scale(z, { re: 0, im: 1 }))).toBe(0);
    expect(far(multiply(y, z), scale(x, { re: 0, im: 1 }))).toBe(0);
    expect(far(multiply(z, x), scale(y, { re: 0, im: 1 }))).toBe(0);
  });

  test("σ± = (σ_x ± iσ_y)/2", () => {
    expect(far(p, scale(add(x, y, { re: 0, im: 1 }), 0.5))).toBe(0);
    expect(far(m, scale(add(x, y, { re: 0, im: -1 }), 0.5))).toBe(0);
  });

  test("may be written with empty parentheses, as in QuTiP", () => {
    expect(far(named("sigmax()"), x)).toBe(0);
  });
});

describe.each([0.5, 1, 1.5, 2, 7.5, 31.5])("spin matrices of spin %d", (j) => {
  const [x, y, z, p, m] = (["x", "y", "z", "+", "-"] as const).map((component) => jmat(j, component));

  test("[J_x, J_y] = iJ_z and cyclically", () => {
    const size = j * j + 1;
    expect(far(commutator(x, y), scale(z, { re: 0, im: 1 }))).toBeLessThan(1e-14 * size);
    expect(far(commutator(y, z), scale(x, { re: 0, im: 1 }))).toBeLessThan(1e-14 * size);
    expect(far(commutator(z, x), scale(y, { re: 0, im: 1 }))).toBeLessThan(1e-14 * size);
  });

  test("J² = j(j+1)", () => {
    const square = [x, y, z].map((a) => multiply(a, a)).reduce((total, a) => add(total, a));
    expect(far(square, scale(identity(2 * j + 1), j * (j + 1)))).toBeLessThan(1e-14 * (j * j + 1));
  });

  test("J_z = diag(j … −j), J± = J_x ± iJ_y raises and lowers", () => {
    expect(far(z, diagonal(Array.from({ length: 2 * j + 1 }, (_, k) => j - k)))).toBe(0);
    expect(far(p, add(x, y, { re: 0, im: 1 }))).toBeLessThan(1e-14);
    expect(far(m, adjoint(p))).toBe(0);
    expect(far(commutator(z, p), p)).toBeLessThan(1e-13);
  });
});

test("spin 1/2 is half the Pauli matrices", () => {
  for (const component of ["x", "y", "z"]) {
    expect(far(named(`jmat(1/2, "${component}")`), scale(named(`sigma${component}`), 0.5))).toBe(0);
  }
  expect(far(named('jmat(1/2, "+")'), named("sigmap"))).toBe(0);
});

describe("ladder operators of an oscillator cut off at n levels", () => {
  test.each([1, 2, 5, 20])("n = %i: a†a counts, and [a, a†] = 1 but for the last level", (n) => {
    expect(far(multiply(create(n), destroy(n)), num(n))).toBeLessThan(1e-14 * n);
    const expected = identity(n);
    expected.re[n * n - 1] = 1 - n;
    expect(far(commutator(destroy(n), create(n)), expected)).toBeLessThan(1e-13);
    expect(far(create(n), adjoint(destroy(n)))).toBe(0);
  });

  test("[x, p] = i but for the last level", () => {
    const bracket = commutator(named("position(6)"), named("momentum(6)"));
    for (let k = 0; k < 5; k++)
      expect([bracket.re[7 * k], bracket.im[7 * k]]).toEqual([expect.closeTo(0), expect.closeTo(1)]);
  });
});

test("|a⟩⟨b| moves level b to level a, and the identity and zero are what they are called", () => {
  expect(
    far(
      projection(3, 2, 0),
      matrix([
        [0, 0, 0],
        [0, 0, 0],
        [1, 0, 0],
      ]),
    ),
  ).toBe(0);
  expect(far(named("projection(3, 2, 0)"), projection(3, 2, 0))).toBe(0);
  expect(trace(named("qeye(5)")).re).toBe(5);
  expect(far(named("identity(5)"), identity(5))).toBe(0);
  expect(maxAbs(named("qzero(3)"))).toBe(0);
});

test("every operator of the table can be written as its usage says", () => {
  for (const { usage } of operators) {
    const text = usage
      .replace("projection(n, a, b)", "projection(3, 0, 2)")
      .replace("(n)", "(4)")
      .replace("(j,", "(3/2,");
    expect(named(text).rows).toBeGreaterThan(0);
  }
});
