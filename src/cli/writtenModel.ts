/** The model as the result document keeps it: what the user wrote, with the defaults that were taken filled in. */

import { sizeLabel } from "../io/document.ts";
import { defaults, type ModelSpec } from "../model/spec.ts";
import type { LoadedModel } from "./loadModel.ts";

export function writtenModel({ spec, model }: LoadedModel): ModelSpec {
  const { from, to, points } = defaults;
  return {
    ...spec,
    name: model.name,
    system: { ...spec.system, dims: spec.system.dims ?? model.system.dimension },
    reservoir: { ...spec.reservoir, dims: spec.reservoir.dims ?? model.site.dimension },
    center: spec.center ?? defaults.center,
    times: spec.times ?? { from, to, points },
    sizes: model.sizes.map(sizeLabel),
    tolerance: model.tolerance,
  };
}
