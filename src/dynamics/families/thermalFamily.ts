/** M = ∞ with thermal oscillators where modes come in pairs ±ω: half the modes, a mixed start (physics section 3). */

import type { Model } from "../../model/types.ts";
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
  const oscillators = thermalOscillators(minimalForm(model).modes);
  const ratios = oscillators.map(({ ratio }) => ratio);
  if (ratios.filter((x) => x > 0).length !== 1) return null;
  const starts = geometricStarts(ratios, 0.03 * tolerance, Number.POSITIVE_INFINITY);
  if (starts.length > mostStarts) return null;
  const warm = oscillators.filter(({ ratio }) => ratio > 0);
  const energy = (last: number) =>
    warm.reduce(
      (sum, { frequency, ratio }) => sum + Math.abs(frequency) * meanQuanta(ratio, Number.POSITIVE_INFINITY, last),
      0,
    );
  return {
    ...vacuum,
    path: vacuum.path.replace("vacuum modes (minimal form)", "a thermal oscillator"),
    hamiltonian: (point) => ({
      ...vacuum.hamiltonian(point),
      modes: oscillators.map(({ frequency }) => ({ frequency, group: 0 })),
      ladders: oscillators.map(({ coupling }, mode) => ({ mode, coupling })),
    }),
    starts: () => starts,
    heat: heatOfModes(oscillators, energy(-1), energy(starts.length - 1)),
  };
}
