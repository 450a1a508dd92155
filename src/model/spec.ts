/** What a model file holds, or what is given to defineModel: docs/model-file.md in types. */

import type { Matrix } from "../algebra/matrix.ts";

/** An entry of a matrix: a number, an expression such as "0.5-0.2i", or [re, im]. */
export type WrittenEntry = number | string | readonly [number, number];

/**
 * An operator or a state: an expression, rows of entries, a flat list of entries (a ket), or a Matrix. A ket is
 * understood where a state is expected; the number 0 where an operator is.
 */
export type WrittenOperator = string | number | readonly (readonly WrittenEntry[])[] | readonly WrittenEntry[] | Matrix;

/** A real number, or an expression for one such as "2*pi". */
export type WrittenNumber = number | string;

/** M: a whole number ≥ 1 or Infinity, or one of these as text ("1e9", "inf"). */
export type WrittenSize = number | string;

/** S, or one site of the reservoir. */
export interface PartSpec {
  /** The dimension, or those of the parts (the first is the slowest index). Default: that of the Hamiltonian. */
  readonly dims?: number | readonly number[];
  readonly hamiltonian: WrittenOperator;
  /** A density matrix, or a ket. */
  readonly state: WrittenOperator;
}

export interface CouplingSpec {
  /** G. */
  readonly system: WrittenOperator;
  /** v. */
  readonly site: WrittenOperator;
  /**
   * "added" (default): V = M^{-1/2} Σ (G ⊗ v + H.c.), (5). "included": G ⊗ v is Hermitian already and is taken
   * once.
   */
  readonly hc?: "added" | "included";
}

export interface TimesSpec {
  /** Default 0. */
  readonly from?: WrittenNumber;
  readonly to: WrittenNumber;
  /** How many times, both ends included. Default 101. */
  readonly points?: number;
}

export interface ModelSpec {
  /** Default "model". */
  readonly name?: string;
  readonly description?: string;
  readonly system: PartSpec;
  readonly reservoir: PartSpec;
  readonly couplings: readonly CouplingSpec[];
  /** What to do about a mean field √M Σ c_q G_q + h.c. with c_q = tr(ρ v_q); default "error". */
  readonly center?: "error" | "subtract" | "keep";
  /** Any order, any sign. Default 101 times from 0 to 10. */
  readonly times?: TimesSpec | readonly WrittenNumber[];
  /** Which form of F the limit is run in; default "auto", the cheapest. Finite sizes have no F. */
  readonly form?: (typeof formChoices)[number];
  /** Default [Infinity]. */
  readonly sizes?: readonly WrittenSize[] | WrittenSize;
  /** Also run the mean-field scaling of the coupling, 1/M instead of 1/√M; default false. */
  readonly mean_field?: boolean;
  /** By name: an operator A for tr(A ρ_S(t)), or a measure such as "purity()". Default none. */
  readonly observe?: Readonly<Record<string, WrittenOperator>>;
  /** Wanted accuracy of every entry of ρ_S(t); default 1e-8. */
  readonly tolerance?: WrittenNumber;
}

/** The keys that may stand in each place: misspelt ones are compared with these. */
export const modelKeys = [
  "name",
  "description",
  "system",
  "reservoir",
  "couplings",
  "center",
  "form",
  "times",
  "sizes",
  "mean_field",
  "observe",
  "tolerance",
] as const satisfies readonly (keyof ModelSpec)[];
export const partKeys = ["dims", "hamiltonian", "state"] as const satisfies readonly (keyof PartSpec)[];
export const couplingKeys = ["system", "site", "hc"] as const satisfies readonly (keyof CouplingSpec)[];
export const timesKeys = ["from", "to", "points"] as const satisfies readonly (keyof TimesSpec)[];
export const centerChoices = ["error", "subtract", "keep"] as const;
export const formChoices = ["auto", "standard", "minimal", "thermal", "chain", "merged"] as const;
export const hcChoices = ["added", "included"] as const;

/** What is taken where the model says nothing. */
export const defaults = {
  name: "model",
  center: "error",
  form: "auto",
  from: 0,
  to: 10,
  points: 101,
  sizes: [Number.POSITIVE_INFINITY],
  tolerance: 1e-8,
} as const;
