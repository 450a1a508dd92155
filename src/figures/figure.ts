/** A finished figure: an SVG that a file, a browser or a PNG renderer takes as it is. */

import { escapeText, type Markup, textAt, wrap } from "./text.ts";
import type { Theme, ThemeName } from "./theme.ts";

export interface Figure {
  /** A name for a file, such as "dynamics". */
  readonly name: string;
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** A complete SVG document: no script, no style sheet, nothing that must be fetched. */
  readonly svg: string;
}

export interface FigureOptions {
  readonly theme?: ThemeName;
}

/** Sizes of type in pixels, in a figure 960 wide: readable from the back of a room. */
export const fontSize = { title: 22, label: 19, tick: 17, note: 16 } as const;

/** Width of every figure. */
export const figureWidth = 960;

/** Space left free at the sides. */
export const edge = 26;

/** What an SVG is wrapped from. */
export interface Drawing {
  readonly name: string;
  readonly title: string;
  /** One sentence for those who cannot see it. */
  readonly description: string;
  readonly height: number;
  readonly theme: Theme;
  /** Elements, without the title. */
  readonly body: string;
}

// Text is drawn by letters of these families: the first is bundled for PNG, the second has the same widths.
const families = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif";

/**
 * The SVG of a drawing. There is no DOM behind it and no plotting library: strings are the same on Node and in a browser,
 * and starting a library with a DOM took 105 ms of a run that should take 300 in all, against 15 ms for this.
 */
export function figure({ name, title, description, height, theme, body }: Drawing): Figure {
  const width = figureWidth;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `role="img" font-family="${families}"><title>${escapeText(title)}</title><desc>${escapeText(description)}</desc>` +
    `<rect width="${width}" height="${height}" fill="${theme.background}"/>${body}</svg>`;
  return { name, title, width, height, svg };
}

/** The heading, at most two lines, and where the next thing may begin. */
export function heading(title: string, theme: Theme): { readonly svg: Markup; readonly bottom: number } {
  const lines = wrap(title, figureWidth - 2 * edge, fontSize.title, 2);
  const leading = 28;
  const svg = lines.map((line, i) => textAt(edge, 38 + i * leading, line, { size: fontSize.title, fill: theme.ink }));
  return { svg: svg.join(""), bottom: 38 + (lines.length - 1) * leading + 8 };
}
