/** Numbers and matrices as other languages write them, and text that fits a line. */

import type { Matrix } from "../../algebra/matrix.ts";
import type { MatrixSeries } from "../../algebra/series.ts";

/** The shortest decimal number that reads back as x. */
export function real(x: number): string {
  return Object.is(x, -0) ? "0" : String(x).replace("e+", "e");
}

/** "python": 0.5-0.2j. "julia": 0.5-0.2im. The imaginary part is left out where it is 0. */
export function complex(re: number, im: number, language: "python" | "julia"): string {
  if (im === 0) return real(re);
  const unit = language === "python" ? "j" : "im";
  if (re === 0) return `${real(im)}${unit}`;
  return `${real(re)}${im < 0 ? "-" : "+"}${real(Math.abs(im))}${unit}`;
}

/** An entry (row, column, value) that is not zero, counted from 0. */
export interface NonzeroEntry {
  readonly row: number;
  readonly column: number;
  readonly re: number;
  readonly im: number;
}

/** Entries below 1e-15 of the largest are rounding errors and are left out. */
export function nonzeroEntries(a: Matrix): NonzeroEntry[] {
  const moduli = Array.from(a.re, (x, i) => Math.hypot(x, a.im[i]));
  const small = 1e-15 * Math.max(0, ...moduli);
  const cleaned = (x: number): number => (Math.abs(x) <= small ? 0 : x);
  return moduli.flatMap((modulus, at) => {
    if (modulus <= small) return [];
    const [re, im] = [cleaned(a.re[at]), cleaned(a.im[at])];
    return [{ row: Math.floor(at / a.cols), column: at % a.cols, re, im }];
  });
}

/** `head(0, 1, 0.5)` and so on: the items after a head, wrapped at 110 characters and indented. */
export function wrapped(items: readonly string[], indent = "    "): string {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    const longer = line === "" ? item : `${line}, ${item}`;
    if (line !== "" && indent.length + longer.length > 110) {
      lines.push(`${indent}${line},`);
      line = item;
    } else line = longer;
  }
  if (line !== "") lines.push(`${indent}${line},`);
  return lines.join("\n");
}

/** ρ_S(t) as numbers: time by time, row by row, real and imaginary part of each entry, to 12 digits. */
export function flatSeries({ re, im }: MatrixSeries): string[] {
  const rounded = (x: number): string => (Math.abs(x) < 1e-15 ? "0" : real(Number(x.toPrecision(12))));
  return Array.from(re, (x, i) => [rounded(x), rounded(im[i])]).flat();
}

/** Lines as comments: each after the mark. */
export function comment(mark: string, lines: readonly string[]): string {
  return lines.map((line) => (line === "" ? mark : `${mark} ${line}`)).join("\n");
}

/** Words of a text in lines of at most so many characters. */
export function paragraph(text: string, width = 100): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
