/** Figures as PNG. */

import { Resvg, renderAsync } from "@resvg/resvg-js";
import { crc32 } from "../io/crc32.ts";
import type { Figure } from "./figure.ts";

export interface PngOptions {
  /** Paths of TrueType fonts, DejaVu Sans first: text is drawn with these and with no font of the machine. */
  readonly fontFiles: readonly string[];
  /**
   * Compresses what the parts are together to the zlib format, as Node's `zlib.deflate` does; level 1 is enough for
   * pictures that are mostly blank. A part holds its bytes until the next one is asked for.
   */
  readonly deflate: (parts: Iterable<Uint8Array>) => Promise<Uint8Array>;
  /** Pixels for each unit of the SVG; default 1.5, which makes figures 1440 pixels wide. */
  readonly scale?: number;
}

/**
 * The figure as bytes of a PNG file. Several at once are drawn in parallel. The picture is written here and not by resvg,
 * which takes three times as long for it, and holds up everything else meanwhile. Throws RangeError if no font can be
 * used, since the text would be missing without a word.
 */
export async function png(figure: Pick<Figure, "svg">, options: PngOptions): Promise<Uint8Array> {
  const font = { loadSystemFonts: false, fontFiles: [...options.fontFiles], defaultFontFamily: "DejaVu Sans" };
  requireLetters(font);
  const image = await renderAsync(figure.svg, { font, fitTo: { mode: "zoom", value: options.scale ?? 1.5 } });
  return pngFile(image.width, image.height, await options.deflate(scanlines(image.pixels, image.width, image.height)));
}

const lettersFound = new Set<string>();

/** A letter without a font has no extent. */
function requireLetters(font: { readonly fontFiles: string[] }): void {
  const fonts = font.fontFiles.join("\n");
  if (lettersFound.has(fonts)) return;
  const letter =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="8" font-size="8">M</text></svg>';
  if (new Resvg(letter, { font }).innerBBox() === undefined) {
    throw new RangeError("`fontFiles` must name a TrueType font that can be read: without it a PNG has no text.");
  }
  lettersFound.add(fonts);
}

/** So many rows at once: a copy of the whole picture costs more in fresh memory than in copying. */
const band = 64;

/**
 * Rows of RGBA, each after a 0: no filter. Figures are opaque, so that it does not matter that alpha is multiplied in.
 */
function* scanlines(pixels: Uint8Array, width: number, height: number): Generator<Uint8Array> {
  const row = 4 * width;
  const lines = new Uint8Array(band * (row + 1));
  for (let top = 0; top < height; top += band) {
    const rows = Math.min(band, height - top);
    for (let y = 0; y < rows; y++) {
      const from = (top + y) * row;
      lines.set(pixels.subarray(from, from + row), y * (row + 1) + 1);
    }
    yield lines.subarray(0, rows * (row + 1));
  }
}

/** Signature, header (8 bits a channel, RGBA), one chunk of compressed rows, end. Source: PNG specification, section 5. */
function pngFile(width: number, height: number, data: Uint8Array): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const parts = [signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", new Uint8Array(0))];
  const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** Length, type, data, and the checksum of type and data. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
