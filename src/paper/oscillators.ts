/** Oscillators in a truncated Fock space, written as matrices: what the equations of F are held against. */

import { add, adjoint, identity, kron, type Matrix, zeros } from "../algebra/matrix.ts";
import type { MatrixSeries } from "../algebra/series.ts";
import { reducedDynamics } from "./denseEvolution.ts";

/** All occupations of some modes with at most `most` quanta in all, the vacuum first. */
export interface FockSpace {
  readonly states: readonly (readonly number[])[];
  /** a of each mode, between these states. */
  readonly lower: readonly Matrix[];
}

export function fockSpace(modes: number, most: number): FockSpace {
  const states = occupations(modes, most);
  const index = new Map(states.map((state, i) => [state.join(), i]));
  const lower = Array.from({ length: modes }, (_, k) => {
    const a = zeros(states.length);
    states.forEach((state, i) => {
      const below = index.get(state.map((count, j) => (j === k ? count - 1 : count)).join());
      if (below !== undefined) a.re[below * states.length + i] = Math.sqrt(state[k]);
    });
    return a;
  });
  return { states, lower };
}

function occupations(modes: number, most: number): number[][] {
  if (modes === 0) return [[]];
  return Array.from({ length: most + 1 }, (_, first) => first).flatMap((first) =>
    occupations(modes - 1, most - first).map((others) => [first, ...others]),
  );
}

/** Σ_k ω_k a_k† a_k. */
export function oscillatorEnergy({ states }: FockSpace, frequencies: readonly number[]): Matrix {
  const energy = zeros(states.length);
  states.forEach((state, i) => {
    energy.re[i * states.length + i] = state.reduce((sum, count, k) => sum + count * frequencies[k], 0);
  });
  return energy;
}

/** |0⟩⟨0|, (15). */
export function vacuum({ states }: FockSpace): Matrix {
  const state = zeros(states.length);
  state.re[0] = 1;
  return state;
}

/** One mode in a thermal state of n quanta on average, normalised within the space. */
export function thermalState({ states }: FockSpace, n: number): Matrix {
  const state = zeros(states.length);
  let sum = 0;
  for (const [count] of states) sum += (n / (n + 1)) ** count;
  states.forEach(([count], i) => {
    state.re[i * states.length + i] = (n / (n + 1)) ** count / sum;
  });
  return state;
}

/** One oscillator and what couples it: ω a†a + L ⊗ a† + L† ⊗ a. */
export interface CoupledOscillator {
  readonly frequency: number;
  readonly coupling: Matrix;
}

/** H_S + Σ_k (ω_k a_k†a_k + L_k ⊗ a_k† + L_k† ⊗ a_k). */
export function coupledHamiltonian(system: Matrix, modes: readonly CoupledOscillator[], space: FockSpace): Matrix {
  const energy = oscillatorEnergy(
    space,
    modes.map(({ frequency }) => frequency),
  );
  let h = add(kron(system, identity(space.states.length)), kron(identity(system.rows), energy));
  modes.forEach(({ coupling }, k) => {
    const term = kron(coupling, adjoint(space.lower[k]));
    h = add(h, add(term, adjoint(term)));
  });
  return h;
}

/** ρ_S(t) of S and oscillators that start in `start` (default: their vacuum). */
export function oscillatorDynamics(
  system: { readonly hamiltonian: Matrix; readonly state: Matrix },
  modes: readonly CoupledOscillator[],
  space: FockSpace,
  times: readonly number[],
  start: Matrix = vacuum(space),
): MatrixSeries {
  const h = coupledHamiltonian(system.hamiltonian, modes, space);
  return reducedDynamics(h, kron(system.state, start), system.hamiltonian.rows, times);
}
