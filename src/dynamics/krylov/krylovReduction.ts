/** Kets at blocks of times, formed from the vectors of a Krylov window and traced over the bosons block by block. */

import { type MatrixSeries, zeroSeries } from "../../algebra/series.ts";
import type { Basis } from "../../fock/basis.ts";
import { bandCount, type Layers, layerCount } from "../../fock/layers.ts";
import type { ComplexVector } from "../../fock/sparse.ts";
import type { Formed } from "../../kernels/krylovArrays.ts";
import type { ArraySource, KrylovKernels } from "../../kernels/krylovKernels.ts";
import { boundsOf, partsFor } from "../../kernels/parts.ts";
import { comeBack, layerBound } from "../layers/layerBound.ts";
import { leakBetween, longestGap } from "../layers/leakBetween.ts";
import type { KrylovInfo } from "./krylov.ts";
import type { Block } from "./krylovWindow.ts";

/** Kets are formed at this many times, and for about this many joint states, at once: they stay in the first cache. */
export const timesPerBlock = 32;
export const statesPerBlock = 32;

/** Parts of the space whose populations are asked for: the bands of layer 0, and the other layers. */
const parted = bandCount + layerCount - 1;

/** Times of one sign, moving away from 0, and their places in the user's list; −1 marks moments that only the bound needs. */
export interface Way {
  readonly direction: 1 | -1;
  /** |t|, ascending. */
  readonly times: readonly number[];
  readonly places: readonly number[];
}

/** What is proved of one ket along a way. */
export interface WayErrors {
  applications: number;
  propagation: number;
  /** ∫‖(1 − P) H φ‖ to the end. */
  leaked: number;
}

/** Σ_kets weight · tr_bosons |φ(t)⟩⟨φ(t)|, and the populations that are asked for, at all times. */
export class Sums {
  /** Σ_kets weight · the largest population of each Fock state at the times looked at. */
  readonly peaks: Float64Array;
  readonly layers: Layers | null;
  /** Places in the list of times at which the filling of the space is looked at. */
  readonly looked: ReadonlySet<number>;
  readonly times: readonly number[];
  /** Entry (s, s′), s ≤ s′, at time t in (s·N + s′)·T + t. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** Σ_kets weight · a proved bound on what cutoff and propagator change in any entry of its ρ_S. */
  readonly boundAt: Float64Array;
  private readonly basis: Basis;

  constructor(basis: Basis, times: readonly number[], layers: Layers | null, lookAt: readonly number[]) {
    this.basis = basis;
    this.times = times;
    this.layers = layers;
    this.looked = new Set(lookAt);
    this.re = new Float64Array(basis.system ** 2 * times.length);
    this.im = new Float64Array(basis.system ** 2 * times.length);
    this.boundAt = new Float64Array(times.length);
    this.peaks = new Float64Array(basis.fockCount);
  }

  /** Sizes in bytes of the arrays of a `Reduction`. */
  sizes(withGauge: boolean): number[] {
    const { dimension, fockCount, system: n } = this.basis;
    const pairs = mostPairs(this.basis);
    const phases = withGauge ? 8 * pairs : 0;
    const parts = partsFor(dimension);
    const rho = 8 * n * n * timesPerBlock * parts;
    const ofStates = [4 * dimension, this.layers === null ? 0 : 4 * dimension];
    const ofTimes = [8 * parted * timesPerBlock * parts, 4 * timesPerBlock];
    return [12 * pairs, phases, phases, 16 * mostBlocks(this.basis), rho, rho, ...ofStates, ...ofTimes, 8 * fockCount];
  }

  series(): MatrixSeries {
    const { system: n } = this.basis;
    const count = this.times.length;
    const rho = zeroSeries(this.times, n);
    for (let s = 0; s < n; s++) {
      for (let s2 = s; s2 < n; s2++) {
        for (let t = 0; t < count; t++) {
          const at = (s * n + s2) * count + t;
          rho.re[(t * n + s2) * n + s] = rho.re[(t * n + s) * n + s2] = this.re[at];
          if (s === s2) continue;
          rho.im[(t * n + s) * n + s2] = this.im[at];
          rho.im[(t * n + s2) * n + s] = -this.im[at];
        }
      }
    }
    return rho;
  }
}

