/** What a run starts from: the form of F that is asked for, or the one that is expected to cost least. */

import type { Form, Model, Size } from "../model/types.ts";
import { alone } from "../reservoir/alone.ts";
import { ImpossibleRunError } from "./errors.ts";
import type { Family } from "./family.ts";
import { finiteFamily } from "./finiteFamily.ts";
import { type FormFamily, formFamily, leanestForm } from "./forms.ts";
import { joinedBlocks } from "./joinedBlocks.ts";
import { joined, joinedFamily } from "./joinedFamily.ts";
import { limitFamily } from "./limitFamily.ts";
import { Stage } from "./stage.ts";
import { thermalFamily } from "./thermalFamily.ts";
import { trialOf } from "./trial.ts";

/** The form that is asked for; finite sizes have no F, and hence no form. */
export function wantedForm(model: Model, size: Size, asked: Form | undefined): Form {
  return size === Number.POSITIVE_INFINITY ? (asked ?? model.form ?? "auto") : "auto";
}

/** The family, with what it leaves out. Throws ImpossibleRunError where the form does not exist. */
export function startingFamily(
  model: Model,
  size: Size,
  asked: Form | undefined,
  tolerance: number,
  memory: number,
): FormFamily {
  const form = wantedForm(model, size, asked);
  if (form !== "auto") return formFamily(model, form, tolerance);
  return leanest(model, size, tolerance, memory, () => leanestForm(model, tolerance));
}

/**
 * The same among the forms that leave nothing out: what a chain cut off or merged modes leave out is proved to be small
 * for ρ_S(t) at the times of the model alone. `apart`: no mode belongs to several reservoirs. Throws ImpossibleRunError
 * where such a form is asked for.
 */
export function exactFamily(
  model: Model,
  size: Size,
  asked: Form | undefined,
  tolerance: number,
  memory: number,
  apart: boolean,
): FormFamily {
  const form = wantedForm(model, size, asked);
  if (form === "chain" || form === "merged") {
    throw new ImpossibleRunError(
      `\`form\` must leave nothing out here, but is ${form}, which is certified for ρ_S(t) alone. ` +
        "Use minimal, thermal or standard, or leave it out.",
    );
  }
  if (apart && size === Number.POSITIVE_INFINITY && model.reservoirs.length > 1) {
    const families = alone(model, size).map((one) => limitFamily(one.model));
    return { family: joined(model.system.hamiltonian, families), bound: 0 };
  }
  if (form !== "auto") return formFamily(model, form, tolerance);
  return leanest(model, size, tolerance, memory, () => ({ family: limitFamily(model), bound: 0 }));
}

function leanest(
  model: Model,
  size: Size,
  tolerance: number,
  memory: number,
  vacuumInLimit: () => FormFamily,
): FormFamily {
  const limit = size === Number.POSITIVE_INFINITY;
  const mixed = limit ? thermalFamily(model, tolerance) : joinedBlocks(model, size, tolerance);
  if (mixed !== null && isSmall(mixed, model, tolerance, memory)) return { family: mixed, bound: 0 };
  const vacuum = limit ? vacuumInLimit() : { family: joinedFamily(model, size, finiteFamily), bound: 0 };
  const cheaper = mixed !== null && isCheaper(mixed, vacuum.family, model, tolerance, memory);
  return cheaper ? { family: mixed, bound: 0 } : vacuum;
}

/** Joint states of a space that costs less than deciding whether another one costs less. */
const smallSpace = 160;

function isSmall(family: Family, model: Model, tolerance: number, memory: number): boolean {
  const { startQuanta } = new Stage(model, family, tolerance, memory);
  return model.system.dimension * startQuanta <= smallSpace;
}

/** Fewer bosons with a mixed start, against bosons in their vacuum: what a small trial says is cheaper. */
function isCheaper(mixed: Family, vacuum: Family, model: Model, tolerance: number, memory: number): boolean {
  const cost = (family: Family) => {
    const sectors = Math.min(12, family.exactSectors);
    return sectors * (trialOf(new Stage(model, family, tolerance, memory)).choice?.seconds ?? 0);
  };
  return cost(mixed) < cost(vacuum);
}
