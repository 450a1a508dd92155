/** Quantities against time: a panel for each, a curve in it for each size M. */

import { type DocumentRun, modelName, type ResultDocument, sizeOf } from "../io/document.ts";
import { extent, linearAxis, sizeText } from "./axis.ts";
import { type Curve, decimate } from "./decimate.ts";
import { edge, type Figure, type FigureOptions, figure, figureWidth, heading } from "./figure.ts";
import { type LegendEntry, legend } from "./legend.ts";
import { type LineStyle, meanFieldStyle, sizeStyles, strokedPath } from "./lineStyle.ts";
import { type Area, abovePanel, belowPanel, panel, yNumbersWidth } from "./panel.ts";
import { simplify } from "./simplify.ts";
import { italic, type Markup, pixel, plainText } from "./text.ts";
import { type Theme, themes } from "./theme.ts";

/** What one panel shows. */
export interface Quantity {
  readonly label: Markup;
  /** Its value at each of the document's times. */
  readonly values: (run: DocumentRun) => ArrayLike<number>;
}

interface DrawnRun {
  readonly run: DocumentRun;
  readonly label: Markup;
  readonly style: LineStyle;
}

/** More panels than this stand in two columns. */
const mostInColumn = 4;
const gutter = 40;
/** So few times are marked each: the lines between them are no results. */
const mostDots = 30;

/** The figure of these quantities; `axis` labels another variable than time. Throws RangeError if the document has no run, no time, or no quantity is asked for. */
export function timePanels(
  document: ResultDocument,
  name: string,
  quantities: readonly Quantity[],
  options: FigureOptions & { readonly axis?: Markup } = {},
): Figure {
  if (document.runs.length === 0) throw new RangeError("this result has no finished run to draw.");
  if (document.times.length === 0) throw new RangeError("this result has no time to draw.");
  if (quantities.length === 0) throw new RangeError("there is no quantity to draw.");
  const theme = themes[options.theme ?? "light"];
  const title = modelName(document) + (document.partial ? " (interrupted: sizes are missing)" : "");
  const drawn = drawnRuns(document, theme);
  const head = heading(title, theme);
  const key = legend(legendEntries(drawn), head.bottom, theme);
  const panels = panelGrid(document, quantities, drawn, key.bottom + 6, options.axis ?? timeLabel, theme);
  return figure({
    name,
    title,
    description: `Against ${options.axis === undefined ? "time" : plainText(options.axis)}, for M = ${drawn.map(({ label }) => plainText(label)).join("; ")}.`,
    height: panels.bottom,
    theme,
    body: head.svg + key.svg + panels.svg,
  });
}

/** The runs in the order in which they are drawn: the limit first, so that it lies below; then M ascending. */
function drawnRuns(document: ResultDocument, theme: Theme): DrawnRun[] {
  const styles = sizeStyles(
    document.runs.map(({ size }) => sizeOf(size)),
    theme,
  );
  const runs = document.runs
    .map((run, r) => ({ run, style: styles[r], label: `${italic("M")} = ${sizeText(sizeOf(run.size))}${doubt(run)}` }))
    .sort((a, b) => rank(a.run) - rank(b.run));
  if (document.meanField === undefined) return runs;
  const run = document.meanField;
  return [
    ...runs,
    { run, style: meanFieldStyle(theme), label: `mean field, coupling ∝ 1/${italic("M")}${doubt(run)}` },
  ];
}

/** The limit comes before all finite sizes. */
function rank({ size }: DocumentRun): number {
  return size === "inf" ? 0 : size;
}

function doubt(run: DocumentRun): Markup {
  return run.error.converged ? "" : " (tolerance not met)";
}

/** Read from left to right M grows: the limit comes after the largest M. */
function legendEntries(drawn: readonly DrawnRun[]): LegendEntry[] {
  const limits = drawn.filter(({ run }) => run.size === "inf" && run.method !== "mean-field");
  return [
    ...drawn.filter((one) => !limits.includes(one) && one.run.method !== "mean-field"),
    ...limits,
    ...drawn.filter(({ run }) => run.method === "mean-field"),
  ];
}

