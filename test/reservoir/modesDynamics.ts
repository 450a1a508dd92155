/** ρ_S(t) of S and a list of vacuum modes in a space large enough, without a model: what forms of F are compared by. */

import type { Matrix } from "../../src/algebra/matrix.ts";
import type { MatrixSeries } from "../../src/algebra/series.ts";
import { evolve } from "../../src/dynamics/evolve.ts";
import { spectral } from "../../src/dynamics/stage/propagator.ts";
import { type BosonHamiltonian, patternOf } from "../../src/fock/hamiltonian.ts";
import { reachableBasis } from "../../src/fock/reachableBasis.ts";
import type { ComplexVector } from "../../src/fock/sparse.ts";
import type { BosonMode } from "../../src/reservoir/modes.ts";

/** H_S + Σ ω a†a + Σ (L a† + h.c.), S starting in a ket. */
export function modesHamiltonian(system: Matrix, modes: readonly BosonMode[]): BosonHamiltonian {
  return {
    dimension: system.rows,
    system,
    modes: modes.map(({ frequency }) => ({ frequency, group: 0 })),
    groups: [{ filled: 1, step: 0, capacity: Number.POSITIVE_INFINITY }],
    ladders: modes.map(({ coupling }, mode) => ({ mode, coupling })),
    hoppings: [],
  };
}

export interface ModesRun {
  readonly rho: MatrixSeries;
  /** Proved bound on the error of the cutoff, for each entry. */
  readonly leaked: number;
}

export function modesDynamics(
  system: Matrix,
  modes: readonly BosonMode[],
  ket: ComplexVector,
  times: readonly number[],
  cutoff: number,
): ModesRun {
  const h = modesHamiltonian(system, modes);
  const pattern = patternOf([h]);
  const vacuum = new Array<number>(modes.length).fill(0);
  const levels = Array.from({ length: system.rows }, (_, s) => s);
  const basis = reachableBasis(pattern, [{ occupations: vacuum, levels }], cutoff);
  const start = [{ weight: 1, levels: ket, occupations: vacuum }];
  const { rho, info } = evolve({ basis, pattern, matrix: null }, h, start, times, spectral());
  return { rho, leaked: info.leaked };
}
