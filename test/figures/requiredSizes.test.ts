import { expect, test } from "vitest";
import { requiredSizesFigure } from "../../src/figures/requiredSizes.ts";
import { collisions, contents, curves, requireWellFormed } from "./svg.ts";

const times = Array.from({ length: 30 }, (_, t) => t);
const data = {
  name: "qubit",
  quantity: "trace distance from the limit",
  times,
  curves: [0.1, 0.001].map((epsilon) => ({ epsilon, sizes: times.map((t) => Math.ceil(1 + t / epsilon)) })),
};

test.each(["light", "dark"] as const)("each ε has its curve and its label, and curves rise with M*, %s", (theme) => {
  const figure = requiredSizesFigure(data, { theme });
  requireWellFormed(figure.svg);
  expect(collisions(figure)).toEqual([]);
  expect(contents(figure)).toEqual(expect.arrayContaining(["ε = 0.1", "ε = 10−3"]));
  const long = curves(figure).filter(({ points }) => points.length === times.length);
  expect(long).toHaveLength(2);
  for (const { points } of long) {
    for (let i = 1; i < points.length; i++) expect(points[i][1]).toBeLessThanOrEqual(points[i - 1][1]);
  }
});

test("a single time or no ε is refused", () => {
  expect(() => requiredSizesFigure({ ...data, times: [1] })).toThrow("two times");
  expect(() => requiredSizesFigure({ ...data, curves: [] })).toThrow("an ε");
});
