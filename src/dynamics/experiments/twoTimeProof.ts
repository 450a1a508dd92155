/**
 * A second-order bound on what a cutoff costs R = tr_bosons |χ⟩⟨ψ|, χ = U B ψ(t): B acts on S as pulses do, and layers do not mind it
 * (docs/certificates.md, section 5, "Two-time correlations").
 */

import type { Basis } from "../../fock/basis.ts";
import type { Layers } from "../../fock/layers.ts";
import type { ComplexVector } from "../../fock/sparse.ts";
import type { ProvedErrors } from "../controlled/alongWay.ts";
import { splitByDirection } from "../controlled/ways.ts";
import { LayersAlong, layerNorms } from "../layers/layersAlong.ts";

/** ‖P_j ψ‖ and ‖P_j χ‖ at a delay. */
interface Seen {
  readonly psi: Float64Array;
  readonly chi: Float64Array;
}

/** What may have left a ket in all, and how far the computed one may be off in the space. */
interface Off {
  readonly outside: number;
  readonly inside: number;
}

export class TwoTimeProof {
  private readonly layers: Layers;
  private readonly basis: Basis;
  /** ‖B‖. */
  private readonly size: number;
  private readonly along: LayersAlong;
  private readonly seen = new Map<number, Seen>();
  private begun: {
    readonly psi: LayersAlong;
    readonly chi: LayersAlong;
    readonly off: Off;
    readonly at: number;
  } | null = null;

  constructor(layers: Layers, basis: Basis, start: ComplexVector, size: number) {
    this.layers = layers;
    this.basis = basis;
    this.size = size;
    this.along = new LayersAlong(layers, layerNorms(layers, basis, start));
  }

  /** At t, before B acts and after it. */
  acted(t: number, before: ComplexVector, after: ComplexVector, { leaked, propagation }: ProvedErrors): void {
    const { layers, basis, along, size } = this;
    const at = Math.abs(t);
    const off = { outside: leaked + layers.leak * at * propagation, inside: propagation };
    along.advance(at, off.outside, propagation);
    const psi = along.actedOn(1, layerNorms(layers, basis, before));
    const chi = along.actedOn(size, layerNorms(layers, basis, after));
    this.begun = { psi, chi, off, at };
  }

  /** Both kets at some of the delays. */
  see([psi, chi]: readonly ComplexVector[], places: readonly number[]): void {
    const { layers, basis, seen } = this;
    places.forEach((place, t) => {
      const normsOf = (ket: ComplexVector) => layerNorms(layers, basis, ket, t, places.length);
      seen.set(place, { psi: normsOf(psi), chi: normsOf(chi) });
    });
  }

  /** What every entry of R is off by at most at each delay, all of which were seen; `onward`: of both kets since t. */
  bounds(delays: readonly number[], [ofPsi, ofChi]: readonly ProvedErrors[]): Float64Array {
    const { size, layers } = this;
    const found = new Float64Array(delays.length);
    if (this.begun === null) return found.fill(Number.POSITIVE_INFINITY);
    const { off } = this.begun;
    for (const { times, places } of splitByDirection(delays)) {
      const [psi, chi] = [this.begun.psi.actedOn(1), this.begun.chi.actedOn(1)];
      const farthest = Math.abs(times[times.length - 1]);
      const since = (first: number, { leaked, propagation }: ProvedErrors): Off => {
        const inside = first * off.inside + propagation;
        return { outside: first * off.outside + leaked + layers.leak * farthest * inside, inside };
      };
      const [offPsi, offChi] = [since(1, ofPsi), since(size, ofChi)];
      let now = 0;
      times.forEach((time, t) => {
        const way = Math.abs(time) - now;
        now += way;
        psi.advance(way, offPsi.outside, offPsi.inside);
        chi.advance(way, offChi.outside, offChi.inside);
        const norms = this.seen.get(places[t]) as Seen;
        psi.bound(norms.psi);
        chi.bound(norms.chi);
        const comeBack = chi.meeting(norms.psi) + psi.meeting(norms.chi);
        const computed = offChi.inside * Math.hypot(...norms.psi) + offPsi.inside * Math.hypot(...norms.chi);
        found[places[t]] = comeBack + computed + (chi.outside + offChi.inside) * (psi.outside + offPsi.inside);
      });
    }
    return found;
  }
}
