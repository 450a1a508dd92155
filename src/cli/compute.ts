/** All sizes of a model, one after the other. */

import type { Run } from "../dynamics/run.ts";
import { type DocumentRun, documentRun, type SizeLabel, sizeLabel } from "../io/document.ts";
import type { Model, Size } from "../model/types.ts";
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
    /** Promises what makes the document's run of it. */
    const begin = (size: Size): Promise<() => DocumentRun> => {
      const known = options.finished.get(sizeLabel(size));
      if (known !== undefined) return Promise.resolve(() => known);
      const run = solver.simulate(model, size, { certified, memory }).then((found) => () => asDocument(found, model));
      // It may fail before its turn comes.
      run.catch(() => undefined);
      return run;
    };
    let next = begin(model.sizes[0]);
    for (let s = 1; s <= model.sizes.length; s++) {
      const finished = await next;
      // The other thread goes on while this one prepares what is finished.
      if (s < model.sizes.length) next = begin(model.sizes[s]);
      runs.push(finished());
      options.onFinished(runs);
    }
    return { runs, ...meanField };
  } catch (stoppedBy) {
    return { runs, ...meanField, stoppedBy };
  }
}

function asDocument(run: Run, model: Model): DocumentRun {
  return documentRun(run, observe(run.rho, model.observables, model.system.dims));
}
