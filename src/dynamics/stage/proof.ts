/** What is proved of one sector. */
export interface Proof {
  /** Every entry of ρ_S at every time is off by at most this, and of it so much by the propagator. */
  readonly bound: number;
  readonly propagation: number;
  /** False where the bound is an estimate. */
  readonly proved: boolean;
  /** Nothing was cut off. */
  readonly complete: boolean;
}
