/** `drive`: terms f(t) A of the Hamiltonian of S. */

import { spanOf } from "../algebra/timeParts.ts";
import { type Envelope, envelopeAt } from "./envelope.ts";
import { envelopeOf } from "./envelopeOf.ts";
import { envelopeWalk } from "./envelopeRemainder.ts";
import type { Path, Report } from "./issue.ts";
import { mustBut, numberText, shortened, writtenText } from "./issue.ts";
import { asMapping, checkKeys, checkPresent } from "./mapping.ts";
import type { Space } from "./operatorOf.ts";
import { hermitianOn } from "./operatorOf.ts";
import { driveKeys } from "./spec.ts";
import type { Drive } from "./types.ts";
import { ExpressionProblem } from "./value.ts";
import { writtenNumber } from "./written.ts";

/** Places at which an envelope is tried for being finite. */
const trials = 1000;

/** An envelope that asks for more pieces, or shorter ones as a share of the time, cannot be followed. */
const limits = { degree: 30, most: 100_000, shortest: 1e-11 };

/** Undefined if something is wrong. `times`: those asked for, on the way to which each envelope must be finite. */
export function readDrive(
  written: unknown,
  space: Space | undefined,
  times: readonly number[],
  report: Report,
): Drive[] | undefined {
  const path = ["drive"];
  if (!Array.isArray(written)) {
    const found = writtenText(written);
    const example = 'a list such as [{ operator: sigmax, envelope: "0.1 * cos(t)" }]';
    report(mustBut(path, `be ${example}`, `is ${found}`, { found }));
    return undefined;
  }
  const drives = written.map((one, i): Drive | undefined => {
    const at = [...path, i];
    const mapping = asMapping(one, at, "a mapping with `operator` and `envelope`", report);
    if (!mapping) return undefined;
    checkKeys(mapping, driveKeys, at, report);
    const given = checkPresent(mapping, "operator", "operator: 0.5 * sigmax", at, report);
    const operator = given ? hermitianOn(space, mapping.operator, [...at, "operator"], report) : undefined;
    const tabled = mapping.table !== undefined;
    if (tabled === (mapping.envelope !== undefined)) {
      const but = tabled ? "has both" : "has neither";
      const suggestion = "For instance `envelope: 0.1 * cos(t)`, or `table: [[0, 0], [1, 0.5]]`.";
      report(mustBut(at, "have an `envelope` or a `table`", but, { suggestion }));
      return undefined;
    }
    const envelope = tabled
      ? readTable(mapping.table, [...at, "table"], report)
      : readEnvelope(mapping.envelope, [...at, "envelope"], times, report);
    return operator && envelope && { operator, envelope };
  });
  return drives.every((one) => one !== undefined) ? drives : undefined;
}

function readEnvelope(written: unknown, path: Path, times: readonly number[], report: Report): Envelope | undefined {
  if (typeof written === "number" && Number.isFinite(written)) return { kind: "number", value: written };
  const found = writtenText(written);
  if (typeof written !== "string") {
    report(
      mustBut(path, "be an expression in t", `is ${found}`, { found, suggestion: "For instance `0.1 * cos(t)`." }),
    );
    return undefined;
  }
  try {
    const envelope = envelopeOf(written);
    if (!finiteOnTheWay(envelope, times, written, path, report)) return undefined;
    return smoothOnTheWay(envelope, times, written, path, report) ? envelope : undefined;
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    const { must, but, suggestion, span } = error;
    report(
      mustBut(path, must, but, { found: shortened(written), ...(suggestion && { suggestion }), ...(span && { span }) }),
    );
    return undefined;
  }
}

function finiteOnTheWay(
  envelope: Envelope,
  times: readonly number[],
  written: string,
  path: Path,
  report: Report,
): boolean {
  const from = times.reduce((least, t) => Math.min(least, t), 0);
  const to = times.reduce((most, t) => Math.max(most, t), 0);
  for (let k = 0; k <= trials; k++) {
    const t = from + ((to - from) * k) / trials;
    const value = envelopeAt(envelope, t);
    if (Number.isFinite(value)) continue;
    const must = "be a finite real number at all times asked for";
    report(mustBut(path, must, `is ${value} at t = ${numberText(t)}`, { found: shortened(written) }));
    return false;
  }
  return true;
}

/** Whether it can be followed by polynomials from 0 to the times. */
function smoothOnTheWay(
  envelope: Envelope,
  times: readonly number[],
  written: string,
  path: Path,
  report: Report,
): boolean {
  const must = "be smooth between its steps at all times asked for";
  const found = shortened(written);
  const last = spanOf(times);
  for (const to of last) {
    const shortest = limits.shortest * Math.abs(to);
    const { times: way, stopped } = envelopeWalk(envelope, 0, to, { ...limits, shortest });
    if (stopped === null) continue;
    const until = numberText(Number(way[way.length - 1].toPrecision(6)));
    const [but, suggestion] =
      stopped === "rough"
        ? [
            `cannot be followed past t = ${until}`,
            "Write a jump with `step(t, t0)`, corners as a `table`, and quotients and roots without a zero of what is below.",
          ]
        : [
            `changes so fast that ${limits.most} polynomials reach only to t = ${until}`,
            "Ask for earlier times, or leave out what turns much faster than all else (the rotating-wave approximation).",
          ];
    report(mustBut(path, must, but, { found, suggestion }));
    return false;
  }
  return true;
}

function readTable(written: unknown, path: Path, report: Report): Envelope | undefined {
  const must = "be a list of points [t, f], times ascending";
  if (!Array.isArray(written) || written.length === 0) {
    const found = writtenText(written);
    report(mustBut(path, must, `is ${found}`, { found, suggestion: "For instance `[[0, 0], [1, 0.5]]`." }));
    return undefined;
  }
  const points = written.map((point, i) => {
    const at = [...path, i];
    if (!Array.isArray(point) || point.length !== 2) {
      report(mustBut(at, "be a point [t, f]", `is ${writtenText(point)}`, { found: writtenText(point) }));
      return undefined;
    }
    const [t, f] = point.map((x, k) => writtenNumber(x, [...at, k], report));
    return t === undefined || f === undefined ? undefined : ([t, f] as const);
  });
  if (!points.every((point) => point !== undefined)) return undefined;
  const late = points.findIndex(([t], i) => i > 0 && !(t > points[i - 1][0]));
  if (late > 0) {
    const but = `has ${numberText(points[late][0])} after ${numberText(points[late - 1][0])}`;
    report(mustBut([...path, late], must, but, { suggestion: "A jump is written with `step(t, t0)`." }));
    return undefined;
  }
  return { kind: "table", times: points.map(([t]) => t), values: points.map(([, f]) => f) };
}
