import { expect, test } from "vitest";
import { sizeStyles, strokedPath } from "../../src/figures/lineStyle.ts";
import { themes } from "../../src/figures/theme.ts";
import { elements, luminance } from "./svg.ts";

const sizes = [1000, 10, Number.POSITIVE_INFINITY, 100];

test("the limit alone is solid, and the broadest", () => {
  const styles = sizeStyles(sizes, themes.light);
  expect(styles.map(({ dash }) => dash.length === 0)).toEqual([false, false, true, false]);
  expect(styles[2].colour).toBe(themes.light.ink);
  expect(Math.max(...[0, 1, 3].map((i) => styles[i].width))).toBeLessThan(styles[2].width);
});

test("no two sizes share colour and dashes, whatever their order", () => {
  const many = [1, 2, 5, 10, 20, 50, 100, 200, Number.POSITIVE_INFINITY];
  for (const theme of [themes.light, themes.dark]) {
    const styles = sizeStyles(many, theme);
    expect(new Set(styles.map(({ colour }) => colour)).size).toBe(many.length);
    expect(new Set(styles.map(({ dash }) => dash.join())).size).toBe(many.length);
    const reversed = sizeStyles([...many].reverse(), theme);
    expect(reversed.reverse()).toEqual(styles);
  }
});

test("the larger M, the closer to the limit in lightness", () => {
  const [thousand, ten, , hundred] = sizeStyles(sizes, themes.light).map(({ colour }) => luminance(colour));
  expect(thousand).toBeLessThan(hundred);
  expect(hundred).toBeLessThan(ten);
});

test("a path goes through its points, and one that it cannot draw is refused", () => {
  const style = { colour: "#000000", width: 2, dash: [3, 1] };
  const [path] = elements(strokedPath([0, 1.26, 1.26, 5], [2, 3, 3, -4], style), "path");
  expect(path).toMatchObject({ d: "M0,2L1.3,3L5,-4", stroke: "#000000", "stroke-width": "2" });
  expect(path["stroke-dasharray"]).toBe("3 1");
  expect(() => strokedPath([0, 1], [0, Number.NaN], style)).toThrow("not finite");
  expect(() => strokedPath([0, 1], [0, Number.POSITIVE_INFINITY], style)).toThrow("not finite");
});
