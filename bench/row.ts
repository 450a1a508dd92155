/** A row of the comparison with the peers. */

import type { Ours } from "./ours.ts";
import type { Tuned } from "./tuned.ts";

export interface Case {
  readonly model: string;
  readonly size: number | "inf";
  /** What the true error must not exceed. */
  readonly target: number;
}

/** Measured, at a true error that meets the target. */
export interface PeerTime extends Tuned {
  readonly error: number;
  readonly seconds: number;
  readonly repeats: number;
}

/** Or why not. */
export interface Skipped {
  readonly skipped: string;
}

export const peerNames = ["scipy plain", "scipy polished", "scipy cut", "QuTiP", "QuTiP HEOM"] as const;
export type PeerName = (typeof peerNames)[number];

export interface Row extends Case {
  readonly ours: Omit<Ours, "rho"> & { readonly error: number | null };
  readonly reference: { readonly how: string; readonly uncertainty: number } | null;
  readonly peers: Readonly<Record<PeerName, PeerTime | Skipped>>;
}
