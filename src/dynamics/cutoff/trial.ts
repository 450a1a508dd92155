/** A small trial of a family: what its full space will be like. */

import { decays } from "../../model/decays.ts";
import type { Model } from "../../model/types.ts";
import type { Experiment } from "../experiments/experiment.ts";
import { type Family, typicalPoint } from "../families/family.ts";
import { sampleTimes } from "../sampleTimes.ts";
import { unshared } from "../sharing/shared.ts";
import type { PropagatorChoice, SpaceShape } from "../stage/propagators.ts";
import { Stage } from "../stage/stage.ts";
import type { Attempt } from "./attempt.ts";
import { expectedCutoff, firstCutoff } from "./cutoff.ts";
import { lastShells, populationOfError } from "./forecast.ts";
import { weighByTrial } from "./weighByTrial.ts";

export interface Trial {
  /** Cutoff of the trial, and the one extrapolated from how its shells fall. */
  readonly trial: number;
  readonly cutoff: number;
  /** The largest cutoff that can make a difference. */
  readonly capacity: number;
  /** What the trial showed; and whether nothing more is needed. */
  readonly attempt: Attempt;
  readonly settled: boolean;
  /** The full space, extrapolated; null where nothing could be built. */
  readonly shape: SpaceShape | null;
  /** How one sector would be propagated, and what that would take. */
  readonly choice: PropagatorChoice | null;
}

/** Trials go on while they have fewer joint states than this, and the last shell is fuller than this. */
const trialStates = 400;
const fullShell = 1e-5;

/** A trial that is expected to be so many times larger is none. */
const mostGrowth = 6;

/** One that is expected to take longer is none either. */
const mostSeconds = 0.3;

/** Nor is the first one begun if that is expected to take longer than this: what can be counted has to do. */
export const longestTrial = 5;

/** Each time of a scan is a way of its own, and many kets go along many. */
const [manyTimes, fewTimes] = [12, 4];

/** Where a trial begins, if a cutoff so high makes a difference. */
export function firstTried({ startQuanta }: Stage): number {
  return Math.max(firstCutoff, startQuanta + 3);
}

/** A stage for trials alone. */
export function glancing(stage: Stage): Stage {
  stage.glances = true;
  return stage;
}

/** The same for what is asked of sectors; where S decays a glance serves for ρ_S(t) alone, and shows as much. */
export function trialStage(
  model: Model,
  family: Family,
  tolerance: number,
  memory: number,
  experiment: Experiment | undefined,
): Stage {
  return glancing(new Stage(model, family, tolerance, memory, decays(model) ? undefined : experiment));
}

export function trialOf(stage: Stage): Trial {
  const { family, model, tolerance } = stage;
  const point = typicalPoint(family);
  const dear = stage.ketCount > 8 || model.protocol?.scan === true;
  const times = sampleTimes(model.times, dear ? fewTimes : manyTimes);
  const { capacity, step } = weighByTrial(stage, point, times);
  let trial = Math.min(capacity, firstTried(stage));
  const attempted = (cutoff: number) => unshared(stage.attempt(point, cutoff, times, tolerance), stage);
  let attempt = attempted(trial);
  const settled = () => attempt.complete || trial >= capacity || attempt.proved <= tolerance;
  // A last shell that is still full says only "more": look again, farther out.
  while (!settled() && lastShells({ attempt }) > fullShell && attempt.dimension <= trialStates) {
    const farther = Math.min(capacity, Math.max(trial + 2, Math.ceil(1.4 * trial)));
    if (stage.expectedDimension(farther) > mostGrowth * trialStates) break;
    if (stage.expectedSeconds(farther, times) > mostSeconds) break;
    trial = farther;
    attempt = attempted(trial);
  }
  const expected = () => {
    const { shells, heights } = attempt.filling();
    if (step < 1) return Math.max(trial, heights.heightFor(populationOfError(tolerance)));
    return Math.max(trial + 1, Math.ceil(expectedCutoff(shells, 4 * tolerance)));
  };
  const cutoff = settled() ? trial : Math.min(capacity, expected());
  const shape = stage.expectedShape(cutoff);
  const choice = shape === null ? null : stage.choiceFor(shape, model.times);
  return { trial, cutoff, capacity, attempt, settled: settled(), shape, choice };
}
