import { expect, test } from "vitest";
import { check } from "../../src/paper/check.ts";
import { onsetFigure } from "../../src/paper/onsetFigure.ts";
import { paperPage } from "../../src/paper/page.ts";
import { requireWellFormed } from "../figures/svg.ts";

const good = check({
  id: "(1)",
  claim: "|a_b| holds",
  between: "x < y, and z",
  measure: 3e-14,
  expected: { atMost: 1e-10 },
});
const bad = check({ id: "(2)", claim: "c", between: "d", measure: 0.2, expected: { atMost: 1e-10 }, note: "odd" });
const section = {
  title: "A section, (1)-(2)",
  introduction: "What it is.",
  checks: [good, bad],
  figures: [{ name: "onset", caption: 'A "figure".', draw: onsetFigure }],
};
const { markdown, figures } = paperPage([section]);

test("a row tells claim, comparison, number, bound, digits and verdict, with bars and markup escaped", () => {
  expect(markdown).toContain(String.raw`| (1) | \|a\_b\| holds | x &lt; y, and z | 3e−14 | ≤ 1e−10 | 13 | holds |`);
});

test("a check that fails is seen in its row, in the contents and at the top", () => {
  expect(markdown).toContain("| (2) | c | d (odd) | 0.2 | ≤ 1e−10 | 0 | **FAILS** |");
  expect(markdown).toContain("| [A section, (1)-(2)](#a-section-1-2) | 1 of 2 |");
  expect(markdown).toContain("2 checks that have been run. 1 do not hold.");
});

test("every figure comes in light and dark, and the page names both", () => {
  expect(Object.keys(figures)).toEqual(["paper/onset.svg", "paper/onset-dark.svg"]);
  for (const [path, svg] of Object.entries(figures)) {
    requireWellFormed(svg);
    expect(markdown).toContain(`"${path}"`);
  }
  expect(figures["paper/onset.svg"]).not.toBe(figures["paper/onset-dark.svg"]);
  expect(markdown).toContain('alt="A &quot;figure&quot;."');
});
