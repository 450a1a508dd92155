/** M = ∞: the modes of F in their vacuum, and a static Gaussian field on S (physics sections 2 and 3). */

import { normal } from "../../algebra/gauss.ts";
import { spectralWidth } from "../../algebra/hermitian.ts";
import { addTo, copy } from "../../algebra/matrix.ts";
import { spectralNorm } from "../../algebra/singularValues.ts";
import type { Model } from "../../model/types.ts";
import { isFelt } from "../../reservoir/felt.ts";
import { type MinimalForm, minimalForm } from "../../reservoir/minimal.ts";
import type { Family } from "./family.ts";
import { heatOfModes } from "./heat.ts";
import { fieldMissed } from "./missed.ts";

/** The fewest vacuum modes, and the static field. */
export function limitFamily(model: Model): Family {
  const family = modesFamily(model, minimalForm(model));
  return { ...family, path: family.path.replace("vacuum modes", "vacuum modes (minimal form)") };
}

/** Any list of vacuum modes and any static field. */
export function modesFamily(model: Model, { modes, field: all }: Pick<MinimalForm, "modes" | "field">): Family {
  const field = all.filter(isFelt);
  const axes = field.map((a) => ({
    measure: normal,
    deviation: 1,
    missed: fieldMissed(spectralWidth(a), spectralNorm(a)),
  }));
  return {
    path: field.length === 0 ? "vacuum modes" : "vacuum modes and a static Gaussian field",
    axes: field.length,
    axis: (index) => axes[index],
    hamiltonian: (point) => {
      const system = copy(model.system.hamiltonian);
      field.forEach((a, r) => {
        addTo(system, a, point[r]);
      });
      return {
        dimension: model.system.dimension,
        system,
        modes: modes.map(({ frequency }) => ({ frequency, group: 0 })),
        groups: [{ filled: 1, step: 0, capacity: Number.POSITIVE_INFINITY }],
        ladders: modes.map(({ coupling }, mode) => ({ mode, coupling })),
        hoppings: [],
      };
    },
    heat: heatOfModes(modes, undefined, field),
    capacity: Number.POSITIVE_INFINITY,
    exactSectors: field.length === 0 ? 1 : Number.POSITIVE_INFINITY,
  };
}
