import { expect, test } from "vitest";
import { fluctuationsFigure } from "../../src/figures/fluctuations.ts";
import { sumOfSites } from "./distributions.ts";
import { collisions, contents, curves, elements, requireWellFormed } from "./svg.ts";

const sizes = [1, 2, 4, 8, 32, 64];
const data = {
  name: "spins",
  operator: "v₁ + v₁†",
  variance: 1,
  distributions: sizes.map((M) => ({ ...sumOfSites([-1, 1], [0.5, 0.5], M), distance: 0.3 / Math.sqrt(M) })),
};

test("each M has a panel, the axes and the Gaussian are labelled", () => {
  const figure = fluctuationsFigure(data);
  requireWellFormed(figure.svg);
  const said = contents(figure);
  expect(said).toContain("probability density");
  expect(said).toContain("v₁ + v₁† summed over the sites, divided by √M");
  expect(said).toContain("Gaussian, the limit M → ∞");
  for (const M of sizes) expect(said.some((text) => text.startsWith(`M = ${M},  KS distance `))).toBe(true);
});

test("the same Gaussian stands in every panel", () => {
  const drawn = curves(fluctuationsFigure(data)).map(({ points }) => points);
  expect(drawn).toHaveLength(6);
  const shape = (points: [number, number][]): string => points.map(([, y]) => (y - points[0][1]).toFixed(0)).join();
  expect(new Set(drawn.map(shape)).size).toBe(1);
});

test("the filled area of each panel is the same: the probability", () => {
  const figure = fluctuationsFigure(data);
  const outlines = elements(figure.svg, "path").filter(({ d }) => d.endsWith("Z"));
  const areas = outlines.map(({ d }) => {
    let [x, area] = [0, 0];
    let base = Number.NaN;
    let y = 0;
    for (const [, command, first, second] of d.matchAll(/([MVH])([-\d.]+)(?:,([-\d.]+))?/g)) {
      if (command === "M") [x, base] = [Number(first), Number(second)];
      else if (command === "V") y = Number(first);
      else {
        area += (Number(first) - x) * (base - y);
        x = Number(first);
      }
    }
    return area;
  });
  expect(areas).toHaveLength(6);
  for (const area of areas) expect(area / areas[0]).toBeCloseTo(1, 1.5);
});

test.each(["light", "dark"] as const)("no text covers another, %s, whatever the scale", (theme) => {
  for (const scale of [1, 1e-5, 3e7]) {
    const distributions = data.distributions.map(({ M }) => sumOfSites([-scale, scale], [0.5, 0.5], M));
    expect(collisions(fluctuationsFigure({ ...data, variance: scale ** 2, distributions }, { theme }))).toEqual([]);
  }
});

test("one or two sizes fill the width", () => {
  const figure = fluctuationsFigure({ ...data, distributions: data.distributions.slice(0, 1) });
  expect(Math.max(...curves(figure)[0].points.map(([x]) => x))).toBeGreaterThan(900);
});

test("an operator that does not fluctuate is refused", () => {
  expect(() => fluctuationsFigure({ ...data, variance: 0 })).toThrow("does not fluctuate");
  expect(() => fluctuationsFigure({ ...data, distributions: [] })).toThrow("no distribution");
});
