/** What a space keeps of the sector whose kets went through Krylov windows last: ranges of them come one after the other. */

import type { BosonHamiltonian } from "../../fock/hamiltonian.ts";
import type { Layers } from "../../fock/layers.ts";
import type { ComplexVector } from "../../fock/sparse.ts";
import type { ArraySource } from "../../kernels/krylovKernels.ts";
import type { StepOperator } from "../../kernels/stepOperator.ts";

/** H in the form that its kernel takes. */
export interface Problem {
  /** Phases u_i with real ū_i H_ij u_j; null if there are none, or none are needed. */
  readonly gauge: ComplexVector | null;
  readonly real: boolean;
  readonly sizes: readonly number[];
  load(arrays: ArraySource): StepOperator;
}

/** The problem of a Hamiltonian. */
export interface Posed {
  readonly h: BosonHamiltonian;
  readonly problem: Problem;
}

/** What layers were found for. */
export interface Layered {
  readonly h: BosonHamiltonian;
  /** Fock states. */
  readonly starts: readonly number[];
  readonly layers: Layers | null;
}
