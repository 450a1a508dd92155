/** A second-order bound on what a cutoff costs ρ_S, carried along a way from layers of Fock states (docs/certificates.md, section 5). */

import type { Basis } from "../../fock/basis.ts";
import { type Layers, layerCount } from "../../fock/layers.ts";
import type { ComplexVector } from "../../fock/sparse.ts";
import type { SparseKet } from "../sector/sparseKet.ts";
import { comeBack, layerBound } from "./layerBound.ts";
import { flowOver, grownIntegral, grownNorm } from "./layerFlow.ts";

/** Steps are so short that no norm grows by more than about this, and no more than so many are gone at once. */
const growth = 0.3;
const mostSteps = 16;

/**
 * What has left a space and comes back from layer to layer, and what the layers hold meanwhile: H between neighbours makes both grow,
 * p_j' ≤ c_j−1 p_j−1 + c_j p_j+1, whatever is done to S at the same time. A mixture counts as one ket, of S, F and what purifies it.
 */
export class LayersAlong {
  private readonly layers: Layers;
  private readonly fastest: number;
  /** Upper bounds on ‖P_j φ‖ and on ‖P_j e‖ where the way has come to, and on what has leaked. */
  private norms: Float64Array;
  private errors: Float64Array = new Float64Array(layerCount);
  private leaked = 0;
  /** ‖φ‖. */
  private readonly whole: number;

  constructor(layers: Layers, norms: Float64Array) {
    this.layers = layers;
    this.norms = norms;
    this.whole = Math.hypot(...norms);
    this.fastest = layers.couplings.reduce((most, c) => Math.max(most, c), layers.leak);
  }

  /**
   * Goes on for a time, until which at most `known` has leaked in all. `off`: how far φ may come to be from where H takes it. False if
   * that is too long for what the layers hold to be foreseen: then `known` is all there is, until `bound` is told the norms.
   */
  advance(time: number, known: number, off = 0): boolean {
    const { layers } = this;
    const foreseen = time * this.fastest <= mostSteps * growth;
    const steps = foreseen ? Math.ceil((time * this.fastest) / growth) : mostSteps;
    for (let step = 0; step < steps; step++) {
      const h = time / steps;
      if (foreseen) {
        const flow = flowOver(layers, h);
        const { norms } = this;
        const integral = grownIntegral(flow, norms);
        this.norms = norms.map((_, j) => grownNorm(flow, norms, j));
        this.leaked = Math.min(known, this.leaked + layers.leak * (integral + h * off));
      } else {
        this.leaked = known;
      }
      this.errors = comeBack(layers, this.errors, this.leaked, h);
    }
    this.norms = this.norms.map((norm) => Math.min(foreseen ? norm : this.whole, this.whole + off));
    return foreseen;
  }

  /** What every entry of ρ_S is off by at most; with the norms of the layers, if they are known. */
  bound(norms = this.norms): number {
    this.norms = norms;
    return layerBound(this.errors, norms, this.leaked);
  }

  /** What has leaked at most. */
  get outside(): number {
    return this.leaked;
  }

  /** The same of what an operator of norm `size` on S makes of the ket, which then holds `norms`; to go on from here. */
  actedOn(size: number, norms = this.norms): LayersAlong {
    const next = new LayersAlong(this.layers, norms);
    next.errors = this.errors.map((error) => size * error);
    next.leaked = size * this.leaked;
    return next;
  }

  /** |⟨e|χ⟩| at most, for a χ in the space of which this is what the layers hold. */
  meeting(norms: Float64Array): number {
    return norms.reduce((sum, norm, j) => sum + norm * this.errors[j], 0);
  }
}

/** ‖P_j φ‖ for each layer, of the ket at the t-th of `width` times. */
export function layerNorms(
  { layerOf }: Layers,
  { fock, dimension }: Basis,
  { re, im }: ComplexVector,
  t = 0,
  width = 1,
): Float64Array {
  const sums = new Float64Array(layerCount);
  for (let i = 0, at = t; i < dimension; i++, at += width) sums[layerOf[fock[i]]] += re[at] * re[at] + im[at] * im[at];
  return sums.map(Math.sqrt);
}

/** The same of a mixture of kets. */
export function layerNormsOf(
  { layerOf }: Layers,
  { fock }: Basis,
  kets: readonly SparseKet[],
  weights: readonly number[],
): Float64Array {
  const sums = new Float64Array(layerCount);
  kets.forEach(({ states, re, im }, k) => {
    states.forEach((i, a) => {
      sums[layerOf[fock[i]]] += weights[k] * (re[a] * re[a] + im[a] * im[a]);
    });
  });
  return sums.map(Math.sqrt);
}
