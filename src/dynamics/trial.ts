/** A small trial of a family: what its full space will be like. */

import { expectedCutoff, firstCutoff } from "./cutoff.ts";
import { typicalPoint } from "./family.ts";
import { choosePropagator, type PropagatorChoice, type SpaceShape } from "./propagators.ts";
import { sampleTimes } from "./sampleTimes.ts";
import type { Stage } from "./stage.ts";
import { weighByTrial } from "./weighByTrial.ts";

export interface Trial {
  /** Cutoff of the trial, and the one extrapolated from how its shells fall. */
  readonly trial: number;
  readonly cutoff: number;
  /** The full space, extrapolated; null where nothing could be built. */
  readonly shape: SpaceShape | null;
  /** How one sector would be propagated, and what that would take. */
  readonly choice: PropagatorChoice | null;
}

/** Trials go on while they have fewer joint states than this, and the last shell is fuller than this. */
const trialStates = 400;
const fullShell = 1e-5;

export function trialOf(stage: Stage): Trial {
  const { family, model, tolerance } = stage;
  const point = typicalPoint(family);
  const times = sampleTimes(model.times, stage.ketCount > 8 ? 4 : 12);
  const capacity = weighByTrial(stage, point, times);
  let trial = Math.min(capacity, Math.max(firstCutoff, stage.startQuanta + 3));
  let attempt = stage.attempt(point, trial, times, tolerance);
  const settled = () => attempt.complete || trial >= capacity || attempt.leaked <= tolerance;
  // A last shell that is still full says only "more": look again, farther out.
  while (!settled() && attempt.filling().shells[trial] > fullShell && attempt.dimension <= trialStates) {
    trial = Math.min(capacity, Math.ceil(1.4 * trial) + 1);
    attempt = stage.attempt(point, trial, times, tolerance);
  }
  // A run goes a little farther, until it sees that it has arrived.
  const cutoff = settled() ? trial : Math.min(capacity, expectedCutoff(attempt.filling().shells, tolerance) + 1);
  const shape = stage.expectedShape(cutoff);
  const choice = shape === null ? null : choosePropagator(shape, stage.ketCount, model.times, tolerance);
  return { trial, cutoff, shape, choice };
}
