/** What a run will take, found from a small trial before anything large is built. */

import type { Model, Size } from "../model/types.ts";
import { chooseNodes } from "./average/average.ts";
import { flat, sampleOf } from "./average/averaging.ts";
import { usualSectors } from "./average/latticeAverage.ts";
import { nodeCount } from "./average/rules.ts";
import { dephasing } from "./closed/nondemolition.ts";
import { firstCutoff } from "./cutoff/cutoff.ts";
import { trialOf } from "./cutoff/trial.ts";
import { NeedsRoom } from "./errors.ts";
import type { Family } from "./families/family.ts";
import { finiteFamily } from "./families/finiteFamily.ts";
import { joinedFamily } from "./families/joinedFamily.ts";
import { purifiedFamily } from "./families/purifiedFamily.ts";
import { smallRoom } from "./plan.ts";
import { secondsPerEntry } from "./propagators.ts";
import type { Method } from "./run.ts";
import { sampleTimes } from "./sampleTimes.ts";
import { dephasingPath, type SimulateOptions } from "./simulate.ts";
import { Stage } from "./stage.ts";
import { startingFamily, wantedForm } from "./startingFamily.ts";

export interface Prediction {
  readonly method: Method;
  /** In words. */
  readonly path: string;
  readonly modes: number;
  /** Largest total excitation, extrapolated from how the shells fall in the trial. */
  readonly cutoff: number;
  /** Joint states, at most. */
  readonly dimension: number;
  readonly sectors: number;
  readonly bytes: number;
  readonly seconds: number;
}

/** Predicts a run of `simulate` with the same arguments; costs some milliseconds. The cutoff may be off by a few. */
export function predict(model: Model, size: Size, options: SimulateOptions = {}): Prediction {
  const tolerance = options.tolerance ?? model.tolerance;
  if (options.forms !== "fock" && wantedForm(model, size, options.form) === "auto" && dephasing(model) !== null) {
    const { length } = model.times;
    const { pulses = [], scan = false } = model.protocol ?? {};
    const steps = scan ? length * (pulses.length + 1) : length + pulses.length;
    const seconds =
      2e-7 * steps * model.system.dimension * model.reservoirs.reduce((sum, { site }) => sum + site.dimension ** 3, 0);
    return {
      method: "nondemolition",
      path: dephasingPath(model),
      modes: 0,
      cutoff: 0,
      dimension: model.system.dimension,
      sectors: 1,
      bytes: 16 * length * model.system.dimension ** 2,
      seconds,
    };
  }
  const memory = Number.POSITIVE_INFINITY;
  const { family } = startingFamily(model, size, options.form, tolerance, memory);
  const first = predictFamily(model, family, tolerance);
  if (size === Number.POSITIVE_INFINITY || joinedFamily(model, size, finiteFamily).axes < 2) return first;
  const whole = predictFamily(model, joinedFamily(model, size, purifiedFamily), tolerance);
  // A run takes purified sites whenever their space is small.
  const small = whole.bytes <= smallRoom;
  return small || whole.seconds < first.seconds ? whole : first;
}

/** Bytes that a trial may take: a larger one is not built, but counted. */
const trialRoom = 256 * 2 ** 20;

function predictFamily(model: Model, family: Family, tolerance: number): Prediction {
  const stage = new Stage(model, family, tolerance, Number.POSITIVE_INFINITY);
  stage.room = trialRoom;
  try {
    return predictByTrial(stage);
  } catch (error) {
    if (error instanceof NeedsRoom) return predictByCount(stage);
    throw error;
  }
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
  return {
    method: "fock",
    path: `${family.path}; at least this much: too large for a trial`,
    ...{ modes: pattern.modes, cutoff, dimension: Math.round(dimension), sectors },
    bytes: stage.bytesAt(dimension),
    seconds:
      secondsPerEntry * stage.expectedEntries(cutoff) * Math.max(fewApplications, model.times.length) * (sectors + 3),
  };
}

function predictByTrial(stage: Stage): Prediction {
  const { family, model } = stage;
  const began = performance.now();
  const { cutoff, trial, shape, choice } = trialOf(stage);
  const took = performance.now() - began;
  const sectors = expectedSectors(stage, Math.max(stage.startQuanta, Math.min(trial, 4)), took);
  const rows = Math.ceil(shape?.rows ?? model.system.dimension);
  return {
    method: "fock",
    path: choice?.why === undefined ? family.path : `${family.path}; ${choice.why}`,
    modes: stage.pattern.modes,
    cutoff,
    dimension: rows,
    sectors,
    bytes: stage.bytesAt(rows) + (choice?.bytes ?? 0),
    // Choosing the cutoff and the nodes takes about as long as three sectors.
    seconds: (choice?.seconds ?? 0) * (sectors + 3),
  };
}

/** Milliseconds for which pilots are worth while in a prediction. */
const longPilots = 3000;

/** About how many sectors are averaged: along one variable a usual number of refinements, else what pilots say. */
function expectedSectors(stage: Stage, cutoff: number, milliseconds: number): number {
  const { family, tolerance } = stage;
  if (family.axes === 0) return 1;
  // Pilots are some five sectors along each axis, each like the trial: where that is long, a few nodes are taken for granted.
  if (family.axes > 1 && 5 * family.axes * milliseconds > longPilots)
    return Math.min(family.exactSectors, 4 ** family.axes);
  if (family.axes === 1) return usualSectors(family.axis(0, []), tolerance);
  const times = sampleTimes(stage.model.times, 4);
  const sample = (point: readonly number[]) => flat(stage.part(sampleOf(point, cutoff, times)));
  const { choices } = chooseNodes(family, sample, tolerance);
  return Math.min(
    family.exactSectors,
    choices.reduce((count, choice) => count * nodeCount(choice), 1),
  );
}
