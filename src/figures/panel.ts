/** One system of axes. */

import type { Axis } from "./axis.ts";
import { figureWidth, fontSize } from "./figure.ts";
import { fitted, type Markup, pixel, textAt, textWidth } from "./text.ts";
import type { Theme } from "./theme.ts";

/** Pixels: the rectangle in which curves are drawn. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface PanelLabels {
  /** Below the x axis, centred. */
  readonly x?: Markup;
  /** Above the y axis, from its left end: read without turning the head; cut off where it would leave the area. */
  readonly y?: Markup;
  /** Numbers at the x axis; default true. */
  readonly xNumbers?: boolean;
  readonly yNumbers?: boolean;
}

/** Space below the area for the numbers and the label of the x axis. */
export const belowPanel = 66;

/** Space above the area for the label of the y axis. */
export const abovePanel = 34;

/** Space that the y axis needs for its numbers, left of the area. */
export function yNumbersWidth(ticks: readonly { readonly label: Markup }[]): number {
  return 12 + Math.max(...ticks.map(({ label }) => textWidth(label, fontSize.tick)));
}

/** Grid, axes, numbers and labels; what goes into the axes is drawn after it. */
export function panel(area: Area, x: Axis, y: Axis, labels: PanelLabels, theme: Theme): string {
  const { left, right, top, bottom } = area;
  const tick = { size: fontSize.tick, fill: theme.quiet };
  let grid = "";
  let marks = "";
  let text = "";
  for (const { at, label } of x.ticks) {
    if (label === "") marks += `M${pixel(at)},${bottom}v-6`;
    else grid += `M${pixel(at)},${top}V${bottom}`;
    if (labels.xNumbers === false || label === "") continue;
    // A wide number at the right end must not leave the figure.
    const rightmost = figureWidth - 4 - textWidth(label, fontSize.tick) / 2;
    text += textAt(Math.min(at, rightmost), bottom + 25, label, { ...tick, anchor: "middle" });
  }
  for (const { at, label } of y.ticks) {
    if (label === "") marks += `M${left},${pixel(at)}h6`;
    else grid += `M${left},${pixel(at)}H${right}`;
    if (labels.yNumbers !== false && label !== "") text += textAt(left - 10, at + 6, label, { ...tick, anchor: "end" });
  }
  const title = { size: fontSize.label, fill: theme.ink };
  if (labels.x !== undefined) {
    const factor = x.factor === "" ? "" : `  (${x.factor})`;
    text += textAt((left + right) / 2, bottom + 55, labels.x + factor, { ...title, anchor: "middle" });
  }
  if (labels.y !== undefined) {
    const factor = y.factor === "" ? "" : `  (${y.factor})`;
    const room = right - left - textWidth(factor, fontSize.label);
    text += textAt(left, top - 12, fitted(labels.y, room, fontSize.label) + factor, title);
  }
  const frame = `M${left},${top}V${bottom}H${right}${marks}`;
  return (
    `<path d="${grid}" stroke="${theme.grid}" stroke-width="1.2" fill="none"/>` +
    `<path d="${frame}" stroke="${theme.quiet}" stroke-width="1.6" fill="none"/>${text}`
  );
}
