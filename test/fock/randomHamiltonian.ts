/** Random Hamiltonians of S and bosons, and the same as a dense matrix made of ladder operators by Kronecker products. */

import {
  add,
  addTo,
  adjoint,
  diagonal,
  identity,
  kron,
  type Matrix,
  multiply,
  scale,
  zeros,
} from "../../src/algebra/matrix.ts";
import type { BosonHamiltonian } from "../../src/fock/hamiltonian.ts";
import { random, randomHermitian, randomMatrix } from "../oracle/random.ts";

export interface HamiltonianKind {
  /** N. */
  readonly dimension: number;
  readonly modes: number;
  /** Groups with a supply of this many quanta; [Infinity] for free bosons. Modes are dealt to them in turn. */
  readonly capacities: readonly number[];
  readonly hopping: boolean;
}

export function randomHamiltonian(seed: number, kind: HamiltonianKind): BosonHamiltonian {
  const from = random(seed);
  const n = kind.dimension;
  const groupOf = (k: number) => k % kind.capacities.length;
  const ladders = Array.from({ length: kind.modes }, (_, mode) => ({
    mode,
    coupling: scale(randomMatrix(from, n), from.between(0.2, 0.6)),
  }));
  const hoppings = [];
  for (let to = 0; kind.hopping && to < kind.modes; to++) {
    hoppings.push({ to, from: to, operator: scale(randomHermitian(from, n), 0.2) });
    for (let other = to + 1; other < kind.modes; other++) {
      if (groupOf(to) === groupOf(other)) {
        hoppings.push({ to, from: other, operator: scale(randomMatrix(from, n), 0.3) });
      }
    }
  }
  return {
    dimension: n,
    system: randomHermitian(from, n),
    modes: Array.from({ length: kind.modes }, (_, k) => ({ frequency: from.between(-1, 2), group: groupOf(k) })),
    groups: kind.capacities.map((capacity) =>
      capacity === Number.POSITIVE_INFINITY
        ? { filled: 1, step: 0, capacity }
        : // √(filled − step n) runs out exactly at n = capacity.
          { filled: 0.1 * capacity, step: 0.1, capacity },
    ),
    ladders,
    hoppings,
  };
}

/** H on S ⊗ (box + 1 states of each mode); the index is (s, n_1, n_2, …), S slowest. */
export function denseHamiltonian(h: BosonHamiltonian, box: number): Matrix {
  const size = box + 1;
  const lower = zeros(size);
  for (let m = 1; m < size; m++) lower.re[(m - 1) * size + m] = Math.sqrt(m);
  const onMode = (a: Matrix, k: number) =>
    h.modes.reduce((product, _, j) => kron(product, j === k ? a : identity(size)), identity(1));
  const annihilators = h.modes.map((_, k) => onMode(lower, k));
  const counts = annihilators.map((a) => multiply(adjoint(a), a));
  const bosons = size ** h.modes.length;
  let total = kron(h.system, identity(bosons));
  h.modes.forEach(({ frequency }, k) => {
    total = add(total, kron(identity(h.dimension), counts[k]), frequency);
  });
  const supplies = h.groups.map(({ filled, step, capacity }, g) => {
    const inGroup = new Float64Array(bosons);
    h.modes.forEach(({ group }, k) => {
      if (group === g) for (let f = 0; f < bosons; f++) inGroup[f] += counts[k].re[f * bosons + f];
    });
    return diagonal(inGroup.map((n) => (n > capacity - 0.5 ? 0 : Math.sqrt(Math.max(0, filled - step * n)))));
  });
  const withAdjoint = (term: Matrix) => {
    addTo(total, term);
    addTo(total, adjoint(term));
  };
  for (const { mode, coupling } of h.ladders) {
    withAdjoint(kron(coupling, multiply(adjoint(annihilators[mode]), supplies[h.modes[mode].group])));
  }
  for (const { to, from, operator } of h.hoppings) {
    if (to === from) addTo(total, kron(operator, counts[to]));
    else withAdjoint(kron(operator, multiply(adjoint(annihilators[to]), annihilators[from])));
  }
  return total;
}

/** The index in the dense matrix of level s with the given occupations. */
export function denseIndex(s: number, occupations: ArrayLike<number>, box: number): number {
  return Array.from(occupations).reduce((index, n) => index * (box + 1) + n, s);
}
