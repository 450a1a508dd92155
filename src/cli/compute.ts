/** All sizes of a model. */

import type { Run } from "../dynamics/run.ts";
import { type DocumentRun, documentRun, type SizeLabel, sizeLabel } from "../io/document.ts";
import type { Model } from "../model/types.ts";
import { observe } from "../observables/observe.ts";
import { allAsked } from "./everySize.ts";
import { Interrupted, type Solver } from "./solver.ts";

export interface ComputeOptions {
  readonly certified: boolean | undefined;
  /** Bytes a run may take. */
  readonly memory: number;
  /** Sizes that need not be computed again. */
  readonly finished: ReadonlyMap<SizeLabel, DocumentRun>;
  /** Called after each size with everything there is so far, in the order of the model. */
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
  const { certified, memory, finished } = options;
  let meanField: { meanField?: DocumentRun } = {};
  // By the place of the size in the model: a later size may be finished earlier.
  const runs = new Map<number, DocumentRun>();
  const inOrder = () => [...runs].sort(([a], [b]) => a - b).map(([, run]) => run);
  const askedMeanField = model.meanFieldRun ? [solver.meanField(model)] : [];
  const asked = model.sizes.map(async (size, place) => {
    const known = finished.get(sizeLabel(size));
    const found = known ?? asDocument(await solver.simulate(model, size, { certified, memory }), model);
    runs.set(place, found);
    options.onFinished(inOrder());
  });
  let place = 0;
  try {
    for (const one of allAsked(askedMeanField)) meanField = { meanField: asDocument(await one, model) };
    for (const one of allAsked(asked)) {
      await one;
      place++;
    }
    return { runs: inOrder(), ...meanField };
  } catch (stoppedBy) {
    // What comes after a size that failed is not known to whoever computes the sizes one by one.
    if (!(stoppedBy instanceof Interrupted)) for (const later of runs.keys()) if (later > place) runs.delete(later);
    return { runs: inOrder(), ...meanField, stoppedBy };
  }
}

function asDocument(run: Run, model: Model): DocumentRun {
  return documentRun(run, observe(run.rho, model.observables, model.system.dims));
}
