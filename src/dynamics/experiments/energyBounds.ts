/**
 * What errors of a ket, in norm, may do to its energies at most, though these are means of operators without a bound. With N the
 * number of quanta and V = Σ L_k a_k† + h.c., |d⟨N⟩/dt| ≤ 2Λ √⟨N⟩ for Λ² = ‖Σ L_k† L_k‖, so that ‖√N ψ(t)‖ ≤ √n_0 + Λ|t| =: r, in
 * the truncated space as well. What leaves that space has n + 1 quanta at most, and moves on under the same law: if it
 * is ℓ in norm by the proved bound, ψ is off by δ with ‖√N δ‖ ≤ (√(n + 1) + Λ|t|) ℓ. An operator D with |D| ≤ ω N is then off
 * by 2 ω ‖√N δ‖ r, and V by 2Λ (‖√N δ‖ + ‖δ‖ r). Nothing of this minds hopping, pulses or drives, which keep N; at finite M
 * ladders are shorter, and N is at most the number of sites. What is linear in δ is of second order too: see energyReturn.ts.
 */

import { add, adjoint, type Matrix, multiply, scale, zeros } from "../../algebra/matrix.ts";
import { spectralNorm } from "../../algebra/singularValues.ts";
import { farthestOf } from "../../algebra/timeParts.ts";
import type { BosonHamiltonian } from "../../fock/hamiltonian.ts";
import type { Model } from "../../model/types.ts";
import { largestEigenvalue } from "../controlled/ketGenerator.ts";
import type { Problem } from "../sector/problem.ts";
import { swing } from "./energyLedger.ts";

/** By how much the worst of the energies is off at most, for an error 1 in norm. */
export interface EnergyBounds {
  /** For what leaks out of the space. */
  readonly leak: number;
  /** For what the propagator errs by, within the space, as long as that is less than `mostError`. */
  readonly propagation: number;
  /** |⟨δ|A|δ⟩| for the worst A of the energies, where δ is what leaks until t and has become of it, 1 in norm. */
  readonly squared: (t: number) => number;
}

export const mostError = 1e-4;

/** `uniform`: what ⟨V⟩ has beyond what h says, whatever the state. */
export function energyBounds(
  model: Model,
  h: BosonHamiltonian,
  { basis, kets, times }: Problem,
  uniform = 0,
): EnergyBounds {
  const { occupations, modes, fock } = basis;
  const quanta = (i: number) => {
    let sum = 0;
    for (let k = 0; k < modes; k++) sum += occupations[fock[i] * modes + k];
    return sum;
  };
  let top = 0;
  for (let i = 0; i < basis.dimension; i++) top = Math.max(top, quanta(i));
  const first = kets.reduce((most, { states }) => Math.max(most, ...states.map(quanta)), 0);
  const climb = Math.sqrt(spectralNorm(squares(h)));
  const time = farthestOf(times);
  const reached = Math.sqrt(first) + climb * time + mostError * Math.sqrt(top);
  const { drives = [], pulses = [] } = model.protocol ?? {};
  const swings = drives.map((drive) => ({ size: largestEigenvalue(drive.operator), ...swing(drive, times) }));
  const driven = swings.reduce((sum, { size, largest }) => sum + size * largest, 0);
  const system = largestEigenvalue(model.system.hamiltonian) + driven;
  const shift = largestEigenvalue(add(h.system, model.system.hamiltonian, -1)) + Math.abs(uniform);
  const hopping = hops(h);
  const fastest = h.modes.reduce((most, { frequency }) => Math.max(most, Math.abs(frequency)), 0);
  /** `number`: ‖√N δ‖ for an error 1. */
  const worst = (number: number) => {
    const interaction = 2 * (climb * (number + reached) + shift + hopping * number * reached);
    const heat = 2 * fastest * number * reached;
    const work = 2 * swings.reduce((sum, { size, variation }) => sum + size * variation, 0);
    // Where there is no energy at all, errors do nothing to it.
    return Math.max(1e-12, 2 * system, interaction, heat, work, 2 * pulses.length * (2 * system + interaction));
  };
  const most = Math.sqrt(h.groups.reduce((sum, { capacity }) => sum + capacity, 0));
  const leaving = (t: number) => Math.min(most, Math.sqrt(top + 1) + climb * Math.abs(t));
  const squared = (t: number) => {
    const number = leaving(t);
    return Math.max(system, 2 * climb * number + shift + hopping * number ** 2, fastest * number ** 2);
  };
  return { leak: worst(leaving(time)), propagation: worst(Math.sqrt(top)), squared };
}

/** Σ L_k† L_k, with the largest factor that a ladder may have. */
function squares({ dimension, modes, groups, ladders }: BosonHamiltonian): Matrix {
  return ladders.reduce((sum, { mode, coupling }) => {
    const { filled } = groups[modes[mode].group];
    return add(sum, scale(multiply(adjoint(coupling), coupling), Math.max(0, filled)));
  }, zeros(dimension));
}

/** Σ O_ab b_a† b_b is at most this times N: the largest sum of norms in a row. */
function hops({ modes, hoppings }: BosonHamiltonian): number {
  const rows = modes.map(() => 0);
  for (const { to, from, operator } of hoppings) {
    const size = spectralNorm(operator);
    rows[to] += size;
    if (from !== to) rows[from] += size;
  }
  return Math.max(0, ...rows);
}
