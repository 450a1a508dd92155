/** `spread`: sites of one kind that differ in the strength of their coupling or in their splitting. */

import type { Path, Report } from "./issue.ts";
import { mustBut, numberText, writtenText } from "./issue.ts";
import type { Atom, Law } from "./law.ts";
import type { Mapping } from "./mapping.ts";
import { asMapping, checkKeys, checkPresent } from "./mapping.ts";
import { normalisedShares } from "./shares.ts";
import { lawChoices, spreadChoices, spreadKeys } from "./spec.ts";
import { closestWord } from "./spelling.ts";
import { writtenNumber } from "./written.ts";

/** How many values a law may be divided into. */
export const mostValues = 400;

/** What was written: which factor, and its values or its law. */
export interface Spread {
  readonly of: (typeof spreadChoices)[number];
  readonly values?: readonly Atom[];
  readonly law?: Law;
  readonly quantiles?: number;
  readonly nodes?: number;
}

/** Reads `spread`; undefined if it is wrong. */
export function readSpread(written: unknown, path: Path, report: Report): Spread | undefined {
  const example = "a mapping such as { of: splitting, law: normal, deviation: 0.1 }";
  const mapping = asMapping(written, path, example, report);
  if (!mapping) return undefined;
  checkKeys(mapping, spreadKeys, path, report);
  if (!checkPresent(mapping, "of", "of: splitting", path, report)) return undefined;
  const of = choice(mapping.of, spreadChoices, [...path, "of"], report);
  if (mapping.values !== undefined) {
    const beside = spreadKeys.find((key) => key !== "of" && key !== "values" && mapping[key] !== undefined);
    if (beside !== undefined) {
      const suggestion = "Give either a `law`, or the `values` one by one.";
      report(mustBut([...path, beside], "not stand beside `values`", "does", { key: true, suggestion }));
      return undefined;
    }
    const values = readValues(mapping.values, [...path, "values"], report);
    return of && values && { of, values };
  }
  if (!checkPresent(mapping, "law", "law: normal", path, report)) return undefined;
  const kind = choice(mapping.law, lawChoices, [...path, "law"], report);
  const law = kind && readLaw(kind, mapping, path, report);
  const quantiles = readCount(mapping, "quantiles", path, report);
  const nodes = readCount(mapping, "nodes", path, report);
  if (quantiles !== undefined && nodes !== undefined) {
    const suggestion = "`quantiles` have equal shares; `nodes` are the fewest values that do.";
    report(mustBut([...path, "nodes"], "not stand beside `quantiles`", "does", { key: true, suggestion }));
    return undefined;
  }
  if (!of || !law || Number.isNaN(quantiles ?? nodes ?? 0)) return undefined;
  return { of, law, ...(quantiles !== undefined && { quantiles }), ...(nodes !== undefined && { nodes }) };
}

/** Which numbers each law must have, and which it may have beside `mean`. */
const numbersOf = {
  normal: { must: ["deviation"], may: ["cut"] },
  uniform: { must: ["width"], may: [] },
  lorentzian: { must: ["width", "cut"], may: [] },
} as const;

function readLaw(kind: Law["kind"], mapping: Mapping, path: Path, report: Report): Law | undefined {
  const { must, may } = numbersOf[kind];
  let good = true;
  for (const key of ["deviation", "width", "cut"] as const) {
    if (mapping[key] === undefined || [...must, ...may].some((known) => known === key)) continue;
    const takes = [...must, ...may].map((known) => `\`${known}\``).join(" and ");
    report(
      mustBut([...path, key], `not stand beside \`law: ${kind}\``, "does", {
        key: true,
        suggestion: `It has ${takes}.`,
      }),
    );
    good = false;
  }
  const mean = mapping.mean === undefined ? 1 : writtenNumber(mapping.mean, [...path, "mean"], report);
  const numbers: Partial<Record<"deviation" | "width" | "cut", number>> = {};
  for (const key of [...must, ...may]) {
    if (mapping[key] === undefined && (may as readonly string[]).includes(key)) continue;
    const example = key === "cut" ? "cut: 10" : `${key}: 0.1`;
    const given = checkPresent(mapping, key, example, path, report);
    const value = given ? writtenNumber(mapping[key], [...path, key], report) : undefined;
    if (value !== undefined && value > 0) numbers[key] = value;
    else {
      if (value !== undefined) report(mustBut([...path, key], "be positive", `is ${numberText(value)}`));
      good = false;
    }
  }
  return good && mean !== undefined ? ({ kind, mean, ...numbers } as Law) : undefined;
}

/** NaN if it is there and wrong. */
function readCount(mapping: Mapping, key: "quantiles" | "nodes", path: Path, report: Report): number | undefined {
  const count = mapping[key];
  if (count === undefined) return undefined;
  if (typeof count === "number" && Number.isInteger(count) && count >= 1 && count <= mostValues) return count;
  const found = writtenText(count);
  report(mustBut([...path, key], `be a whole number from 1 to ${mostValues}`, `is ${found}`, { found }));
  return Number.NaN;
}

function readValues(written: unknown, path: Path, report: Report): Atom[] | undefined {
  if (!Array.isArray(written) || written.length === 0 || written.length > mostValues) {
    const found = writtenText(written);
    const must = `be a list of up to ${mostValues} such as [{ value: 1, share: 0.5 }]`;
    report(mustBut(path, must, `is ${found}`, { found }));
    return undefined;
  }
  const atoms = written.map((one, i): Partial<Atom> => {
    const at = [...path, i];
    const mapping = asMapping(one, at, "a mapping with `value` and `share`", report);
    if (!mapping) return {};
    checkKeys(mapping, ["value", "share"], at, report);
    const read = (key: "value" | "share") =>
      checkPresent(mapping, key, `${key}: 0.5`, at, report)
        ? writtenNumber(mapping[key], [...at, key], report)
        : undefined;
    const [value, share] = [read("value"), read("share")];
    return { ...(value !== undefined && { value }), ...(share !== undefined && { share }) };
  });
  if (!atoms.every((atom): atom is Atom => atom.value !== undefined && atom.share !== undefined)) return undefined;
  const shares = normalisedShares(
    atoms.map(({ share }) => share),
    (i) => [...path, i, "share"],
    path,
    report,
  );
  return shares && atoms.map(({ value }, i) => ({ value, share: shares[i] }));
}

function choice<T extends string>(written: unknown, choices: readonly T[], path: Path, report: Report): T | undefined {
  const found = choices.find((one) => one === written);
  if (found) return found;
  const closest = typeof written === "string" ? closestWord(written, choices) : undefined;
  const text = writtenText(written);
  const must = `be ${choices.map((one) => `\`${one}\``).join(" or ")}`;
  report(
    mustBut(path, must, `is ${text}`, { found: text, ...(closest && { suggestion: `Did you mean \`${closest}\`?` }) }),
  );
  return undefined;
}
