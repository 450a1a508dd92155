/** The parts of the energy in a truncated space of S and bosons, as operators that means are taken of. */

import { add, addTo, adjoint, identity, type Matrix, multiply, scale, subtract, zeros } from "../../algebra/matrix.ts";
import { assemble } from "../../fock/assemble.ts";
import type { Basis } from "../../fock/basis.ts";
import { inGauge } from "../../fock/components.ts";
import { type BosonHamiltonian, everywhere, onSystem, withoutModes } from "../../fock/hamiltonian.ts";
import { type SparseMatrix, withoutZeros } from "../../fock/sparse.ts";
import type { Decay, Model, Size } from "../../model/types.ts";
import { alone } from "../../reservoir/alone.ts";
import { eigenbasis } from "../../reservoir/eigenbasis.ts";
import { frequencyGroups } from "../../reservoir/minimal.ts";
import { systemOperator } from "../controlled/systemOperator.ts";
import type { Space } from "../sector/evolution.ts";
import type { Problem } from "../sector/problem.ts";
import { uniformMeanField } from "./meanFieldEnergy.ts";

/** Transitions of the sites of one of the model file's reservoirs. */
export interface Transition {
  /** From 0. */
  readonly reservoir: number;
  /** |E_k − E_l| ≠ 0. */
  readonly frequency: number;
}

/** Hermitian operators in the phases of a problem, or diagonals of such. */
export interface EnergyParts {
  /** H_S, without drives. */
  readonly system: SparseMatrix;
  readonly interaction: SparseMatrix;
  /** Σ ω n over the modes of each transition. */
  readonly heat: readonly Float64Array[];
  /** The operators of the drives. */
  readonly drives: readonly SparseMatrix[];
  /** D†[H] of the Lindblad terms, and D†[A] of each drive: their means are what decay changes the energy by. */
  readonly decay: readonly SparseMatrix[];
}

export function energyParts(
  model: Model,
  size: Size,
  space: Space,
  h: BosonHamiltonian,
  { basis, gauge }: Problem,
): EnergyParts {
  const { drives = [], decays = [] } = model.protocol ?? {};
  const inPhases = (part: SparseMatrix) => withoutZeros(gauge === null ? part : inGauge(part, gauge));
  const lost = (operator: Matrix) => dissipated(operator, decays);
  const uniform = scale(identity(model.system.dimension), uniformMeanField(model, size));
  const apart = subtract(model.system.hamiltonian, uniform);
  return {
    system: inPhases(systemOperator(basis, model.system.hamiltonian)),
    interaction: inPhases(assemble(basis, space.pattern, onlyInteraction(h, apart))),
    heat: groupEnergies(basis, h, siteTransitions(model), entriesAt(model, size)),
    drives: drives.map(({ operator }) => systemOperator(basis, operator)),
    decay:
      decays.length === 0
        ? []
        : [
            inPhases(assemble(basis, everywhere(space.pattern), onSystem(withoutModes(h), lost))),
            ...drives.map(({ operator }) => systemOperator(basis, lost(operator))),
          ],
  };
}

/** Reservoir by reservoir, frequencies ascending. */
export function siteTransitions(model: Model): Transition[] {
  const entries = [...new Set(model.reservoirs.map(({ entry }) => entry))];
  return entries.flatMap((reservoir) => {
    const differences = model.reservoirs.flatMap(({ entry, site }) => {
      const levels = entry === reservoir ? [...eigenbasis(site).energies] : [];
      return levels.flatMap((e, k) => levels.slice(0, k).map((f) => ({ frequency: Math.abs(e - f) })));
    });
    return frequencyGroups(differences)
      .filter(({ frequency }) => frequency > 0)
      .map(({ frequency }) => ({ reservoir, frequency }));
  });
}

/** D†[X] = Σ rate (L†XL − ½ {L†L, X}). */
function dissipated(x: Matrix, decays: readonly Decay[]): Matrix {
  const sum = zeros(x.rows);
  for (const { operator, rate } of decays) {
    const dagger = adjoint(operator);
    const loss = multiply(dagger, operator);
    addTo(sum, multiply(multiply(dagger, x), operator), rate);
    addTo(sum, add(multiply(loss, x), multiply(x, loss)), -rate / 2);
  }
  return sum;
}

/** What is neither H_S nor an energy of quanta. */
function onlyInteraction(h: BosonHamiltonian, system: Matrix): BosonHamiltonian {
  return { ...withoutModes(h), system: add(h.system, system, -1) };
}

/** The model file's reservoir that each part of the modes belongs to: those without a site at this size have none. */
function entriesAt(model: Model, size: Size): number[] {
  return alone(model, size).map(({ model: { reservoirs } }) => reservoirs[0].entry);
}

/** Σ ω n over the modes of each group, for each joint state. */
function groupEnergies(
  basis: Basis,
  h: BosonHamiltonian,
  groups: readonly Transition[],
  entries: readonly number[],
): Float64Array[] {
  const groupOf = h.modes.map(({ frequency, part = 0 }) => nearest(groups, entries[part], Math.abs(frequency)));
  return groups.map((_, g) => {
    const energy = new Float64Array(basis.dimension);
    for (let i = 0; i < basis.dimension; i++) {
      h.modes.forEach(({ frequency }, k) => {
        if (groupOf[k] === g) energy[i] += frequency * basis.occupations[basis.fock[i] * basis.modes + k];
      });
    }
    return energy;
  });
}

/** The transition of a reservoir with this frequency; −1 for 0, which carries no energy. */
function nearest(groups: readonly Transition[], reservoir: number, frequency: number): number {
  if (frequency === 0) return -1;
  let best = -1;
  groups.forEach((group, g) => {
    if (group.reservoir !== reservoir) return;
    const closer = best < 0 || Math.abs(group.frequency - frequency) < Math.abs(groups[best].frequency - frequency);
    if (closer) best = g;
  });
  return best;
}

/** The largest modulus. */
export function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
