import { expect, test } from "vitest";
import { sameNumbers } from "../../src/algebra/sameNumbers.ts";

test("lists are the same if they have the same numbers in the same order", () => {
  expect(sameNumbers([], [])).toBe(true);
  expect(sameNumbers([1, 0.5], [1, 0.5])).toBe(true);
  expect(sameNumbers([1, 0.5], [0.5, 1])).toBe(false);
  expect(sameNumbers([1], [1, 0])).toBe(false);
});