/** Takes blocks of times from the windows, forms φ a block of states at a time, and adds it to the sums. */
export class Reduction {
  private readonly kernels: KrylovKernels;
  private readonly basis: Basis;
  private readonly sums: Sums;
  private readonly rhoRe: Float64Array;
  private readonly rhoIm: Float64Array;
  private readonly formed: Formed;
  private way: Way = { direction: 1, times: [], places: [] };
  private weight = 1;
  /** Norms of the layers at the times of the way, layerCount numbers for each; and how fast the ket leaks there, at most. */
  private norms: Float64Array = new Float64Array(0);
  private fluxes: Float64Array = new Float64Array(0);

  constructor(kernels: KrylovKernels, arrays: ArraySource, basis: Basis, gauge: ComplexVector | null, sums: Sums) {
    this.kernels = kernels;
    this.basis = basis;
    this.sums = sums;
    const { system: n, fockCount, dimension, fock } = basis;
    const parts = partsFor(dimension);
    this.rhoRe = arrays.floats(n * n * timesPerBlock * parts);
    this.rhoIm = arrays.floats(n * n * timesPerBlock * parts);
    const fockOf = arrays.ints(dimension);
    fockOf.set(fock);
    const list = pairsOf(basis, gauge, arrays);
    this.formed = {
      ...list,
      bounds: boundsOf(list.blocks.length / 4, parts),
      whole: n === 2 && dimension === 2 * fockCount && gauge === null,
      layerOf: arrays.ints(sums.layers === null ? 0 : dimension),
      populations: arrays.floats(parted * timesPerBlock * parts),
      looked: arrays.ints(timesPerBlock),
      fock: fockOf,
      peaks: arrays.floats(fockCount).fill(0),
    };
    const { layers } = sums;
    if (layers === null) return;
    for (let i = 0; i < dimension; i++) {
      const layer = layers.layerOf[fock[i]];
      this.formed.layerOf[i] = layer === 0 ? layers.bandOf[fock[i]] : bandCount - 1 + layer;
    }
  }

  begin(way: Way, weight: number): void {
    this.way = way;
    this.weight = weight;
    const moments = this.sums.layers === null ? 0 : way.times.length;
    this.norms = new Float64Array(layerCount * moments);
    this.fluxes = new Float64Array(moments);
  }

  /** A block of times, as `krylov` hands it over. */
  add({ places, room, size, width, mirrored }: Block): void {
    const { sums, way, rhoRe, rhoIm, formed } = this;
    rhoRe.fill(0);
    rhoIm.fill(0);
    formed.populations.fill(0);
    let count = 0;
    for (let c = 0; c < places.length; c++) {
      if (places[c] >= 0 && sums.looked.has(way.places[places[c]])) formed.looked[count++] = c;
    }
    this.kernels.form({ ...room, rhoRe, rhoIm }, size, width, mirrored, {
      ...formed,
      looked: formed.looked.subarray(0, count),
    });
    for (let c = 0; c < places.length; c++) if (places[c] >= 0) this.settle(places[c], c, room.times);
  }

  /** Column c of the block into the sums. */
  private settle(time: number, c: number, width: number): void {
    const { sums, weight, way, basis } = this;
    const place = way.places[time];
    const total = sums.times.length;
    if (place >= 0) {
      for (let entry = 0; entry < basis.system ** 2; entry++) {
        sums.re[entry * total + place] += weight * this.rhoRe[entry * width + c];
        sums.im[entry * total + place] += weight * this.rhoIm[entry * width + c];
      }
    }
    if (sums.layers === null) return;
    const population = (part: number) => this.formed.populations[part * width + c];
    let [edge, square] = [0, 0];
    for (let band = 0; band < bandCount; band++) {
      edge += population(band);
      square += sums.layers.leaks[band] ** 2 * population(band);
    }
    this.fluxes[time] = Math.sqrt(Math.min(square, sums.layers.leak ** 2 * edge));
    this.norms[time * layerCount] = Math.sqrt(edge);
    for (let layer = 1; layer < layerCount; layer++) {
      this.norms[time * layerCount + layer] = Math.sqrt(population(bandCount - 1 + layer));
    }
  }

