/** What energies are measured in while they are found: then they are about as large as entries of ρ_S are. */

import { add, adjoint, multiply, zeros } from "../../algebra/matrix.ts";
import { spectralNorm } from "../../algebra/singularValues.ts";
import type { SparseMatrix } from "../../fock/sparse.ts";
import type { Model, Size } from "../../model/types.ts";
import { strengthOf } from "../../reservoir/frequencyGap.ts";
import { standardModes } from "../../reservoir/modes.ts";
import type { EnergyBounds } from "./energyBounds.ts";
import { swing } from "./energyLedger.ts";
import type { EnergyParts } from "./energyParts.ts";
import { meanFieldNorm } from "./meanFieldEnergy.ts";

/**
 * The largest of ‖H_S‖ with its drives and its mean field, of the energies ω of a quantum, of Λ = ‖Σ L†L‖^{1/2}, which bounds
 * ⟨V⟩ of the vacuum's neighbours, and of what one site has of V: starts with a site more in a rare level differ by so
 * much. At least 1, as the tolerance of a number below 1 is no coarser for being asked of energies.
 */
export function energyUnit(model: Model, size: Size): number {
  const { system, times, protocol } = model;
  const driven = (protocol?.drives ?? []).reduce(
    (sum, drive) => sum + spectralNorm(drive.operator) * swing(drive, times).largest,
    0,
  );
  const mean = meanFieldNorm(model, size);
  const quantum = standardModes(model).reduce((most, { frequency }) => Math.max(most, Math.abs(frequency)), 0);
  const force = Math.max(2 * deviation(model), ofOneSite(model, size));
  return Math.max(1, spectralNorm(system.hamiltonian) + driven + mean, quantum, force);
}

/** What weighs 1e-8 of an average lies so many deviations off its mean, and has so many sites more in a level than that, if it is rare. */
const farOff = 6;

/** How large ⟨V⟩ may be in sectors and starts that are left out as they weigh little, in the unit: they are those far off. */
export function energyFarOff(model: Model, size: Size, unit: number): number {
  return (farOff * (deviation(model) + ofOneSite(model, size))) / unit;
}

/** Λ, from the modes of all transitions and the static field. */
function deviation(model: Model): number {
  const squares = standardModes(model).reduce(
    (sum, { coupling }) => add(sum, multiply(adjoint(coupling), coupling)),
    zeros(model.system.dimension),
  );
  return Math.sqrt(spectralNorm(squares));
}

function ofOneSite({ reservoirs }: Model, size: Size): number {
  return reservoirs.reduce((most, reservoir) => Math.max(most, strengthOf(reservoir)), 0) / Math.sqrt(size);
}

/** The same operators in that unit. */
export function partsInUnit(parts: EnergyParts, unit: number): EnergyParts {
  if (unit === 1) return parts;
  const sparse = (a: SparseMatrix): SparseMatrix => ({ ...a, re: divided(a.re, unit), im: divided(a.im, unit) });
  return {
    system: sparse(parts.system),
    interaction: sparse(parts.interaction),
    heat: parts.heat.map((energy) => divided(energy, unit)),
    drives: parts.drives.map(sparse),
    decay: parts.decay.map(sparse),
  };
}

/** What errors of a ket do to energies in that unit. */
export function boundsInUnit({ leak, propagation, squared }: EnergyBounds, unit: number): EnergyBounds {
  return { leak: leak / unit, propagation: propagation / unit, squared: (t) => squared(t) / unit };
}

function divided(values: Float64Array, unit: number): Float64Array {
  return values.map((x) => x / unit);
}
