/** A result document read back from its text. */

import { type ResultDocument, resultSchema } from "./document.ts";

/**
 * The document in the text of a result file. What figures, tables and a resumed run rely on is checked: the schema, and
 * that every list has the length it should. Throws RangeError, in a sentence without a file name, for anything else.
 */
export function readDocument(text: string): ResultDocument {
  const value = parsed(text);
  if (!isObject(value) || typeof value.schema !== "string" || !value.schema.startsWith("bosonize/result@")) {
    throw new RangeError("This is no result of bosonize: it lacks `schema`. `bosonize run` writes result.json.");
  }
  if (value.schema !== resultSchema) {
    throw new RangeError(
      `\`schema\` must be "${resultSchema}", but is "${value.schema}". Read it with the version that wrote it.`,
    );
  }
  requireObject(value.model, "model");
  requireObject(value.observables, "observables");
  requireObject(value.reproduce, "reproduce");
  requireNumbers(value.times, "times");
  requireList(value.modes, "modes").forEach((mode, m) => {
    const at = `modes[${m}]`;
    const { k, l, frequency, coupling } = requireObject(mode, at);
    requireNumbers([k, l, frequency], `${at}.k, l, frequency`);
    requireMatrix(coupling, `${at}.coupling`);
  });
  const points = (value.times as number[]).length;
  requireList(value.runs, "runs").forEach((run, r) => {
    requireRun(run, points, `runs[${r}]`);
  });
  if (value.meanField !== undefined) requireRun(value.meanField, points, "meanField");
  return value as unknown as ResultDocument;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RangeError(
      `This is not JSON: ${(error as Error).message.replaceAll(/\s+/g, " ")}. Was the file cut off?`,
    );
  }
}

function requireRun(value: unknown, points: number, at: string): void {
  const run = requireObject(value, at);
  if (run.size !== "inf" && typeof run.size !== "number") fail(`${at}.size`, 'a number or "inf"', run.size);
  const rho = requireList(run.rho, `${at}.rho`);
  requireLength(rho, points, `${at}.rho`);
  rho.forEach((rows, t) => {
    requireMatrix(rows, `${at}.rho[${t}]`);
  });
  for (const [name, values] of Object.entries(requireObject(run.observables, `${at}.observables`))) {
    const path = `${at}.observables.${name}`;
    const list = requireList(values, path);
    requireLength(list, points, path);
    if (!list.every((item) => isNumber(item) || isPair(item))) fail(path, "a list of numbers or [re, im]", values);
  }
  const error = requireObject(run.error, `${at}.error`);
  requireNumbers([error.tolerance, error.estimate], `${at}.error.tolerance, estimate`);
  if (error.boundAt !== undefined && error.boundAt !== null) {
    const bounds = requireList(error.boundAt, `${at}.error.boundAt`);
    requireLength(bounds, points, `${at}.error.boundAt`);
    if (!bounds.every((bound) => bound === null || isNumber(bound))) {
      fail(`${at}.error.boundAt`, "numbers, or null where nothing is proved", bounds);
    }
  }
  requireObject(run.cost, `${at}.cost`);
}

function requireMatrix(value: unknown, at: string): void {
  const rows = requireList(value, at);
  const square = rows.every((row) => Array.isArray(row) && row.length === rows.length && row.every(isPair));
  if (!square) fail(at, "a square matrix of [re, im]", value);
}

function requireNumbers(value: unknown, at: string): void {
  if (!requireList(value, at).every(isNumber)) fail(at, "numbers", value);
}

function requireLength(list: readonly unknown[], points: number, at: string): void {
  if (list.length !== points) fail(at, `a list of ${points} items, one for each of \`times\``, list);
}

function requireList(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) return fail(at, "a list", value);
  return value;
}

function requireObject(value: unknown, at: string): Record<string, unknown> {
  if (!isObject(value)) return fail(at, "an object", value);
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value);
}

function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && isNumber(value[0]) && isNumber(value[1]);
}

function fail(at: string, wanted: string, found: unknown): never {
  const shown = Array.isArray(found) ? `a list of ${found.length}` : found === undefined ? "missing" : typeof found;
  throw new RangeError(`\`${at}\` must be ${wanted}, but is ${shown}. The file was not written by \`bosonize run\`.`);
}
