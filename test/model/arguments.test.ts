import { describe, expect, test } from "vitest";
import { identity } from "../../src/algebra/matrix.ts";
import { dimension, real, spin, squareOperator, tensor, text, whole } from "../../src/model/arguments.ts";
import { ExpressionProblem, maxDimension, operator, scalar } from "../../src/model/value.ts";

const word = { kind: "text", text: "x" } as const;
const two = operator(identity(2));

describe("arguments in range are taken", () => {
  test("as numbers, spins, choices and operators", () => {
    expect(real(scalar(-0.5), "m")).toBe(-0.5);
    expect(real(scalar(Number.NEGATIVE_INFINITY), "beta", true)).toBe(Number.NEGATIVE_INFINITY);
    expect(whole(scalar(3), "k", 0, 3)).toBe(3);
    expect(dimension(scalar(maxDimension))).toBe(maxDimension);
    expect(spin(scalar(1.5))).toEqual({ j: 1.5, n: 4 });
    expect(text(word, ["x", "y"])).toBe("x");
    expect(tensor(two, "an operator")).toBe(two);
    expect(squareOperator(two, "an operator")).toBe(two.matrix);
  });
});

describe("others are refused with what was given", () => {
  test.each<[string, () => unknown, string, string]>([
    ["complex", () => real(scalar(1, 2), "m"), "a real number as m", "is given 1+2i"],
    ["infinite", () => real(scalar(Number.POSITIVE_INFINITY), "m"), "a finite number as m", "is given Infinity"],
    ["NaN", () => real(scalar(Number.NaN), "beta", true), "a finite number", "is given NaN"],
    ["no number", () => real(word, "m"), "a real number as m", 'is given the text "x"'],
    ["fractional", () => whole(scalar(0.5), "k", 0, 3), "a whole number from 0 to 3 as k", "is given 0.5"],
    ["out of range", () => whole(scalar(4), "k", 0, 3), "from 0 to 3 as k", "is given 4"],
    ["dimension 0", () => dimension(scalar(0)), "from 1 to 64", "is given 0"],
    ["huge dimension", () => dimension(scalar(1e6)), "dimensions up to 64", "makes 1000000×1000000"],
    ["third of a spin", () => spin(scalar(1 / 3)), "1/2, 1, 3/2", "is given 0.333333"],
    ["negative spin", () => spin(scalar(-1)), "1/2, 1, 3/2", "is given -1"],
    ["huge spin", () => spin(scalar(1000)), "dimensions up to 64", "makes 2001×2001"],
    ["another word", () => text(word, ["y", "z"]), 'one of "y", "z"', 'is given the text "x"'],
    ["a number for a word", () => text(scalar(1), ["y"]), 'one of "y"', "is given 1"],
    ["a number for an operator", () => tensor(scalar(1), "an operator"), "an operator", "is given 1"],
    ["a text for an operator", () => squareOperator(word, "an operator"), "an operator", "is given the text"],
  ])("%s", (_, act, must, but) => {
    expect(act).toThrow(ExpressionProblem);
    expect(act).toThrow(must);
    expect(act).toThrow(but);
  });
});
