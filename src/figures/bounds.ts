/** The proved bound on the error against time. */

import { type DocumentRun, modelName, type ResultDocument, sizeOf } from "../io/document.ts";
import { type Axis, linearAxis, logAxis, sizeText } from "./axis.ts";
import { edge, type Figure, type FigureOptions, figure, figureWidth, heading } from "./figure.ts";
import { legend } from "./legend.ts";
import { type LineStyle, sizeStyles, strokedPath } from "./lineStyle.ts";
import { type Area, abovePanel, belowPanel, panel, yNumbersWidth } from "./panel.ts";
import { italic } from "./text.ts";
import { type Theme, themes } from "./theme.ts";

/** A point of a curve: where something is proved. */
interface Proved {
  readonly t: number;
  readonly bound: number;
}

/**
 * A curve for each size: what no entry of ρ_S(t) is proved to be off by more than, on a logarithmic axis, and the tolerance.
 * Throws RangeError where nothing is proved of any run, and for fewer than two times.
 */
export function boundsFigure(document: ResultDocument, options: FigureOptions = {}): Figure {
  const theme = themes[options.theme ?? "light"];
  if (new Set(document.times).size < 2) throw new RangeError("a bound against time needs two times at least.");
  const styles = sizeStyles(
    document.runs.map(({ size }) => sizeOf(size)),
    theme,
  );
  const drawn = document.runs
    .map((run, r) => ({ run, style: styles[r], points: provedPoints(document.times, run) }))
    .filter(({ points }) => points.length > 0);
  if (drawn.length === 0) throw new RangeError("nothing is proved of the error of these runs.");
  const { tolerance } = drawn[0].run.error;
  const head = heading(`${modelName(document)}: what is proved of the error`, theme);
  const key = legend(
    [
      ...drawn.map(({ run, style }) => ({ label: `${italic("M")} = ${sizeText(sizeOf(run.size))}`, style })),
      { label: "tolerance", style: toleranceStyle(theme) },
    ],
    head.bottom,
    theme,
  );
  const top = key.bottom + abovePanel + 6;
  const bottom = top + 400;
  const all = [tolerance, ...drawn.flatMap(({ points }) => points.map(({ bound }) => bound))];
  const y = logAxis([Math.min(...all) / 3, Math.max(...all) * 3], [bottom, top]);
  const area: Area = { left: Math.round(edge + yNumbersWidth(y.ticks)), right: figureWidth - edge, top, bottom };
  const x = linearAxis([Math.min(...document.times), Math.max(...document.times)], [area.left, area.right], {
    ticks: 8,
  });
  const labels = { x: `time ${italic("t")}  (1/energy, ħ = 1)`, y: "no entry of ρ is off by more" };
  const limit = strokedPath(
    [area.left, area.right],
    [y.position(tolerance), y.position(tolerance)],
    toleranceStyle(theme),
  );
  return figure({
    name: "bounds",
    title: `${modelName(document)}: what is proved of the error`,
    description: `The proved bound against time, for M = ${drawn.map(({ run }) => run.size).join(", ")}, beside the tolerance ${tolerance}.`,
    height: bottom + belowPanel,
    theme,
    body: head.svg + key.svg + panel(area, x, y, labels, theme) + limit + drawn.map((one) => curve(one, x, y)).join(""),
  });
}

function provedPoints(times: readonly number[], { error }: DocumentRun): readonly Proved[] {
  const bounds = error.boundAt ?? [];
  return bounds
    .flatMap((bound, i) => (bound === null || bound <= 0 ? [] : [{ t: times[i], bound }]))
    .sort((a, b) => a.t - b.t);
}

function curve({ points, style }: { points: readonly Proved[]; style: LineStyle }, x: Axis, y: Axis): string {
  return strokedPath(
    points.map(({ t }) => x.position(t)),
    points.map(({ bound }) => y.position(bound)),
    style,
  );
}

function toleranceStyle(theme: Theme): LineStyle {
  return { colour: theme.quiet, width: 2, dash: [9, 6] };
}
