/** Where the energy of S and its reservoir is: in S, in the interaction, in the transitions of the sites. */

import { add, type Matrix, zeros } from "../algebra/matrix.ts";
import { type MatrixSeries, seriesAt, zeroSeries } from "../algebra/series.ts";
import { assemble } from "../fock/assemble.ts";
import type { Basis } from "../fock/basis.ts";
import type { BosonHamiltonian, Pattern } from "../fock/hamiltonian.ts";
import type { ComplexVector, SparseMatrix } from "../fock/sparse.ts";
import type { Model, Size } from "../model/types.ts";
import { alone } from "../reservoir/alone.ts";
import { eigenbasis } from "../reservoir/eigenbasis.ts";
import { frequencyGroups } from "../reservoir/minimal.ts";
import type { Evolution, Space } from "./evolve.ts";
import { problemOf } from "./evolve.ts";
import type { Experiment } from "./experiment.ts";
import { Populations } from "./filling.ts";
import { jointPropagation, ketAt } from "./jointKets.ts";
import { type EvolutionInfo, emptyInfo } from "./problem.ts";
import type { Run } from "./run.ts";
import { experimentRun, type SimulateOptions } from "./simulate.ts";
import { denseKet } from "./sparseKet.ts";
import type { Steps } from "./work.ts";

/** Transitions of the sites of one of the model file's reservoirs. */
export interface Transition {
  /** From 0. */
  readonly reservoir: number;
  /** |E_k − E_l| ≠ 0. */
  readonly frequency: number;
}

/** Energies at the times of the model. */
export interface Energies {
  readonly times: readonly number[];
  /** tr(H_S ρ_S(t)). */
  readonly system: Float64Array;
  /** ⟨V⟩, the mean field and the static field with it. */
  readonly interaction: Float64Array;
  /**
   * Heat: the energy gained by the sites of a reservoir in transitions of this |E_k − E_l|, since t = 0. For M = ∞ it is
   * that of the modes at ±frequency; in all forms of F it is the same.
   */
  readonly heat: readonly (Transition & { readonly values: Float64Array })[];
  /** Σ of the heats into all reservoirs. */
  readonly reservoir: Float64Array;
  /** Into each of the model file's reservoirs, in its order: those made from one `spread` count as one. */
  readonly reservoirs: readonly Float64Array[];
  /** Work done on S and its reservoir since t = 0 by what depends on time: nothing does, so that it is 0. */
  readonly work: Float64Array;
  /** Largest modulus of system + interaction + reservoir − work, less what it is at t = 0: what the balance is open by. */
  readonly open: number;
}

/** All energies as numbers of a run, in steps; `energiesOf` names them. Each is to the tolerance. Throws what `simulate` throws. */
export function* energyRun(model: Model, size: Size, options: SimulateOptions = {}): Steps<Run> {
  // t = 0 is always looked at: there the balance begins.
  const watched = { ...model, times: [...model.times, 0] };
  const run = yield* experimentRun(watched, size, accounting(model, size), { ...options, certified: false });
  // Energies of states outside the space have no bound.
  return { ...run, error: { ...run.error, bound: null, boundAt: null } };
}

/** The same, at once, and by name. */
export function energies(model: Model, size: Size, options: SimulateOptions = {}): { energies: Energies; run: Run } {
  const steps = energyRun(model, size, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return { energies: energiesOf(model, step.value.rho), run: step.value };
  }
}

