/** What a run will take, found from a small trial before anything large is built. */

import { farthestOf } from "../algebra/timeParts.ts";
import { decays } from "../model/decays.ts";
import type { Model, Size } from "../model/types.ts";
import { chooseNodes } from "./average/average.ts";
import { flat, sampleOf } from "./average/averaging.ts";
import { provedOfFields, provingOf } from "./average/provedAverage.ts";
import { nodesInAll } from "./average/rules.ts";
import { ruleShare } from "./average/sectors.ts";
import { expectedSectors } from "./choice/expectedCost.ts";
import { familyUnderDecay } from "./choice/familyUnderDecay.ts";
import { type Extent, type Foresight, foresight, secondsInTime } from "./choice/foresight.ts";
import { rivals } from "./choice/rivals.ts";
import { exactFamily, startingFamily, wantedForm } from "./choice/startingFamily.ts";
import { dephasing } from "./closed/nondemolition.ts";
import { firstCutoff } from "./cutoff/cutoff.ts";
import { longestTrial, trialOf, trialStage } from "./cutoff/trial.ts";
import { defaultMemory } from "./defaultMemory.ts";
import { NeedsRoom } from "./errors.ts";
import type { Experiment } from "./experiments/experiment.ts";
import type { Family } from "./families/family.ts";
import type { Method } from "./run.ts";
import { sampleTimes } from "./sampleTimes.ts";
import { dephasingPath, type SimulateOptions } from "./simulate.ts";
import { secondsPerEntry } from "./stage/propagators.ts";
import { Stage } from "./stage/stage.ts";

/** What a run may take. */
export interface Taken {
  /** Largest total excitation. */
  readonly cutoff: number;
  /** Joint states. */
  readonly dimension: number;
  readonly bytes: number;
  /** On one core of a 2020s machine. */
  readonly seconds: number;
}

/** What a run is expected to take. */
export interface Prediction extends Taken {
  readonly method: Method;
  /** In words. */
  readonly path: string;
  readonly modes: number;
  readonly sectors: number;
  /** It will hardly take less than this. */
  readonly least: Taken;
  /** It will hardly take more; null where nothing tells: all else is then "at least". */
  readonly most: Taken | null;
}

export interface PredictOptions extends SimulateOptions {
  /** Seconds that a look at a large model may take, about; default 0.3. What is small costs some milliseconds. */
  readonly effort?: number;
}

/** Predicts a run of `simulate` with the same arguments. */
export function predict(model: Model, size: Size, options: PredictOptions = {}): Prediction {
  if (options.forms !== "fock" && wantedForm(model, size, options.form) === "auto" && dephasing(model) !== null) {
    return ofClosedForm(model);
  }
  return predictSectors(model, size, options);
}

/** Predicts what `experimentRun` takes with the same arguments. */
export function predictExperiment(
  model: Model,
  size: Size,
  experiment: Experiment,
  options: PredictOptions = {},
): Prediction {
  const { unit } = experiment;
  const tolerance = (options.tolerance ?? model.tolerance) / unit;
  return predictSectors(model, size, { ...options, tolerance }, experiment);
}

function ofClosedForm(model: Model): Prediction {
  const { length } = model.times;
  const { pulses = [], scan = false } = model.protocol ?? {};
  const steps = scan ? length * (pulses.length + 1) : length + pulses.length;
  const seconds =
    2e-7 * steps * model.system.dimension * model.reservoirs.reduce((sum, { site }) => sum + site.dimension ** 3, 0);
  const { dimension } = model.system;
  return {
    ...{ method: "nondemolition", path: dephasingPath(model), modes: 0, sectors: 1 },
    ...surely({ cutoff: 0, dimension, bytes: 16 * length * dimension ** 2, seconds }),
  };
}

function predictSectors(model: Model, size: Size, options: PredictOptions, experiment?: Experiment): Prediction {
  const { tolerance = model.tolerance, effort = usualEffort, certified = false } = options;
  const memory = Number.POSITIVE_INFINITY;
  const start =
    experiment === undefined
      ? startingFamily(model, size, options.form, tolerance, memory, certified)
      : exactFamily(model, size, options.form, tolerance, memory, experiment, certified);
  if (decays(model) && size !== Number.POSITIVE_INFINITY) {
    const allowed = options.memory ?? defaultMemory;
    const { family } = familyUnderDecay(model, size, start, tolerance, allowed, experiment);
    return predictFamily(model, family, tolerance, effort, experiment).prediction;
  }
  const all = rivals(model, size, start, tolerance, certified, experiment);
  const each = all.map((rival) => ({
    ...rival,
    ...predictFamily(model, rival.named.family, tolerance, effort / all.length, experiment),
  }));
  const judged = ({ reserve, prediction }: (typeof each)[number]) => reserve * prediction.seconds;
  const best = each.reduce((least, one) => (judged(one) < judged(least) ? one : least));
  // What is tried in vain is a part of the run, until it is longer than what does.
  const vain = each.filter((one) => one !== best).reduce((sum, { planning }) => sum + planning, 0);
  return later(best.prediction, Math.min(vain, vainShare * best.prediction.seconds));
}

/** Of what a run takes, where another family is tried first. */
const vainShare = 0.5;

/** Seconds of looks at a large model. */
const usualEffort = 0.3;

/** Bytes that a trial may take: a larger one is not built, but counted. */
const trialRoom = 256 * 2 ** 20;

interface Predicted {
  readonly prediction: Prediction;
  /** Seconds of choosing its cutoff and its nodes over several axes. */
  readonly planning: number;
}

