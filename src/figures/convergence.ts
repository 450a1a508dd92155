/** How fast finite M approaches the limit. */

import { type Axis, logAxis, powerLabel, sizeText } from "./axis.ts";
import { edge, type Figure, type FigureOptions, figure, figureWidth, fontSize, heading } from "./figure.ts";
import { legend } from "./legend.ts";
import { type LineStyle, strokedPath } from "./lineStyle.ts";
import { type Area, abovePanel, belowPanel, panel, yNumbersWidth } from "./panel.ts";
import { indexed, italic, pixel, raised, textAt } from "./text.ts";
import { type Theme, themes } from "./theme.ts";

/** Distances to the limit, and the power law fitted to them. */
export interface ConvergenceData {
  /** Of the model: the heading. */
  readonly name: string;
  /** What the distance is, such as "trace distance": the label of the axis. */
  readonly quantity: string;
  /** Finite M, ascending. */
  readonly sizes: readonly number[];
  readonly errors: readonly number[];
  /** errors ≈ prefactor · M^slope: slope is negative where the limit is approached. */
  readonly slope: number;
  readonly prefactor: number;
  /** From M on, the limit is within ε: marked. */
  readonly required?: readonly { readonly epsilon: number; readonly size: number }[];
}

interface Point {
  readonly size: number;
  readonly error: number;
}

/**
 * Distance against M on logarithmic axes, with the fit and, as guides, 1/√M and 1/M. Throws RangeError if fewer than two
 * distances are positive; a distance of zero has no place on the axis and is named below the title instead.
 */
export function convergenceFigure(data: ConvergenceData, options: FigureOptions = {}): Figure {
  const theme = themes[options.theme ?? "light"];
  const all = data.sizes.map((size, i): Point => ({ size, error: data.errors[i] }));
  const points = all.filter(({ error }) => error > 0).sort((a, b) => a.size - b.size);
  if (points.length < 2) throw new RangeError("a rate needs positive distances at two sizes at least.");
  const head = heading(data.name, theme);
  const key = legend(
    [
      { label: fitLabel(data), style: fitStyle(theme) },
      { label: `∝ 1/√${italic("M")}`, style: guideStyle(theme, false) },
      { label: `∝ 1/${italic("M")}`, style: guideStyle(theme, true) },
      ...(data.required ?? []).map(({ epsilon, size }) => {
        return { label: requiredLabel(epsilon, size), style: requiredStyle(theme) };
      }),
    ],
    head.bottom,
    theme,
  );
  const omitted = omittedNote(all, key.bottom, theme);
  const top = omitted.bottom + abovePanel + 6;
  const bottom = top + 400;
  const y = logAxis(errorDomain(points, data), [bottom, top]);
  const area: Area = { left: Math.round(edge + yNumbersWidth(y.ticks)), right: figureWidth - edge, top, bottom };
  const x = logAxis(sizeDomain(points, data), [area.left, area.right]);
  const labels = { x: `number of sites  ${italic("M")}`, y: indexed(data.quantity) };
  return figure({
    name: "convergence",
    title: `${data.name}: approach to the limit`,
    description: `${data.quantity} against M, falling as M to the power ${data.slope.toFixed(2)}.`,
    height: bottom + belowPanel,
    theme,
    body:
      head.svg +
      key.svg +
      omitted.svg +
      panel(area, x, y, labels, theme) +
      lines(data, points, x, y, theme) +
      requiredMarks(data, area, x, y, theme) +
      points.map((point) => mark(point, x, y, theme)).join(""),
  });
}

function fitStyle(theme: Theme): LineStyle {
  return { colour: theme.accent, width: 3, dash: [] };
}

function guideStyle(theme: Theme, steep: boolean): LineStyle {
  return { colour: theme.quiet, width: 2, dash: steep ? [2.5, 5] : [9, 6] };
}

function fitLabel({ prefactor, slope }: ConvergenceData): string {
  const [mantissa, power] = prefactor.toExponential(1).split("e").map(Number);
  const factor = power >= -2 && power <= 2 ? Number(prefactor.toPrecision(2)) : `${mantissa}×10${raised(power)}`;
  return `fit  ${factor} ${italic("M")}${raised(slope.toFixed(2))}`;
}

