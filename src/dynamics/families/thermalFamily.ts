/** M = ∞ with thermal oscillators where modes come in pairs ±ω: half the modes, a mixed start (physics section 3). */

import type { Model } from "../../model/types.ts";
import { isFelt } from "../../reservoir/felt.ts";
import { minimalForm } from "../../reservoir/minimal.ts";
import { thermalOscillators } from "../../reservoir/thermalOscillators.ts";
import type { Family } from "./family.ts";
import { heatOfModes, meanQuanta } from "./heat.ts";
import { limitFamily } from "./limitFamily.ts";
import { geometricStarts } from "./start.ts";

/** More starting Fock states than this cost more than the modes they save. */
const mostStarts = 200;

/** The thermal family of a model, or null where no modes pair up or the oscillators are too hot. */
export function thermalFamily(model: Model, tolerance: number): Family | null {
  const vacuum = limitFamily(model);
  const { modes, field } = minimalForm(model);
  const oscillators = thermalOscillators(modes);
  const ratios = oscillators.map(({ ratio }) => ratio);
  if (ratios.filter((x) => x > 0).length !== 1) return null;
  const starts = geometricStarts(ratios, 0.03 * tolerance, Number.POSITIVE_INFINITY);
  if (starts.length > mostStarts) return null;
  const warm = oscillators.find(({ ratio }) => ratio > 0) as (typeof oscillators)[number];
  const quanta = (last: number) => meanQuanta(warm.ratio, Number.POSITIVE_INFINITY, last);
  const from = { frequency: warm.frequency, inSectors: quanta(-1), omitted: quanta(starts.length - 1) };
  return {
    ...vacuum,
    path: vacuum.path.replace("vacuum modes (minimal form)", "a thermal oscillator"),
    hamiltonian: (point) => ({
      ...vacuum.hamiltonian(point),
      modes: oscillators.map(({ frequency }) => ({ frequency, group: 0 })),
      ladders: oscillators.map(({ coupling }, mode) => ({ mode, coupling })),
    }),
    starts: () => starts,
    heat: heatOfModes(oscillators, from, field.filter(isFelt)),
  };
}
