import { expect, it } from "vitest";
import { median } from "../../bench/median.ts";

it("is the value in the middle, or the mean of the two", () => {
  expect(median([10, 9, 100])).toBe(10);
  expect(median([4, 1, 100, 2])).toBe(3);
});
