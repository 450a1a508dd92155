/**
 * What is proved of averages over sectors of energies, which have no bound as operators (docs/certificates.md, section 6, "Energies"):
 * quanta fill up no faster than S can feed them, and ⟨V⟩ is what the balance leaves to it.
 */

import { traceOfProduct } from "../../algebra/matrix.ts";
import { spectralNorm } from "../../algebra/singularValues.ts";
import type { Model, Size } from "../../model/types.ts";
import type { Averaged } from "../average/sectors.ts";
import type { Family } from "../families/family.ts";
import type { Magnitudes } from "../families/missed.ts";
import { siteTransitions } from "./energyParts.ts";

/** Of E_S and the energy of all quanta together, hence of ⟨V⟩ as well; null where nothing is known of the quanta. */
export function energyMagnitudes(model: Model, { heat }: Family, unit: number): Magnitudes | null {
  if (heat === undefined) return null;
  const system = spectralNorm(model.system.hamiltonian);
  const quantum = siteTransitions(model).reduce((most, { frequency }) => Math.max(most, frequency), 0);
  return (t) => ({ whole: (system + heat.inSectors(t)) / unit, each: quantum / unit });
}

/** Where a number stands, and what it is divided by. */
interface Place {
  readonly unit: number;
  readonly system: number;
  readonly interaction: number;
}

/**
 * What is off by weights that are left out, and by the energy that the sectors have on average at first: it stays as it is in each, so
 * that what is wrong with it at t = 0, which is known, is wrong with ⟨V⟩ at all times.
 */
export function energyBeyond(
  model: Model,
  size: Size,
  family: Family,
  { sum, dropped }: Averaged,
  { unit, system, interaction }: Place,
): ((t: number) => number) | null {
  const { heat } = family;
  if (family.axes === 0 && sum.omitted === 0) return () => 0;
  const first = sum.rho.times.indexOf(0);
  if (heat === undefined || first < 0) return null;
  const largest = spectralNorm(model.system.hamiltonian);
  const stride = sum.rho.dimension ** 2;
  const found = (column: number) => sum.rho.re[first * stride + column];
  const atFirst =
    Math.abs(found(system) - meanAtFirst(model, model.system.hamiltonian) / unit) +
    Math.abs(found(interaction) - meanFieldAtFirst(model, size) / unit) +
    2 * sum.boundAt[first];
  return (t) =>
    atFirst + (2 * dropped * (largest + heat.inSectors(t)) + sum.omitted * (largest + heat.omitted(t))) / unit;
}

function meanAtFirst({ system }: Model, operator: Model["system"]["hamiltonian"]): number {
  return traceOfProduct(operator, system.state).re;
}

/** ⟨V⟩ at t = 0, on average over the sectors. */
function meanFieldAtFirst(model: Model, size: Size): number {
  const { operator, kept } = model.meanField;
  return kept && size < Number.POSITIVE_INFINITY ? Math.sqrt(size) * meanAtFirst(model, operator) : 0;
}
