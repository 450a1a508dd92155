/** The parts of the energy in a truncated space of S and bosons, as operators that means are taken of. */

import { add, addTo, adjoint, type Matrix, multiply, zeros } from "../../algebra/matrix.ts";
import { assemble } from "../../fock/assemble.ts";
import type { Basis } from "../../fock/basis.ts";
import type { BosonHamiltonian, Pattern } from "../../fock/hamiltonian.ts";
import type { ComplexVector, SparseMatrix } from "../../fock/sparse.ts";
import type { Decay, Model, Size } from "../../model/types.ts";
import { alone } from "../../reservoir/alone.ts";
import { eigenbasis } from "../../reservoir/eigenbasis.ts";
import { frequencyGroups } from "../../reservoir/minimal.ts";
import { systemOperator } from "../controlled/systemOperator.ts";
import type { Space } from "../evolution.ts";
import type { Problem } from "../problem.ts";

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
  const own = (part: BosonHamiltonian) => partOf(space, space.pattern, gauge, part);
  const open = everywhere(space.pattern);
  const lost = (operator: Matrix) => dissipated(operator, decays);
  return {
    system: own(onlySystem(h, model.system.hamiltonian)),
    interaction: own(onlyInteraction(h, model.system.hamiltonian)),
    heat: groupEnergies(basis, h, siteTransitions(model), entriesAt(model, size)),
    drives: drives.map(({ operator }) => systemOperator(basis, operator)),
    decay:
      decays.length === 0
        ? []
        : [
            partOf(space, open, gauge, onSystem(withoutModes(h), lost)),
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

/** The same Hamiltonian with every operator on S put in the place of what `of` makes of it. */
function onSystem(h: BosonHamiltonian, of: (operator: Matrix) => Matrix): BosonHamiltonian {
  return {
    ...h,
    system: of(h.system),
    ladders: h.ladders.map((ladder) => ({ ...ladder, coupling: of(ladder.coupling) })),
    hoppings: h.hoppings.map((hopping) => ({ ...hopping, operator: of(hopping.operator) })),
  };
}

/** The same pattern with entries wherever operators on S could have some. */
function everywhere(pattern: Pattern): Pattern {
  const full = ({ length }: Uint8Array) => new Uint8Array(length).fill(1);
  return {
    ...pattern,
    system: full(pattern.system),
    ladders: pattern.ladders.map((ladder) => ({ ...ladder, entries: full(ladder.entries) })),
    hoppings: pattern.hoppings.map((hopping) => ({ ...hopping, entries: full(hopping.entries) })),
  };
}

function withoutModes(h: BosonHamiltonian): BosonHamiltonian {
  return { ...h, modes: h.modes.map((mode) => ({ ...mode, frequency: 0 })) };
}

function onlySystem(h: BosonHamiltonian, system: Matrix): BosonHamiltonian {
  const nothing = zeros(h.dimension);
  return {
    ...withoutModes(h),
    system,
    ladders: h.ladders.map((ladder) => ({ ...ladder, coupling: nothing })),
    hoppings: h.hoppings.map((hopping) => ({ ...hopping, operator: nothing })),
  };
}

/** What is neither H_S nor an energy of quanta. */
function onlyInteraction(h: BosonHamiltonian, system: Matrix): BosonHamiltonian {
  return { ...withoutModes(h), system: add(h.system, system, -1) };
}

/** A part of H in the phases of the problem, ū_i H_ij u_j: its entries that are not 0. */
function partOf(space: Space, pattern: Pattern, gauge: ComplexVector | null, part: BosonHamiltonian): SparseMatrix {
  const whole = assemble(space.basis, pattern, part);
  const rowStart = new Int32Array(whole.rows + 1);
  const kept: number[] = [];
  const rowOf: number[] = [];
  for (let i = 0; i < whole.rows; i++) {
    for (let e = whole.rowStart[i]; e < whole.rowStart[i + 1]; e++) {
      // Beyond the basis there is nothing to take a mean in.
      if (whole.column[e] < 0 || (whole.re[e] === 0 && whole.im[e] === 0)) continue;
      kept.push(e);
      rowOf.push(i);
    }
    rowStart[i + 1] = kept.length;
  }
  const re = new Float64Array(kept.length);
  const im = new Float64Array(kept.length);
  kept.forEach((e, at) => {
    const [i, j] = [rowOf[at], whole.column[e]];
    const cos = gauge === null ? 1 : gauge.re[i] * gauge.re[j] + gauge.im[i] * gauge.im[j];
    const sin = gauge === null ? 0 : gauge.re[i] * gauge.im[j] - gauge.im[i] * gauge.re[j];
    re[at] = whole.re[e] * cos - whole.im[e] * sin;
    im[at] = whole.re[e] * sin + whole.im[e] * cos;
  });
  return { ...whole, rowStart, column: Int32Array.from(kept, (e) => whole.column[e]), re, im };
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

/** ⟨φ|D|φ⟩ at each of `width` times, D diagonal. */
export function diagonalMean(d: Float64Array, { re, im }: ComplexVector, width: number): Float64Array {
  const mean = new Float64Array(width);
  for (let i = 0; i < d.length; i++) {
    if (d[i] === 0) continue;
    for (let t = 0, a = i * width; t < width; t++, a++) mean[t] += d[i] * (re[a] * re[a] + im[a] * im[a]);
  }
  return mean;
}

/** ⟨φ|A|φ⟩ at each of `width` times, A Hermitian. */
export function sparseMean(a: SparseMatrix, { re, im }: ComplexVector, width: number): Float64Array {
  const mean = new Float64Array(width);
  const plain = a.im.length === 0;
  for (let i = 0; i < a.rows; i++) {
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) {
      for (let t = 0, x = i * width, y = a.column[e] * width; t < width; t++, x++, y++) {
        const real = re[x] * re[y] + im[x] * im[y];
        const imaginary = re[x] * im[y] - im[x] * re[y];
        mean[t] += a.re[e] * real - (plain ? 0 : a.im[e] * imaginary);
      }
    }
  }
  return mean;
}

/** tr(Dρ) of a joint density matrix, D diagonal. */
export function diagonalTrace(d: Float64Array, { re }: ComplexVector): number {
  let sum = 0;
  for (let i = 0; i < d.length; i++) sum += d[i] * re[i * (d.length + 1)];
  return sum;
}

/** tr(Aρ), A and ρ Hermitian. */
export function sparseTrace(a: SparseMatrix, { re, im }: ComplexVector): number {
  const real = a.im.length === 0;
  let sum = 0;
  for (let i = 0; i < a.rows; i++) {
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) {
      const at = a.column[e] * a.rows + i;
      sum += a.re[e] * re[at] - (real ? 0 : a.im[e] * im[at]);
    }
  }
  return sum;
}

/** A bound on the norm: the largest sum of moduli in a row. */
export function rowSum(a: SparseMatrix): number {
  let most = 0;
  for (let i = 0; i < a.rows; i++) {
    let sum = 0;
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) sum += Math.hypot(a.re[e], a.im.length === 0 ? 0 : a.im[e]);
    most = Math.max(most, sum);
  }
  return most;
}

export function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
