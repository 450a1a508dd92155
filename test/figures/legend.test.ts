import { expect, test } from "vitest";
import { legend } from "../../src/figures/legend.ts";
import { escapeText } from "../../src/figures/text.ts";
import { themes } from "../../src/figures/theme.ts";
import { elements, texts } from "./svg.ts";

const style = { colour: "#000000", width: 2, dash: [] };

test("entries stand in as many rows as they need, each within the figure, none upon another", () => {
  const entries = Array.from({ length: 13 }, (_, i) => ({ label: escapeText(`M = ${10 ** (i % 5)}`), style }));
  const { svg, bottom } = legend(entries, 50, themes.light);
  const labels = texts({ svg, width: 960, height: 400 });
  expect(labels.map(({ content }) => content)).toEqual(entries.map(({ label }) => label));
  const samples = elements(svg, "path").map(({ d }) => {
    const [, from, y, to] = /M([\d.]+),([\d.]+)H([\d.]+)/.exec(d)?.map(Number) ?? [];
    return { x: from, y: y - 1, width: to - from, height: 2, content: "sample" };
  });
  const boxes = [...labels, ...samples];
  boxes.forEach((a, i) => {
    expect(a.x + a.width).toBeLessThan(940);
    expect(a.y).toBeGreaterThan(50);
    expect(a.y + a.height).toBeLessThan(bottom);
    for (const b of boxes.slice(i + 1)) {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect(apart, `${a.content} / ${b.content}`).toBe(true);
    }
  });
});

test("without entries nothing is drawn", () => {
  expect(legend([], 50, themes.light).svg).toBe("");
});
