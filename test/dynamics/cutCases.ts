/** Small systems of S and bosons, cut off too low, for bounds on what the cutoff costs. */

import { norm, scale } from "../../src/algebra/matrix.ts";
import type { Space } from "../../src/dynamics/sector/evolution.ts";
import { type BosonHamiltonian, patternOf } from "../../src/fock/hamiltonian.ts";
import { reachableBasis } from "../../src/fock/reachableBasis.ts";
import { random, randomHermitian, randomMatrix } from "../oracle/random.ts";

export interface CutCase {
  readonly h: BosonHamiltonian;
  readonly ket: { re: Float64Array; im: Float64Array };
}

/** S of two or three levels and one or two modes, every coupling random: Hermitian, or not. */
export function cutCase(seed: number, modes?: number): CutCase {
  const from = random(seed);
  const n = from.integer(2, 3);
  const count = modes ?? from.integer(1, 2);
  const ladders = Array.from({ length: count }, (_, mode) => {
    const raw = from.uniform() < 0.5 ? randomHermitian(from, n) : randomMatrix(from, n);
    return { mode, coupling: scale(raw, from.between(0.05, 0.4) / norm(raw)) };
  });
  const { re, im } = randomMatrix(from, n, 1);
  const length = Math.hypot(...re, ...im);
  return {
    h: {
      dimension: n,
      system: randomHermitian(from, n),
      modes: Array.from({ length: count }, () => ({ frequency: from.between(-1.5, 1.5), group: 0 })),
      groups: [{ filled: 1, step: 0, capacity: Number.POSITIVE_INFINITY }],
      ladders,
      hoppings: [],
    },
    ket: { re: re.map((x) => x / length), im: im.map((x) => x / length) },
  };
}

export function cutSpace(h: BosonHamiltonian, cutoff: number, weights?: readonly number[]): Space {
  const pattern = { ...patternOf([h]), ...(weights !== undefined && { weights }) };
  const levels = Array.from({ length: h.dimension }, (_, s) => s);
  const start = [{ occupations: new Array<number>(h.modes.length).fill(0), levels }];
  return { basis: reachableBasis(pattern, start, cutoff), pattern, matrix: null };
}