function predictFamily(
  model: Model,
  family: Family,
  tolerance: number,
  effort: number,
  experiment: Experiment | undefined,
): Predicted {
  const stage = trialStage(model, family, tolerance, Number.POSITIVE_INFINITY, experiment);
  stage.room = trialRoom;
  stage.patience = longestTrial;
  try {
    return predictByTrial(stage, new Stage(model, family, tolerance, Number.POSITIVE_INFINITY, experiment), effort);
  } catch (error) {
    if (error instanceof NeedsRoom) return { prediction: predictByCount(stage), planning: 0 };
    throw error;
  }
}

function surely(taken: Taken): Pick<Prediction, keyof Taken | "least" | "most"> {
  return { ...taken, least: taken, most: taken };
}

/** The same with other work before it. */
function later(prediction: Prediction, seconds: number): Prediction {
  const after = (taken: Taken): Taken => ({ ...taken, seconds: taken.seconds + seconds });
  const { least, most } = prediction;
  return {
    ...prediction,
    seconds: prediction.seconds + seconds,
    least: after(least),
    most: most === null ? null : after(most),
  };
}

/** Applications of H that a run of many states takes at least, over all of it. */
const fewApplications = 100;

/** What the smallest space of some use takes, where that is too large to try. */
function predictByCount(stage: Stage): Prediction {
  const { family, pattern, model } = stage;
  const cutoff = Math.min(family.capacity, Math.max(firstCutoff, stage.startQuanta + 1));
  const dimension = stage.expectedDimension(cutoff);
  // A few nodes along each axis, as most averages need.
  const sectors = Math.min(family.exactSectors, 3 ** family.axes);
  const applied = secondsPerEntry * stage.expectedEntries(cutoff) * Math.max(fewApplications, model.times.length);
  // What is done to S may take more than a few applications: many kets, or all columns of a joint density matrix.
  const shape = model.protocol === undefined ? null : stage.expectedShape(cutoff);
  const each = shape === null ? applied : Math.max(applied, secondsInTime(stage.choiceFor(shape, model.times)));
  const seconds = each * (sectors + 3);
  const taken = { cutoff, dimension: Math.round(dimension), bytes: stage.bytesAt(dimension), seconds };
  return {
    ...{ method: "fock", path: `${family.path}; too large for a trial`, modes: pattern.modes, sectors },
    ...surely(taken),
    most: null,
  };
}

/** `asking`: with what is asked of the sectors, which the stage of the trial may leave out. */
function predictByTrial(stage: Stage, asking: Stage, effort: number): Predicted {
  const { family, model } = stage;
  const began = performance.now();
  const tried = trialOf(stage);
  const { trial, shape } = tried;
  const choice = shape === null ? null : asking.choiceFor(shape, model.times);
  const took = performance.now() - began;
  const seen = foresight(stage, tried, effort);
  const pilots = { cutoff: Math.max(stage.startQuanta, Math.min(trial, 4)), milliseconds: took };
  const sectors = foreseenSectors(stage, pilots, choice === null ? 0 : secondsInTime(choice));
  const described = {
    method: "fock",
    path: choice?.why === undefined ? family.path : `${family.path}; ${choice.why}`,
    modes: stage.pattern.modes,
    sectors,
  } as const;
  if (seen !== null) {
    const planning = sectorsPlanned * seen.likely.seconds;
    return { prediction: { ...described, ...foreseen(seen, family.axes === 0 ? 0 : sectors) }, planning };
  }
  const rows = Math.ceil(shape?.rows ?? model.system.dimension);
  const seconds = choice === null ? 0 : secondsInTime(choice) + (choice.beside ?? 0);
  const taken = {
    cutoff: tried.cutoff,
    dimension: rows,
    bytes: stage.bytesAt(rows) + (choice?.bytes ?? 0),
    seconds: atLeast + seconds * (family.axes === 0 ? search.likely : sectors + sectorsPlanned),
  };
  return { prediction: { ...described, ...surely(taken) }, planning: sectorsPlanned * seconds };
}

/** Choosing the cutoff and the nodes of an average takes about as long as so many sectors. */
const sectorsPlanned = 5;

/** Seconds that the smallest run takes. */
const atLeast = 5e-4;

/** All cutoffs that are tried take so many times as long as the last of them: at least, mostly, at most. */
const search = { least: 1.3, likely: 2.2, most: 3 };

/** What a run takes whose cutoff has to be raised far, and that evolves so many sectors after that. */
function foreseen({ least, likely, most }: Foresight, sectors: number) {
  const taken = (extent: Extent, times: number): Taken => ({ ...extent, seconds: extent.seconds * (times + sectors) });
  return {
    ...taken(likely, search.likely),
    least: taken(least, search.least),
    most: most === null ? null : taken(most, search.most),
  };
}

/** Milliseconds for which pilots are worth while in a prediction. */
const longPilots = 1000;

/** About how many sectors are averaged: along one variable a usual number of refinements, else what pilots say. */
function foreseenSectors(
  stage: Stage,
  { cutoff, milliseconds }: { readonly cutoff: number; readonly milliseconds: number },
  secondsEach: number,
): number {
  const { family, tolerance } = stage;
  // Pilots are some five sectors along each axis, each like the trial: where that is long, a few nodes are taken for granted.
  if (family.axes < 2 || 5 * family.axes * milliseconds > longPilots)
    return expectedSectors(family, stage.model.times, tolerance, stage.experiment, secondsEach);
  const times = sampleTimes(stage.model.times, 4);
  const sample = (point: readonly number[]) => flat(stage.part(sampleOf(point, cutoff, times)));
  const expected = chooseNodes(family, sample, tolerance);
  const proving = provingOf(stage.experiment, family);
  const farthest = farthestOf(stage.model.times);
  const { choices } = provedOfFields(family, expected, farthest, ruleShare * tolerance, proving) ?? expected;
  return Math.min(family.exactSectors, nodesInAll(choices));
}
