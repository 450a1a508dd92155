import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/algebra/matrix.ts";
import { add, kron, maxAbs, multiply, scale, subtract } from "../../src/algebra/matrix.ts";
import { evaluate, names, suggestedName } from "../../src/model/expression.ts";
import { create, destroy, jmat } from "../../src/model/operators.ts";

function operatorOf(text: string): Matrix {
  const { value, problem } = evaluate(text);
  if (problem) throw problem;
  if (value.kind !== "operator") throw new Error(`${text} is a ${value.kind}`);
  return value.matrix;
}

describe("an expression", () => {
  test("means what the matrix functions mean", () => {
    const [x, y, z] = (["x", "y", "z"] as const).map((component) => jmat(1, component));
    const expected = add(scale(multiply(x, multiply(y, y)), 0.5), multiply(z, x), { re: 0, im: -2 });
    const found = operatorOf('0.5 * jmat(1, "x") * jmat(1, "y")^2 - 2i * jmat(1, "z") * jmat(1, "x")');
    expect(maxAbs(subtract(found, expected))).toBeLessThan(1e-15);
    const exchange = add(kron(destroy(3), create(2)), kron(create(3), destroy(2)));
    expect(maxAbs(subtract(operatorOf("kron(destroy(3), create(2)) + kron(create(3), destroy(2))"), exchange))).toBe(0);
  });

  test("has the sign and the powers right: -x^2 = -(x^2)", () => {
    expect(maxAbs(add(operatorOf("-sigmax^2"), operatorOf("qeye(2)")))).toBe(0);
    expect(evaluate("-2^2").value).toMatchObject({ re: -4 });
    expect(evaluate("2^-2").value).toMatchObject({ re: 0.25 });
  });

  test("is the same with or without spaces and extra parentheses", () => {
    const part = fc.constantFrom("sigmax", "2*sigmaz", "sigmap*sigmam", "-i*sigmay", "qeye(2)/3", "dag(sigmap)");
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom("+", "-"), part), { minLength: 1, maxLength: 6 }), (parts) => {
        const tight = `qzero(2)${parts.map(([sign, text]) => sign + text).join("")}`;
        const loose = `(qzero(2)) ${parts.map(([sign, text]) => `${sign}  (( ${text} ))`).join("\n")}`;
        expect(maxAbs(subtract(operatorOf(tight), operatorOf(loose)))).toBe(0);
      }),
    );
  });

  test("never throws, whatever the text", () => {
    const word = fc.constantFrom(
      "sigmax",
      "up",
      "kron",
      "jmat",
      "inf",
      "2",
      "i",
      "(",
      ")",
      ",",
      "+",
      "-",
      "*",
      "/",
      "^",
      '"x"',
      "zz",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const { value, problem } = evaluate(words.join(" "));
        expect((value === undefined) !== (problem === undefined)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("of the greatest length allowed, deep to the left, is still evaluated", () => {
    expect(evaluate(`${"1+".repeat(4999)}1`).value).toMatchObject({ re: 5000 });
  });
});

describe("a mistake names the sub-expression and its place", () => {
  test.each([
    ["sigmax + 2*destroy(4)", 0, 21, "`sigmax + 2*destroy(4)` adds a 2×2 operator to a 4×4 operator"],
    ["sigmax + (sigmay + 1)", 9, 21, "`(sigmay + 1)` adds a 2×2 operator to a number"],
    ["2 * kron(sigmax, up)", 4, 20, "`kron(sigmax, up)` takes it of a 2×2 operator and a ket of dimension 2"],
    ["1 + basis(3, 3)", 4, 15, "`basis(3, 3)` is given 3"],
    ["sigmax*nosuch(3)", 7, 13, "`nosuch` is not one"],
    ["destroy", 0, 7, "`destroy` is given nothing"],
    ["destroy(2, 3)", 0, 13, "`destroy(2, 3)` is given 2 arguments"],
    ["sigmax(2)", 0, 9, "`sigmax(2)` is given 1 argument"],
    ["jmat(1, x)", 8, 9, "`x` is not one"],
    ["jmat(1, 'q')", 0, 12, 'is given the text "q"'],
    ["2 * 1/0", 0, 7, "`2 * 1/0` divides by 0"],
    ["qeye(8)^2 * kron(qeye(64), sigmax)", 12, 34, "`kron(qeye(64), sigmax)` makes 128×128"],
  ])("%s", (text, start, end, but) => {
    const { problem } = evaluate(text);
    expect(problem?.but).toContain(but);
    expect(problem?.span).toEqual({ start, end });
  });
});

describe("a name that is not known is answered with the one meant", () => {
  test.each([
    ["sigmaX", "`sigmax`"],
    ["sgimaz", "`sigmaz`"],
    ["sigma_z", "`sigmaz`"],
    ["destory", "`destroy(n)`"],
    ["projj", "`proj(ket)` or `proj(n, k)`"],
    ["spin_Jx", '`jmat(j, "x")`'],
    ["singlet", '`bell("phi+")`'],
    ["excited", "`up`"],
    ["eye", "`qeye(n)`"],
    ["fok", "`fock`"],
  ])("%s: %s", (word, suggestion) => {
    expect(suggestedName(word)).toContain(suggestion);
  });

  test("or with where to look", () => {
    expect(suggestedName("quaternion")).toBe("The names are listed in docs/model-file.md.");
  });
});

test("all names are different, and none from elsewhere is one of ours", () => {
  const own = names.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  const foreign = names.flatMap(({ elsewhere = [] }) => elsewhere);
  expect(new Set([...own, ...foreign]).size).toBe(own.length + foreign.length);
});
