/** From the name of a model file to a validated model, or to everything that is wrong with it. */

import { readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { formatIssue, readModel } from "../model/read.ts";
import type { askSections, ModelSpec } from "../model/spec.ts";
import type { Model } from "../model/types.ts";
import { checkModel, type Issue } from "../model/validate.ts";
import { complain, remark } from "./say.ts";
import { exitCode, Stop } from "./stop.ts";

/** What the command line changes in a model: each replaces the key of the same name in the file. */
export type Overrides = Partial<Pick<ModelSpec, "times" | "sizes" | "tolerance" | "form">>;

/** Of a command's options those that are said and go before the model's. */
export function overridesOf({ times, sizes, tolerance, form }: Overrides): Overrides {
  return {
    ...(times !== undefined && { times }),
    ...(sizes !== undefined && { sizes }),
    ...(tolerance !== undefined && { tolerance }),
    ...(form !== undefined && { form }),
  };
}

export interface LoadedModel {
  /** The model as written, overrides put in. */
  readonly spec: ModelSpec;
  readonly model: Model;
}

/** A section of the model file that is for one command alone. */
type Section = (typeof askSections)[number];

/**
 * Reads a YAML or JSON model file, "-" being standard input. What its section for a command says stands before the rest of
 * it, and the command line before both. Warnings are said; errors are said all together, with their places, and thrown
 * as Stop.
 */
export async function loadModel(file: string, given: Overrides = {}, section?: Section): Promise<LoadedModel> {
  const shown = file === "-" ? "standard input" : file;
  const read = readModel(await content(file), shown);
  const asked = section === undefined ? {} : askedIn(read.spec, section);
  const overrides = { ...asked, ...given };
  const replaced = Object.keys(overrides);
  if (replaced.length === 0) return conclude(shown, read.spec, read.model, read.issues, formatIssue);
  if (read.spec === undefined) return conclude(shown, undefined, undefined, read.issues, formatIssue);

  // What the file says of a replaced key does not matter, whether right or wrong.
  const spec: ModelSpec = { ...read.spec, ...overrides };
  const checked = checkModel(spec);
  const inFile = read.issues.filter((issue) => !replaced.includes(String(issue.path[0])));
  // What the section itself has wrong was said of the file.
  const told = new Set(read.issues.map(({ path }) => (path[0] === section ? keyOfModel(String(path[1])) : "")));
  const inOptions = checked.issues.filter(({ path: [key] }) => {
    const name = String(key);
    return replaced.includes(name) && (Object.hasOwn(given, name) || !told.has(name));
  });
  const place = (issue: Issue) => (Object.hasOwn(given, String(issue.path[0])) ? "--" : `${section}: `);
  const found = [
    ...inFile.map((issue) => ({ severity: issue.severity, text: formatIssue(issue) })),
    ...inOptions.map((issue) => ({ severity: issue.severity, text: optionIssue(issue, place(issue)) })),
  ];
  return conclude(shown, spec, checked.model, found, (issue) => issue.text);
}

/** The name of a model file without folder and ending: what its results are called. */
export function modelName(file: string): string {
  return file === "-" ? "model" : basename(file, extname(file));
}

function conclude<T extends { readonly severity: "error" | "warning" }>(
  file: string,
  spec: ModelSpec | undefined,
  model: Model | undefined,
  issues: readonly T[],
  format: (issue: T) => string,
): LoadedModel {
  const errors = issues.filter((issue) => issue.severity === "error");
  for (const issue of issues) (issue.severity === "error" ? complain : remark)(format(issue));
  if (errors.length > 0 || spec === undefined || model === undefined) {
    const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
    throw new Stop(exitCode.wrongInput, `${count} in ${file}; nothing was computed.`);
  }
  return { spec, model };
}

/** What a section says in the place of keys of the model. */
function askedIn(spec: ModelSpec | undefined, section: Section): Overrides {
  const asked = spec?.[section];
  if (typeof asked !== "object" || asked === null) return {};
  const taken = Object.entries(asked).map(([key, value]) => [keyOfModel(key), value] as const);
  return Object.fromEntries(taken.filter(([key, value]) => overridable.includes(key) && value !== undefined));
}

const overridable = ["times", "sizes", "tolerance"];

/** `delays` are the times of a correlation. */
function keyOfModel(key: string): string {
  return key === "delays" ? "times" : key;
}

function optionIssue(issue: Issue, place: string): string {
  return `${place}${issue.path[0]}  ${issue.severity}  ${issue.message}${issue.suggestion ? ` ${issue.suggestion}` : ""}`;
}

async function content(file: string): Promise<string> {
  if (file === "-")
    return textOf(await (await import("node:stream/consumers")).buffer(process.stdin), "standard input");
  try {
    return textOf(readFileSync(file), file);
  } catch (error) {
    if (error instanceof Stop) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : message;
    throw new Stop(
      exitCode.wrongInput,
      `cannot read ${file}: ${reason}. \`bosonize init ${code === "ENOENT" ? file : "model.yaml"}\` writes a model to start from.`,
    );
  }
}

/** Letters of another encoding would be taken for other letters, or for none. */
function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const [before] = new TextDecoder().decode(bytes).split("\ufffd", 1);
    const line = before.split("\n").length;
    throw new Stop(exitCode.wrongInput, `cannot read ${file}: line ${line} is not UTF-8. Save the file as UTF-8 text.`);
  }
}
