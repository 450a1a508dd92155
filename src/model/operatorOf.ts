/**
 * An operator of S or of a site as the user wrote it, checked for its shape and, where it must be, for being
 * Hermitian.
 */

import type { Matrix } from "../algebra/matrix.ts";
import { entry, hermitianPart, maxAbs, zeros } from "../algebra/matrix.ts";
import type { Path, Report } from "./issue.ts";
import { complexText, mustBut, numberText, shortened } from "./issue.ts";
import type { Scope } from "./name.ts";
import type { Value } from "./value.ts";
import { maxDimension, valueText } from "./value.ts";
import { writtenValue } from "./written.ts";

/** How far from Hermitian, trace 1, … a matrix may be, relative to its size, to count as rounding and be mended. */
export const rounding = 1e-10;

/** What an operator or a state acts on. */
export interface Space {
  /** Dimensions of the parts, the first being the slowest index. */
  readonly dims: readonly number[];
  /** Their product. */
  readonly dimension: number;
  /** The key where the user says so: "system.dims". */
  readonly saidAt: string;
}

/** The square matrix of an operator on a space; a space not known yet (undefined) allows any dimension. */
export function operatorOn(
  space: Space | undefined,
  written: unknown,
  path: Path,
  report: Report,
  scope: Scope = {},
): Matrix | undefined {
  const value = writtenValue(written, path, report, scope);
  if (value === undefined) return undefined;
  if (value.kind === "operator")
    return rightShape(value.matrix, space, written, path, report) ? value.matrix : undefined;
  const isZero = value.kind === "scalar" && value.re === 0 && value.im === 0;
  if (isZero && space) return zeros(space.dimension);
  report(
    mustBut(path, "be an operator", `is ${isZero ? "0, of a dimension that nothing tells" : valueText(value)}`, {
      found: foundText(written),
      suggestion: insteadOf(value, space, written, isZero),
    }),
  );
  return undefined;
}

/** As operatorOn, for a Hermitian operator: rounding is mended, more is reported. */
export function hermitianOn(
  space: Space | undefined,
  written: unknown,
  path: Path,
  report: Report,
): Matrix | undefined {
  const a = operatorOn(space, written, path, report);
  if (a === undefined) return undefined;
  const broken = hermitianBreach(a, rounding * maxAbs(a));
  if (broken === undefined) return hermitianPart(a);
  report(mustBut(path, "be Hermitian", broken.but, { found: foundText(written), suggestion: broken.suggestion }));
  return undefined;
}

/**
 * The worst pair of entries that keeps a matrix from being Hermitian, in words; undefined if none is off by more
 * than `allowed`.
 */
export function hermitianBreach(a: Matrix, allowed: number): { but: string; suggestion: string } | undefined {
  let worst = { i: 0, j: 0, off: 0 };
  for (let i = 0; i < a.rows; i++) {
    for (let j = i; j < a.rows; j++) {
      const upper = entry(a, i, j);
      const lower = entry(a, j, i);
      const off = Math.hypot(upper.re - lower.re, upper.im + lower.im);
      if (off > worst.off) worst = { i, j, off };
    }
  }
  if (!(worst.off > allowed)) return undefined;
  const { i, j, off } = worst;
  const upper = complexText(entry(a, i, j));
  const lower = complexText(entry(a, j, i));
  if (i === j) return { but: `has ${upper} at [${i}][${i}]`, suggestion: "The diagonal must be real." };
  const conjugate = complexText({ re: a.re[i * a.cols + j], im: -a.im[i * a.cols + j] });
  // Numbers that look alike in six digits would make a riddle.
  const apart = lower === conjugate ? `, ${numberText(off)} from the conjugate` : "";
  return {
    but: `has ${upper} at [${i}][${j}] and ${lower} at [${j}][${i}]${apart}`,
    suggestion: `[${j}][${i}] must be the conjugate of [${i}][${j}], ${conjugate}. Rows and columns count from 0.`,
  };
}

/** Reports a matrix that is not square, or not of the dimension of the space. */
export function rightShape(a: Matrix, space: Space | undefined, written: unknown, path: Path, report: Report): boolean {
  const found = foundText(written);
  if (a.rows !== a.cols) {
    const size = space?.dimension;
    const must = size === undefined ? "be square" : `be ${size}×${size}`;
    const pairs = a.cols === 2 && Array.isArray(written);
    const suggestion = pairs
      ? "A ket whose entries are all pairs [re, im] must be a column: [[[re, im]], [[re, im]]]."
      : undefined;
    report(mustBut(path, must, `is ${a.rows}×${a.cols}`, { found, ...(suggestion && { suggestion }) }));
    return false;
  }
  if (space === undefined || a.rows === space.dimension) return true;
  const must = `be ${space.dimension}×${space.dimension}, as \`${space.saidAt}\` says`;
  const suggestion = asPart(a.rows, space, written);
  report(mustBut(path, must, `is ${a.rows}×${a.rows}`, { found, ...(suggestion && { suggestion }) }));
  return false;
}

/** How to let an n-dimensional thing act on the part of the space that has dimension n. */
export function asPart(n: number, space: Space, written: unknown): string | undefined {
  const name = typeof written === "string" && written.length <= 40 ? written : "a";
  if (space.dims.length > 1) {
    const ways = space.dims.flatMap((size, part) => {
      if (size !== n) return [];
      const factors = space.dims.map((other, i) => (i === part ? name : `qeye(${other})`));
      return [`\`kron(${factors.join(", ")})\` for part ${part}`];
    });
    return ways.length > 0 ? `Say on which part it acts: ${ways.join(", ")}.` : undefined;
  }
  if (n > 1 && space.dimension > n && space.dimension % n === 0) {
    const rest = space.dimension / n;
    const onFirst = `kron(${name}, qeye(${rest}))`;
    return `If there are two parts, set \`${space.saidAt}\` to [${n}, ${rest}] and write \`${onFirst}\`.`;
  }
  if (n <= maxDimension) return `If the dimension is ${n}, set \`${space.saidAt}\` to ${n}.`;
  return undefined;
}

/** What a user wrote, if it is short enough to show. */
export function foundText(written: unknown): string {
  if (typeof written === "string") return shortened(written);
  if (typeof written === "number") return String(written);
  return Array.isArray(written) ? shortened(JSON.stringify(written)) : "a matrix";
}

function insteadOf(value: Value, space: Space | undefined, written: unknown, isZero: boolean): string {
  if (isZero) return "Give `dims`, or write `qzero(n)`.";
  const name = typeof written === "string" && written.length <= 40 ? written : undefined;
  if (value.kind === "ket") return `\`proj(${name ?? "ket"})\` is the projector on a ket.`;
  if (value.kind === "scalar")
    return `A multiple of the identity is \`${name ? `(${name})` : "s"} * qeye(${space?.dimension ?? "n"})\`.`;
  return "For instance `sigmaz`, or [[1, 0], [0, -1]].";
}