  /** ∫‖(1 − P) H φ‖ up to each time of the way, and what that costs an entry of ρ_S at most: the same or less. */
  private leakedAt(): { readonly leaked: Float64Array; readonly cost: Float64Array } {
    const { way, norms, fluxes } = this;
    const { layers } = this.sums;
    const leaked = new Float64Array(way.times.length);
    const cost = new Float64Array(way.times.length);
    if (layers === null) return { leaked, cost };
    // ‖P_j e‖ of the layers, from above: what has leaked and come back.
    let errors = new Float64Array(layerCount);
    let next = new Float64Array(layerCount);
    let right = norms.subarray(0, layerCount);
    for (let i = 1; i < leaked.length; i++) {
      const left = right;
      right = norms.subarray(i * layerCount, (i + 1) * layerCount);
      const h = way.times[i] - way.times[i - 1];
      leaked[i] = leaked[i - 1] + leakBetween(layers, left, right, h, 0.5 * (fluxes[i - 1] + fluxes[i]));
      comeBack(layers, errors, leaked[i], h, next);
      [errors, next] = [next, errors];
      cost[i] = layerBound(errors, right, leaked[i]);
    }
    return { leaked, cost };
  }

  /** Once the ket went all its ways. */
  end(weight: number): void {
    const { sums, formed } = this;
    const { peaks } = formed;
    for (let f = 0; f < peaks.length; f++) sums.peaks[f] += weight * peaks[f];
    peaks.fill(0);
  }

  /** Once the way is done: adds what is proved of its ket to the sums. */
  settled({ applications, propagation, propagationAt }: KrylovInfo): WayErrors {
    const { sums, way, weight } = this;
    const { layers } = sums;
    const { leaked, cost } = this.leakedAt();
    // The defect of φ may feed a layer between two moments.
    const fed = layers === null ? 0 : layers.leak * Math.min(longestGap(layers), way.times[way.times.length - 1]);
    way.places.forEach((place, i) => {
      if (place < 0) return;
      // A part of e anywhere, of this norm at most.
      const anywhere = (1 + fed) * propagationAt[i];
      const second = cost[i] + leaked[i] * anywhere + 0.5 * anywhere ** 2;
      sums.boundAt[place] += weight * (anywhere + Math.min(leaked[i], second));
    });
    return { applications, propagation, leaked: leaked[leaked.length - 1] + fed * propagation };
  }
}

/** A Fock state with k of the N levels has k (k + 1)/2 of them. */
function mostPairs({ system, dimension }: Basis): number {
  return Math.floor((dimension * (system + 1)) / 2);
}

/** Each block but the last is so full that no other Fock state fits. */
function mostBlocks({ system, fockCount, dimension }: Basis): number {
  const fullest = Math.max(statesPerBlock, system) - system + 1;
  return Math.min(fockCount, Math.ceil(dimension / fullest) + 1);
}

/** The pairs of states that make ρ, and blocks of joint states, whole Fock states each. */
function pairsOf(basis: Basis, gauge: ComplexVector | null, arrays: ArraySource): Pick<Formed, "pairs" | "blocks"> {
  const { system: n, fockCount, indexOf } = basis;
  const count = mostPairs(basis);
  const list = arrays.ints(3 * count);
  const cos = arrays.floats(gauge === null ? 0 : count);
  const sin = arrays.floats(gauge === null ? 0 : count);
  const blocks = arrays.ints(4 * mostBlocks(basis)).fill(0);
  const most = Math.max(statesPerBlock, n);
  let block = 0;
  let pair = 0;
  let state = 0;
  for (let f = 0; f < fockCount; f++) {
    const first = pair;
    const from = state;
    for (let s = 0; s < n; s++) {
      const i = indexOf[f * n + s];
      if (i < 0) continue;
      state++;
      for (let s2 = s; s2 < n; s2++) {
        const j = indexOf[f * n + s2];
        if (j < 0) continue;
        list[3 * pair] = i;
        list[3 * pair + 1] = j;
        list[3 * pair + 2] = s * n + s2;
        if (gauge !== null) {
          // φ_i φ̄_j in the user's phases is u_i ū_j times that in the real gauge.
          cos[pair] = gauge.re[i] * gauge.re[j] + gauge.im[i] * gauge.im[j];
          sin[pair] = gauge.im[i] * gauge.re[j] - gauge.re[i] * gauge.im[j];
        }
        pair++;
      }
    }
    if (state - blocks[4 * block] > most) {
      block++;
      blocks[4 * block] = from;
      blocks[4 * block + 2] = first;
    }
    blocks[4 * block + 1] = state;
    blocks[4 * block + 3] = pair;
  }
  return { pairs: { list, cos, sin }, blocks: blocks.subarray(0, 4 * (block + 1)) };
}
