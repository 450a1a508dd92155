/** Sectors over several variables, or purified sites in a single one, where S decays. */

import type { Model, Size } from "../model/types.ts";
import { glancing, trialOf } from "./cutoff/trial.ts";
import { TooLargeError } from "./errors.ts";
import type { Experiment } from "./experiments/experiment.ts";
import type { Family } from "./families/family.ts";
import { existing, type NamedFamily } from "./families/familyNamed.ts";
import { Stage } from "./stage.ts";

/** Sectors that an average over several variables takes, for each of them. */
const usualNodes = 4;

/**
 * What counts is what a joint density matrix takes in each sector, and first that it fits: trajectories meet no small tolerance,
 * and what is asked beside ρ_S(t) cannot be had of them. A small trial of each says.
 */
export function familyUnderDecay(
  model: Model,
  size: Size,
  grouped: NamedFamily,
  tolerance: number,
  memory: number,
  experiment?: Experiment,
): NamedFamily {
  const purified = existing("purified", model, size, tolerance);
  const [many, one] = [grouped, purified].map(({ family }) => expected(model, family, tolerance, memory, experiment));
  if (one === null || many === null) return one === null ? grouped : purified;
  if (one.sampled !== many.sampled) return one.sampled ? grouped : purified;
  return one.seconds <= many.seconds ? purified : grouped;
}

interface Expected {
  /** By trajectories, though they were not asked for. */
  readonly sampled: boolean;
  /** Of all sectors. */
  readonly seconds: number;
}

/** Null where not even a trial fits. */
function expected(
  model: Model,
  family: Family,
  tolerance: number,
  memory: number,
  experiment: Experiment | undefined,
): Expected | null {
  const shape = shapeTried(glancing(new Stage(model, family, tolerance, memory)));
  if (shape === null) return null;
  const { propagator, seconds } = new Stage(model, family, tolerance, memory, experiment).choiceFor(shape, model.times);
  const sectors = Math.min(family.exactSectors, usualNodes ** family.axes);
  return { sampled: propagator.kind === "trajectories", seconds: sectors * seconds };
}

function shapeTried(stage: Stage) {
  try {
    return trialOf(stage).shape;
  } catch (error) {
    if (error instanceof TooLargeError) return null;
    throw error;
  }
}
