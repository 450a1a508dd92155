/** The distribution of a fluctuation operator, becoming Gaussian as M grows. */

import { linearAxis, sizeText } from "./axis.ts";
import { edge, type Figure, type FigureOptions, figure, figureWidth, fontSize, heading } from "./figure.ts";
import { histogram, type Step } from "./histogram.ts";
import { legend } from "./legend.ts";
import { type LineStyle, referenceStyle, strokedPath } from "./lineStyle.ts";
import { type Area, belowPanel, panel, yNumbersWidth } from "./panel.ts";
import { indexed, italic, pixel, textAt } from "./text.ts";
import { type Theme, themes } from "./theme.ts";

/** The distribution at one M: which values M^{-1/2} Σ v^[m] takes, and how often. */
export interface DistributionAt {
  readonly M: number;
  readonly values: ArrayLike<number>;
  /** Their sum is 1. */
  readonly probabilities: ArrayLike<number>;
  /** Kolmogorov-Smirnov distance to the Gaussian: the largest difference of the distribution functions, to be noted. */
  readonly distance?: number;
}

export interface FluctuationData {
  /** Of the model: the heading. */
  readonly name: string;
  /** The operator v, such as "v_1": the label of the axis. */
  readonly operator: string;
  /** tr(ρ v²), positive: the same for every M, and the Gaussian's. */
  readonly variance: number;
  readonly distributions: readonly DistributionAt[];
}

/** Six panels at most, three in a row. */
const columns = 3;
const gutter = 36;
const rowHeight = 190;
const rowGap = 44;

/**
 * A panel for each M: the probability density of M^{-1/2} Σ v^[m], centred, within four standard deviations, and the
 * Gaussian beside it, physics section 6. Throws RangeError unless the variance is positive and there is a distribution.
 */
export function fluctuationsFigure(data: FluctuationData, options: FigureOptions = {}): Figure {
  if (!(data.variance > 0)) throw new RangeError("the operator does not fluctuate: its variance must be positive.");
  if (data.distributions.length === 0) throw new RangeError("there is no distribution to draw.");
  const theme = themes[options.theme ?? "light"];
  const sigma = Math.sqrt(data.variance);
  const head = heading(data.name, theme);
  const key = legend(
    [
      { label: `${italic("M")} sites`, style: { colour: theme.area, width: 18, dash: [] } },
      { label: `Gaussian, the limit ${italic("M")} → ∞`, style: gaussianStyle(theme) },
    ],
    head.bottom,
    theme,
  );
  const steps = data.distributions.map(({ values, probabilities }) => histogram(values, probabilities, 0.25 * sigma));
  const peak = 1 / (sigma * Math.sqrt(2 * Math.PI));
  const highest = Math.max(peak, ...steps.flatMap((bars) => bars.map(({ density }) => density)));
  const rows = Math.ceil(data.distributions.length / columns);
  const inRow = Math.min(columns, data.distributions.length);
  const top = key.bottom + 70;
  const numbers = yNumbersWidth(linearAxis([0, 1.1 * highest], [rowHeight, 0], { ticks: 4 }).ticks);
  const width = (figureWidth - 2 * edge - numbers - (inRow - 1) * gutter) / inRow;
  let body = head.svg + key.svg;
  data.distributions.forEach((distribution, p) => {
    const column = p % columns;
    const left = Math.round(edge + numbers + column * (width + gutter));
    const panelTop = top + Math.floor(p / columns) * (rowHeight + rowGap);
    const area: Area = { left, right: Math.round(left + width), top: panelTop, bottom: panelTop + rowHeight };
    body += onePanel(data, distribution, steps[p], area, highest, theme, {
      xNumbers: p + columns >= data.distributions.length,
      yNumbers: column === 0,
    });
  });
  const bottom = top + rows * (rowHeight + rowGap) - rowGap;
  const xLabel = `${indexed(data.operator)} summed over the sites, divided by √${italic("M")}`;
  body += textAt(edge + numbers + (figureWidth - 2 * edge - numbers) / 2, bottom + 55, xLabel, {
    size: fontSize.label,
    fill: theme.ink,
    anchor: "middle",
  });
  body += textAt(edge, key.bottom + 28, "probability density", { size: fontSize.label, fill: theme.ink });
  return figure({
    name: "fluctuations",
    title: `${data.name}: fluctuations`,
    description: `Distribution of ${data.operator} for M = ${data.distributions.map(({ M }) => M).join(", ")}, beside a Gaussian.`,
    height: bottom + belowPanel,
    theme,
    body,
  });
}

function gaussianStyle(theme: Theme): LineStyle {
  return { ...referenceStyle(theme), width: 3 };
}

function onePanel(
  data: FluctuationData,
  { M, distance }: DistributionAt,
  steps: readonly Step[],
  area: Area,
  highest: number,
  theme: Theme,
  numbers: { readonly xNumbers: boolean; readonly yNumbers: boolean },
): string {
  const sigma = Math.sqrt(data.variance);
  const reach = 4 * sigma;
  const x = linearAxis([-reach, reach], [area.left, area.right], { ticks: 4 });
  const y = linearAxis([0, 1.1 * highest], [area.bottom, area.top], { ticks: 4 });
  let svg = panel(area, x, y, numbers, theme);
  svg += outline(steps, reach, x.position, y.position, theme);
  const at = Array.from({ length: 161 }, (_, i) => reach * (i / 80 - 1));
  const density = at.map((value) => Math.exp(-(value ** 2) / (2 * data.variance)) / (sigma * Math.sqrt(2 * Math.PI)));
  svg += strokedPath(at.map(x.position), density.map(y.position), gaussianStyle(theme));
  const departure = distance === undefined ? "" : `,  KS distance ${distance.toPrecision(2)}`;
  const note = { size: fontSize.note, fill: theme.ink };
  svg += textAt(area.left, area.top - 10, `${italic("M")} = ${sizeText(M)}${departure}`, note);
  return svg;
}

/** The steps as one filled outline, cut off at the ends of the axis. */
function outline(
  steps: readonly Step[],
  reach: number,
  x: (value: number) => number,
  y: (value: number) => number,
  theme: Theme,
): string {
  const shown = steps.filter(({ from, to }) => to > -reach && from < reach);
  if (shown.length === 0) return "";
  let d = `M${pixel(x(Math.max(shown[0].from, -reach)))},${pixel(y(0))}`;
  for (const { to, density } of shown) d += `V${pixel(y(density))}H${pixel(x(Math.min(to, reach)))}`;
  d += `V${pixel(y(0))}Z`;
  return `<path d="${d}" fill="${theme.area}" stroke="${theme.accent}" stroke-width="1.6" stroke-linejoin="round"/>`;
}
