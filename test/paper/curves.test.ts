import { expect, test } from "vitest";
import { curvesFigure } from "../../src/paper/curves.ts";
import { requireWellFormed, texts } from "../figures/svg.ts";

test("draws a panel for each quantity and a curve for each size, the mean field beside them", () => {
  const times = Array.from({ length: 50 }, (_, i) => i / 10);
  const figure = curvesFigure(
    {
      name: "trial",
      title: "Two things",
      times,
      sizes: [4, Number.POSITIVE_INFINITY],
      curves: ["one", "two"].map((label, c) => ({
        label,
        values: (size) => times.map((t) => Math.cos((c + 1) * t) + (Number.isFinite(size) ? 1 / size : 0)),
      })),
      meanField: [times.map(() => 0), times.map(() => 0)],
    },
    "light",
  );
  requireWellFormed(figure.svg);
  const shown = texts(figure).map(({ content }) => content.replaceAll(/\s+/g, " "));
  for (const label of ["Two things", "one", "two", "M = 4", "M = ∞"]) expect(shown).toContain(label);
  expect(shown.some((text) => text.startsWith("mean field"))).toBe(true);
  expect(figure.svg.match(/stroke-linejoin="round"/g)?.length).toBeGreaterThanOrEqual(6);
});
