/** `npm run bench -- certificates`: proved bounds against true errors on random models, and how tight they are. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { certificatesFigure } from "./certificatesFigure.ts";
import { type Compared, overestimates, violations } from "./compared.ts";
import { cutCase } from "./cutCase.ts";
import { betweenMarkers, markdownTable } from "./markers.ts";
import type { Places } from "./places.ts";
import { type RunCase, runCase } from "./runCase.ts";

export interface CertificatesOptions {
  readonly models: number;
  readonly write: boolean;
  readonly json: boolean;
}

/** What was found on the models with seeds from `first` on. */
export interface Found {
  readonly models: number;
  readonly compared: readonly Compared[];
  readonly runs: readonly RunCase[];
  /** Models that are too large, or whose truth is. */
  readonly leftOut: number;
}

/** Every other model is one sector cut off too low; the others are whole runs. */
export function judge(first: number, models: number, each: (seed: number) => void = () => {}): Found {
  const compared: Compared[] = [];
  const runs: RunCase[] = [];
  let leftOut = 0;
  for (let seed = first; seed < first + models; seed++) {
    each(seed);
    if (seed % 2 === 0) {
      compared.push(...cutCase(seed));
      continue;
    }
    const found = runCase(seed);
    if (found === null) {
      leftOut++;
      continue;
    }
    runs.push(found);
    if (found.proved !== null) compared.push(found.proved);
  }
  return { models, compared, runs, leftOut };
}

/** Seeds and times at which a bound is below the error. */
export function broken({ compared }: Found): string[] {
  return compared.flatMap((one) =>
    violations(one).map(
      (t) => `seed ${one.seed}, ${one.label}, t = ${one.times[t]}: ${one.errors[t]} > ${one.bounds[t]}`,
    ),
  );
}

/** Runs whose error is above the estimate, and those that said to have met the tolerance, and have not. */
export function misjudged({ runs }: Found): { readonly above: RunCase[]; readonly missed: RunCase[] } {
  const above = runs.filter(({ run, error, slack }) => error > run.error.estimate + slack);
  const missed = runs.filter(({ run, error, slack }) => run.error.converged && error > run.error.tolerance + slack);
  return { above, missed };
}

/** Runs the comparison and gives the exit code: 1 if a bound does not hold. */
export async function certificates(options: CertificatesOptions, places: Places): Promise<number> {
  const found = judge(0, options.models, (seed) => {
    if (seed % 50 === 0) process.stderr.write(`${seed} of ${options.models}\n`);
  });
  const text = report(found);
  process.stdout.write(
    `${options.json ? JSON.stringify({ schema: "bosonize/bench-certificates@1", ...summary(found) }) : text}\n`,
  );
  if (options.write) {
    const path = join(places.root, "docs", "certificates.md");
    const command = `npm run bench -- certificates --models ${options.models} --write`;
    writeFileSync(
      path,
      betweenMarkers(readFileSync(path, "utf8"), "bench certificates", `Made by \`${command}\`.\n\n${text}`),
    );
    const ratios = (label: Compared["label"]) =>
      found.compared.filter((one) => one.label === label).flatMap(overestimates);
    const both = { first: ratios("diagonalised, first order"), second: ratios("diagonalised, second order") };
    for (const theme of ["light", "dark"] as const) {
      writeFileSync(
        join(places.root, "docs", "figures", `certificates-${theme}.svg`),
        certificatesFigure(both, theme).svg,
      );
    }
  }
  return broken(found).length > 0 ? 1 : 0;
}

const labels: readonly Compared["label"][] = [
  "diagonalised, first order",
  "diagonalised, second order",
  "Krylov windows",
  "runs",
  "certified runs",
];

function summary(found: Found) {
  const { above, missed } = misjudged(found);
  return {
    models: found.models,
    leftOut: found.leftOut,
    broken: broken(found),
    runs: found.runs.length,
    aboveEstimate: above.map(({ proved }) => proved?.seed ?? null),
    missedTolerance: missed.map(({ proved }) => proved?.seed ?? null),
    ratios: labels.map((label) => {
      const all = found.compared.filter((one) => one.label === label);
      const ratios = all.flatMap(overestimates).sort((a, b) => a - b);
      const at = (share: number) =>
        10 ** (ratios[Math.min(ratios.length - 1, Math.floor(share * ratios.length))] ?? Number.NaN);
      const comparisons = all.reduce((sum, { times }) => sum + times.length, 0);
      return { label, comparisons, known: ratios.length, least: at(0), median: at(0.5), ninth: at(0.9) };
    }),
  };
}

function report(found: Found): string {
  const { models, leftOut, runs, aboveEstimate, missedTolerance, ratios, broken: below } = summary(found);
  const number = (x: number) => (Number.isNaN(x) ? "" : String(Number(x.toPrecision(2))));
  const rows = ratios.map(({ label, comparisons, known, least, median, ninth }) => [
    label,
    String(comparisons),
    String(known),
    ...[least, median, ninth].map(number),
  ]);
  const titles = ["bound ÷ error", "comparisons", "error known", "least", "median", "90th percentile"];
  return [
    `${models} random models; ${leftOut} ${leftOut === 1 ? "was" : "were"} left out because the run or its truth is too large. ` +
      `Bounds below the error: ${below.length === 0 ? "none" : below.join("; ")}. Of ${runs} runs ${aboveEstimate.length} had an ` +
      `error above their estimate, and ${missedTolerance.length} said to have met a tolerance that they had not.`,
    "",
    markdownTable(titles, rows, 1),
  ].join("\n");
}
