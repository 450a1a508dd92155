/** What is settled before the sectors of a run are evolved: the form of the reservoir, its cutoff, the points to average. */

import type { Model, Size } from "../model/types.ts";
import { productRule } from "./average/averaging.ts";
import { type CutoffChoice, chooseCutoff, firstCutoff } from "./cutoff/cutoff.ts";
import { crampedModes, wholeGrains } from "./cutoff/modeWeights.ts";
import { weighByTrial } from "./cutoff/weighByTrial.ts";
import { TakesLong, TooLargeError, TooManySectors } from "./errors.ts";
import type { Experiment } from "./experiments/experiment.ts";
import { type Family, typicalPoint } from "./families/family.ts";
import { existing, type NamedFamily } from "./families/familyNamed.ts";
import { familyUnderDecay } from "./familyUnderDecay.ts";
import type { Plan, Report } from "./planned.ts";
import { sampleTimes } from "./sampleTimes.ts";
import { shared } from "./shared.ts";
import type { Stage } from "./stage.ts";
import { stageFor } from "./stageOf.ts";
import type { StageRecipe } from "./stageRecipe.ts";
import { chainIfFaster, mayStandInChain, soonDoneEach, wholeChain } from "./wholeChain.ts";
import type { Steps } from "./work.ts";

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
  if (!certified && mayStandInChain(grouped)) {
    for (const form of [() => grouped, () => wholeChain(model, tolerance)]) {
      const soon = yield* unless(TakesLong, unless(TooLargeError, planned(form(), memory, soonDoneEach(grouped))));
      if (soon !== null) return soon;
    }
    return yield* planned(chainIfFaster(grouped, model, tolerance, memory), memory);
  }
  if (size === Number.POSITIVE_INFINITY || grouped.family.axes < 2) return yield* planned(grouped, memory);
  if (decays(model)) {
    const chosen = familyUnderDecay(model, size, grouped, tolerance, memory, experiment);
    const found = yield* unless(TooManySectors, planned(chosen, memory));
    return found ?? (yield* planned(existing("purified", model, size, tolerance), memory));
  }
  // With three and more occupied levels the average has many sectors: purified sites need one space instead, with modes
  // that climb higher. While that space is small it is the cheaper one.
  const purified = existing("purified", model, size, tolerance);
  const small = yield* unless(TooLargeError, planned(purified, Math.min(memory, smallRoom)));
  // To be proved it may have to grow.
  if (small !== null) return certified ? granted(small, memory) : small;
  // With several reservoirs there may be too many sectors to average over.
  const averaged = yield* unless(TooManySectors, planned(grouped, memory));
  if (averaged === null) return yield* planned(purified, memory);
  const entries = averaged.choice.attempt.entries * (averaged.product?.points.length ?? 1);
  const whole = yield* unless(TooLargeError, planned(purified, Math.min(memory, 24 * entries)));
  const chosen = whole !== null && whole.choice.attempt.entries < entries ? whole : averaged;
  return certified ? granted(chosen, memory) : chosen;
}

/** True if S decays by itself. */
export function decays({ protocol }: Model): boolean {
  return protocol !== undefined && protocol.decays.length > 0;
}

function granted(plan: Plan, memory: number): Plan {
  plan.stage.memory = memory;
  return { ...plan, recipe: { ...plan.recipe, memory } };
}

/** Bytes of a space that is evolved sooner than many sectors are planned. */
export const smallRoom = 16 * 2 ** 20;

/** The plan that the steps come to, or null if they end with an error of the kind. */
function* unless(kind: typeof TooLargeError | typeof TakesLong, steps: Steps<Plan | null>): Steps<Plan | null> {
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
      if (stage.expectedSeconds(cutoff, times) > seconds) throw new TakesLong();
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
