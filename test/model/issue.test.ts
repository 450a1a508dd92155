import { describe, expect, test } from "vitest";
import { diagonal, matrix } from "../../src/algebra/matrix.ts";
import {
  complexText,
  ModelError,
  matrixText,
  mustBut,
  numberText,
  pathText,
  shortened,
  writtenText,
} from "../../src/model/issue.ts";

describe("an issue in words", () => {
  test("names the place as a user would write it", () => {
    expect(pathText(["couplings", 0, "site", 1, 2])).toBe("couplings[0].site[1][2]");
    expect(pathText([])).toBe("the model");
  });

  test("says what must be and what is", () => {
    const { message } = mustBut(["reservoir", "state"], "have trace 1", "has trace 0.98");
    expect(message).toBe("`reservoir.state` must have trace 1, but has trace 0.98.");
    expect(mustBut([], "be a mapping", "is 3").message).toBe("The model must be a mapping, but is 3.");
  });

  test("shows enough digits to tell a number from the right one", () => {
    expect(numberText(0.98, 1)).toBe("0.98");
    expect(numberText(1 - 1e-8, 1)).toBe("0.99999999");
    expect(numberText(1 + 2e-16, 1)).toBe("1.0000000000000002");
    expect(numberText(1 / 3)).toBe("0.333333");
  });

  test("writes complex numbers as the file takes them", () => {
    const text = (re: number, im: number): string => complexText({ re, im });
    expect([text(1, 0), text(0, 1), text(0, -1), text(0, 2), text(0.5, -0.2), text(1, 1)]).toEqual([
      "1",
      "i",
      "-i",
      "2i",
      "0.5-0.2i",
      "1+i",
    ]);
  });

  test("shows small matrices whole, large ones by their largest entry, and no rounding dust", () => {
    expect(
      matrixText(
        matrix([
          [1e-17, [0, -1]],
          [[0, 1], 0.5],
        ]),
      ),
    ).toBe("[[0, -i], [i, 0.5]]");
    expect(matrixText(diagonal([0, 0, -3, 0, 1]))).toBe("a 5×5 matrix with the largest entry -3 at [2][2]");
  });

  test("says what was written, briefly", () => {
    expect(writtenText(undefined)).toBe("empty");
    expect(writtenText(null)).toBe("empty");
    expect(writtenText([])).toBe("an empty list");
    expect(writtenText([1, 2])).toBe("a list of 2");
    expect(writtenText({})).toBe("an empty mapping");
    expect(writtenText({ a: 1, b: 2 })).toBe("a mapping with `a`, `b`");
    expect(writtenText("yes")).toBe('the text "yes"');
    expect(writtenText(() => 1)).toBe("a function");
    expect(shortened("x".repeat(100), 10)).toBe(`${"x".repeat(9)}…`);
  });
});

test("the message of a ModelError has every error with its advice, and no warning", () => {
  const error = mustBut(["a"], "be 1", "is 2", { suggestion: "Make it 1." });
  const warning = { path: ["b"], severity: "warning" as const, message: "Doubtful." };
  const thrown = new ModelError([error, warning, mustBut(["c"], "be 3", "is 4")]);
  expect(thrown.message).toBe("`a` must be 1, but is 2. Make it 1.\n`c` must be 3, but is 4.");
  expect(thrown.issues).toHaveLength(3);
});
