/** Random models of several reservoirs: those of random models of one, side by side on the first one's S. */

import { add, addTo, adjoint, maxAbs, scale, traceless, zeros } from "../../src/algebra/matrix.ts";
import type { Model } from "../../src/model/types.ts";
import type { ModelKind } from "./randomModel.ts";
import { randomModel } from "./randomModel.ts";

/** Shares are those of the numbers of sites, which are the ones at the size that they sum to. */
export function severalReservoirs(
  seed: number,
  numbers: readonly number[],
  kind: Partial<ModelKind>,
  dimensions: readonly number[],
): Model {
  const size = numbers.reduce((sum, count) => sum + count, 0);
  const models = dimensions.map((siteDimension, r) => randomModel(seed + 100 * r, { ...kind, siteDimension }).model);
  const reservoirs = models.map((one, r) => ({ ...one.reservoirs[0], share: numbers[r] / size, entry: r }));
  const operator = zeros(models[0].system.dimension);
  for (const { share, couplings } of reservoirs) {
    for (const { system, offset } of couplings) {
      const term = scale(system, offset);
      addTo(operator, add(term, adjoint(term)), share);
    }
  }
  const { kept } = models[0].meanField;
  return {
    ...models[0],
    reservoirs,
    sizes: [size],
    meanField: { operator, kept, matters: maxAbs(traceless(operator)) > 1e-12 },
  };
}
