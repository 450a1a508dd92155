/** From what the user wrote to a Model, or to everything that is wrong with it. */

import { centred, readCouplings } from "./interaction.ts";
import type { Issue, Report } from "./issue.ts";
import { ModelError, mustBut, writtenText } from "./issue.ts";
import type { Mapping } from "./mapping.ts";
import { asMapping, checkKeys, checkPresent } from "./mapping.ts";
import { readObservables } from "./observables.ts";
import type { Part } from "./part.ts";
import { checkStationary, readPart } from "./part.ts";
import { readSizes, readTimes, readTolerance } from "./schedule.ts";
import type { ModelSpec } from "./spec.ts";
import { centerChoices, defaults, formChoices, modelKeys } from "./spec.ts";
import { closestWord } from "./spelling.ts";
import type { Model } from "./types.ts";

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
  const part = (key: "system" | "reservoir"): Part => {
    const example = `${key}: { dims: 2, hamiltonian: 0.5 * sigmaz, state: down }`;
    return checkPresent(mapping, key, example, [], report) ? readPart(mapping[key], [key], report) : {};
  };
  const system = part("system");
  const reservoir = part("reservoir");
  const siteState = (mapping.reservoir as Mapping | undefined)?.state;
  const stationary = checkStationary(reservoir, siteState, ["reservoir", "state"], report);
  const couplings = checkPresent(mapping, "couplings", "couplings: [{ system: sigmam, site: sigmap }]", [], report)
    ? readCouplings(mapping.couplings, system.space, reservoir.space, report)
    : undefined;
  const center = readCenter(mapping.center, report);
  const form = readForm(mapping.form, report);
  const times = readTimes(mapping.times, report);
  const sizes = readSizes(mapping.sizes, report);
  const meanFieldRun = readFlag(mapping, "mean_field", report);
  const observables = readObservables(mapping.observe, system, report);
  const tolerance = readTolerance(mapping.tolerance, report);

  if (!couplings || !reservoir.space || !reservoir.hamiltonian || !reservoir.state || !system.space) return undefined;
  // The mean of v in a state that does not last means nothing.
  if (!center || !form || !stationary) return undefined;
  const given = sizes && { values: sizes, given: mapping.sizes !== undefined };
  const interaction = centred(couplings, reservoir.state, center, given, report);
  if (!system.hamiltonian || !system.state || !times || !sizes || tolerance === undefined) return undefined;
  return {
    name,
    ...(description !== undefined && { description }),
    system: {
      dims: system.space.dims,
      dimension: system.space.dimension,
      hamiltonian: system.hamiltonian,
      state: system.state,
    },
    site: {
      dimension: reservoir.space.dimension,
      hamiltonian: reservoir.hamiltonian,
      state: reservoir.state,
    },
    ...interaction,
    ...(meanFieldRun && { meanFieldRun }),
    ...(form !== defaults.form && { form }),
    times,
    sizes,
    observables,
    tolerance,
  };
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
