/** What may be asked of a sector in the place of ρ_S(t): the same path, model → sectors → evolve each → average. */

import type { Matrix } from "../../algebra/matrix.ts";
import type { Basis } from "../../fock/basis.ts";
import type { BosonHamiltonian } from "../../fock/hamiltonian.ts";
import type { Model, Protocol, Size } from "../../model/types.ts";
import type { Averaged } from "../average/averaged.ts";
import type { Family } from "../families/family.ts";
import type { MagnitudesAt } from "../families/missed.ts";
import type { Evolution, Ket, Space } from "../sector/evolution.ts";
import type { Wanted } from "../sector/problem.ts";
import type { Propagator } from "../stage/propagator.ts";
import type { PropagatorChoice, SpaceShape } from "../stage/propagators.ts";

/** What acts on S first, and when. */
export interface FirstAction {
  /** B, N × N, not necessarily Hermitian or unitary. */
  readonly operator: Matrix;
  /** t. */
  readonly at: number;
}

/** An experiment by name, with what it is made from (`experimentNamed`). */
export type Asked =
  | { readonly kind: "twoTime"; readonly first: FirstAction; readonly protocol: Protocol | undefined }
  | { readonly kind: "energies"; readonly model: Model; readonly size: Size };

export interface Experiment {
  readonly asked: Asked;
  /** Of the square matrices that it gives at each time. */
  readonly dimension: number;
  /**
   * What its numbers are divided by: one from a state of weight 1 is then no larger than 1, as entries of ρ_S are, or about so
   * where numbers have no bound. Weights that are left out, averages and cutoffs are judged by that.
   */
  readonly unit: number;
  /**
   * Where it acts on S itself: the states, those of the basis among them, from which the bosons go on. The space then
   * holds what is reached from these.
   */
  startsAgain?(
    basis: Basis,
  ): readonly { readonly occupations: readonly number[]; readonly levels: readonly number[] }[];
  /**
   * What is averaged over sectors has developed for so long before its own time 0: not at all, if left out. Null where nothing is
   * proved of averages.
   */
  readonly averagedSince?: number | null;
  /** How large the numbers of a family's sectors are, in the unit; null where nothing is known. Left out: no larger than entries of a state. */
  magnitudes?(family: Family): MagnitudesAt | null;
  /** How large they may be in sectors and starts that are left out, in the unit. Left out: no larger than 1. */
  readonly farOff?: number;
  /** Where they are larger: what is off beside what is proved of states, in the unit; null where nothing is proved. */
  beyond?(family: Family, averaged: Averaged): ((t: number) => number) | null;
  /** Seconds that a sector of this shape takes, where ρ_S(t) alone would take what the choice says. */
  secondsOf(choice: PropagatorChoice, shape: SpaceShape, kets: number, times: number): number;
  /** True if no mode may belong to several reservoirs. */
  readonly reservoirsApart?: boolean;
  /** As `evolve`, its `rho` being what the experiment gives, in its unit. */
  evolve(
    space: Space,
    h: BosonHamiltonian,
    kets: readonly Ket[],
    times: readonly number[],
    propagator: Propagator,
    wanted: Wanted,
  ): Evolution;
}
