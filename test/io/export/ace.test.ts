import { expect, test } from "vitest";
import { matrix } from "../../../src/algebra/matrix.ts";
import { aceOperator } from "../../../src/io/export/ace.ts";

test("operators are sums over |i><j|_N; a minus stands before a term, never inside a complex number", () => {
  const a = matrix([
    [[-0.5, 0.25], 0],
    [
      [0, -1],
      [1e-7, 2],
    ],
  ]);
  expect(aceOperator(a)).toBe("-0.5_i-0.25*|0><0|_2 - 0_i1*|1><0|_2 + 1e-7_i2*|1><1|_2");
  expect(aceOperator(matrix([[0]]))).toBe("0*Id_1");
});