/** What the numbers of `energyRun` are. */
export function energiesOf(model: Model, numbers: MatrixSeries): Energies {
  const { times } = model;
  const stride = numbers.dimension ** 2;
  const column = (c: number) => Float64Array.from(times, (_, t) => numbers.re[t * stride + c]);
  const atZero = (c: number) => numbers.re[times.length * stride + c];
  const groups = siteTransitions(model);
  const heat = groups.map((group, g) => ({ ...group, values: column(2 + g) }));
  const [system, interaction] = [column(0), column(1)];
  const sumOf = (some: typeof heat) =>
    Float64Array.from(times, (_, t) => some.reduce((sum, { values }) => sum + values[t], 0));
  const reservoir = sumOf(heat);
  const entries = [...new Set(model.reservoirs.map(({ entry }) => entry))];
  const reservoirs = entries.map((entry) => sumOf(heat.filter((one) => one.reservoir === entry)));
  const work = new Float64Array(times.length);
  const start = atZero(0) + atZero(1) + groups.reduce((sum, _, g) => sum + atZero(2 + g), 0);
  const open = times.reduce(
    (most, _, t) => Math.max(most, Math.abs(system[t] + interaction[t] + reservoir[t] - work[t] - start)),
    0,
  );
  return { times, system, interaction, heat, reservoir, reservoirs, work, open };
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

/** The numbers fill a square matrix row by row: E_S, ⟨V⟩, the heat of each group. */
export function accounting(model: Model, size: Size): Experiment {
  const groups = siteTransitions(model);
  const dimension = Math.ceil(Math.sqrt(2 + groups.length));
  return {
    asked: { kind: "energies", model, size },
    dimension,
    reservoirsApart: true,
    evolve: (space, h, kets, times, propagator, { bound = false, enough = 0, lookAt = [] }) => {
      const problem = problemOf(space, h, kets, times, bound);
      const { basis, weights, gauge } = problem;
      const ofSystem = partOf(space, gauge, onlySystem(h, model.system.hamiltonian));
      const ofInteraction = partOf(space, gauge, onlyInteraction(h, model.system.hamiltonian));
      const quanta = groupEnergies(basis, h, groups, entriesAt(model, size));
      const scale = 2 * Math.max(rowSum(ofSystem), rowSum(ofInteraction), ...quanta.map(largest));
      const joint = jointPropagation(problem, propagator);
      const numbers = zeroSeries(times, dimension);
      const populations = new Populations(basis, lookAt.length);
      const lookOf = new Map(lookAt.map((place, look) => [place, look]));
      const info = emptyInfo(() => populations.filling());
      problem.kets.forEach((start, k) => {
        const first = denseKet(start, basis.dimension);
        const before = quanta.map((energy) => diagonalMean(energy, first, 1)[0]);
        const [error] = joint([first], times, enough / scale, ([ket], places) => {
          const width = places.length;
          const columns = [
            sparseMean(ofSystem, ket, width),
            sparseMean(ofInteraction, ket, width),
            ...quanta.map((energy, g) => diagonalMean(energy, ket, width).map((value) => value - before[g])),
          ];
          places.forEach((place, t) => {
            columns.forEach((values, c) => {
              numbers.re[place * dimension ** 2 + c] += weights[k] * values[t];
            });
            const look = lookOf.get(place);
            if (look === undefined) return;
            const state = ketAt(ket, t, width);
            populations.addAt(look, state.re, state.im, weights[k]);
          });
        });
        info.leaked += weights[k] * scale * error.leaked;
        info.propagation += weights[k] * scale * error.propagation;
        info.applications += error.applications;
      });
      return evolutionOf(numbers, info);
    },
  };
}

function evolutionOf(rho: MatrixSeries, info: EvolutionInfo): Evolution {
  return {
    rho,
    info,
    sample: (places) => seriesAt(rho, places),
    addTo: (sum, weight) => sum.addSeries(rho, weight),
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
function partOf(space: Space, gauge: ComplexVector | null, part: BosonHamiltonian): SparseMatrix {
  const pattern: Pattern = space.pattern;
  const whole = assemble(space.basis, pattern, part);
  const rowStart = new Int32Array(whole.rows + 1);
  const kept: number[] = [];
  const rowOf: number[] = [];
  for (let i = 0; i < whole.rows; i++) {
    for (let e = whole.rowStart[i]; e < whole.rowStart[i + 1]; e++) {
      if (whole.re[e] === 0 && whole.im[e] === 0) continue;
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
function diagonalMean(d: Float64Array, { re, im }: ComplexVector, width: number): Float64Array {
  const mean = new Float64Array(width);
  for (let i = 0; i < d.length; i++) {
    if (d[i] === 0) continue;
    for (let t = 0, a = i * width; t < width; t++, a++) mean[t] += d[i] * (re[a] * re[a] + im[a] * im[a]);
  }
  return mean;
}

/** ⟨φ|A|φ⟩ at each of `width` times, A Hermitian. */
function sparseMean(a: SparseMatrix, { re, im }: ComplexVector, width: number): Float64Array {
  const mean = new Float64Array(width);
  for (let i = 0; i < a.rows; i++) {
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) {
      for (let t = 0, x = i * width, y = a.column[e] * width; t < width; t++, x++, y++) {
        const real = re[x] * re[y] + im[x] * im[y];
        const imaginary = re[x] * im[y] - im[x] * re[y];
        mean[t] += a.re[e] * real - a.im[e] * imaginary;
      }
    }
  }
  return mean;
}

/** A bound on the norm: the largest sum of moduli in a row. */
function rowSum(a: SparseMatrix): number {
  let most = 0;
  for (let i = 0; i < a.rows; i++) {
    let sum = 0;
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) sum += Math.hypot(a.re[e], a.im[e]);
    most = Math.max(most, sum);
  }
  return most;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
