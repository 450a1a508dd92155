/** A small trial of a family: what its full space will be like. */

import { guessCutoff } from "./cutoff.ts";
import { typicalPoint } from "./family.ts";
import { choosePropagator, type PropagatorChoice, type SpaceShape } from "./propagators.ts";
import { sampleTimes } from "./sampleTimes.ts";
import type { Stage } from "./stage.ts";

export interface Trial {
  /** Cutoff of the trial, and the one extrapolated from how its shells fall. */
  readonly trial: number;
  readonly cutoff: number;
  /** The full space, extrapolated; null where nothing could be built. */
  readonly shape: SpaceShape | null;
  /** How one sector would be propagated, and what that would take. */
  readonly choice: PropagatorChoice | null;
}

/** Trials are kept to about this many joint states, and to this many quanta beyond the start. */
const trialStates = 1500;
const trialQuanta = 12;
const fullShell = 1e-3;

export function trialOf(stage: Stage): Trial {
  const { family, model, tolerance } = stage;
  let trial = Math.min(family.capacity, Math.max(1, stage.startQuanta + 2));
  while (
    trial < stage.startQuanta + trialQuanta &&
    trial < family.capacity &&
    stage.expectedDimension(trial + 1) <= trialStates
  ) {
    trial++;
  }
  const times = sampleTimes(model.times, stage.ketCount > 8 ? 4 : 12);
  let { filling, complete } = stage.attempt(typicalPoint(family), trial, times);
  // A last shell that is still full says only "more": look again, farther out.
  const larger = () => Math.min(family.capacity, 2 * trial);
  while (
    !complete &&
    trial < family.capacity &&
    filling().shells[trial] > fullShell &&
    stage.expectedDimension(larger()) <= trialStates
  ) {
    trial = larger();
    ({ filling, complete } = stage.attempt(typicalPoint(family), trial, times));
  }
  const cutoff = complete ? trial : Math.min(family.capacity, guessCutoff(filling().shells, tolerance));
  const shape = stage.expectedShape(cutoff);
  const choice = shape === null ? null : choosePropagator(shape, stage.ketCount, model.times, tolerance);
  return { trial, cutoff, shape, choice };
}
