/** How far bounds are above errors, as a picture: densities of log10 of their ratio. */

import { linearAxis } from "../src/figures/axis.ts";
import { edge, type Figure, figure, figureWidth, fontSize, heading } from "../src/figures/figure.ts";
import { histogram, type Step } from "../src/figures/histogram.ts";
import { legend } from "../src/figures/legend.ts";
import { type Area, abovePanel, belowPanel, panel } from "../src/figures/panel.ts";
import { italic, lowered, pixel, textAt } from "../src/figures/text.ts";
import { type Theme, type ThemeName, themes } from "../src/figures/theme.ts";

/** Ratios of one kind: log10 of bound over error. */
export interface Overestimates {
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** A panel for the same sectors to first and to second order. Throws RangeError if there is none. */
export function certificatesFigure({ first, second }: Overestimates, name: ThemeName): Figure {
  if (first.length === 0 || second.length === 0) throw new RangeError("there is no ratio to draw.");
  const theme = themes[name];
  const title = "How far a proved bound is above the error";
  const head = heading(title, theme);
  const key = legend(
    [
      { label: "first order: what has leaked", style: { colour: theme.contrast, width: 2.5, dash: [] } },
      { label: "second order: times what would leak back", style: { colour: theme.accent, width: 12, dash: [] } },
    ],
    head.bottom,
    theme,
  );
  const [below, above] = [first, second].map((ratios) => steps(ratios));
  const reach = Math.ceil(Math.max(...[...first, ...second].map((x) => x)));
  const highest = Math.max(...[...below, ...above].map(({ density }) => density));
  const top = Math.round(key.bottom + abovePanel + 6);
  const area: Area = { left: edge + 44, right: figureWidth - edge, top, bottom: top + 300 };
  const x = linearAxis([0, reach], [area.left, area.right], { ticks: reach });
  const y = linearAxis([0, 1.08 * highest], [area.bottom, area.top], { ticks: 4 });
  const labels = {
    x: `log${lowered("10")}  (bound ∕ error)`,
    y: `density of ${italic("n")} = ${first.length} comparisons`,
  };
  const body =
    head.svg +
    key.svg +
    panel(area, x, y, labels, theme) +
    outline(above, x.position, y.position, theme, true) +
    outline(below, x.position, y.position, theme, false) +
    textAt(area.right - 12, area.top + 24, "a bound that is the error would be at 0", {
      size: fontSize.note,
      fill: theme.quiet,
      anchor: "end",
    });
  return figure({
    name: "certificates",
    title,
    description: `Histograms of the logarithm of bound over true error: to first order the median is ${median(first).toFixed(1)}, to second order ${median(second).toFixed(1)}; none is below 0.`,
    height: area.bottom + belowPanel,
    theme,
    body,
  });
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function steps(ratios: readonly number[]): readonly Step[] {
  return histogram(ratios, new Array<number>(ratios.length).fill(1 / ratios.length), 0.25);
}

function outline(
  bars: readonly Step[],
  x: (value: number) => number,
  y: (value: number) => number,
  theme: Theme,
  filled: boolean,
): string {
  let d = `M${pixel(x(Math.max(0, bars[0].from)))},${pixel(y(0))}`;
  for (const { to, density } of bars) if (to > 0) d += `V${pixel(y(density))}H${pixel(x(to))}`;
  d += `V${pixel(y(0))}`;
  const style = filled
    ? `fill="${theme.area}" stroke="${theme.accent}" stroke-width="1.6"`
    : `fill="none" stroke="${theme.contrast}" stroke-width="2.5"`;
  return `<path d="${d}" ${style} stroke-linejoin="round"/>`;
}
