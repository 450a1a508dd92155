/** What is proved of ρ_S along a joint density matrix: the argument of kets, for what purifies it. */

import type { Basis } from "../../fock/basis.ts";
import { type Layers, layerCount } from "../../fock/layers.ts";
import type { ComplexVector } from "../../fock/sparse.ts";
import { LayersAlong } from "../layers/layersAlong.ts";
import type { ProvedErrors } from "./alongWay.ts";

/** What a way is proved to cost entries of ρ_S, and what leaks of a ket that purifies the joint state of the truncated space. */
export interface DensityErrors extends ProvedErrors {
  readonly purified: number;
}

/**
 * Told of the populations and errors on the way from 0. Decay of S is a unitary on S and something that forgets nothing and never comes
 * back, so that layers do not mind it either. If the computed matrix is off by κ, half its trace norm, populations in a layer
 * are off by κ at most.
 */
export class DensityProof {
  private readonly layers: Layers;
  private readonly basis: Basis;
  private readonly along: LayersAlong;
  private before = 0;

  constructor(layers: Layers, basis: Basis, start: ComplexVector) {
    this.layers = layers;
    this.basis = basis;
    this.along = new LayersAlong(layers, this.norms(diagonalOf(start, basis.dimension), 0));
  }

  /** Up to a time at which nothing is asked for. */
  advance(t: number, { purified }: DensityErrors): void {
    const time = Math.abs(t) - this.before;
    this.along.advance(time, purified);
    this.before += time;
  }

  /** What every entry of ρ_S is off by at most at a time with these populations of the joint states. */
  at(t: number, populations: Float64Array, error: DensityErrors): number {
    this.advance(t, error);
    const second = this.along.bound(this.norms(populations, error.propagation));
    return error.propagation + Math.min(error.leaked, second);
  }

  private norms(populations: Float64Array, off: number): Float64Array {
    const { layerOf } = this.layers;
    const sums = new Float64Array(layerCount).fill(off);
    populations.forEach((population, i) => {
      sums[layerOf[this.basis.fock[i]]] += population;
    });
    return sums.map((sum) => Math.sqrt(Math.max(0, sum)));
  }
}

function diagonalOf({ re }: ComplexVector, d: number): Float64Array {
  return Float64Array.from({ length: d }, (_, i) => re[i * (d + 1)]);
}
