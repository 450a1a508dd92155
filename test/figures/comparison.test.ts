import { expect, test } from "vitest";
import { type ComparisonData, comparisonFigure } from "../../src/figures/comparison.ts";
import { collisions, contents, curves, elements, requireWellFormed } from "./svg.ts";

const times = Array.from({ length: 81 }, (_, t) => t / 4);
const data: ComparisonData = {
  names: ["spins 1/2 in a trap", "atoms"],
  times,
  sizes: [1, 4, 10, 100, 1000, 1e4, 1e5, Number.POSITIVE_INFINITY].map((size) => ({
    size,
    distances: times.map((t) => Math.abs(Math.sin(t)) / size),
    fromLimit: [0.5 / size, 0.3 / size],
  })),
};

test.each(["light", "dark"] as const)("both panels are labelled, and no text covers another, %s", (theme) => {
  const figure = comparisonFigure(data, { theme });
  requireWellFormed(figure.svg);
  expect(collisions(figure)).toEqual([]);
  const said = contents(figure);
  for (const label of [
    "number of sites M",
    "from each other",
    "atoms from its limit",
    "trace distance of the models",
  ]) {
    expect(said.map((text) => text.replaceAll(/\s+/g, " "))).toContain(label);
  }
  expect(said.map((text) => text.replaceAll(/\s+/g, " "))).toContain("M = ∞");
});

test("each distance that is not 0 is marked once", () => {
  expect(elements(comparisonFigure(data).svg, "circle")).toHaveLength(3 * 7);
  const zero = data.sizes.map((one) => (one.size === 4 ? { ...one, distances: times.map(() => 0) } : one));
  expect(elements(comparisonFigure({ ...data, sizes: zero }).svg, "circle")).toHaveLength(3 * 7 - 1);
});

test("against time six finite sizes at most are drawn, the smallest and the largest among them, and the limit", () => {
  const said = contents(comparisonFigure(data)).filter((text) => text.startsWith("M"));
  expect(said).toHaveLength(7);
  expect(said.at(-1)).toContain("∞");
  expect(curves(comparisonFigure(data)).length).toBe(3 + 7);
});

test("long names leave room, and what cannot be drawn is refused", () => {
  const name = "a reservoir with a name that somebody has made much too long for any legend";
  expect(collisions(comparisonFigure({ ...data, names: [name, name] }))).toEqual([]);
  expect(() => comparisonFigure({ ...data, sizes: data.sizes.slice(0, 1) })).toThrow("two finite sizes");
  expect(() => comparisonFigure({ ...data, times: [0] })).toThrow("two times");
});
