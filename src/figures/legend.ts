/** A legend in rows between the heading and the axes, where it covers nothing. */

import { edge, figureWidth, fontSize } from "./figure.ts";
import { type LineStyle, strokeAttributes } from "./lineStyle.ts";
import { fitted, type Markup, pixel, textAt, textWidth } from "./text.ts";
import type { Theme } from "./theme.ts";

export interface LegendEntry {
  readonly label: Markup;
  readonly style: LineStyle;
}

const sample = 58;
const row = 30;

/** The entries, set from the left, in as many rows as they need; and where the next thing may begin. */
export function legend(
  entries: readonly LegendEntry[],
  top: number,
  theme: Theme,
): { readonly svg: string; readonly bottom: number } {
  let x = edge;
  let middle = top + row / 2 + 4;
  let svg = "";
  for (const { label: whole, style } of entries) {
    const label = fitted(whole, figureWidth - 2 * edge - sample - 10, fontSize.label);
    const width = sample + 10 + textWidth(label, fontSize.label);
    if (x > edge && x + width > figureWidth - edge) {
      x = edge;
      middle += row;
    }
    svg += `<path d="M${pixel(x)},${middle}H${pixel(x + sample)}" ${strokeAttributes(style)}/>`;
    svg += textAt(x + sample + 10, middle + 7, label, { size: fontSize.label, fill: theme.ink });
    x += width + 30;
  }
  return { svg, bottom: middle + row / 2 };
}
