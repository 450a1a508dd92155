/** What is proved of the ρ_S of one ket on its way through pulses and drives: they act on S only, and layers do not mind. */

import type { Basis } from "../../fock/basis.ts";
import type { Layers } from "../../fock/layers.ts";
import type { ComplexVector } from "../../fock/sparse.ts";
import { LayersAlong, layerNorms } from "../layers/layersAlong.ts";
import type { Propagator } from "../stage/propagator.ts";
import type { ProvedErrors } from "./alongWay.ts";

/**
 * How many times its error in norm a propagator may add to an entry of ρ_S: once where it keeps the norm, since then the errors of the
 * diagonal cancel; Taylor windows do not.
 */
export function propagationSlack({ kind }: Propagator): number {
  return kind === "taylor" ? 4 : 1;
}

/** The same for what is computed in the truncated space, where all is known: |φ̃⟩⟨φ̃| is off by 2κ where the norm is not kept. */
export function errorInEntries({ kind }: Propagator): number {
  return kind === "taylor" ? 2 : 1;
}

/** Told of the ket at the times asked for, and of its errors at these times, as they come along the way from 0. */
export class KetProof {
  private readonly layers: Layers;
  private readonly basis: Basis;
  private readonly along: LayersAlong;
  /** ‖P_j φ‖ at times that were seen already, by their places. */
  private readonly norms = new Map<number, Float64Array>();
  private readonly slack: number;
  private before = 0;

  /** `slack`: see `propagationSlack`. */
  constructor(layers: Layers, basis: Basis, start: ComplexVector, slack: number) {
    this.layers = layers;
    this.basis = basis;
    this.slack = slack;
    this.along = new LayersAlong(layers, layerNorms(layers, basis, start));
  }

  see(ket: ComplexVector, places: readonly number[]): void {
    places.forEach((place, t) => {
      this.norms.set(place, layerNorms(this.layers, this.basis, ket, t, places.length));
    });
  }

  /** Up to a time at which nothing is asked for. */
  advance(t: number, { leaked, propagation }: ProvedErrors): void {
    const way = Math.abs(t);
    this.along.advance(way - this.before, leaked, propagation);
    this.before = way;
  }

  /** What every entry of ρ_S is off by at most at a time that was seen. */
  at(t: number, place: number, error: ProvedErrors): number {
    this.advance(t, error);
    const second = this.along.bound(this.norms.get(place));
    // The rest of the error may be anywhere.
    const anywhere = this.slack * error.propagation;
    return anywhere + Math.min(error.leaked, second + error.leaked * anywhere + 0.5 * anywhere ** 2);
  }
}
