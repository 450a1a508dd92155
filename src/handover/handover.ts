/** What another solver is handed: F as plain data, with cut-offs, and ρ_S(t) to compare with. */

import type { Matrix } from "../algebra/matrix.ts";
import type { MatrixSeries } from "../algebra/series.ts";
import type { Expectation } from "../model/types.ts";

/** Which of the equivalent lists of oscillators is handed over; physics section 3. */
export type HandoverForm = "minimal" | "standard" | "thermal";

/** Where the search for cut-offs stands: what is being tried, in words, and how much of it is done. */
export interface HandoverProgress {
  readonly doing: string;
  readonly done: number;
  readonly total: number;
}

export type OnHandoverProgress = (progress: HandoverProgress) => void;

/** One oscillator: ω a†a + L a† + L† a. */
export interface HandedMode {
  readonly frequency: number;
  /** L, N × N. */
  readonly coupling: Matrix;
  /** Mean number of quanta at t = 0: 0 is the vacuum, anything else a thermal state. */
  readonly occupation: number;
  /** Fock states kept: 0 to levels − 1. */
  readonly levels: number;
}

/** The Gaussian average over one static random number ξ ~ N(0, 1) that multiplies an operator of S. */
export interface HandedField {
  /** A, N × N Hermitian: H_S → H_S + ξ A. */
  readonly operator: Matrix;
  /** Gauss-Hermite nodes that the average takes. */
  readonly nodes: number;
}

/** What is known of S, and what it must come out as. */
export interface HandedSystem {
  /** Of the model. */
  readonly name: string;
  /** Of bosonize. */
  readonly version: string;
  /** Dimensions of the parts of S; the first is the slowest index. */
  readonly dims: readonly number[];
  readonly hamiltonian: Matrix;
  /** ρ_S(0). */
  readonly state: Matrix;
  readonly observables: readonly Expectation[];
  /** ρ_S(t) of bosonize at ascending times, the first of them 0. */
  readonly reference: MatrixSeries;
  /** How far any entry of the reference may be off, estimated. */
  readonly referenceError: number;
  /** How far a script may be from the reference before it fails. */
  readonly tolerance: number;
  /** What was left out of the model's times, in words; empty if nothing was. */
  readonly timesRemark: string;
}

/** Everything for a solver that represents the oscillators by their Fock states. */
export interface Handover extends HandedSystem {
  readonly form: HandoverForm;
  readonly modes: readonly HandedMode[];
  readonly field: readonly HandedField[];
  /** How far ρ_S(t) in these Fock states was from the reference when bosonize chose them; largest entry. */
  readonly deviation: number;
}

/** One bath with a single Hermitian operator Q: V = Q ⊗ X with ⟨X(t)X(0)⟩ = Σ_k g_k² e^{−iω_k t}. */
export interface HermitianBath {
  /** Q, N × N Hermitian. */
  readonly operator: Matrix;
  /** Each of the exponentials; the weights g² are positive. */
  readonly exponents: readonly { readonly frequency: number; readonly weight: number }[];
}

/** Everything for hierarchical equations of motion. */
export interface HierarchyHandover extends HandedSystem {
  readonly baths: readonly HermitianBath[];
  readonly field: readonly HandedField[];
  /** Tiers of the hierarchy. */
  readonly depth: number;
  readonly deviation: number;
}

/** The model cannot be handed over in this way; the message says why and what can be done. */
export class RefusedHandoverError extends Error {
  override readonly name = "RefusedHandoverError";
  /** It is only too large: with more memory or a coarser tolerance it would do. */
  readonly tooLarge: boolean;

  constructor(message: string, options: { readonly tooLarge?: boolean } = {}) {
    super(message);
    this.tooLarge = options.tooLarge === true;
  }
}
