/** Two reservoirs beside each other: how their difference falls with M. */

import { extent, linearAxis, logAxis, sizeText } from "./axis.ts";
import { decimate } from "./decimate.ts";
import { edge, type Figure, type FigureOptions, figure, figureWidth, heading } from "./figure.ts";
import { type LegendEntry, legend } from "./legend.ts";
import { type LineStyle, sizeStyles, strokedPath } from "./lineStyle.ts";
import { type Area, abovePanel, belowPanel, panel, yNumbersWidth } from "./panel.ts";
import { simplify } from "./simplify.ts";
import { escapeText, italic, type Markup, pixel } from "./text.ts";
import { type Theme, themes } from "./theme.ts";

export interface ComparisonData {
  /** Of the two models. */
  readonly names: readonly [string, string];
  /** Ascending. */
  readonly times: readonly number[];
  readonly sizes: readonly ComparedSize[];
}

/** Trace distances at one size. */
export interface ComparedSize {
  /** M; Infinity for the limit. */
  readonly size: number;
  /** Between the two models, at each time. */
  readonly distances: ArrayLike<number>;
  /** Of each model from its own limit, the largest over the times. */
  readonly fromLimit: readonly [number, number];
}

/** So many curves against time at most can be told apart. */
const mostCurves = 6;

/**
 * Above: the largest trace distance against M, of the models from each other and of each from its limit. Below: the
 * distance from each other against time. Throws RangeError if fewer than two finite sizes differ, or for fewer than two
 * times.
 */
export function comparisonFigure(data: ComparisonData, options: FigureOptions = {}): Figure {
  const theme = themes[options.theme ?? "light"];
  const finite = data.sizes.filter(({ size }) => Number.isFinite(size)).sort((a, b) => a.size - b.size);
  const positive = finite.filter(({ distances }) => largest(distances) > 0);
  if (positive.length < 2) throw new RangeError("a comparison needs two finite sizes at which the models differ.");
  if (data.times.length < 2) throw new RangeError("a comparison against time needs two times.");
  const head = heading(`${data.names[0]}  /  ${data.names[1]}`, theme);
  const above = againstSize(data, finite, head.bottom, theme);
  const below = againstTime(data, above.bottom + 10, theme);
  return figure({
    name: "comparison",
    title: `${data.names[0]} compared with ${data.names[1]}`,
    description: `Trace distance between the two models against M and against time, for M = ${finite.map(({ size }) => size).join(", ")}.`,
    height: below.bottom,
    theme,
    body: head.svg + above.svg + below.svg,
  });
}

interface Placed {
  readonly svg: string;
  readonly bottom: number;
}

function againstSize(data: ComparisonData, finite: readonly ComparedSize[], top: number, theme: Theme): Placed {
  const sizes = finite.map(({ size }) => size);
  const series: { label: Markup; values: number[]; style: LineStyle }[] = [
    {
      label: "from each other",
      values: finite.map(({ distances }) => largest(distances)),
      style: { colour: theme.ink, width: 3.5, dash: [] },
    },
    ...data.names.map((name, which) => ({
      label: `${escapeText(shortened(name))} from its limit`,
      values: finite.map(({ fromLimit }) => fromLimit[which]),
      style: which === 0 ? first(theme) : second(theme),
    })),
  ];
  const key = legend(series, top, theme);
  const panelTop = Math.round(key.bottom + abovePanel + 6);
  const all = series.flatMap(({ values }) => values).filter((value) => value > 0);
  const y = logAxis([Math.min(...all) / 2, Math.max(...all) * 2], [panelTop + 300, panelTop]);
  const area: Area = {
    left: Math.round(edge + yNumbersWidth(y.ticks)),
    right: figureWidth - edge,
    top: panelTop,
    bottom: panelTop + 300,
  };
  const room = Math.max(1.25, (sizes[sizes.length - 1] / sizes[0]) ** 0.04);
  const x = logAxis([sizes[0] / room, sizes[sizes.length - 1] * room], [area.left, area.right]);
  const labels = { x: `number of sites  ${italic("M")}`, y: "largest trace distance" };
  const drawn = series.map(({ values, style }) => {
    const points = values.flatMap((value, i) => (value > 0 ? [[x.position(sizes[i]), y.position(value)]] : []));
    const line = strokedPath(
      points.map(([at]) => at),
      points.map(([, at]) => at),
      style,
    );
    return line + points.map(([cx, cy]) => dot(cx, cy, style.colour, theme)).join("");
  });
  return {
    svg: key.svg + panel(area, x, y, labels, theme) + drawn.reverse().join(""),
    bottom: area.bottom + belowPanel,
  };
}

function againstTime(data: ComparisonData, top: number, theme: Theme): Placed {
  const chosen = thinned(data.sizes.filter(({ size }) => Number.isFinite(size)).sort((a, b) => a.size - b.size));
  const limit = data.sizes.filter(({ size }) => size === Number.POSITIVE_INFINITY);
  const curves = [...limit, ...chosen];
  const styles = sizeStyles(
    curves.map(({ size }) => size),
    theme,
  );
  const entries = curves.map(
    ({ size }, i): LegendEntry => ({ label: `${italic("M")} = ${sizeText(size)}`, style: styles[i] }),
  );
  // Read from left to right M grows: the limit comes last.
  const key = legend([...entries.slice(limit.length), ...entries.slice(0, limit.length)], top, theme);
  const panelTop = Math.round(key.bottom + abovePanel + 6);
  const [, high] = extent(
    curves.flatMap(({ distances }) => extent(distances, 0)),
    0.06,
  );
  const y = linearAxis([-0.03 * high, high], [panelTop + 300, panelTop], { ticks: 5 });
  const area: Area = {
    left: Math.round(edge + yNumbersWidth(y.ticks)),
    right: figureWidth - edge,
    top: panelTop,
    bottom: panelTop + 300,
  };
  const x = linearAxis([data.times[0], data.times[data.times.length - 1]], [area.left, area.right], { ticks: 8 });
  const drawn = curves.map(({ distances }, i) => {
    const { x: t, y: d } = decimate({ x: [...data.times], y: Array.from(distances) }, area.right - area.left);
    const path = simplify({ x: Array.from(t, x.position), y: Array.from(d, y.position) });
    return strokedPath(path.x, path.y, styles[i]);
  });
  const labels = { x: `time ${italic("t")}  (1/energy, ħ = 1)`, y: "trace distance of the models" };
  return { svg: key.svg + panel(area, x, y, labels, theme) + drawn.join(""), bottom: area.bottom + belowPanel };
}

function first(theme: Theme): LineStyle {
  return { colour: theme.accent, width: 2.5, dash: [10, 5] };
}

function second(theme: Theme): LineStyle {
  return { colour: theme.contrast, width: 2.5, dash: [3, 4] };
}

function dot(cx: number, cy: number, colour: string, theme: Theme): string {
  return `<circle cx="${pixel(cx)}" cy="${pixel(cy)}" r="6" fill="${colour}" stroke="${theme.background}" stroke-width="1.5"/>`;
}

function largest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, value), 0);
}

/** A name that leaves room for the rest of the legend. */
function shortened(name: string): string {
  return name.length <= 34 ? name : `${name.slice(0, 33).trimEnd()}…`;
}

/** The first, the last, and others evenly between them. */
function thinned<T>(list: readonly T[]): T[] {
  if (list.length <= mostCurves) return [...list];
  const picked = new Set(
    Array.from({ length: mostCurves }, (_, k) => Math.round((k * (list.length - 1)) / (mostCurves - 1))),
  );
  return list.filter((_, i) => picked.has(i));
}
