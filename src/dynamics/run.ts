/** What one run, that is one size M of one model, gives back. */

import type { MatrixSeries } from "../algebra/series.ts";
import type { Size } from "../model/types.ts";

/** How the result was found. */
export type Method = "fock" | "nondemolition" | "mean-field";

/** Accuracy of every entry of ρ_S(t), over all times. */
export interface RunError {
  readonly tolerance: number;
  /** What the error is in practice: from comparing cutoffs and node counts. */
  readonly estimate: number;
  /** What the error is proved not to exceed; null where nothing is proved. */
  readonly bound: number | null;
  /** The same at each of the times, in the user's order: `bound` is the largest of them. */
  readonly boundAt: Float64Array | null;
  /** The estimate (for certified runs: the bound) meets the tolerance. */
  readonly converged: boolean;
  /** Where the estimate comes from; the parts add up to it. */
  readonly parts: Readonly<Record<"truncation" | "propagation" | "average", number>>;
}

/** What the run took. */
export interface Cost {
  /** Boson modes. */
  readonly modes: number;
  /** Largest Σ weight · n that was kept: a number of quanta, unless modes weigh differently (then in quarters). */
  readonly cutoff: number;
  /** Joint states of S and the bosons. */
  readonly dimension: number;
  /** Evolutions that were averaged. */
  readonly sectors: number;
  /** Applications of H to a vector, over everything; 0 for dense spectral evolution. */
  readonly applications: number;
  readonly seconds: number;
}

export interface Run {
  readonly size: Size;
  /** ρ_S(t) in the user's basis, at the model's times in the user's order. */
  readonly rho: MatrixSeries;
  readonly error: RunError;
  readonly method: Method;
  /** Which form of F or of the finite reservoir was evolved, and how, in a sentence's worth of words. */
  readonly path: string;
  readonly cost: Cost;
  /** Things the user should know, in sentences. */
  readonly warnings: readonly string[];
}

/** Where a long run stands. */
export interface Progress {
  readonly size: Size;
  /** "cutoff" while the cutoff is being raised, "sectors" while the average is formed, "trajectories" of a single one. */
  readonly stage: "cutoff" | "sectors" | "trajectories";
  readonly cutoff: number;
  readonly dimension: number;
  /** Sectors, or trajectories, done, of how many. */
  readonly done: number;
  readonly total: number;
  /** Seconds since the run began. */
  readonly seconds: number;
}
