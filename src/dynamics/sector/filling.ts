/** How the bosons fill a truncated space: what the next cutoff is guessed from. */

import type { Basis } from "../../fock/basis.ts";
import { fallsOf, Heights } from "./heights.ts";

/** Populations of parts of a space: for each part the sum, over its Fock states, of the largest at the times looked at. */
export interface Filling {
  /** Of each shell, one unit of height each; the last one ends at the cutoff. */
  readonly shells: Float64Array;
  /** Of each occupation of each mode: modeShells[k][n]. */
  readonly modeShells: readonly Float64Array[];
  /** Of the Fock states next to the kept ones, as their neighbours and the fall of each mode let it be expected. */
  readonly outside: number;
  /** Populations by height if modes were filled independently of each other. */
  readonly heights: Heights;
}

/** The filling of a basis by Fock states that each held `peaks[f]` at most. */
export class BasisFilling implements Filling {
  /** Of each Fock state. */
  readonly peaks: Float64Array;
  private readonly basis: Basis;
  private shellsFound: Float64Array | null = null;
  private modeShellsFound: readonly Float64Array[] | null = null;
  private outsideFound: number | null = null;
  private heightsFound: Heights | null = null;

  constructor(basis: Basis, peaks: Float64Array) {
    this.basis = basis;
    this.peaks = peaks;
  }

  get shells(): Float64Array {
    this.shellsFound ??= this.findShells();
    return this.shellsFound;
  }

  get modeShells(): readonly Float64Array[] {
    this.modeShellsFound ??= this.findModeShells();
    return this.modeShellsFound;
  }

  get outside(): number {
    this.outsideFound ??= this.findOutside();
    return this.outsideFound;
  }

  get heights(): Heights {
    this.heightsFound ??= new Heights(this.modeShells, this.basis.weights);
    return this.heightsFound;
  }

  private findShells(): Float64Array {
    const { basis, peaks } = this;
    const shells = new Float64Array(shellCount(basis.cutoff));
    for (let f = 0; f < basis.fockCount; f++) shells[shellOf(basis.heights[f], basis.cutoff)] += peaks[f];
    return shells;
  }

  private findModeShells(): readonly Float64Array[] {
    const { basis, peaks } = this;
    const most = basis.occupations.reduce((largest, n) => Math.max(largest, n), 0);
    const modeShells = Array.from({ length: basis.modes }, () => new Float64Array(most + 1));
    for (let f = 0; f < basis.fockCount; f++) {
      for (let k = 0; k < basis.modes; k++) modeShells[k][basis.occupations[f * basis.modes + k]] += peaks[f];
    }
    return modeShells;
  }

  private findOutside(): number {
    const { basis, peaks } = this;
    const { modes, heights, weights, cutoff, occupations } = basis;
    const falls = this.modeShells.map(fallsOf);
    let sum = 0;
    for (let f = 0; f < basis.fockCount; f++) {
      for (let k = 0; k < modes; k++) {
        if (heights[f] + weights[k] > cutoff + 1e-9) sum += peaks[f] * falls[k][occupations[f * modes + k]];
      }
    }
    return sum;
  }

  /** The same states with heights by other weights, up to a cutoff. */
  weighed(weights: readonly number[], cutoff: number): Filling {
    const { basis, peaks, modeShells } = this;
    const shells = new Float64Array(shellCount(cutoff));
    for (let f = 0; f < basis.fockCount; f++) {
      let height = 0;
      for (let k = 0; k < basis.modes; k++) height += weights[k] * basis.occupations[f * basis.modes + k];
      if (height <= cutoff) shells[shellOf(height, cutoff)] += peaks[f];
    }
    return { shells, modeShells, outside: this.outside, heights: new Heights(modeShells, weights) };
  }
}

/** How many shells there are up to a cutoff. */
export function shellCount(cutoff: number): number {
  return Math.floor(cutoff + 1e-9) + 1;
}

/** The shell of a height: counted from the cutoff down, so that the last one is a whole one. */
export function shellOf(height: number, cutoff: number): number {
  return shellCount(cutoff) - 1 - Math.floor(cutoff - height + 1e-9);
}

/** Accumulates the populations of a mixture of kets, ket after ket, at `count` times. */
export class Populations {
  readonly count: number;
  private readonly basis: Basis;
  /** Population of Fock state f at time t in f·count + t. */
  private readonly ofFock: Float64Array;

  constructor(basis: Basis, count: number) {
    this.basis = basis;
    this.count = count;
    this.ofFock = new Float64Array(basis.fockCount * count);
  }

  /** Adds a ket at all times: amplitude of joint state i at the t-th of them in entry i·count + t. */
  add(re: Float64Array, im: Float64Array, weight: number): void {
    const { basis, count, ofFock } = this;
    for (let i = 0; i < basis.dimension; i++) {
      const at = basis.fock[i] * count;
      for (let t = 0, a = i * count; t < count; t++, a++) ofFock[at + t] += weight * (re[a] * re[a] + im[a] * im[a]);
    }
  }

  /** Adds a ket at the t-th time alone. */
  addAt(t: number, re: Float64Array, im: Float64Array, weight: number): void {
    const { basis, count, ofFock } = this;
    for (let i = 0; i < basis.dimension; i++) {
      ofFock[basis.fock[i] * count + t] += weight * (re[i] * re[i] + im[i] * im[i]);
    }
  }

  /** Adds populations of the joint states at the t-th time. */
  addPopulations(t: number, populations: Float64Array): void {
    const { basis, count, ofFock } = this;
    for (let i = 0; i < basis.dimension; i++) ofFock[basis.fock[i] * count + t] += populations[i];
  }

  /** `scale`: of all populations, where they were added up for more than one state. */
  filling(scale = 1): BasisFilling {
    const { basis, count, ofFock } = this;
    const peaks = new Float64Array(basis.fockCount);
    for (let f = 0; f < peaks.length; f++) {
      for (let t = 0; t < count; t++) {
        const population = scale * ofFock[f * count + t];
        if (population > peaks[f]) peaks[f] = population;
      }
    }
    return new BasisFilling(basis, peaks);
  }
}
