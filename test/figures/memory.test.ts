import { expect, test } from "vitest";
import { memoryFigure } from "../../src/figures/memory.ts";
import { makeDocument } from "./documents.ts";
import { collisions, contents, requireWellFormed } from "./svg.ts";

test.each(["light", "dark"] as const)("a panel for each quantity that the runs have, %s", async (theme) => {
  const document = await makeDocument({});
  const runs = document.runs.map((run) => ({
    ...run,
    observables: { distance: document.times.map((t) => Math.exp(-t)), indivisible: document.times.map((t) => t) },
  }));
  const figure = memoryFigure({ ...document, runs }, { theme });
  requireWellFormed(figure.svg);
  expect(collisions(figure)).toEqual([]);
  const said = contents(figure);
  expect(said).toContain("trace distance, best pair");
  expect(said).toContain("negative parts of steps, summed");
  expect(said).not.toContain("negativity, parts of S");
});

test("of nothing is refused", async () => {
  const document = await makeDocument({});
  expect(() => memoryFigure(document)).toThrow("no quantity");
});