function panelGrid(
  document: ResultDocument,
  quantities: readonly Quantity[],
  drawn: readonly DrawnRun[],
  top: number,
  axis: Markup,
  theme: Theme,
): { svg: string; bottom: number } {
  const columns = quantities.length > mostInColumn ? 2 : 1;
  const rows = Math.ceil(quantities.length / columns);
  const height = rows === 1 ? 400 : rows === 2 ? 230 : 170;
  const order = document.times.map((_, t) => t).sort((a, b) => document.times[a] - document.times[b]);
  const times = order.map((t) => document.times[t]);
  const ascending = order.every((t, i) => t === i);
  const noise = 10 * Math.max(...drawn.map(({ run }) => run.error.tolerance));
  const series = quantities.map(({ values }) =>
    drawn.map(({ run }) => {
      const all = values(run);
      return ascending ? all : order.map((t) => all[t]);
    }),
  );
  const yTicks = rows === 1 ? 6 : 4;
  const yDomains = series.map((curves) => valueDomain(curves, noise));
  const numbers = yDomains.map((domain) => yNumbersWidth(linearAxis(domain, [height, 0], { ticks: yTicks }).ticks));
  const columnWidth = (figureWidth - 2 * edge - (columns - 1) * gutter) / columns;
  let svg = "";
  quantities.forEach(({ label }, p) => {
    const column = p % columns;
    const row = Math.floor(p / columns);
    // Panels above each other share the left edge of their axes.
    const indent = Math.max(...numbers.filter((_, q) => q % columns === column));
    const left = Math.round(edge + column * (columnWidth + gutter) + indent);
    const right = Math.round(edge + column * (columnWidth + gutter) + columnWidth);
    const panelTop = Math.round(top + row * (height + abovePanel + 12) + abovePanel);
    const area: Area = { left, right, top: panelTop, bottom: panelTop + height };
    const x = linearAxis(timeDomain(times), [left, right], { ticks: columns === 1 ? 8 : 5 });
    const y = linearAxis(yDomains[p], [area.bottom, area.top], { ticks: yTicks });
    const lowest = p + columns >= quantities.length;
    const labels = { y: label, ...(lowest ? { x: axis } : {}), xNumbers: lowest };
    const curves = series[p].map((values, r) => {
      const { x: t, y: v } = decimate({ x: times, y: values }, right - left);
      const points = { x: Array.from(t, x.position), y: Array.from(v, y.position) };
      const dots = times.length <= mostDots ? dotted(points, drawn[r].style) : "";
      const path = simplify(points);
      return strokedPath(path.x, path.y, drawn[r].style) + dots;
    });
    svg += panel(area, x, y, labels, theme) + curves.join("");
  });
  return { svg, bottom: Math.round(top + rows * (height + abovePanel + 12) - 12 + belowPanel) };
}

function dotted({ x, y }: Curve, { colour, width }: LineStyle): string {
  const radius = 1.5 + width;
  const dot = (cx: number, i: number): string =>
    `<circle cx="${pixel(cx)}" cy="${pixel(y[i])}" r="${radius}" fill="${colour}"/>`;
  return Array.from(x, dot).join("");
}

const timeLabel: Markup = `time ${italic("t")}  (1/energy, ħ = 1)`;

function timeDomain(times: readonly number[]): [number, number] {
  const [first, last] = [times[0], times[times.length - 1]];
  return first === last ? [first - 1, first + 1] : [first, last];
}

/**
 * Room for all curves. What does not vary by more than the noise gets so much that the noise is not seen, and what is 0
 * throughout a tenth either way: an axis in units of 10⁻⁶ would make something of nothing.
 */
function valueDomain(curves: readonly ArrayLike<number>[], noise: number): [number, number] {
  const [low, high] = extent(
    curves.flatMap((curve) => extent(curve, 0)),
    0,
  );
  if (high - low > noise) return extent([low, high], 0.06);
  const middle = (low + high) / 2;
  const room = Math.abs(middle) <= noise ? Math.max(0.1, 10 * noise) : Math.max(0.1 * Math.abs(middle), 10 * noise);
  return [middle - room, middle + room];
}
