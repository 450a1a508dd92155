/** M*(ε, t): how many sites it takes for the limit to hold until t. */

import { type Axis, linearAxis, logAxis, powerLabel } from "./axis.ts";
import { edge, type Figure, type FigureOptions, figure, figureWidth, heading } from "./figure.ts";
import { legend } from "./legend.ts";
import { type LineStyle, strokedPath } from "./lineStyle.ts";
import { type Area, abovePanel, belowPanel, panel, yNumbersWidth } from "./panel.ts";
import { italic, type Markup } from "./text.ts";
import { sequenceColours, themes } from "./theme.ts";

export interface RequiredSizesData {
  readonly name: string;
  /** What is to be within ε, such as "trace distance from the limit". */
  readonly quantity: string;
  /** Ascending. */
  readonly times: readonly number[];
  /** For each ε M* at each time. */
  readonly curves: readonly { readonly epsilon: number; readonly sizes: readonly number[] }[];
}

const dashes: readonly (readonly number[])[] = [[], [9, 5], [3, 4], [12, 4, 3, 4]];

/** A curve for each ε, M* on a logarithmic axis. Throws RangeError for fewer than two times, or no curve. */
export function requiredSizesFigure(data: RequiredSizesData, options: FigureOptions = {}): Figure {
  const { times, curves } = data;
  if (times.length < 2) throw new RangeError("M* against time needs two times at least.");
  if (curves.length === 0) throw new RangeError("M* against time needs an ε at least.");
  const theme = themes[options.theme ?? "light"];
  const colours = sequenceColours(theme, curves.length);
  const styles = curves.map((_, i): LineStyle => ({ colour: colours[i], width: 3, dash: dashes[i % dashes.length] }));
  const head = heading(data.name, theme);
  const key = legend(
    curves.map(({ epsilon }, i) => ({ label: `ε = ${epsilonLabel(epsilon)}`, style: styles[i] })),
    head.bottom,
    theme,
  );
  const top = key.bottom + abovePanel + 6;
  const bottom = top + 400;
  const all = curves.flatMap(({ sizes }) => sizes);
  const y = logAxis([Math.min(...all) / 1.6, Math.max(...all) * 1.6], [bottom, top]);
  const area: Area = { left: Math.round(edge + yNumbersWidth(y.ticks)), right: figureWidth - edge, top, bottom };
  const x = linearAxis([times[0], times[times.length - 1]], [area.left, area.right], { ticks: 8 });
  const labels = {
    x: `time ${italic("t")}  (1/energy, ħ = 1)`,
    y: `${italic("M")}*: sites from which on the ${data.quantity} is ≤ ε until ${italic("t")}`,
  };
  const drawn = curves.map(({ sizes }, i) => path(times, sizes, x, y, styles[i])).join("");
  return figure({
    name: "required-sizes",
    title: `${data.name}: how many sites the limit needs`,
    description: `M* against time for ε = ${curves.map(({ epsilon }) => epsilon).join(", ")}.`,
    height: bottom + belowPanel,
    theme,
    body: head.svg + key.svg + panel(area, x, y, labels, theme) + drawn,
  });
}

function path(times: readonly number[], sizes: readonly number[], x: Axis, y: Axis, style: LineStyle): string {
  return strokedPath(times.map(x.position), sizes.map(y.position), style);
}

function epsilonLabel(epsilon: number): Markup {
  const [mantissa, power] = epsilon.toExponential().split("e").map(Number);
  return power > -3 ? String(epsilon) : powerLabel(mantissa, power);
}
