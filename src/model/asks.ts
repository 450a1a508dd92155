/** What a model file may ask for beside ρ_S(t), each for a command of its own: `memory`, `spectrum`, `energies`. */

import type { Matrix } from "../algebra/matrix.ts";
import type { Path, Report } from "./issue.ts";
import { mustBut, numberText, writtenText } from "./issue.ts";
import type { Mapping } from "./mapping.ts";
import { asMapping, checkKeys, checkPresent } from "./mapping.ts";
import { operatorOn, type Space } from "./operatorOf.ts";
import { readSizes, readTimes, readTolerance } from "./schedule.ts";
import { askKeys, type askSections, spectrumKeys, windowChoices } from "./spec.ts";
import { closestWord } from "./spelling.ts";
import type { SpectrumAsk } from "./types.ts";
import { writtenNumber } from "./written.ts";

/** The spectrum that is asked for, if one is; the rest takes the place of keys of the model and is only looked at here. */
export function readAsks(mapping: Mapping, space: Space | undefined, report: Report): SpectrumAsk | undefined {
  for (const section of ["memory", "energies"] as const) {
    const asked = sectionOf(mapping, section, askKeys, "{ sizes: [4, inf] }", report);
    if (asked === undefined) continue;
    if (asked.times !== undefined) readTimes(asked.times, report, [section, "times"]);
    readCommon(asked, section, report);
  }
  const asked = sectionOf(mapping, "spectrum", spectrumKeys, "{ of: sigmam, after: sigmap }", report);
  return asked === undefined ? undefined : readSpectrum(asked, space, report);
}

function sectionOf(
  mapping: Mapping,
  section: (typeof askSections)[number],
  keys: readonly string[],
  example: string,
  report: Report,
): Mapping | undefined {
  if (mapping[section] === undefined) return undefined;
  const asked = asMapping(mapping[section], [section], `a mapping such as ${example}`, report);
  if (asked) checkKeys(asked, keys, [section], report);
  return asked;
}

/** What every section may hold: undefined stands for the model's own. */
function readCommon(asked: Mapping, section: string, report: Report): void {
  if (asked.sizes !== undefined) readSizes(asked.sizes, report, [section, "sizes"]);
  if (asked.tolerance !== undefined) readTolerance(asked.tolerance, report, [section, "tolerance"]);
}

function readSpectrum(asked: Mapping, space: Space | undefined, report: Report): SpectrumAsk | undefined {
  const path: Path = ["spectrum"];
  const operator = (key: "of" | "after", example: string): Matrix | undefined =>
    checkPresent(asked, key, `${key}: ${example}`, path, report)
      ? operatorOn(space, asked[key], [...path, key], report)
      : undefined;
  const of = operator("of", "sigmam");
  const after = operator("after", "sigmap");
  const at = asked.at === undefined ? 0 : writtenNumber(asked.at, [...path, "at"], report);
  if (asked.delays !== undefined) {
    const delays = readTimes(asked.delays, report, [...path, "delays"]);
    if (delays) requireEven(delays, [...path, "delays"], report);
  }
  const window = windowOf(asked.window, [...path, "window"], report);
  readCommon(asked, "spectrum", report);
  if (of === undefined || after === undefined || at === undefined) return undefined;
  return { of, after, at, ...(window !== undefined && { window }) };
}

function requireEven(delays: readonly number[], path: Path, report: Report): void {
  const last = delays[delays.length - 1];
  const step = delays[1] - delays[0];
  const even = delays.every((delay, t) => Math.abs(delay - t * step) <= 1e-9 * Math.abs(last));
  if (delays.length >= 3 && step > 0 && even) return;
  report(
    mustBut(
      path,
      "be evenly spaced from 0 on, three at least",
      `begin with ${delays
        .slice(0, 3)
        .map((x) => numberText(x))
        .join(", ")}`,
      {
        suggestion: "For instance `{ from: 0, to: 100, points: 401 }`.",
      },
    ),
  );
}

function windowOf(written: unknown, path: Path, report: Report): SpectrumAsk["window"] {
  if (written === undefined) return undefined;
  const choice = windowChoices.find((one) => one === written);
  if (choice !== undefined) return choice;
  const found = writtenText(written);
  const closest = typeof written === "string" ? closestWord(written, windowChoices) : undefined;
  const suggestion = closest === undefined ? "`hann` keeps side lobes low." : `Did you mean \`${closest}\`?`;
  report(mustBut(path, "be `hann`, `gauss` or `none`", `is ${found}`, { found, suggestion }));
  return undefined;
}
