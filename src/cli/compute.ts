/** All sizes of a model, one after the other. */

import type { Run } from "../dynamics/run.ts";
import { type DocumentRun, documentRun, type SizeLabel, sizeLabel } from "../io/document.ts";
import type { Model } from "../model/types.ts";
import { observe } from "../observables/observe.ts";
import type { Solver } from "./solver.ts";

export interface ComputeOptions {
  readonly certified: boolean;
  /** Bytes a run may take. */
  readonly memory: number;
  /** Sizes that need not be computed again. */
  readonly finished: ReadonlyMap<SizeLabel, DocumentRun>;
  /** Called after each size with everything there is so far. */
  readonly onFinished: (runs: readonly DocumentRun[]) => void;
}

export interface Computed {
  readonly runs: readonly DocumentRun[];
  readonly meanField?: DocumentRun;
  /** What ended it early: Interrupted, or what a size threw. */
  readonly stoppedBy?: unknown;
}

/** The runs of the model's sizes, in its order. Does not reject for what goes wrong in a size: it stops there and says why. */
export async function compute(solver: Solver, model: Model, options: ComputeOptions): Promise<Computed> {
  const { certified, memory } = options;
  const runs: DocumentRun[] = [];
  let meanField: { meanField?: DocumentRun } = {};
  try {
    if (model.meanFieldRun) meanField = { meanField: asDocument(await solver.meanField(model), model) };
    for (const size of model.sizes) {
      const known = options.finished.get(sizeLabel(size));
      if (known === undefined) {
        runs.push(asDocument(await solver.simulate(model, size, { certified, memory }), model));
        options.onFinished(runs);
      } else {
        runs.push(known);
      }
    }
    return { runs, ...meanField };
  } catch (stoppedBy) {
    return { runs, ...meanField, stoppedBy };
  }
}

function asDocument(run: Run, model: Model): DocumentRun {
  return documentRun(run, observe(run.rho, model.observables, model.system.dims));
}
