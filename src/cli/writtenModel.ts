/** The model as the result document keeps it: what the user wrote, with the defaults that were taken filled in. */

import { sizeLabel } from "../io/document.ts";
import { defaults, type ModelSpec } from "../model/spec.ts";
import type { LoadedModel } from "./loadModel.ts";

export function writtenModel({ spec, model }: LoadedModel): ModelSpec {
  const { from, to, points } = defaults;
  const dimensionOf = (entry: number) => model.reservoirs.find((one) => one.entry === entry)?.site.dimension ?? 2;
  const ownSizes = model.reservoirs.some(({ counts }) => counts !== undefined);
  return {
    ...spec,
    name: model.name,
    system: { ...spec.system, dims: spec.system.dims ?? model.system.dimension },
    ...(spec.reservoir && { reservoir: { ...spec.reservoir, dims: spec.reservoir.dims ?? dimensionOf(0) } }),
    ...(spec.reservoirs && {
      reservoirs: spec.reservoirs.map((one, entry) => ({ ...one, dims: one.dims ?? dimensionOf(entry) })),
    }),
    center: spec.center ?? defaults.center,
    times: spec.times ?? { from, to, points },
    ...(ownSizes ? {} : { sizes: model.sizes.map(sizeLabel) }),
    tolerance: model.tolerance,
  };
}
