/** The stage that a recipe makes. */

import type { Experiment } from "../experiments/experiment.ts";
import type { Family } from "../families/family.ts";
import { familyNamed } from "../families/familyNamed.ts";
import { withWitnesses } from "../witnessTimes.ts";
import { Stage } from "./stage.ts";
import type { StageRecipe } from "./stageRecipe.ts";

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
