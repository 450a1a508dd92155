import { dephasing, nondemolition } from "../../../src/dynamics/closed/nondemolition.ts";
import type { Model } from "../../../src/model/types.ts";

/** The closed form of a model in which S only dephases. */
export function closed(model: Model, size: number) {
  const only = dephasing(model);
  if (only === null) throw new Error("S only dephases, but no basis was found");
  return nondemolition(model, size, only);
}
