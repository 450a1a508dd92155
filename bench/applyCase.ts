/** What `npm run bench -- apply` applies: two levels and six modes coupled through one operator, as thermal qutrits are. */

import type { Basis } from "../src/fock/basis.ts";
import { type BosonHamiltonian, type Pattern, patternOf } from "../src/fock/hamiltonian.ts";
import { reachableBasis } from "../src/fock/reachableBasis.ts";
import { type Simplex, simplexBasis, simplexUpTo } from "../src/fock/simplexBasis.ts";

/** 10 010 and 1 187 550 states. */
export const cutoffs = [9, 24];

/** 37 128 and 1 187 550: what is large enough to be shared. */
export const sharedCutoffs = [12, 24];

export interface Case {
  readonly h: BosonHamiltonian;
  readonly pattern: Pattern;
  /** As a run has it: many states stand in blocks. */
  readonly basis: Basis;
  /** The same with all states by height. */
  readonly byHeight: Basis;
}

export function caseOf(cutoff: number): Case {
  const h = hamiltonian();
  const pattern = patternOf([h]);
  const basis = reachableBasis(pattern, [{ occupations: h.modes.map(() => 0), levels: [0, 1] }], cutoff);
  const byHeight = simplexBasis(pattern, cutoff, simplexUpTo(pattern, cutoff) as Simplex, Number.POSITIVE_INFINITY);
  return { h, pattern, basis, byHeight };
}

function hamiltonian(): BosonHamiltonian {
  const real = (...entries: number[]) => ({
    rows: 2,
    cols: 2,
    re: Float64Array.from(entries),
    im: new Float64Array(4),
  });
  const sizes = [0.3, 0.3, 0.5, 0.8, 0.5, 0.8];
  return {
    dimension: 2,
    system: real(0.5, 0.2, 0.2, -0.5),
    modes: sizes.map((_, k) => ({ frequency: 0.8 - 0.5 * k, group: 0 })),
    groups: [{ filled: 1, step: 0, capacity: Number.POSITIVE_INFINITY }],
    ladders: sizes.map((size, mode) => ({ mode, coupling: real(0.1 * size, 0.05 * size, 0.05 * size, -0.1 * size) })),
    hoppings: [],
  };
}
