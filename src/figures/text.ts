/** Text in figures. Labels are markup: escaped text that may hold tspans. */

/** Escaped text, ready to stand inside an SVG text element. */
export type Markup = string;

/** Text as it is, with what XML would misread escaped, and without the control characters that XML forbids. */
export function escapeText(text: string): Markup {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go.
  const allowed = text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  return allowed.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** A variable, slanted. */
export function italic(text: string): Markup {
  return `<tspan font-style="italic">${escapeText(text)}</tspan>`;
}

/** Smaller and raised, such as an exponent. A minus sign is set as one. */
export function raised(text: string | number): Markup {
  return shifted(String(text).replace("-", "−"), -0.46);
}

/** Smaller and lowered, such as an index. */
export function lowered(text: string): Markup {
  return shifted(text, 0.2);
}

/** Text, its v_1 as v with an index. */
export function indexed(text: string): Markup {
  return escapeText(text).replaceAll(/_(\w)/g, (_, index: string) => lowered(index));
}

const smaller = 0.74;

/**
 * Shifts are in em of the text around. An empty character brings the line back: baseline-shift would do, but not every
 * browser knows it.
 */
function shifted(text: string, down: number): Markup {
  const there = Number((down / smaller).toFixed(3));
  return (
    `<tspan dy="${there}em" font-size="${smaller}em">${escapeText(text)}</tspan>` +
    `<tspan dy="${-down}em">\u200b</tspan>`
  );
}

/** Widths of characters in em, as in DejaVu Sans, the font of the PNG files; the fallbacks in browsers are alike. */
const widths: readonly (readonly [number, string])[] = [
  [0.29, "ijlIJ'"],
  [0.33, " ,.·/:;\\|"],
  [0.38, "f-()[]t⟨⟩!₀₁₂₃₄₅₆₇₈₉r"],
  [0.5, 'ₖₗ"*_`‖sz?⁻cL'],
  [0.69, "KAVBRXZħC∝U"],
  [0.77, "HNDG&OQ"],
  [0.84, "w∞#+<=>^~ω−×"],
  [0.95, "Mm%W@"],
];
const widthOf = new Map(widths.flatMap(([width, characters]) => [...characters].map((c) => [c, width] as const)));

/** Width of the markup in pixels at this font size, estimated from above by a few per cent. */
export function textWidth(markup: Markup, fontSize: number): number {
  const text = plainText(markup).replaceAll(/&[a-z]+;/g, "&");
  let em = 0;
  for (const character of text) em += widthOf.get(character) ?? (character > "\u2fff" ? 1.1 : 0.64);
  return 1.03 * em * fontSize;
}

/** The markup without its tspans. */
export function plainText(markup: Markup): Markup {
  return markup.replaceAll(/<[^>]*>|\u200b/g, "");
}

/** Text broken into lines no wider than `width`; what does not fit into `most` lines ends in an ellipsis. */
export function wrap(text: string, width: number, fontSize: number, most: number): Markup[] {
  const fits = (line: string): boolean => textWidth(escapeText(line), fontSize) <= width;
  const lines: string[] = [""];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last === "" || fits(`${last} ${word}`)) lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
    else lines.push(word);
  }
  if (lines.length > most) lines.splice(most - 1, lines.length, `${lines[most - 1]}…`);
  return lines.map((line) => escapeText(fits(line) ? line : shortened(line, fits)));
}

/** The markup if it is no wider than `width`, else as much of its plain text as fits with an ellipsis. */
export function fitted(markup: Markup, width: number, fontSize: number): Markup {
  if (textWidth(markup, fontSize) <= width) return markup;
  return escapeText(shortened(readable(markup), (line) => textWidth(escapeText(line), fontSize) <= width));
}

/** The text that a reader sees. */
function readable(markup: Markup): string {
  return plainText(markup).replaceAll(/&(amp|lt|gt|quot);/g, (_, name: string) => entities[name]);
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** As much of the beginning as fits with an ellipsis. */
function shortened(line: string, fits: (line: string) => boolean): string {
  const characters = [...line.replace(/…$/, "")];
  while (characters.length > 1 && !fits(`${characters.join("")}…`)) characters.pop();
  return `${characters.join("")}…`;
}

/** A text element. `anchor` says which end is at x; y is the baseline. */
export function textAt(
  x: number,
  y: number,
  markup: Markup,
  style: { readonly size: number; readonly fill: string; readonly anchor?: "start" | "middle" | "end" },
): string {
  const anchor = style.anchor === undefined || style.anchor === "start" ? "" : ` text-anchor="${style.anchor}"`;
  return `<text x="${pixel(x)}" y="${pixel(y)}" font-size="${style.size}" fill="${style.fill}"${anchor}>${markup}</text>`;
}

/** A coordinate, to a tenth of a pixel. */
export function pixel(x: number): number {
  return Math.round(10 * x) / 10;
}
