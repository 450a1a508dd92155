import { expect, test } from "vitest";
import { figure, heading } from "../../src/figures/figure.ts";
import { themes } from "../../src/figures/theme.ts";
import { elements, requireWellFormed, texts } from "./svg.ts";

test("a figure is a complete SVG document with its title and description, on its background", () => {
  const made = figure({
    name: "test",
    title: "ρ < 1 & more",
    description: 'a "line"',
    height: 300,
    theme: themes.dark,
    body: '<circle cx="1" cy="1" r="1"/>',
  });
  requireWellFormed(made.svg);
  const [root] = elements(made.svg, "svg");
  expect(root).toMatchObject({ xmlns: "http://www.w3.org/2000/svg", width: "960", height: "300" });
  expect(made.svg).toContain("<title>ρ &lt; 1 &amp; more</title><desc>a &quot;line&quot;</desc>");
  expect(elements(made.svg, "rect")[0]).toEqual({ width: "960", height: "300", fill: themes.dark.background });
  expect(made).toMatchObject({ name: "test", title: "ρ < 1 & more", width: 960, height: 300 });
});

test("a heading of any length stays inside, above where the next thing begins", () => {
  for (const words of [1, 12, 60]) {
    const { svg, bottom } = heading(Array.from({ length: words }, () => "oscillator").join(" "), themes.light);
    const lines = texts({ svg, width: 960, height: 400 });
    expect(lines).toHaveLength(Math.min(2, Math.ceil(words / 7)));
    for (const { x, y, width, height } of lines) {
      expect(x + width).toBeLessThan(960 - 20);
      expect(y + height).toBeLessThanOrEqual(bottom);
    }
  }
});
