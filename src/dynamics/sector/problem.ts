/** What a propagator is given, and what it tells beside ρ_S(t). */

import type { Basis } from "../../fock/basis.ts";
import type { Layers } from "../../fock/layers.ts";
import type { ComplexVector, SparseMatrix } from "../../fock/sparse.ts";
import type { BasisFilling } from "./filling.ts";
import type { SparseKet } from "./sparseKet.ts";

/** Kets in the joint basis, in phases that make the matrix real if there are such. */
export interface Problem {
  readonly basis: Basis;
  readonly matrix: SparseMatrix;
  readonly leak: SparseMatrix | null;
  /** Layers of Fock states by their distance from what leaves the space; null where nothing does. Found when asked for. */
  readonly layers: () => Layers | null;
  readonly gauge: ComplexVector | null;
  /** Invariant subspaces of the matrix. */
  readonly subspaces: readonly Int32Array[];
  readonly kets: readonly SparseKet[];
  readonly weights: readonly number[];
  readonly times: readonly number[];
}

export interface EvolutionInfo {
  applications: number;
  /** Proved bound on the error of ρ_S (each entry) made by the propagator. */
  propagation: number;
  /** Proved bound on the error of ρ_S (each entry) made by the cutoff: Σ weight ∫‖(1 − P)HPφ‖, physics section 7. */
  leaked: number;
  /** A bound on the same that is found when it is asked for and mostly far less, with what the propagator adds or without; null where none is. */
  cost: (() => number) | null;
  /**
   * For each of the times in their order, a proved bound on the error of every entry of ρ_S that cutoff and propagator make
   * together; found when it is asked for. Null where nothing sharper than `leaked` + `propagation` is known.
   */
  boundAt: (() => Float64Array) | null;
  /** False where `propagation` or `leaked` is an estimate. */
  proved: boolean;
  /** Error of the worst entry of ρ_S(t), where it is a mean over trajectories (see `samplingError`). */
  sampling: number;
  /** How many trajectories. */
  trajectories: number;
  /** The sum of the squared moduli of the entries of ρ_S(t) in each, where only some were asked for. */
  squares: Float64Array | null;
  /** How the bosons fill the space, kets weighted, at the times that were to be looked at. */
  filling: () => BasisFilling;
}

/** Nothing told yet; what is proved stays so until something says otherwise. */
export function emptyInfo(filling: () => BasisFilling): EvolutionInfo {
  const none = { applications: 0, propagation: 0, leaked: 0, sampling: 0, trajectories: 0 };
  return { ...none, cost: null, squares: null, boundAt: null, proved: true, filling };
}

/** Puts down what is proved at each of the times, of cutoff and propagator together. */
export function proveAt(info: EvolutionInfo, boundAt: Float64Array): void {
  info.boundAt = () => boundAt;
  info.cost = () => boundAt.reduce((most, x) => Math.max(most, x), 0);
}

/** What an evolution is to tell beside ρ_S(t). */
export interface Wanted {
  /** The proved bound on what leaks out of the space. */
  readonly bound?: boolean;
  /** A bound below this need not be sharpened. */
  readonly enough?: number;
  /** Places in the list of times at which the filling of the space is looked at. */
  readonly lookAt?: readonly number[];
  /** The bound is what counts: it may take several times as long as the evolution itself. */
  readonly certified?: boolean;
  /** A few trajectories will do. */
  readonly rough?: boolean;
  /** The evolution is done with before the next one in the same space begins, and may share room with it. */
  readonly passing?: boolean;
}
