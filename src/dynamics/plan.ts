/** What is settled before the sectors of a run are evolved: the form of the reservoir, its cutoff, the points to average. */

import type { Model, Size } from "../model/types.ts";
import { type ProductRule, productRule } from "./averaging.ts";
import { type CutoffChoice, chooseCutoff, firstCutoff } from "./cutoff.ts";
import { TooLargeError, TooManySectors } from "./errors.ts";
import type { Experiment } from "./experiment.ts";
import { type Family, typicalPoint } from "./family.ts";
import { joinedFamily } from "./joinedFamily.ts";
import { crampedModes } from "./modeWeights.ts";
import { purifiedFamily } from "./purifiedFamily.ts";
import { relay } from "./relay.ts";
import type { Progress } from "./run.ts";
import { sampleTimes } from "./sampleTimes.ts";
import { Stage } from "./stage.ts";
import { weighByTrial } from "./weighByTrial.ts";
import { withWitnesses } from "./witnessTimes.ts";

/** Share of the tolerance below which a proved bound on what the cutoff costs is not sharpened further. */
export const enoughLeak = 0.5;

/** Everything that is settled before the sectors are evolved to all times. */
export interface Plan {
  readonly family: Family;
  readonly stage: Stage;
  readonly choice: CutoffChoice;
  /** The points of an average over several variables; null where there is one, or none. */
  readonly product: ProductRule | null;
}

export type Report = (stage: Stage, doing: Progress["stage"], done: number, total: number) => Progress;

/** What a run starts from, or for finite M what turns out cheaper; its cutoff and its points. */
export function* plan(
  model: Model,
  size: Size,
  grouped: Family,
  tolerance: number,
  memory: number,
  report: Report,
  experiment?: Experiment,
): Generator<Progress, Plan, void> {
  if (size === Number.POSITIVE_INFINITY || grouped.axes < 2) {
    return yield* planFamily(model, grouped, tolerance, memory, report, experiment);
  }
  // With three and more occupied levels the average has many sectors: purified sites need one space instead, with modes
  // that climb higher. While that space is small it is the cheaper one.
  const purified = joinedFamily(model, size, purifiedFamily);
  const planned = (family: Family, room: number) => planFamily(model, family, tolerance, room, report, experiment);
  const small = yield* unless(TooLargeError, planned(purified, Math.min(memory, smallRoom)));
  if (small !== null) return small;
  // With several reservoirs there may be too many sectors to average over.
  const averaged = yield* unless(TooManySectors, planned(grouped, memory));
  if (averaged === null) return yield* planned(purified, memory);
  const entries = averaged.choice.attempt.entries * (averaged.product?.points.length ?? 1);
  const whole = yield* unless(TooLargeError, planned(purified, Math.min(memory, 24 * entries)));
  return whole !== null && whole.choice.attempt.entries < entries ? whole : averaged;
}

/** Bytes of a space that is evolved sooner than many sectors are planned. */
export const smallRoom = 16 * 2 ** 20;

/** The plan that the steps come to, or null if they end with an error of the kind. */
function* unless(
  kind: typeof TooLargeError,
  steps: Generator<Progress, Plan, void>,
): Generator<Progress, Plan | null, void> {
  try {
    return yield* steps;
  } catch (error) {
    if (error instanceof kind) return null;
    throw error;
  }
}

function* planFamily(
  model: Model,
  family: Family,
  tolerance: number,
  memory: number,
  report: Report,
  experiment?: Experiment,
): Generator<Progress, Plan, void> {
  // How an average converges is watched at times of its own.
  const watched = family.axes === 0 ? model : { ...model, times: withWitnesses(model.times) };
  const stage = new Stage(watched, family, tolerance, memory, experiment);
  // A single sector is evolved to all times at once: what is found of it is the result.
  const checked = family.axes === 0 ? model.times : sampleTimes(watched.times, stage.ketCount > 8 ? 12 : 48);
  const share = family.axes === 0 ? 0.9 : 0.3;
  const choice = yield* settleCutoff(stage, typicalPoint(family), checked, share * tolerance, report);
  return { family, stage, choice, product: family.axes < 2 ? null : productRule(stage, choice.cutoff, tolerance) };
}

/** Weighs the modes by a small trial, then raises the cutoff; modes that turn out cramped are given more room. */
function* settleCutoff(
  stage: Stage,
  point: readonly number[],
  times: readonly number[],
  tolerance: number,
  report: Report,
): Generator<Progress, CutoffChoice, void> {
  const capacity = weighByTrial(stage, point, times);
  let first = Math.max(firstCutoff, stage.startQuanta + 3);
  for (;;) {
    const search = chooseCutoff((n) => stage.attempt(point, n, times, tolerance), tolerance, capacity, first);
    const choice = yield* relay(search, () => report(stage, "cutoff", 0, 1));
    const { weights } = stage.pattern;
    const cramped = crampedModes(() => choice.attempt.filling().modeShells, weights, choice.cutoff, tolerance);
    if (choice.attempt.complete || cramped.length === 0) return choice;
    stage.weighModes(weights.map((weight, k) => (cramped.includes(k) ? Math.max(1, 0.6 * weight) : weight)));
    first = Math.max(first, choice.cutoff - 2);
  }
}
