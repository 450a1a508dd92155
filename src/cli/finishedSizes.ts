/** What an earlier run of the same model has left in a folder. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "../io/canonicalJson.ts";
import type { DocumentRun, ResultDocument, SizeLabel } from "../io/document.ts";
import { readDocument } from "../io/readDocument.ts";
import type { ModelSpec } from "../model/spec.ts";
import { version } from "./version.ts";

export interface FinishedSizes {
  readonly runs: ReadonlyMap<SizeLabel, DocumentRun>;
  /** Why there are none. */
  readonly reason: string;
}

/**
 * The sizes in the folder's result.json that hold for this model: everything in it but its sizes must be the same, and the
 * version of the program too. With `certified`, only those whose bound meets the tolerance.
 */
export function finishedSizes(folder: string, model: ModelSpec, certified: boolean): FinishedSizes {
  const file = join(folder, "result.json");
  const none = (reason: string): FinishedSizes => ({ runs: new Map(), reason });
  if (!existsSync(file)) return none(`there is no ${file}`);
  let earlier: ResultDocument;
  try {
    earlier = readDocument(readFileSync(file, "utf8"));
  } catch (error) {
    return none(`${file} cannot be used. ${(error as Error).message}`);
  }
  if (earlier.reproduce.bosonize !== version) return none(`${file} is of bosonize ${earlier.reproduce.bosonize}`);
  if (withoutSizes(earlier.model) !== withoutSizes(model)) return none(`${file} is of another model`);
  const usable = earlier.runs.filter(
    ({ error }) => !certified || (error.bound ?? Number.POSITIVE_INFINITY) <= error.tolerance,
  );
  return {
    runs: new Map(usable.map((run) => [run.size, run])),
    reason: `${file} has no size that ${certified ? "is certified" : "is finished"}`,
  };
}

/** Whether an interrupted run has left its result in the folder: the file is not parsed for it. */
export function leftPartial(folder: string): boolean {
  try {
    return readFileSync(join(folder, "result.json"), "latin1").includes('"partial": true');
  } catch {
    return false;
  }
}

function withoutSizes(model: object): string {
  return canonicalJson({ ...model, sizes: [] });
}
