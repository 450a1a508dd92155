import { expect, test } from "vitest";
import { identity, kron, matrix, scale, zeros } from "../../src/algebra/matrix.ts";
import { operatorText } from "../../src/cli/operatorText.ts";

const lower = matrix([
  [0, 0],
  [1, 0],
]);

test("an operator is a sum over |i><j| with its factors", () => {
  expect(operatorText(scale(lower, 0.15))).toBe("0.15 |1><0|");
  expect(
    operatorText(
      matrix([
        [0.5, [0, -1]],
        [[0, 1], -0.5],
      ]),
    ),
  ).toBe("0.5 |0><0| - i |0><1| + i |1><0| - 0.5 |1><1|");
  expect(
    operatorText(
      matrix([
        [[1, 2], 0],
        [0, 0],
      ]),
    ),
  ).toBe("(1+2i) |0><0|");
  expect(operatorText(zeros(3))).toBe("0");
});

test("levels of several parts have a digit each, the first part first", () => {
  expect(
    operatorText(
      kron(
        lower,
        matrix([
          [1, 0],
          [0, 0],
        ]),
      ),
      [2, 2],
    ),
  ).toBe("|1,0><0,0|");
});

test("a multiple of the identity is a number times 1", () => {
  expect(operatorText(scale(identity(3), 0.25))).toBe("0.25 1");
});

test("rounding errors are no terms", () => {
  expect(
    operatorText(
      matrix([
        [1, 1e-17],
        [1e-17, 0],
      ]),
    ),
  ).toBe("|0><0|");
});

test("an operator too long to read is given by its size", () => {
  const full = matrix(Array.from({ length: 3 }, (_, i) => Array.from({ length: 3 }, (_, j) => i + j + 1)));
  expect(operatorText(full)).toBe("3 x 3 matrix, 9 entries, largest 5");
});
