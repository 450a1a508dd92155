/** How the kets of a sector are propagated. */

import type { TrajectoryOptions } from "../controlled/trajectories.ts";
import type { KrylovWindows } from "../krylov/krylovEvolution.ts";

export type Propagator =
  | { readonly kind: "spectral" }
  | ({ readonly kind: "krylov" } & KrylovWindows)
  | { readonly kind: "taylor"; readonly tolerance: number }
  | { readonly kind: "density"; readonly tolerance: number }
  | ({ readonly kind: "trajectories" } & TrajectoryOptions);

/** Exact diagonalisation of each invariant subspace: for small spaces and many or late times. */
export function spectral(): Propagator {
  return { kind: "spectral" };
}

/**
 * Lanczos windows with at most `dimension` vectors (by default as many as are worth it), with an error of the kets of at
 * most `tolerance`, in norm.
 */
export function krylovWindows(options: KrylovWindows): Propagator {
  return { kind: "krylov", ...options };
}

/** Taylor windows for kets under drives, with an error of the kets of at most `tolerance`, in norm. */
export function taylor(tolerance: number): Propagator {
  return { kind: "taylor", tolerance };
}

/** The joint density matrix, for decays. */
export function density(tolerance: number): Propagator {
  return { kind: "density", tolerance };
}

/** A mean over quantum trajectories, for decays. */
export function trajectories(options: TrajectoryOptions): Propagator {
  return { kind: "trajectories", ...options };
}

/** Propagates by the Hamiltonian as it changes in time, in the user's phases. */
export function inTime({ kind }: Propagator): boolean {
  return kind !== "spectral" && kind !== "krylov";
}
