/** A small valid model, written as in a file, that tests spoil in one place. */

import type { Issue, Report } from "../../src/model/issue.ts";
import { checkModel } from "../../src/model/validate.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests write what a user might, which has no type.
export type Anything = any;

/** The paper's qubit, with every key that a test spoils. */
export function starter(): Anything {
  return {
    name: "qubit",
    system: { dims: 2, hamiltonian: "0.5 * sigmaz", state: "plus" },
    reservoir: { dims: 2, hamiltonian: "proj(up)", state: "0.7 * proj(down) + 0.3 * proj(up)" },
    couplings: [{ system: "0.15 * sigmam", site: "sigmap" }],
    center: "error",
    times: { from: 0, to: 1, points: 3 },
    sizes: [10, "inf"],
    observe: { sz: "sigmaz" },
    tolerance: 1e-8,
  };
}

/** All issues of the starter once it is spoiled. */
export function issuesAfter(spoil: (model: Anything) => void): readonly Issue[] {
  const model = starter();
  spoil(model);
  return checkModel(model).issues;
}

/** A report that collects, and what it has collected. */
export function collector(): { issues: Issue[]; report: Report } {
  const issues: Issue[] = [];
  return { issues, report: (issue) => void issues.push(issue) };
}
