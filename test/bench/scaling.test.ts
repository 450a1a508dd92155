import { expect, it } from "vitest";
import { scalingMarkdown } from "../../bench/scaling.ts";

it("compares each point with the one before it, within what is varied", () => {
  const cost = { modes: 1, cutoff: 4, dimension: 10, sectors: 1 };
  const text = scalingMarkdown([
    { varied: "modes", value: "1", seconds: 0.001, cost },
    { varied: "modes", value: "2", seconds: 0.003, cost },
    { varied: "M", value: "∞", seconds: 0.005, cost },
  ]);
  const last = text.split("\n").map((line) => line.split("|").at(-2)?.trim());
  expect(last).toEqual(["of the row before", "---:", "", "3.00", ""]);
});
