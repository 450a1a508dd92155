/** F in all its forms, as data. */

import type { Matrix } from "../algebra/matrix.ts";
import type { Model } from "../model/types.ts";
import { type BosonMode, standardModes } from "../reservoir/modes.ts";
import { type SpectralWeight, spectralWeights } from "../reservoir/spectralWeight.ts";
import { type ThermalPair, thermalPairs } from "../reservoir/thermal.ts";
import type { HermitianBath } from "./handover.ts";
import { hermitianBaths, isNotHermitian } from "./hermitianBaths.ts";
import { oscillators } from "./prepare.ts";

/** Above this dimension of S the N² × N² matrices J_ω are too large to be of use. */
const mostLevels = 8;

export interface ReservoirDescription {
  readonly forms: Readonly<
    Record<
      "standard" | "minimal" | "thermal",
      { readonly modes: readonly (BosonMode & { readonly occupation?: number })[]; readonly field: readonly Matrix[] }
    >
  >;
  readonly pairs: readonly ThermalPair[];
  /** J_ω for each ω, the static part at 0; null if S has more than 8 levels. */
  readonly spectralWeights: readonly SpectralWeight[] | null;
  /** Of the oscillators, without the static field; null if there are none such. */
  readonly hermitianBaths: readonly HermitianBath[] | null;
}

export function describeReservoir(model: Model): ReservoirDescription {
  const [standard, minimal, thermal] = (["standard", "minimal", "thermal"] as const).map((form) =>
    oscillators(model, form),
  );
  const baths = hermitianBaths(minimal.modes);
  return {
    forms: {
      standard,
      minimal,
      thermal: {
        field: thermal.field,
        modes: thermal.modes.map(({ frequency, coupling }, k) => {
          return { frequency, coupling, occupation: thermal.occupations[k] };
        }),
      },
    },
    pairs: thermalPairs(model),
    spectralWeights: model.system.dimension <= mostLevels ? spectralWeights(standardModes(model)) : null,
    hermitianBaths: isNotHermitian(baths) ? null : baths,
  };
}
