/** A Hamiltonian of S and bosons, written as terms. It knows no reservoir and no M. */

import type { Matrix } from "../algebra/matrix.ts";

/** ω b†b. */
export interface Oscillator {
  readonly frequency: number;
  /** Index into the groups. */
  readonly group: number;
  /** Where several reservoirs stand side by side: which of them it is of, from 0; 0 if left out. */
  readonly part?: number;
}

/**
 * Oscillators that share a supply of quanta (physics section 4): each b† of the group carries the amplitude
 * √(filled − step · n), n the excitations in the group before it acts. Free bosons have filled = 1, step = 0.
 */
export interface Group {
  readonly filled: number;
  readonly step: number;
  /** Most excitations that the group can hold; Infinity for free bosons. */
  readonly capacity: number;
}

/** L b† · amplitude + h.c. */
export interface Ladder {
  readonly mode: number;
  /** L, N × N. */
  readonly coupling: Matrix;
}

/** O b_to† b_from + h.c. for to ≠ from; O b†b with Hermitian O for to = from. */
export interface Hopping {
  readonly to: number;
  readonly from: number;
  /** O, N × N. */
  readonly operator: Matrix;
}

export interface BosonHamiltonian {
  /** N. */
  readonly dimension: number;
  /** The part on S alone, N × N Hermitian. */
  readonly system: Matrix;
  readonly modes: readonly Oscillator[];
  readonly groups: readonly Group[];
  readonly ladders: readonly Ladder[];
  readonly hoppings: readonly Hopping[];
}

/** Where a Hamiltonian has entries, for all the Hamiltonians that share a basis. */
export interface Pattern {
  readonly dimension: number;
  readonly modes: number;
  readonly groupOf: readonly number[];
  /** Most excitations in each group. */
  readonly capacities: readonly number[];
  /** How much of the cutoff a quantum of each mode takes; 1 for all unless some modes are known to be rarely filled. */
  readonly weights: readonly number[];
  /** entries[i·N + j] is 1 where the operator may be nonzero. */
  readonly system: Uint8Array;
  readonly ladders: readonly { readonly mode: number; readonly entries: Uint8Array }[];
  readonly hoppings: readonly { readonly to: number; readonly from: number; readonly entries: Uint8Array }[];
}

/** The pattern that covers all the given Hamiltonians, which differ in numbers but not in their list of terms. */
export function patternOf(hamiltonians: readonly BosonHamiltonian[]): Pattern {
  const first = hamiltonians[0];
  return {
    dimension: first.dimension,
    modes: first.modes.length,
    groupOf: first.modes.map((mode) => mode.group),
    capacities: first.groups.map((_, g) => Math.max(...hamiltonians.map((h) => h.groups[g].capacity))),
    weights: first.modes.map(() => 1),
    system: support(hamiltonians.map((h) => h.system)),
    ladders: first.ladders.map(({ mode }, i) => ({
      mode,
      entries: support(hamiltonians.map((h) => h.ladders[i].coupling)),
    })),
    hoppings: first.hoppings.map(({ to, from }, i) => ({
      to,
      from,
      entries: support(hamiltonians.map((h) => h.hoppings[i].operator)),
    })),
  };
}

function support(operators: readonly Matrix[]): Uint8Array {
  const entries = new Uint8Array(operators[0].re.length);
  for (const { re, im } of operators) {
    for (let i = 0; i < entries.length; i++) if (re[i] !== 0 || im[i] !== 0) entries[i] = 1;
  }
  return entries;
}

/** The same Hamiltonian without the energies of its quanta. */
export function withoutModes(h: BosonHamiltonian): BosonHamiltonian {
  return { ...h, modes: h.modes.map((mode) => ({ ...mode, frequency: 0 })) };
}

/** The same Hamiltonian with every operator on S put in the place of what `of` makes of it. */
export function onSystem(h: BosonHamiltonian, of: (operator: Matrix) => Matrix): BosonHamiltonian {
  return {
    ...h,
    system: of(h.system),
    ladders: h.ladders.map((ladder) => ({ ...ladder, coupling: of(ladder.coupling) })),
    hoppings: h.hoppings.map((hopping) => ({ ...hopping, operator: of(hopping.operator) })),
  };
}

/** The same pattern with entries wherever operators on S could have some. */
export function everywhere(pattern: Pattern): Pattern {
  const full = ({ length }: Uint8Array) => new Uint8Array(length).fill(1);
  return {
    ...pattern,
    system: full(pattern.system),
    ladders: pattern.ladders.map((ladder) => ({ ...ladder, entries: full(ladder.entries) })),
    hoppings: pattern.hoppings.map((hopping) => ({ ...hopping, entries: full(hopping.entries) })),
  };
}
