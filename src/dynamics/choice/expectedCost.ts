/** What the sectors of a family are expected to take, from a small trial: what families are chosen by. */

import { farthestOf } from "../../algebra/timeParts.ts";
import type { Model } from "../../model/types.ts";
import { usualSectors } from "../average/latticeAverage.ts";
import { cheaplyNested, provingOf } from "../average/provedAverage.ts";
import { ruleShare } from "../average/sectors.ts";
import { soonSummedValues } from "../average/wholeSum.ts";
import { trialOf, trialStage } from "../cutoff/trial.ts";
import { NeedsRoom, TooLargeError } from "../errors.ts";
import type { Experiment } from "../experiments/experiment.ts";
import type { Family } from "../families/family.ts";
import { Stage } from "../stage/stage.ts";
import { foresight } from "./foresight.ts";

export interface ExpectedCost {
  /** By trajectories, though they were not asked for. */
  readonly sampled: boolean;
  /** Of all sectors, the search for a cutoff with them. */
  readonly seconds: number;
}

/** Sectors that an average over several variables takes, for each of them. */
const usualNodes = 4;

/** Choosing the cutoff and the nodes takes about as long as so many sectors. */
const searched = 1;

/** Share of what a run is expected to take that a farther look may take, and its most seconds. */
const lookShare = 0.2;
const longestLook = 0.3;

/** Null where not even a trial fits. */
export function expectedCost(
  model: Model,
  family: Family,
  tolerance: number,
  memory: number,
  experiment?: Experiment,
): ExpectedCost | null {
  const trying = trialStage(model, family, tolerance, memory, experiment);
  const stage = new Stage(model, family, tolerance, memory, experiment);
  const sectors = searched + expectedSectors(family, model.times, tolerance, experiment);
  try {
    const trial = trialOf(trying);
    if (trial.shape === null) return null;
    const { propagator, seconds: arithmetic, beside = 0 } = stage.choiceFor(trial.shape, model.times);
    const seconds = arithmetic + beside;
    const sampled = propagator.kind === "trajectories";
    const seen = sampled ? null : foresight(trying, trial, Math.min(longestLook, lookShare * sectors * seconds));
    return { sampled, seconds: sectors * (seen?.likely.seconds ?? seconds) };
  } catch (error) {
    if (error instanceof TooLargeError || error instanceof NeedsRoom) return null;
    throw error;
  }
}

/** About how many sectors are averaged; along one variable all of them where that is soon done, if each takes `secondsEach`. */
export function expectedSectors(
  family: Family,
  times: readonly number[],
  tolerance: number,
  experiment: Experiment | undefined,
  secondsEach = Number.POSITIVE_INFINITY,
): number {
  if (family.axes === 0) return 1;
  if (family.axes > 1) return Math.min(family.exactSectors, usualNodes ** family.axes);
  const proving = provingOf(experiment, family);
  const proved = proving === null ? null : cheaplyNested(family, proving, farthestOf(times), ruleShare * tolerance);
  const nodes = proved?.rule.nodes.length ?? soonSummedValues(family, secondsEach, tolerance)?.length;
  return Math.min(family.exactSectors, nodes ?? usualSectors(family.axis(0, []), tolerance));
}
