/**
 * Vacuum modes, or as many in a chain that leaves nothing out. Sites far from S are hardly filled, if at all: where frequencies lie
 * close to each other a chain takes far fewer states, where they lie far apart it takes more.
 */

import type { Model } from "../../model/types.ts";
import { typicalPoint } from "../families/family.ts";
import { existing, type NamedFamily } from "../families/familyNamed.ts";
import { fewestInChain } from "../families/forms.ts";

/** An average over a static field has about so many sectors, and mostly more. */
export const sectorsOfField = 10;

/** Whether these are modes that might as well stand in a chain: many, of which none can be left out. */
export function mayStandInChain({ name, family, bound }: NamedFamily): boolean {
  if (name !== "leanest" || bound > 0) return false;
  return family.hamiltonian(typicalPoint(family)).modes.length >= fewestInChain;
}

export function wholeChain(model: Model, tolerance: number): NamedFamily {
  return existing("chain", model, Number.POSITIVE_INFINITY, tolerance);
}
