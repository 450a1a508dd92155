/** When and for which sizes a model is to be computed, and how well: times, sizes, tolerance. */

import type { Path, Report } from "./issue.ts";
import { mustBut, numberText, writtenText } from "./issue.ts";
import { asMapping, checkKeys, checkPresent } from "./mapping.ts";
import { defaults, timesKeys } from "./spec.ts";
import type { Size } from "./types.ts";
import { writtenNumber } from "./written.ts";

/** More times than any figure can show; the states at all of them are held in memory. */
export const maxTimes = 1_000_000;

/** The times, from `{ from, to, points }` (both ends included) or a list; undefined if something is wrong. */
export function readTimes(written: unknown, report: Report, path: Path = ["times"]): number[] | undefined {
  if (written === undefined) return spaced(defaults.from, defaults.to, defaults.points);
  if (Array.isArray(written)) {
    if (written.length === 0) {
      report(mustBut(path, "have at least one time", "is an empty list", { found: "[]" }));
      return undefined;
    }
    if (!fewEnough(written.length, path, report)) return undefined;
    const times = written.map((time, i) => writtenNumber(time, [...path, i], report));
    return times.every((time) => time !== undefined) ? times : undefined;
  }
  const expected = "a list of times or a mapping such as { from: 0, to: 10, points: 101 }";
  const mapping = asMapping(written, path, expected, report);
  if (!mapping) return undefined;
  checkKeys(mapping, timesKeys, path, report);
  const from = mapping.from === undefined ? defaults.from : writtenNumber(mapping.from, [...path, "from"], report);
  const hasEnd = checkPresent(mapping, "to", "to: 10", path, report);
  const to = hasEnd ? writtenNumber(mapping.to, [...path, "to"], report) : undefined;
  const points = mapping.points === undefined ? defaults.points : mapping.points;
  if (typeof points !== "number" || !Number.isInteger(points) || points < 1) {
    const found = writtenText(points);
    report(mustBut([...path, "points"], "be a whole number from 1", `is ${found}`, { found }));
    return undefined;
  }
  if (!fewEnough(points, [...path, "points"], report) || from === undefined || to === undefined) return undefined;
  if (points === 1 && from !== to) {
    report(
      mustBut([...path, "points"], "be at least 2 to hold both ends", "is 1", {
        found: "1",
        suggestion: `A single time is a list: \`times: [${to}]\`.`,
      }),
    );
    return undefined;
  }
  return spaced(from, to, points);
}

/** The sizes M, whole numbers ≥ 1 or Infinity, from a list or a single one; undefined if something is wrong. */
export function readSizes(written: unknown, report: Report, path: Path = ["sizes"]): Size[] | undefined {
  if (written === undefined) return [...defaults.sizes];
  if (Array.isArray(written) && written.length === 0) {
    report(mustBut(path, "have at least one size", "is an empty list", { found: "[]" }));
    return undefined;
  }
  const list: readonly unknown[] = Array.isArray(written) ? written : [written];
  const sizes: Size[] = [];
  list.forEach((one, i) => {
    const at = Array.isArray(written) ? [...path, i] : path;
    const size = sizeOf(one);
    if (size === undefined) {
      const found = writtenText(one);
      const suggestion =
        typeof one === "number" && one > 0 ? "M counts the sites of the reservoir." : "For instance `[10, 1000, inf]`.";
      report(mustBut(at, "be a whole number from 1, or inf", `is ${found}`, { found, suggestion }));
    } else if (sizes.includes(size)) {
      const found = size === Number.POSITIVE_INFINITY ? "inf" : numberText(size);
      report(mustBut(at, "name each size once", `has ${found} again`, { found }));
    } else sizes.push(size);
  });
  return sizes.length === list.length ? sizes : undefined;
}

/** M of what a user wrote for it: 10, "1e9", "inf", Infinity; undefined if it is none. */
export function sizeOf(written: unknown): Size | undefined {
  const text = typeof written === "string" ? written.trim() : undefined;
  if (text !== undefined && /^[+]?(inf|infinity|∞)$/i.test(text)) return Number.POSITIVE_INFINITY;
  const size = text === undefined ? written : /^\d+(\.\d*)?(e\+?\d+)?$/i.test(text) ? Number(text) : undefined;
  if (typeof size !== "number" || !(size >= 1)) return undefined;
  return Number.isInteger(size) || size === Number.POSITIVE_INFINITY ? size : undefined;
}

/** The tolerance, strictly between 1e-14 (what rounding leaves) and 0.1. */
export function readTolerance(written: unknown, report: Report, path: Path = ["tolerance"]): number | undefined {
  if (written === undefined) return defaults.tolerance;
  const tolerance = writtenNumber(written, path, report);
  if (tolerance === undefined || (tolerance > 1e-14 && tolerance < 0.1)) return tolerance;
  report(
    mustBut(path, "lie above 1e-14 and below 0.1", `is ${numberText(tolerance)}`, {
      found: String(written),
      suggestion: "It is the accuracy of every entry of ρ_S(t); rounding alone makes about 1e-14.",
    }),
  );
  return undefined;
}

/** Both ends exactly as given. */
function spaced(from: number, to: number, points: number): number[] {
  return Array.from({ length: points }, (_, i) => {
    if (i === points - 1) return to;
    return from + ((to - from) * i) / (points - 1);
  });
}

function fewEnough(count: number, path: Path, report: Report): boolean {
  if (count <= maxTimes) return true;
  report(mustBut(path, `ask for at most ${maxTimes} times`, `asks for ${count}`, { found: String(count) }));
  return false;
}
