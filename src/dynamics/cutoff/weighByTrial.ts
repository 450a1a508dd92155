/** A short trial that says how much of the cutoff a quantum of each mode should take. */

import { unshared } from "../sharing/shared.ts";
import type { Stage } from "../stage/stage.ts";
import type { Tried } from "./attempt.ts";
import { firstCutoff } from "./cutoff.ts";
import { modeWeights } from "./modeWeights.ts";

/** With fewer modes than this, or fewer quanta to share, weighing modes saves nothing. */
export const fewestWeighed = 3;
const fewestQuanta = 8;

export interface Weighed {
  /** The largest cutoff that can make a difference. */
  readonly capacity: number;
  /** By how much a cutoff has to differ from another for the space to differ, about. */
  readonly step: number;
  /** What was found with every mode weighing the same, and at which cutoff it would be now; null where no trial was made. */
  readonly trial: Tried | null;
}

/** Weights are finer than this, but a space only little larger is not worth a step. */
const fractionOfQuantum = 0.25;

/** Weighs the modes of a stage where that saves states. */
export function weighByTrial(stage: Stage, point: readonly number[], times: readonly number[]): Weighed {
  const { capacity } = stage.family;
  if (stage.pattern.modes < fewestWeighed || capacity < fewestQuanta) return { capacity, step: 1, trial: null };
  const attempt = unshared(stage.attempt(point, firstCutoff, times, Number.POSITIVE_INFINITY, true), stage);
  const alike: Weighed = { capacity, step: 1, trial: { cutoff: firstCutoff, attempt } };
  if (attempt.complete) return alike;
  const filling = attempt.filling();
  const weights = modeWeights(filling.modeShells, stage.tolerance);
  if (weights.every((weight) => weight === 1)) return alike;
  stage.weighModes(weights);
  // The lowest state that the trial had not holds one quantum more, all in a mode of weight 1.
  const held = firstCutoff + 1;
  return {
    // Heights are no longer numbers of quanta: the space itself says when it is complete.
    capacity: Number.POSITIVE_INFINITY,
    step: fractionOfQuantum,
    trial: {
      cutoff: held,
      attempt: { ...attempt, filling: () => filling.weighed(weights, held) },
    },
  };
}
