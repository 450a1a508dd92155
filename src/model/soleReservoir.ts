/** The reservoir of a model that has one. */

import type { Model, Reservoir } from "./types.ts";

/** Throws RangeError if the model has several: what calls this would be wrong for them. */
export function soleReservoir(model: Pick<Model, "reservoirs">): Reservoir {
  if (model.reservoirs.length !== 1) {
    throw new RangeError(`this takes a model of one reservoir, but there are ${model.reservoirs.length}.`);
  }
  return model.reservoirs[0];
}
