import { expect, test } from "vitest";
import { linearAxis, logAxis } from "../../src/figures/axis.ts";
import { panel, yNumbersWidth } from "../../src/figures/panel.ts";
import { themes } from "../../src/figures/theme.ts";
import { texts } from "./svg.ts";

const area = { left: 100, right: 934, top: 60, bottom: 360 };
const x = linearAxis([0, 60], [area.left, area.right], { ticks: 6 });
const y = linearAxis([0, 1], [area.bottom, area.top], { ticks: 4 });

function read(svg: string) {
  return texts({ svg, width: 960, height: 440 });
}

test("a number stands beside each tick, outside the area", () => {
  const all = read(panel(area, x, y, {}, themes.light));
  expect(all.map(({ content }) => content)).toEqual([
    ...["0", "10", "20", "30", "40", "50", "60"],
    ...["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"],
  ]);
  for (const [i, text] of all.slice(0, 7).entries()) {
    expect(text.y).toBeGreaterThan(area.bottom);
    if (i < 6) expect(text.x + text.width / 2).toBeCloseTo(x.position(10 * i), -0.7);
  }
  for (const [i, text] of all.slice(7).entries()) {
    expect(text.x + text.width).toBeLessThan(area.left);
    expect(text.x).toBeGreaterThan(area.left - yNumbersWidth(y.ticks));
    expect(Math.abs(text.y + text.height / 2 - y.position(i / 5))).toBeLessThan(2);
  }
});

test("labels carry the common power of ten of their axis", () => {
  const small = linearAxis([0, 2e-6], [area.bottom, area.top], { ticks: 4 });
  const all = read(panel(area, x, small, { x: "time", y: "⟨sz⟩" }, themes.dark)).map(({ content }) => content);
  expect(all).toContain("time");
  expect(all).toContain("⟨sz⟩  (×10−6)");
});

test("numbers can be left out", () => {
  expect(read(panel(area, x, y, { xNumbers: false, yNumbers: false, y: "v" }, themes.light))).toHaveLength(1);
});

test("marks between the powers of ten are short and have no grid line", () => {
  const log = logAxis([1, 100], [area.left, area.right]);
  const svg = panel(area, log, y, {}, themes.light);
  expect(svg.match(/v-6/g)).toHaveLength(16);
  expect(svg.match(/M[\d.]+,60V360/g)).toHaveLength(3 + 1);
});

test("a wide number at the right end stays in the figure", () => {
  const wide = linearAxis([0, 60_000], [area.left, 950], { ticks: 6 });
  const last = read(panel({ ...area, right: 950 }, wide, y, {}, themes.light)).find((t) => t.content === "60000");
  expect(last && last.x + last.width).toBeLessThan(960);
});

test("a label that is too long for the area ends in an ellipsis, with the power of ten after it", () => {
  const small = linearAxis([0, 2e-6], [area.bottom, area.top], { ticks: 4 });
  const narrow = { ...area, right: 600 };
  const long = `⟨${"a name of an observable that is &lt; none ".repeat(3)}⟩`;
  const label = read(panel(narrow, x, small, { y: long }, themes.light)).find(({ content }) => content.startsWith("⟨"));
  expect(label?.content).toMatch(/^⟨a name of an observable .*… {2}\(×10−6\)$/);
  expect(label && label.x + label.width).toBeLessThanOrEqual(600);
  const whole = `⟨${"n".repeat(20)}⟩`;
  expect(read(panel(narrow, x, y, { y: whole }, themes.light)).map(({ content }) => content)).toContain(whole);
});
