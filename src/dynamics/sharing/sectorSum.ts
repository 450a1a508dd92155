/** A weighted sum over sectors, and over what is proved of each. */

import { DensitySum } from "../sector/densitySum.ts";
import type { Evolution } from "../sector/evolution.ts";
import type { Part } from "./part.ts";

export class SectorSum {
  private leaked = 0;
  private leakedSquares = 0;
  private propagation = 0;
  private sampling = 0;
  private omitted = 0;
  private weight = 0;
  private applications = 0;
  private proved = true;
  private trajectories = 0;
  /** Of the last sector: where they are wanted there is no other. */
  private squares: Float64Array | null = null;
  private readonly density: DensitySum;
  private readonly boundAt: Float64Array;

  private readonly unproved: boolean;

  /**
   * `allowed`: what small terms may be left out of any entry, for each unit of weight. `unproved`: bounds that take time are of no
   * use.
   */
  constructor(times: readonly number[], system: number, allowed = 0, unproved = false) {
    this.unproved = unproved;
    this.density = new DensitySum(times, system, allowed);
    this.boundAt = new Float64Array(times.length);
  }

  /** `omitted` is the weight of the sector's own starts that were left out; `applications` are those to be counted. */
  add({ addTo, info }: Evolution, weight: number, omitted: number, applications: number): void {
    addTo(this.density, weight);
    const size = Math.abs(weight);
    this.leaked += size * info.leaked;
    this.leakedSquares += size * info.leaked ** 2;
    this.propagation += size * info.propagation;
    this.sampling += size * info.sampling;
    this.omitted += size * omitted;
    this.weight += weight;
    this.applications += applications;
    if (!info.proved) this.proved = false;
    this.trajectories = Math.max(this.trajectories, info.trajectories);
    this.squares = info.squares;
    const { boundAt } = this;
    const own = this.unproved ? null : (info.boundAt?.() ?? null);
    const flat = omitted + (own === null ? info.leaked + info.propagation : 0);
    for (let t = 0; t < boundAt.length; t++) boundAt[t] += size * (flat + (own === null ? 0 : own[t]));
  }

  /** The sum of sectors that were propagated as `how` says; to be called once. */
  finish(how: string): Part {
    const { leaked, leakedSquares, sampling, omitted, weight, applications, proved, trajectories } = this;
    const rho = this.density.finish();
    const { dropped } = this.density;
    const propagation = this.propagation + dropped;
    const boundAt = this.boundAt.map((bound) => bound + dropped);
    const squares = this.squares === null ? {} : { squares: this.squares };
    return {
      rho,
      leaked,
      leakedSquares,
      propagation,
      sampling,
      omitted,
      boundAt,
      weight,
      applications,
      proved,
      trajectories,
      how,
      ...squares,
    };
  }
}
