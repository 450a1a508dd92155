/** What the user wrote, once it is validated: the physics of physics.md section 1, every operator a matrix. */

import type { Complex, Matrix } from "../algebra/matrix.ts";
import type { Envelope } from "./envelope.ts";

/** How many sites the reservoir has: M ≥ 1, or Infinity for the limit. */
export type Size = number;

/**
 * A form of F, physics section 3: the paper's list; the fewest modes; one thermal oscillator for a pair of modes; sites in a
 * row, as many as matter up to the last time; modes of nearly equal frequency in one. "auto": the cheapest.
 */
export type Form = "auto" | "standard" | "minimal" | "thermal" | "chain" | "merged";

/** G_q on S and v_q on a site, v_q already centred, tr(ρ v_q) = 0. "+ H.c." is always added, (5). */
export interface Coupling {
  /** G_q, N × N. For `hc: included` this is half of what the user wrote, so that adding H.c. gives it once. */
  readonly system: Matrix;
  /** v_q − tr(ρ v_q), d × d. */
  readonly site: Matrix;
  /** c_q = tr(ρ v_q), as the user wrote v_q. */
  readonly offset: Complex;
}

/** Sites of one kind: a share of all M. */
export interface Reservoir {
  /** Of all M sites, that are of this kind; all shares sum to 1. */
  readonly share: number;
  /** Sites of this kind at each of the model's sizes, where they were given one by one. */
  readonly counts?: ReadonlyMap<Size, number>;
  readonly site: {
    /** d. */
    readonly dimension: number;
    /** h. */
    readonly hamiltonian: Matrix;
    /** ρ, with [h, ρ] = 0. */
    readonly state: Matrix;
  };
  /** V = M^{-1/2} Σ_m Σ_q G_q ⊗ v_q^[m] + H.c.: m runs over the sites of this kind, M counts those of all kinds. */
  readonly couplings: readonly Coupling[];
  /** Which entry of the model file it was made from, from 0, and as which of the values of its `spread`. */
  readonly entry: number;
  readonly value?: number;
}

/** What tr(ρ v_q) ≠ 0 would do to S; physics.md section 1. */
export interface MeanField {
  /** Σ_q c_q G_q + h.c., N × N Hermitian, each term times the share of its sites. Times √M it is the part of V_M that acts on S alone. */
  readonly operator: Matrix;
  /**
   * `keep`: √M · operator stays in H_S (finite sizes only). Otherwise it is removed (or ∝ 1, so that it does not
   * matter).
   */
  readonly kept: boolean;
  /** True if operator is not ∝ 1, so that removing it changes the physics. */
  readonly matters: boolean;
  /** `keep`, of an operator ∝ 1: H_S is left without it, as ρ_S(t) is the same, but ⟨V⟩ of finite sizes has it. */
  readonly energyOnly?: boolean;
}

/** A measure of a state that is not an expectation value. */
export interface Measure {
  readonly kind: "measure";
  readonly name: string;
  readonly measure:
    | "purity"
    | "entropy"
    | "negativity"
    | "concurrence"
    | "bloch"
    | "populations"
    | "trace-distance"
    | "fidelity";
  /**
   * Parts of S, from 0, ascending. negativity: those on one side of the cut (empty: part 0 against the rest; S has
   * two parts or more). concurrence: the two qubits (empty: S is two qubits). bloch: the one qubit (empty: S is a
   * qubit). purity, entropy, populations: those whose reduced state is meant (empty: all of S). trace-distance,
   * fidelity: always empty.
   */
  readonly parts: readonly number[];
  /** The N × N state compared with, for trace-distance and fidelity (always there); undefined for all others. */
  readonly reference?: Matrix;
}

/** tr(A ρ_S(t)): real numbers if A is Hermitian, complex if not. */
export interface Expectation {
  readonly kind: "expectation";
  readonly name: string;
  readonly operator: Matrix;
  readonly hermitian: boolean;
}

export type Observable = Expectation | Measure;

/** An instantaneous unitary on S. */
export interface Pulse {
  /** Its time, or for a scan the share of each time at which it comes, from 0 to 1. */
  readonly at: number;
  /** N × N: ρ → U ρ U†. */
  readonly unitary: Matrix;
}

/** f(t) A in the Hamiltonian of S. */
export interface Drive {
  /** A, N × N Hermitian. */
  readonly operator: Matrix;
  readonly envelope: Envelope;
}

/** A Lindblad term on S: rate (L ρ L† − ½ L†L ρ − ½ ρ L†L). */
export interface Decay {
  /** L, N × N. */
  readonly operator: Matrix;
  readonly rate: number;
}

/** What is done to S from outside. */
export interface Protocol {
  /** Ascending. ρ_S at a pulse's own time is that after it; the given state is that before a pulse at time 0. */
  readonly pulses: readonly Pulse[];
  /** Each time is an experiment of its own that takes so long: pulses come at shares of it. */
  readonly scan: boolean;
  readonly drives: readonly Drive[];
  readonly decays: readonly Decay[];
  /** Quantum trajectories, for decays whose density matrix would not fit; `always`: even where it would. */
  readonly trajectories: { readonly seed: number; readonly most: number; readonly always: boolean };
}

/** ⟨A(t + τ) B(t)⟩, as the model file asks for it. */
export interface SpectrumAsk {
  /** A, N × N. */
  readonly of: Matrix;
  /** B, N × N. */
  readonly after: Matrix;
  /** t. */
  readonly at: number;
  readonly window?: "hann" | "gauss" | "none";
}

/** A validated model. Matrices are in the bases in which the user wrote them. */
export interface Model {
  readonly name: string;
  readonly description?: string;
  readonly system: {
    /** Dimensions of the parts of S; the first is the slowest index. */
    readonly dims: readonly number[];
    /** N, the product of dims. */
    readonly dimension: number;
    readonly hamiltonian: Matrix;
    /** ρ_S(0), a density matrix. */
    readonly state: Matrix;
  };
  /** One or several, whose sites are independent of each other; the first of `reservoirs` first. */
  readonly reservoirs: readonly Reservoir[];
  readonly meanField: MeanField;
  /**
   * Also wanted: the run with the coupling scaled by 1/M instead of 1/√M (physics section 5). Not wanted if
   * undefined.
   */
  readonly meanFieldRun?: boolean;
  /** Undefined if S is left alone: no pulses, drives or decay. */
  readonly protocol?: Protocol;
  /** The form of F in which the limit is run; "auto" if undefined. */
  readonly form?: Form;
  /** In the order the user gave; any sign. */
  readonly times: readonly number[];
  readonly sizes: readonly Size[];
  readonly observables: readonly Observable[];
  /** Wanted accuracy of every entry of ρ_S(t). */
  readonly tolerance: number;
  /** The two-time correlation that the model file asks for, if it does. */
  readonly spectrum?: SpectrumAsk;
  /** What was decided on the way from the model file, in sentences: how a spread was divided. */
  readonly notes?: readonly string[];
}
