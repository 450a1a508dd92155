/** What is wrong, or doubtful, in a model, and where: in words that say what to do about it. */

import type { Complex, Matrix } from "../algebra/matrix.ts";

/** Keys and indices (from 0) from the top of the model down. */
export type Path = readonly (string | number)[];

/** Characters start (from 0) to end (exclusive) of a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Issue {
  readonly path: Path;
  readonly severity: "error" | "warning";
  /** A sentence: `` `reservoir.state` must have trace 1, but has trace 0.98. `` */
  readonly message: string;
  /** What stands there, in short. */
  readonly found?: string;
  /** What to do about it, in one or two sentences. */
  readonly suggestion?: string;
  /** If the text at `path` is an expression: which characters of it are meant. */
  readonly span?: Span;
  /** True if the key at the end of `path` is meant rather than its value. */
  readonly key?: boolean;
}

/** Takes issues as they are found. */
export type Report = (issue: Issue) => void;

/** Everything that was found wrong with a model, as an exception: its message has every error, one after the other. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  /** All errors and warnings, in the order in which they were found. */
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    const errors = issues.filter((issue) => issue.severity === "error");
    super(errors.map((issue) => [issue.message, issue.suggestion].filter(Boolean).join(" ")).join("\n"));
    this.issues = issues;
  }
}

/** The path as a user would write it: couplings[0].site. */
export function pathText(path: Path): string {
  if (path.length === 0) return "the model";
  return path.map((step, i) => (typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`)).join("");
}

/** An error in the one grammar: `` `path` must …, but …. `` */
export function mustBut(
  path: Path,
  must: string,
  but: string,
  more: Pick<Issue, "found" | "suggestion" | "span" | "key"> = {},
): Issue {
  const subject = path.length === 0 ? "The model" : `\`${pathText(path)}\``;
  return { path, severity: "error", message: `${subject} must ${must}, but ${but}.`, ...more };
}

/** A number in as few digits as are needed to see that it is not `other`. */
export function numberText(x: number, other?: number): string {
  for (const digits of [6, 9, 12]) {
    const rounded = Number(x.toPrecision(digits));
    if (rounded !== other || x === other) return String(rounded);
  }
  return String(x);
}

/** 0.5, -i, 0.5-0.2i */
export function complexText({ re, im }: Complex): string {
  if (im === 0) return numberText(re);
  const imaginary = Math.abs(im) === 1 ? (im < 0 ? "-i" : "i") : `${numberText(im)}i`;
  if (re === 0) return imaginary;
  return `${numberText(re)}${im < 0 || Object.is(im, -0) ? "" : "+"}${imaginary}`;
}

/** Rows of entries if the matrix is small, its size and largest entry if it is not. */
export function matrixText(a: Matrix): string {
  if (a.rows > 4 || a.cols > 4) {
    let at = 0;
    for (let k = 0; k < a.re.length; k++) if (modulus(a, k) > modulus(a, at)) at = k;
    const where = `[${Math.floor(at / a.cols)}][${at % a.cols}]`;
    const largest = complexText({ re: a.re[at], im: a.im[at] });
    return `a ${a.rows}×${a.cols} matrix with the largest entry ${largest} at ${where}`;
  }
  const rows = Array.from({ length: a.rows }, (_, i) => {
    const entries = Array.from({ length: a.cols }, (_, j) => {
      const k = i * a.cols + j;
      return complexText({ re: withoutDust(a.re[k]), im: withoutDust(a.im[k]) });
    });
    return `[${entries.join(", ")}]`;
  });
  return `[${rows.join(", ")}]`;
}

/** What a user wrote, in a few words, for "but is …": the text "abc", the number 3, a list of 2, empty. */
export function writtenText(written: unknown): string {
  if (written === null || written === undefined) return "empty";
  if (typeof written === "string") return `the text "${shortened(written)}"`;
  if (typeof written === "number" || typeof written === "boolean") return String(written);
  if (Array.isArray(written)) return written.length === 0 ? "an empty list" : `a list of ${written.length}`;
  if (typeof written === "object") {
    const keys = Object.keys(written);
    return keys.length === 0
      ? "an empty mapping"
      : `a mapping with ${shortened(keys.map((k) => `\`${k}\``).join(", "))}`;
  }
  return `a ${typeof written}`;
}

export function shortened(text: string, length = 60): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function modulus(a: Matrix, k: number): number {
  return Math.hypot(a.re[k], a.im[k]);
}

/** Zero for what is rounding only beside numbers of order 1: 6 digits are shown, and 1e-17 says nothing. */
function withoutDust(x: number): number {
  return Math.abs(x) < 1e-14 ? 0 : x;
}
