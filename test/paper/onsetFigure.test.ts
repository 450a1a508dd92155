import { expect, test } from "vitest";
import { onsetFigure } from "../../src/paper/onsetFigure.ts";
import { requireWellFormed, texts } from "../figures/svg.ts";

test.each(["light", "dark"] as const)("draws three curves and says which is which, %s", (theme) => {
  const figure = onsetFigure(theme);
  requireWellFormed(figure.svg);
  const shown = texts(figure).map(({ content }) => content);
  expect(shown.filter((text) => /exact|\(22\)|printed/.test(text))).toHaveLength(3);
  expect(shown.some((text) => text.startsWith("time"))).toBe(true);
});
