/** The result document as text. */

import type { ResultDocument } from "./document.ts";

/**
 * JSON, a line for each key and each run, numbers in as many digits as restore them exactly, ending in a line break.
 * Throws RangeError, naming the path, where a number is NaN or infinite: JSON would write null in its place.
 */
export function documentText(document: ResultDocument): string {
  const lines = Object.entries(document)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      const text =
        Array.isArray(value) && (key === "runs" || key === "modes") ? itemLines(value) : JSON.stringify(value);
      // NaN would be null there, as a bound may be; looking at every number takes longer than writing it.
      if (text.replaceAll(/"bound(At)?":null/g, "").includes("null")) requireFinite(value, key);
      return `  ${JSON.stringify(key)}: ${text}`;
    });
  return `{\n${lines.join(",\n")}\n}\n`;
}

function itemLines(items: readonly unknown[]): string {
  if (items.length === 0) return "[]";
  return `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(",\n")}\n  ]`;
}

function requireFinite(value: unknown, path: string): void {
  const found = notFinite(value);
  if (found === undefined) return;
  throw new RangeError(`\`${path}${found.path}\` must be a finite number, but is ${found.value}.`);
}

/** The first number that is not finite; its path is built on the way back, so that a sound document costs nothing. */
function notFinite(value: unknown): { path: string; value: number } | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : { path: "", value };
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const found = notFinite(value[i]);
      if (found !== undefined) return { path: `[${i}]${found.path}`, value: found.value };
    }
    return undefined;
  }
  for (const [key, item] of Object.entries(value)) {
    const found = notFinite(item);
    if (found !== undefined) return { path: `.${key}${found.path}`, value: found.value };
  }
  return undefined;
}
