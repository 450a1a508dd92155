/** JSON in one form only, so that equal data have equal text and an equal hash. */

import { sha256 } from "./sha256.ts";

/** Data that JSON can hold. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * Plain data, equal to `value` but for what JSON lacks: Infinity becomes "inf", -Infinity "-inf", typed arrays become
 * lists, keys without a value are left out. Throws RangeError at NaN and at functions, naming the path (`at` is its start).
 */
export function plain(value: unknown, at: string): Plain {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") {
    if (Number.isNaN(value)) throw new RangeError(`\`${at}\` must be a number, but is NaN.`);
    if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
    return value;
  }
  if (ArrayBuffer.isView(value)) return plain(Array.from(value as Float64Array), at);
  if (Array.isArray(value)) return value.map((item, i) => plain(item, `${at}[${i}]`));
  if (typeof value !== "object") throw new RangeError(`\`${at}\` must be plain data, but is a ${typeof value}.`);
  const entries = Object.entries(value as object).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, plain(item, `${at}.${key}`)]));
}

/** JSON without spaces, every object's keys sorted by code unit. Throws as `plain` does. */
export function canonicalJson(value: unknown): string {
  return sorted(plain(value, "value"));
}

/** SHA-256 of the canonical JSON in UTF-8: 64 hexadecimal digits. */
export function sha256OfJson(value: unknown): string {
  return sha256(new TextEncoder().encode(canonicalJson(value)));
}

function sorted(value: Plain): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(sorted).join(",")}]`;
  const object = value as { readonly [key: string]: Plain };
  const keys = Object.keys(object).sort((a, b) => (a < b ? -1 : 1));
  return `{${keys.map((key) => `${JSON.stringify(key)}:${sorted(object[key])}`).join(",")}}`;
}