/** A bit more than a third of a decade of room around the data. */
function errorDomain(points: readonly Point[], { required = [] }: ConvergenceData): [number, number] {
  const errors = [...points.map(({ error }) => error), ...required.map(({ epsilon }) => epsilon)];
  return [Math.min(...errors) / 2.5, Math.max(...errors) * 2];
}

function sizeDomain(points: readonly Point[], { required = [] }: ConvergenceData): [number, number] {
  const sizes = [...points.map(({ size }) => size), ...required.map(({ size }) => size)];
  const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
  const room = Math.max(1.25, (high / low) ** 0.04);
  return [low / room, high * room];
}

/** The fit; and the guides, which begin below the first point, so that they never lie on the data at once. */
function lines(data: ConvergenceData, points: readonly Point[], x: Axis, y: Axis, theme: Theme): string {
  const [first] = points;
  const start = Math.max(first.error / 1.7, y.domain[0]);
  const guide = (power: number) => powerLine(start / first.size ** power, power, first.size, x, y);
  return (
    strokedPath(...guide(-0.5), guideStyle(theme, false)) +
    strokedPath(...guide(-1), guideStyle(theme, true)) +
    strokedPath(...powerLine(data.prefactor, data.slope, x.domain[0], x, y), fitStyle(theme))
  );
}

/** Both ends of prefactor · M^power, from `from` to the end of the axis or where the line leaves it, in pixels. */
function powerLine(prefactor: number, power: number, from: number, x: Axis, y: Axis): [number[], number[]] {
  const value = (size: number): number => prefactor * size ** power;
  const inside = (size: number): number => {
    if (power === 0) return size;
    const error = Math.min(Math.max(value(size), y.domain[0]), y.domain[1]);
    return (error / prefactor) ** (1 / power);
  };
  const ends = [inside(from), inside(x.domain[1])].map((size) => Math.min(Math.max(size, x.domain[0]), x.domain[1]));
  return [ends.map(x.position), ends.map((size) => y.position(value(size)))];
}

function mark({ size, error }: Point, x: Axis, y: Axis, theme: Theme): string {
  const at = `cx="${pixel(x.position(size))}" cy="${pixel(y.position(error))}"`;
  return `<circle ${at} r="7" fill="${theme.ink}" stroke="${theme.background}" stroke-width="1.5"/>`;
}

/** Each M*(ε): from ε on one axis to M* on the other. What it says is in the legend, where it covers no point. */
function requiredMarks(data: ConvergenceData, area: Area, x: Axis, y: Axis, theme: Theme): string {
  return (data.required ?? [])
    .map(({ epsilon, size }) => {
      const [px, py] = [x.position(size), y.position(epsilon)];
      return strokedPath([area.left, px, px], [py, py, area.bottom], requiredStyle(theme));
    })
    .join("");
}

function requiredStyle(theme: Theme): LineStyle {
  return { colour: theme.contrast, width: 2, dash: [5, 4] };
}

function requiredLabel(epsilon: number, size: number): string {
  const [mantissa, power] = epsilon.toExponential().split("e").map(Number);
  const value = power > -3 ? String(epsilon) : powerLabel(mantissa, power);
  return `within ${value} from ${italic("M")}* = ${sizeText(size)}`;
}

function noteStyle(theme: Theme) {
  return { size: fontSize.note, fill: theme.ink };
}

/** Distances that are exactly zero. */
function omittedNote(all: readonly Point[], top: number, theme: Theme): { svg: string; bottom: number } {
  const zero = all.filter(({ error }) => !(error > 0)).map(({ size }) => sizeText(size));
  if (zero.length === 0) return { svg: "", bottom: top };
  const text = `not shown, as the distance is 0: ${italic("M")} = ${zero.join(", ")}`;
  return { svg: textAt(edge, top + 18, text, noteStyle(theme)), bottom: top + 24 };
}
