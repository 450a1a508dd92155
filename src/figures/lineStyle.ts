/** How the curve of each size M is drawn: the limit as the reference, finite M approaching it. */

import { pixel } from "./text.ts";
import { sequenceColours, type Theme } from "./theme.ts";

export interface LineStyle {
  readonly colour: string;
  readonly width: number;
  /** Lengths of dashes and gaps; empty for a solid line. */
  readonly dash: readonly number[];
}

/** From the largest finite M, all but solid, to the smallest, dotted: readable without colours. */
const dashes: readonly (readonly number[])[] = [
  [20, 5],
  [10, 5],
  [11, 4, 3, 4],
  [5, 4],
  [11, 4, 3, 4, 3, 4],
  [2.5, 4],
  [20, 5, 3, 5],
  [2.5, 9],
];

/** The limit: solid, broad, in the strongest contrast, and drawn first, so that dashes upon it are seen. */
export function referenceStyle(theme: Theme): LineStyle {
  return { colour: theme.ink, width: 4.5, dash: [] };
}

/** The run with coupling ∝ 1/M, which is another model and looks it. */
export function meanFieldStyle(theme: Theme): LineStyle {
  return { colour: theme.accent, width: 2, dash: [] };
}

/** A style for each size, in the order given. */
export function sizeStyles(sizes: readonly number[], theme: Theme): LineStyle[] {
  const finite = [...new Set(sizes.filter(Number.isFinite))].sort((a, b) => a - b);
  const colours = sequenceColours(theme, finite.length);
  return sizes.map((size) => {
    const rank = finite.indexOf(size);
    if (rank < 0) return referenceStyle(theme);
    return { colour: colours[rank], width: 2.8, dash: dashes[(finite.length - 1 - rank) % dashes.length] };
  });
}

/** A stroked path through the points. Throws RangeError at a coordinate that is no number, which would draw nothing. */
export function strokedPath(x: ArrayLike<number>, y: ArrayLike<number>, style: LineStyle): string {
  let d = "";
  let before = "";
  for (let i = 0; i < x.length; i++) {
    const point = `${pixel(x[i])},${pixel(y[i])}`;
    if (point === before) continue;
    d += d === "" ? `M${point}` : before === "" ? point : `L${point}`;
    before = point;
  }
  if (d.includes("NaN") || d.includes("Infinity")) throw new RangeError("a curve has a point that is not finite");
  return `<path d="${d}" fill="none" ${strokeAttributes(style)}/>`;
}

export function strokeAttributes({ colour, width, dash }: LineStyle): string {
  const dashed = dash.length === 0 ? "" : ` stroke-dasharray="${dash.join(" ")}"`;
  return `stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"${dashed}`;
}
