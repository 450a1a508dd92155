/** What is settled before the sectors of a run are evolved: the form of the reservoir, its cutoff, the points to average. */

import { decays } from "../model/decays.ts";
import type { Model, Size } from "../model/types.ts";
import { productRule } from "./average/averaging.ts";
import { familyUnderDecay } from "./choice/familyUnderDecay.ts";
import { cheapestFirst, rivals } from "./choice/rivals.ts";
import { type CutoffChoice, chooseCutoff, firstCutoff } from "./cutoff/cutoff.ts";
import { crampedModes, wholeGrains } from "./cutoff/modeWeights.ts";
import { weighByTrial } from "./cutoff/weighByTrial.ts";
import { TakesLong, TooLargeError, TooManySectors } from "./errors.ts";
import type { Experiment } from "./experiments/experiment.ts";
import { type Family, typicalPoint } from "./families/family.ts";
import { existing, type NamedFamily } from "./families/familyNamed.ts";
import type { Plan, Report } from "./planned.ts";
import { sampleTimes } from "./sampleTimes.ts";
import { shared } from "./sharing/shared.ts";
import type { Steps } from "./sharing/work.ts";
import type { Stage } from "./stage/stage.ts";
import { stageFor } from "./stage/stageOf.ts";
import type { StageRecipe } from "./stage/stageRecipe.ts";

/** Share of the tolerance below which a proved bound on what the cutoff costs is not sharpened further. */
export const enoughLeak = 0.5;

/** What a run starts from, or for finite M what turns out cheaper; its cutoff and its points. */
export function* plan(
  model: Model,
  size: Size,
  grouped: NamedFamily,
  tolerance: number,
  memory: number,
  report: Report,
  experiment?: Experiment,
  certified?: boolean,
  room = Number.POSITIVE_INFINITY,
): Steps<Plan> {
  const planned = ({ family, name }: NamedFamily, most: number, seconds = Number.POSITIVE_INFINITY) => {
    const asked = experiment === undefined ? {} : { asked: experiment.asked };
    const recipe = { model, size, family: name, tolerance, memory: most, room, certified, ...asked };
    return planFamily(family, recipe, report, experiment, seconds);
  };
  if (decays(model) && size !== Number.POSITIVE_INFINITY) {
    const chosen = familyUnderDecay(model, size, grouped, tolerance, memory, experiment);
    const found = yield* unless(TooManySectors, planned(chosen, memory));
    return found ?? (yield* planned(existing("purified", model, size, tolerance), memory));
  }
  let left = rivals(model, size, grouped, tolerance, certified === true, experiment);
  for (let seconds = soonest; left.length > 1 && seconds < longestTried; seconds *= longerEachRound) {
    for (const rival of left) {
      const tried = yield* tryout(planned(rival.named, memory, seconds / (rival.reserve * rival.sectors)));
      if (tried === "too large") left = left.filter((other) => other !== rival);
      else if (tried !== "takes long") return tried;
      if (left.length === 1) break;
    }
  }
  if (left.length > 1) {
    left = cheapestFirst(left, model, tolerance, memory, experiment);
    const tried = yield* tryout(planned(left[0].named, memory));
    if (typeof tried !== "string") return tried;
  }
  return yield* planned(left[left.length - 1].named, memory);
}

/**
 * Families that might do as well are tried in turn, each until it comes to a space that would take longer than so many seconds;
 * longer ones in the next round. Which of them takes least cannot be told so well beforehand, and what is tried in vain is a part of the run.
 */
const soonest = 0.03;
const longerEachRound = 4;

/** Beyond this a farther look is taken at each, and one of them is left. */
const longestTried = 1;

/** The plan that the steps come to, or why they come to none. */
function* tryout(steps: Steps<Plan>): Steps<Plan | "too large" | "takes long"> {
  try {
    return yield* steps;
  } catch (error) {
    if (error instanceof TooLargeError) return "too large";
    if (error instanceof TakesLong) return "takes long";
    throw error;
  }
}

/** The plan that the steps come to, or null if they end with an error of the kind. */
function* unless(kind: typeof TooManySectors, steps: Steps<Plan>): Steps<Plan | null> {
  try {
    return yield* steps;
  } catch (error) {
    if (error instanceof kind) return null;
    throw error;
  }
}

/** Throws TakesLong before a space in which a sector is expected to take more than so many `seconds`. */
function* planFamily(
  family: Family,
  recipe: StageRecipe,
  report: Report,
  experiment: Experiment | undefined,
  seconds: number,
): Steps<Plan> {
  const { tolerance } = recipe;
  const stage = stageFor(family, recipe, experiment);
  // A single sector is evolved to all times at once: what is found of it is the result.
  const checked = family.axes === 0 ? stage.model.times : sampleTimes(stage.model.times, stage.ketCount > 8 ? 12 : 48);
  const share = family.axes === 0 ? 0.9 : 0.3;
  const choice = yield* settleCutoff(stage, recipe, typicalPoint(family), checked, share * tolerance, report, seconds);
  const product = family.axes < 2 ? null : yield* productRule(stage, choice.cutoff, recipe, report);
  return { family, stage, recipe, choice, product };
}

/** So few states, and quanta, that a space of them costs no more than a smaller one. */
const smallSpace = { states: 40, quanta: 8 };

/** The first cutoff to try: higher where the space stays small all the same. */
function smallCutoff(stage: Stage): number {
  let cutoff = firstCutoff;
  if (stage.pattern.modes === 0 || stage.model.protocol !== undefined) return cutoff;
  while (cutoff < smallSpace.quanta && stage.expectedDimension(cutoff + 1) <= smallSpace.states) cutoff++;
  return cutoff;
}

/** Weighs the modes by a small trial, then raises the cutoff; modes that turn out cramped are given more room. */
function* settleCutoff(
  stage: Stage,
  recipe: StageRecipe,
  point: readonly number[],
  times: readonly number[],
  tolerance: number,
  report: Report,
  seconds: number,
): Steps<CutoffChoice> {
  const { capacity, step, trial } = weighByTrial(stage, point, times);
  let first = Math.max(smallCutoff(stage), stage.startQuanta + 3);
  let begun = first === firstCutoff && trial?.attempt.proved === Number.POSITIVE_INFINITY ? trial : undefined;
  for (;;) {
    const search = chooseCutoff(tolerance, capacity, { first, step, begun });
    let asked = search.next();
    while (!asked.done) {
      const { cutoff, scouts } = asked.value;
      if (seconds < Number.POSITIVE_INFINITY && stage.secondsAt(cutoff, times) > seconds) throw new TakesLong();
      const attempt = stage.attempt(point, cutoff, times, tolerance, scouts);
      asked = search.next(yield* shared(attempt, stage, recipe, () => report(stage, "cutoff", 0, 1)));
    }
    const choice = asked.value;
    const { weights } = stage.pattern;
    const cramped = crampedModes(() => choice.attempt.filling().modeShells, weights, choice.cutoff, tolerance);
    if (choice.attempt.complete || cramped.length === 0) return choice;
    stage.weighModes(weights.map((weight, k) => (cramped.includes(k) ? wholeGrains(0.6 * weight) : weight)));
    first = Math.max(first, choice.cutoff - 2);
    begun = undefined;
  }
}
