import type { Model, Reservoir } from "../../src/model/types.ts";

/** A model of one reservoir with another site, or with other couplings. */
export function withReservoir(model: Model, change: Partial<Pick<Reservoir, "site" | "couplings">>): Model {
  return { ...model, reservoirs: [{ ...model.reservoirs[0], ...change }] };
}
