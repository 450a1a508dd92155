/**
 * Vacuum modes, or as many in a chain that leaves nothing out. Sites far from S are hardly filled, if at all: where frequencies lie
 * close to each other a chain takes far fewer states, where they lie far apart it takes more.
 */

import type { Model } from "../model/types.ts";
import { glancing, trialOf } from "./cutoff/trial.ts";
import { typicalPoint } from "./families/family.ts";
import { existing, type NamedFamily } from "./families/familyNamed.ts";
import { fewestInChain } from "./families/forms.ts";
import { foresight } from "./foresight.ts";
import { Stage } from "./stage.ts";

/** Modes that take fewer seconds are not worth another look. */
export const soonDone = 1;

/** An average over a static field has about so many sectors, and mostly more. */
const sectorsOfField = 10;

/** The same for each sector. */
export function soonDoneEach({ family }: NamedFamily): number {
  return family.axes === 0 ? soonDone : soonDone / sectorsOfField;
}

/** Whether these are modes that might as well stand in a chain: many, of which none can be left out. */
export function mayStandInChain({ name, family, bound }: NamedFamily): boolean {
  if (name !== "leanest" || bound > 0) return false;
  return family.hamiltonian(typicalPoint(family)).modes.length >= fewestInChain;
}

export function wholeChain(model: Model, tolerance: number): NamedFamily {
  return existing("chain", model, Number.POSITIVE_INFINITY, tolerance);
}

/** Seconds that a look ahead may take. */
const effort = 0.5;

/** The chain, if it likely takes less time than the modes do at least. */
export function chainIfFaster(modes: NamedFamily, model: Model, tolerance: number, memory: number): NamedFamily {
  const seconds = ({ family }: NamedFamily, which: "least" | "likely") => {
    const stage = glancing(new Stage(model, family, tolerance, memory));
    const trial = trialOf(stage);
    const seen = foresight(stage, trial, effort)?.[which] ?? trial.choice;
    return seen?.seconds ?? Number.POSITIVE_INFINITY;
  };
  const chain = wholeChain(model, tolerance);
  return seconds(chain, "likely") < seconds(modes, "least") ? chain : modes;
}
