/** A state as the user wrote it, ket or density matrix, checked to be one. */

import { eigh } from "../algebra/hermitian.ts";
import type { Matrix } from "../algebra/matrix.ts";
import { hermitianPart, norm, scale, trace } from "../algebra/matrix.ts";
import type { Path, Report } from "./issue.ts";
import { complexText, mustBut, numberText } from "./issue.ts";
import type { Scope } from "./name.ts";
import type { Space } from "./operatorOf.ts";
import { asPart, foundText, hermitianBreach, rightShape, rounding } from "./operatorOf.ts";
import { projector } from "./states.ts";
import { valueText } from "./value.ts";
import { writtenValue } from "./written.ts";

/**
 * The density matrix: Hermitian, positive, trace 1. What is off by rounding only (1e-10) is mended; each thing that
 * is off by more is reported.
 */
export function densityOn(
  space: Space | undefined,
  written: unknown,
  path: Path,
  report: Report,
  scope: Scope = {},
): Matrix | undefined {
  const value = writtenValue(written, path, report, scope);
  if (value === undefined) return undefined;
  const found = foundText(written);
  if (value.kind === "ket") return densityOfKet(value.matrix, space, written, path, report);
  if (value.kind === "operator") {
    if (!rightShape(value.matrix, space, written, path, report)) return undefined;
    return mended(value.matrix, written, path, report);
  }
  const suggestion = "For instance `up`, `thermal(1)`, or `0.7 * proj(down) + 0.3 * proj(up)`.";
  report(mustBut(path, "be a ket or a density matrix", `is ${valueText(value)}`, { found, suggestion }));
  return undefined;
}

function densityOfKet(
  psi: Matrix,
  space: Space | undefined,
  written: unknown,
  path: Path,
  report: Report,
): Matrix | undefined {
  const found = foundText(written);
  if (space !== undefined && psi.rows !== space.dimension) {
    const must = `have dimension ${space.dimension}, as \`${space.saidAt}\` says`;
    const suggestion =
      space.dims.length > 1
        ? "A product state is `kron(a, b)`, with a ket for each part."
        : asPart(psi.rows, space, undefined)?.replace("qeye", "a ket of ");
    report(mustBut(path, must, `is a ket of dimension ${psi.rows}`, { found, ...(suggestion && { suggestion }) }));
    return undefined;
  }
  const length = norm(psi);
  if (Math.abs(length - 1) <= rounding) return projector(scale(psi, 1 / length));
  report(
    mustBut(path, "have norm 1, being a ket", `has norm ${numberText(length, 1)}`, {
      found,
      suggestion: typeof written === "string" ? `\`unit(${written})\` divides by it.` : "Divide the entries by it.",
    }),
  );
  return undefined;
}

function mended(a: Matrix, written: unknown, path: Path, report: Report): Matrix | undefined {
  const found = foundText(written);
  let good = true;
  const broken = hermitianBreach(a, rounding);
  if (broken) {
    report(mustBut(path, "be Hermitian", broken.but, { found, suggestion: broken.suggestion }));
    good = false;
  }
  const total = trace(a);
  if (Math.hypot(total.re - 1, total.im) > rounding) {
    const has = total.im === 0 ? numberText(total.re, 1) : complexText(total);
    report(mustBut(path, "have trace 1", `has trace ${has}`, { found, suggestion: traceHelp(total.re, written) }));
    good = false;
  }
  const smallest = eigh(hermitianPart(a)).values[0];
  if (smallest < -rounding) {
    report(
      mustBut(path, "be positive", `has the eigenvalue ${numberText(smallest)}`, {
        found,
        suggestion: "The eigenvalues of a state are probabilities.",
      }),
    );
    good = false;
  }
  return good ? scale(hermitianPart(a), 1 / total.re) : undefined;
}

function traceHelp(total: number, written: unknown): string {
  const divided =
    typeof written === "string" && written.length <= 60
      ? `\`unit(${written})\` divides by the trace`
      : "Divide by the trace";
  if (Math.abs(total - 1) < 1e-2) {
    return `If these are rounded numbers, write them exactly ("1/3" may be an entry, \`qeye(3) / 3\` a state); ${
      divided.startsWith("`") ? divided : "or divide by the trace"
    }.`;
  }
  return total > 0 ? `${divided}.` : "A state has probabilities on its diagonal.";
}
