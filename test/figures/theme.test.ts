import { expect, test } from "vitest";
import { sequenceColours, themes } from "../../src/figures/theme.ts";
import { contrast, luminance } from "./svg.ts";

test.each(["light", "dark"] as const)("in the %s theme everything is seen before the background", (name) => {
  const theme = themes[name];
  expect(contrast(theme.ink, theme.background)).toBeGreaterThan(12);
  // Text: WCAG's enhanced level.
  expect(contrast(theme.quiet, theme.background)).toBeGreaterThan(7);
  // Lines and marks.
  for (const colour of [...theme.sequence, theme.accent, theme.contrast]) {
    expect(contrast(colour, theme.background)).toBeGreaterThan(2.2);
  }
});

test.each(["light", "dark"] as const)("in the %s theme lightness goes steadily from small M to the limit", (name) => {
  for (const n of [2, 3, 4, 5, 8]) {
    const steps = [...sequenceColours(themes[name], n), themes[name].ink].map(luminance);
    const differences = steps.slice(1).map((value, i) => (value - steps[i]) * (name === "light" ? -1 : 1));
    expect(Math.min(...differences)).toBeGreaterThan(0);
  }
});

test.each(["light", "dark"] as const)("in the %s theme a dash upon the reference is seen", (name) => {
  for (const colour of themes[name].sequence) expect(contrast(colour, themes[name].ink)).toBeGreaterThan(1.6);
});

test.each(["light", "dark"] as const)("in the %s theme the two accents differ for the colour-blind", (name) => {
  const seen = (colour: string) => protanopia(colour);
  const [a, b] = [seen(themes[name].accent), seen(themes[name].contrast)];
  expect(Math.hypot(...a.map((value, i) => value - b[i]))).toBeGreaterThan(0.25);
});

test("one colour is the middle of the sequence, two are its ends", () => {
  const { sequence } = themes.light;
  expect(sequenceColours(themes.light, 1)).toEqual([sequence[2]]);
  expect(sequenceColours(themes.light, 2)).toEqual([sequence[0], sequence[4]]);
  expect(sequenceColours(themes.light, 0)).toEqual([]);
});

/** Linear RGB as a protanope sees it. Source: Viénot, Brettel and Mollon 1999. */
function protanopia(colour: string): number[] {
  const [r, g, b] = [1, 3, 5].map((at) => (Number.parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
  return [0.11238 * r + 0.88762 * g, 0.11238 * r + 0.88762 * g, 0.00401 * r - 0.00401 * g + b];
}
