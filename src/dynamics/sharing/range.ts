/** Trajectories, or kets, from one to before another. */
export interface Range {
  readonly from: number;
  readonly to: number;
}
