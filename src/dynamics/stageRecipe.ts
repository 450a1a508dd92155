/** How a stage is made from what can be sent to another thread: names and numbers, no functions. */

import type { Model, Size } from "../model/types.ts";
import type { Asked, Experiment } from "./experiments/experiment.ts";
import type { Family } from "./families/family.ts";
import { type FamilyName, familyNamed } from "./families/familyNamed.ts";
import { Stage } from "./stage.ts";
import { withWitnesses } from "./witnessTimes.ts";

/** Equal recipes make equal stages. */
export interface StageRecipe {
  readonly model: Model;
  readonly size: Size;
  readonly family: FamilyName;
  readonly tolerance: number;
  /** Bytes that may be used. */
  readonly memory: number;
  /** Bytes that may be used while other runs go on beside it. */
  readonly room?: number;
  /** The proved bounds are what counts. */
  readonly certified?: boolean;
  /** What a quantum of each mode takes of the cutoff; as the family has it, if left out. */
  readonly weights?: readonly number[];
  /** What is asked of a sector, if not ρ_S(t). */
  readonly asked?: Asked;
}

/** The stage of a family that was made already. */
export function stageFor(family: Family, recipe: StageRecipe, experiment?: Experiment): Stage {
  const { model, tolerance, memory, weights, certified } = recipe;
  // How an average converges, and how high a sector is filled, is watched at times of its own.
  const watched = { ...model, times: withWitnesses(model.times) };
  const stage = new Stage(watched, family, tolerance, memory, experiment, certified);
  if (recipe.room !== undefined) stage.room = recipe.room;
  if (weights !== undefined) stage.weighModes(weights);
  return stage;
}

/** The stage, its family and all. `experiment` is what `asked` names. */
export function stageOf(recipe: StageRecipe, experiment?: Experiment): Stage {
  const found = familyNamed(recipe.family, recipe.model, recipe.size, recipe.tolerance);
  if (found === null) throw new RangeError(`a run of this model has no family "${recipe.family}"`);
  return stageFor(found.family, recipe, experiment);
}
