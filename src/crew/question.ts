/** What may be asked of a model, as data that can be sent to another thread. */

import { energyRun } from "../dynamics/experiments/energies.ts";
import type { FirstAction } from "../dynamics/experiments/experiment.ts";
import { twoTimeRun } from "../dynamics/experiments/twoTime.ts";
import type { Run } from "../dynamics/run.ts";
import type { Steps } from "../dynamics/sharing/work.ts";
import { meanFieldRun, type SimulateOptions, simulation } from "../dynamics/simulate.ts";
import type { Model, Size } from "../model/types.ts";

export interface Question {
  readonly model: Model;
  readonly size: Size;
  readonly options: SimulateOptions;
  /** What is asked for in the place of ρ_S(t), if something is. */
  readonly instead?:
    | { readonly kind: "twoTime"; readonly first: FirstAction }
    | { readonly kind: "energies" }
    | { readonly kind: "meanField" };
}

/** The steps that lead to the answer. */
export function answering({ model, size, options, instead }: Question): Steps<Run> {
  switch (instead?.kind) {
    case undefined:
      return simulation(model, size, options);
    case "twoTime":
      return twoTimeRun(model, size, instead.first, options);
    case "energies":
      return energyRun(model, size, options);
    case "meanField":
      return atOnce(() => meanFieldRun(model));
  }
}

// biome-ignore lint/correctness/useYield: a run that takes no steps is still a run in steps.
function* atOnce(run: () => Run): Steps<Run> {
  return run();
}
