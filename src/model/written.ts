/** From what a user wrote for an operator, a state or a number to its value; what is wrong with it is reported. */

import type { Matrix } from "../algebra/matrix.ts";
import { zeros } from "../algebra/matrix.ts";
import { evaluate } from "./expression.ts";
import type { Path, Report } from "./issue.ts";
import { complexText, mustBut, shortened, writtenText } from "./issue.ts";
import type { Scope } from "./name.ts";
import type { Scalar, Value } from "./value.ts";
import { ket, maxDimension, operator, scalar, valueText } from "./value.ts";

/** The value of an expression, rows of entries, a flat list of entries (a ket), a Matrix or a number. */
export function writtenValue(written: unknown, path: Path, report: Report, scope: Scope = {}): Value | undefined {
  if (typeof written === "number") return finite(scalar(written), written, path, report);
  if (typeof written === "string") return expressionValue(written, path, report, scope);
  if (Array.isArray(written)) return listValue(written, path, report);
  if (isMatrix(written)) {
    if (written.rows > maxDimension || written.cols > maxDimension)
      return tooLarge(written.rows, written.cols, path, report);
    return finite(written.cols === 1 && written.rows > 1 ? ket(written) : operator(written), written, path, report);
  }
  report(
    mustBut(path, "be an expression or rows of entries", `is ${writtenText(written)}`, {
      found: writtenText(written),
      suggestion: "For instance `sigmaz`, or [[1, 0], [0, -1]].",
    }),
  );
  return undefined;
}

/** A real, finite number, written as a number or as an expression such as "2*pi". */
export function writtenNumber(written: unknown, path: Path, report: Report): number | undefined {
  if (typeof written !== "number" && typeof written !== "string") {
    report(mustBut(path, "be a number", `is ${writtenText(written)}`, { found: writtenText(written) }));
    return undefined;
  }
  const value = writtenValue(written, path, report);
  if (value === undefined) return undefined;
  if (value.kind === "scalar" && value.im === 0) return value.re;
  const is = value.kind === "scalar" ? `the complex number ${complexText(value)}` : valueText(value);
  report(mustBut(path, "be a real number", `is ${is}`, { found: writtenText(written) }));
  return undefined;
}

function expressionValue(text: string, path: Path, report: Report, scope: Scope): Value | undefined {
  const { value, problem } = evaluate(text, scope);
  if (problem) {
    const { must, but, suggestion, span } = problem;
    const more = { found: shortened(text), ...(suggestion && { suggestion }), ...(span && { span }) };
    report(mustBut(path, must, but, more));
    return undefined;
  }
  return finite(value, text, path, report);
}

function listValue(list: readonly unknown[], path: Path, report: Report): Value | undefined {
  if (list.length === 0) {
    report(mustBut(path, "have entries", "is an empty list", { found: "[]" }));
    return undefined;
  }
  // A flat list may hold pairs [re, im], but a list of nothing but lists is rows: the two would be alike otherwise.
  const rows = list.every((row) => Array.isArray(row)) ? (list as unknown[][]) : undefined;
  const height = list.length;
  const width = rows ? rows[0].length : 1;
  if (height > maxDimension || width > maxDimension) return tooLarge(height, width, path, report);
  const m = zeros(height, width);
  let good = true;
  for (let i = 0; i < height; i++) {
    const row = rows ? rows[i] : [list[i]];
    if (row.length !== width) {
      const must = `have as many entries as the first row, ${width}`;
      report(mustBut([...path, i], must, `has ${row.length}`, { found: writtenText(row) }));
      good = false;
      continue;
    }
    for (let j = 0; j < width; j++) {
      const entry = entryValue(row[j], rows ? [...path, i, j] : [...path, i], report);
      if (entry) {
        m.re[i * width + j] = entry.re;
        m.im[i * width + j] = entry.im;
      } else good = false;
    }
  }
  if (!good) return undefined;
  if (width === 0) {
    report(mustBut(path, "have entries", "has empty rows", { found: "[[]]" }));
    return undefined;
  }
  return width === 1 && height > 1 ? ket(m) : operator(m);
}

function entryValue(written: unknown, path: Path, report: Report): Scalar | undefined {
  if (Array.isArray(written) && written.length === 2 && written.every((x) => typeof x === "number")) {
    return finite(scalar(written[0], written[1]), written, path, report);
  }
  if (typeof written !== "number" && typeof written !== "string") {
    const found = writtenText(written);
    report(mustBut(path, 'be a number, a text such as "0.5-0.2i", or [re, im]', `is ${found}`, { found }));
    return undefined;
  }
  const value = writtenValue(written, path, report);
  if (value === undefined || value.kind === "scalar") return value;
  report(
    mustBut(path, "be a number, as an entry of a matrix", `is ${valueText(value)}`, { found: writtenText(written) }),
  );
  return undefined;
}

/** Squares and products of several numbers up to this one are still numbers, and no unit of energy needs a larger one. */
const largest = 1e30;

/** The value if all its numbers are finite, and not so large that what is computed of them would not be. */
function finite<T extends Value>(value: T, written: unknown, path: Path, report: Report): T | undefined {
  if (value.kind === "text") return value;
  const endless = first(value, (x) => !Number.isFinite(x));
  const bad = endless ?? first(value, (x) => Math.abs(x) > largest);
  if (bad === undefined) return value;
  const found =
    typeof written === "string" ? shortened(written) : isMatrix(written) ? "a Matrix" : writtenText(written);
  const [must, suggestion] =
    endless === undefined
      ? [`be at most ${largest}`, "Choose another unit of energy; times are in its inverse."]
      : ["be finite", "NaN and Infinity mean nothing here."];
  report(mustBut(path, must, bad, { found, suggestion }));
  return undefined;
}

/** The first number that is bad, in words, with its place. */
function first(value: Exclude<Value, { kind: "text" }>, isBad: (x: number) => boolean): string | undefined {
  if (value.kind === "scalar") return isBad(value.re) || isBad(value.im) ? `is ${complexText(value)}` : undefined;
  const { re, im, cols } = value.matrix;
  const k = re.findIndex((x, at) => isBad(x) || isBad(im[at]));
  if (k < 0) return undefined;
  return `has ${complexText({ re: re[k], im: im[k] })} at [${Math.floor(k / cols)}][${k % cols}]`;
}

function tooLarge(rows: number, cols: number, path: Path, report: Report): undefined {
  report(
    mustBut(path, `be at most ${maxDimension}×${maxDimension}`, `is ${rows}×${cols}`, {
      found: `${rows}×${cols} entries`,
      suggestion:
        "S and a site are kept exactly, so they must be small; the number of sites may be as large as you like.",
    }),
  );
}

export function isMatrix(written: unknown): written is Matrix {
  if (typeof written !== "object" || written === null) return false;
  const { rows, cols, re, im } = written as Partial<Matrix>;
  if (!Number.isInteger(rows) || !Number.isInteger(cols)) return false;
  if (!(re instanceof Float64Array) || !(im instanceof Float64Array)) return false;
  const length = (rows as number) * (cols as number);
  return re.length === length && im.length === length;
}
