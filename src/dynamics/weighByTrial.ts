/** A short trial that says how much of the cutoff a quantum of each mode should take. */

import { type Attempt, firstCutoff } from "./cutoff.ts";
import { modeWeights } from "./modeWeights.ts";
import type { Stage } from "./stage.ts";

/** With fewer modes than this, or fewer quanta to share, weighing modes saves nothing. */
const fewestWeighed = 3;
const fewestQuanta = 8;

export interface Weighed {
  /** The largest cutoff that can make a difference. */
  readonly capacity: number;
  /** What was found at the first cutoff, every mode weighing the same; null where no trial was made. */
  readonly trial: Attempt | null;
}

/** Weighs the modes of a stage where that saves states. */
export function weighByTrial(stage: Stage, point: readonly number[], times: readonly number[]): Weighed {
  const { capacity } = stage.family;
  if (stage.pattern.modes < fewestWeighed || capacity < fewestQuanta) return { capacity, trial: null };
  const trial = stage.attempt(point, firstCutoff, times, Number.POSITIVE_INFINITY, true);
  if (trial.complete) return { capacity, trial };
  const weights = modeWeights(trial.filling().modeShells, stage.tolerance);
  if (weights.every((weight) => weight === 1)) return { capacity, trial };
  stage.weighModes(weights);
  // Heights are no longer numbers of quanta: the space itself says when it is complete.
  return { capacity: Number.POSITIVE_INFINITY, trial };
}
