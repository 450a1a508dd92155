/** From what the user wrote to a Model, or to everything that is wrong with it. */

import { readAsks } from "./asks.ts";
import { centred } from "./interaction.ts";
import type { Issue, Report } from "./issue.ts";
import { ModelError, mustBut, writtenText } from "./issue.ts";
import type { Mapping } from "./mapping.ts";
import { asMapping, checkKeys, checkPresent } from "./mapping.ts";
import { readObservables } from "./observables.ts";
import { readPart } from "./part.ts";
import { readProtocol } from "./protocol.ts";
import { kindsOfSites, readReservoirs } from "./reservoirs.ts";
import { readSizes, readTimes, readTolerance } from "./schedule.ts";
import { roundedNumbers } from "./siteNumbers.ts";
import type { ModelSpec } from "./spec.ts";
import { centerChoices, defaults, formChoices, modelKeys } from "./spec.ts";
import { closestWord } from "./spelling.ts";
import type { Model, Reservoir, Size } from "./types.ts";

export type { Issue } from "./issue.ts";
export { ModelError } from "./issue.ts";

export interface Checked {
  /** There unless there is an error. */
  readonly model?: Model;
  /** All errors and warnings. */
  readonly issues: readonly Issue[];
}

/**
 * Checks structure and physics of a model (docs/model-file.md), all of it, and never throws for what is written in
 * it. What is off by rounding (1e-10) is mended: states are made exactly Hermitian, of trace 1; site operators are
 * centred.
 */
export function checkModel(spec: unknown): Checked {
  const issues: Issue[] = [];
  const report: Report = (issue) => {
    issues.push(issue);
  };
  const model = readModelSpec(spec, report);
  const failed = issues.some((issue) => issue.severity === "error");
  return !failed && model ? { model, issues } : { issues };
}

/** The validated model. Throws ModelError, which holds all issues, if anything is wrong. */
export function defineModel(spec: ModelSpec): Model {
  const { model, issues } = checkModel(spec);
  if (!model) throw new ModelError(issues);
  return model;
}

function readModelSpec(spec: unknown, report: Report): Model | undefined {
  const mapping = asMapping(spec, [], "a mapping with `system`, `reservoir` and `couplings`", report);
  if (!mapping) return undefined;
  checkKeys(mapping, modelKeys, [], report);

  const name = readText(mapping, "name", report) ?? defaults.name;
  const description = readText(mapping, "description", report);
  const example = "system: { dims: 2, hamiltonian: 0.5 * sigmaz, state: up }";
  const system = checkPresent(mapping, "system", example, [], report)
    ? readPart(mapping.system, ["system"], report)
    : {};
  const entries = readReservoirs(mapping, system.space, report);
  const center = readCenter(mapping.center, report);
  const form = readForm(mapping.form, report);
  const times = readTimes(mapping.times, report);
  const protocol = readProtocol(mapping, system.space, times, report);
  const sizes = readSizes(mapping.sizes, report);
  const meanFieldRun = readFlag(mapping, "mean_field", report);
  const observables = readObservables(mapping.observe, system, report);
  const tolerance = readTolerance(mapping.tolerance, report);
  const spectrum = readAsks(mapping, system.space, report);
  const read = entries && kindsOfSites(entries, mapping, { times, sizes, tolerance }, report);

  if (!read || !system.space || !center || !form) return undefined;
  const all = read.sizes ?? sizes;
  const given = all && { values: all, given: mapping.sizes !== undefined };
  const coupled = read.kinds.map(({ couplings, site, share, path }) => ({ couplings, state: site.state, share, path }));
  const interaction = centred(coupled, center, given, report);
  if (!system.hamiltonian || !system.state || !times || !all || tolerance === undefined || protocol === undefined) {
    return undefined;
  }
  const reservoirs = read.kinds.map(
    ({ path: _, ...kind }, r): Reservoir => ({ ...kind, couplings: interaction.couplings[r] }),
  );
  for (const size of all) sayRounded(reservoirs, size, report);
  return {
    name,
    ...(description !== undefined && { description }),
    system: {
      dims: system.space.dims,
      dimension: system.space.dimension,
      hamiltonian: system.hamiltonian,
      state: system.state,
    },
    reservoirs,
    meanField: interaction.meanField,
    ...(meanFieldRun && { meanFieldRun }),
    ...(protocol !== null && { protocol }),
    ...(form !== defaults.form && { form }),
    times,
    sizes: all,
    observables,
    tolerance,
    ...(spectrum !== undefined && { spectrum }),
    ...(read.notes.length > 0 && { notes: read.notes }),
  };
}

/** Shares of M that are not whole numbers of sites. */
function sayRounded(reservoirs: readonly Reservoir[], size: Size, report: Report): void {
  const shown = roundedNumbers(reservoirs, size);
  if (shown === null) return;
  report({
    path: ["sizes"],
    severity: "warning",
    message: `At M = ${size} the shares are no whole numbers of sites: rounded to ${shown}.`,
    found: String(size),
    suggestion: "Take an M that the shares divide, or give each reservoir its own `sizes`.",
  });
}

function readText(mapping: Mapping, key: string, report: Report): string | undefined {
  const written = mapping[key];
  if (written === undefined || typeof written === "string") return written;
  const found = writtenText(written);
  report(mustBut([key], "be a text", `is ${found}`, { found, suggestion: "Quotes make a text of anything." }));
  return undefined;
}

function readFlag(mapping: Mapping, key: string, report: Report): boolean | undefined {
  const written = mapping[key];
  if (written === undefined || typeof written === "boolean") return written;
  const found = writtenText(written);
  report(mustBut([key], "be true or false", `is ${found}`, { found }));
  return undefined;
}

function readCenter(written: unknown, report: Report): (typeof centerChoices)[number] | undefined {
  if (written === undefined) return defaults.center;
  const choice = centerChoices.find((one) => one === written);
  if (choice) return choice;
  const closest = typeof written === "string" ? closestWord(written, centerChoices) : undefined;
  const found = writtenText(written);
  const suggestion = closest
    ? `Did you mean \`${closest}\`?`
    : "`subtract` takes a mean field away, `keep` leaves it (finite sizes only), `error` refuses it.";
  report(mustBut(["center"], "be `error`, `subtract` or `keep`", `is ${found}`, { found, suggestion }));
  return undefined;
}

function readForm(written: unknown, report: Report): (typeof formChoices)[number] | undefined {
  if (written === undefined) return defaults.form;
  const choice = formChoices.find((one) => one === written);
  if (choice) return choice;
  const closest = typeof written === "string" ? closestWord(written, formChoices) : undefined;
  const found = writtenText(written);
  const suggestion = closest
    ? `Did you mean \`${closest}\`?`
    : "`auto` takes the form of F that is cheapest to evolve; it never matters to the result.";
  report(
    mustBut(["form"], "be `auto`, `standard`, `minimal`, `thermal`, `chain` or `merged`", `is ${found}`, {
      found,
      suggestion,
    }),
  );
  return undefined;
}
