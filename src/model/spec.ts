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

/** What differs from site to site of one kind: a factor x on v ("coupling") or on h ("splitting"). */
export interface SpreadSpec {
  readonly of: "coupling" | "splitting";
  /** The distribution of x, or else `values`. */
  readonly law?: "normal" | "uniform" | "lorentzian";
  /** Default 1. */
  readonly mean?: WrittenNumber;
  /** normal: the standard deviation. */
  readonly deviation?: WrittenNumber;
  /** uniform: the whole width; lorentzian: the full width at half maximum. */
  readonly width?: WrittenNumber;
  /** x further than this from the mean does not occur: must be given for a lorentzian, may be for a normal law. */
  readonly cut?: WrittenNumber;
  /** That many values of equal shares: the means within the quantiles. */
  readonly quantiles?: number;
  /** That many values of a Gauss rule, of unequal shares. Default: as many as the times and the tolerance need. */
  readonly nodes?: number;
  /** The values one by one, instead of a law. */
  readonly values?: readonly { readonly value: WrittenNumber; readonly share: WrittenNumber }[];
}

/** Sites of one kind, where there is nothing else: its couplings stand beside it. */
export interface SiteSpec extends PartSpec {
  readonly spread?: SpreadSpec;
}

/** Sites of one of several kinds. */
export interface ReservoirSpec extends SiteSpec {
  readonly couplings: readonly CouplingSpec[];
  /** Of all M sites, that are of this kind. Shares that do not sum to 1 are divided by their sum, with a warning. */
  readonly share?: WrittenNumber;
  /** Numbers of sites of this kind, one for each run, instead of `share` and of the model's `sizes`. */
  readonly sizes?: readonly WrittenSize[] | WrittenSize;
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

/** One pulse: a unitary, or a rotation exp(-i angle G), at a time or at a share of each time. */
export interface PulseSpec {
  readonly at?: WrittenNumber;
  /** Instead of `at`: each of `times` is an experiment of its own, and the pulse comes at this share of it. */
  readonly fraction?: WrittenNumber;
  readonly unitary?: WrittenOperator;
  /** G, Hermitian. */
  readonly rotate?: WrittenOperator;
  readonly angle?: WrittenNumber;
}

/** A named sequence of pulses. */
export interface SequenceSpec {
  readonly sequence: "ramsey" | "hahn" | "cpmg" | "xy8";
  /** π pulses of cpmg (default 1), blocks of eight of xy8 (default 1). */
  readonly count?: number;
  /** How long the sequence takes. Left out: each of `times` is an experiment that takes so long. */
  readonly duration?: WrittenNumber;
  /** π/2 pulses about x at both ends; default true for ramsey, else false. */
  readonly halves?: boolean;
  /** Generators of rotations; default 0.5 * sigmax and 0.5 * sigmay for a qubit. */
  readonly x?: WrittenOperator;
  readonly y?: WrittenOperator;
}

/** f(t) A in the Hamiltonian of S. */
export interface DriveSpec {
  readonly operator: WrittenOperator;
  /** An expression in t. */
  readonly envelope?: WrittenNumber;
  /** Instead: points [t, f], straight lines between, constant beyond. */
  readonly table?: readonly (readonly WrittenNumber[])[];
}

/** A Lindblad term, or a qubit's T1 and T2. */
export interface DecaySpec {
  readonly operator?: WrittenOperator;
  readonly rate?: WrittenNumber;
  readonly T1?: WrittenNumber;
  readonly T2?: WrittenNumber;
  /** Which part of S the times T1 and T2 are of, from 0; may be left out if S is a qubit. */
  readonly part?: number;
}

export interface TrajectoriesSpec {
  /** Default 1. */
  readonly seed?: number;
  /** Default 20000. */
  readonly most?: number;
  /** Default false: only where the density matrix does not fit. */
  readonly always?: boolean;
}

/** What `bosonize memory` or `bosonize energies` takes in the place of the model's own. */
export interface AskSpec {
  readonly times?: TimesSpec | readonly WrittenNumber[];
  readonly sizes?: readonly WrittenSize[] | WrittenSize;
  readonly tolerance?: WrittenNumber;
}

/** ⟨A(t + τ) B(t)⟩ for `bosonize spectrum`. */
export interface SpectrumSpec {
  /** A, on S. */
  readonly of: WrittenOperator;
  /** B, which acts on S at t. */
  readonly after: WrittenOperator;
  /** t; default 0. */
  readonly at?: WrittenNumber;
  /** τ, evenly spaced from 0 on; default: the model's times. */
  readonly delays?: TimesSpec | readonly WrittenNumber[];
  /** What C(τ) is multiplied with before it is transformed; default "hann". */
  readonly window?: (typeof windowChoices)[number];
  readonly sizes?: readonly WrittenSize[] | WrittenSize;
  readonly tolerance?: WrittenNumber;
}

export interface ModelSpec {
  /** Default "model". */
  readonly name?: string;
  readonly description?: string;
  readonly system: PartSpec;
  /** One kind of sites, with `couplings`; or else `reservoirs`. */
  readonly reservoir?: SiteSpec;
  readonly couplings?: readonly CouplingSpec[];
  /** Several kinds of sites, each with its own couplings. */
  readonly reservoirs?: readonly ReservoirSpec[];
  /** What to do about a mean field √M Σ c_q G_q + h.c. with c_q = tr(ρ v_q); default "error". */
  readonly center?: "error" | "subtract" | "keep";
  /** Instantaneous unitaries on S. */
  readonly pulses?: readonly PulseSpec[] | SequenceSpec;
  /** Time-dependent terms of the Hamiltonian of S. */
  readonly drive?: readonly DriveSpec[];
  /** Decay of S that is not due to the sites. */
  readonly decay?: readonly DecaySpec[] | DecaySpec;
  readonly trajectories?: TrajectoriesSpec;
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
  readonly memory?: AskSpec;
  readonly spectrum?: SpectrumSpec;
  readonly energies?: AskSpec;
}

/** The keys that may stand in each place: misspelt ones are compared with these. */
export const modelKeys = [
  "name",
  "description",
  "system",
  "reservoir",
  "couplings",
  "reservoirs",
  "center",
  "pulses",
  "drive",
  "decay",
  "trajectories",
  "form",
  "times",
  "sizes",
  "mean_field",
  "observe",
  "tolerance",
  "memory",
  "spectrum",
  "energies",
] as const satisfies readonly (keyof ModelSpec)[];
export const partKeys = ["dims", "hamiltonian", "state"] as const satisfies readonly (keyof PartSpec)[];
export const siteKeys = [...partKeys, "spread"] as const satisfies readonly (keyof SiteSpec)[];
export const reservoirKeys = [
  ...siteKeys,
  "couplings",
  "share",
  "sizes",
] as const satisfies readonly (keyof ReservoirSpec)[];
export const spreadKeys = [
  "of",
  "law",
  "mean",
  "deviation",
  "width",
  "cut",
  "quantiles",
  "nodes",
  "values",
] as const satisfies readonly (keyof SpreadSpec)[];
export const spreadChoices = ["coupling", "splitting"] as const;
export const lawChoices = ["normal", "uniform", "lorentzian"] as const;
export const couplingKeys = ["system", "site", "hc"] as const satisfies readonly (keyof CouplingSpec)[];
export const timesKeys = ["from", "to", "points"] as const satisfies readonly (keyof TimesSpec)[];
export const pulseKeys = [
  "at",
  "fraction",
  "unitary",
  "rotate",
  "angle",
] as const satisfies readonly (keyof PulseSpec)[];
export const sequenceKeys = [
  "sequence",
  "count",
  "duration",
  "halves",
  "x",
  "y",
] as const satisfies readonly (keyof SequenceSpec)[];
export const driveKeys = ["operator", "envelope", "table"] as const satisfies readonly (keyof DriveSpec)[];
export const decayKeys = ["operator", "rate", "T1", "T2", "part"] as const satisfies readonly (keyof DecaySpec)[];
export const trajectoriesKeys = ["seed", "most", "always"] as const satisfies readonly (keyof TrajectoriesSpec)[];
export const askSections = ["memory", "spectrum", "energies"] as const satisfies readonly (keyof ModelSpec)[];
export const askKeys = ["times", "sizes", "tolerance"] as const satisfies readonly (keyof AskSpec)[];
export const spectrumKeys = [
  "of",
  "after",
  "at",
  "delays",
  "window",
  "sizes",
  "tolerance",
] as const satisfies readonly (keyof SpectrumSpec)[];
export const windowChoices = ["hann", "gauss", "none"] as const;
export const sequenceChoices = ["ramsey", "hahn", "cpmg", "xy8"] as const;
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
  seed: 1,
  trajectories: 20_000,
} as const;
