import { expect, test } from "vitest";
import { levelLabel } from "../../src/figures/levelLabel.ts";

test("indices of one digit are subscripts, longer ones stand apart", () => {
  expect([levelLabel(0, 1), levelLabel(9, 9), levelLabel(10, 3)]).toEqual(["₀₁", "₉₉", "(10, 3)"]);
});
