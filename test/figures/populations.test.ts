import { expect, test } from "vitest";
import { populationsFigure } from "../../src/figures/populations.ts";
import { makeDocument } from "./documents.ts";
import { collisions, contents, curves } from "./svg.ts";

test("each level has a panel, and the two of a qubit mirror each other", async () => {
  const figure = populationsFigure(await makeDocument({ sizes: [Number.POSITIVE_INFINITY] }));
  expect(contents(figure).filter((text) => text.startsWith("population"))).toEqual([
    "population  ρ₀₀",
    "population  ρ₁₁",
  ]);
  expect(collisions(figure)).toEqual([]);
  const [upper, lower] = curves(figure).map(({ points }) => points.map(([, y]) => y));
  const share = (ys: number[]): number[] => {
    const [low, high] = [Math.min(...ys), Math.max(...ys)];
    return [ys[0], ys[ys.length - 1]].map((y) => (y - low) / (high - low));
  };
  share(upper).forEach((value, i) => {
    expect(value + share(lower)[i]).toBeCloseTo(1, 2);
  });
});

test("levels can be chosen, but only those that S has", async () => {
  const document = await makeDocument({ times: [0, 1] });
  expect(contents(populationsFigure(document, { levels: [1] }))).toContain("population  ρ₁₁");
  expect(() => populationsFigure(document, { levels: [2] })).toThrow("level 2 is none of S");
});
