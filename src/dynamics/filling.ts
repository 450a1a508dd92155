/** How the bosons fill a truncated space: what the next cutoff is guessed from. */

import type { Basis } from "../fock/basis.ts";

/** Largest populations over the times that were looked at. */
export interface Filling {
  /** Of each shell: heights from n up to n + 1. */
  readonly shells: Float64Array;
  /** Of each occupation of each mode: modeShells[k][n]. */
  readonly modeShells: readonly Float64Array[];
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
  filling(scale = 1): Filling {
    const { basis, count } = this;
    const shells = new Float64Array(Math.floor(basis.cutoff + 1e-9) + 1);
    let most = 0;
    for (let i = 0; i < basis.fockCount * basis.modes; i++) most = Math.max(most, basis.occupations[i]);
    const modeShells = Array.from({ length: basis.modes }, () => new Float64Array(most + 1));
    const shell = new Float64Array(shells.length);
    const inMode = modeShells.map((populations) => new Float64Array(populations.length));
    for (let t = 0; t < count; t++) {
      shell.fill(0);
      for (const populations of inMode) populations.fill(0);
      for (let f = 0; f < basis.fockCount; f++) {
        const population = scale * this.ofFock[f * count + t];
        shell[Math.floor(basis.heights[f] + 1e-9)] += population;
        for (let k = 0; k < basis.modes; k++) inMode[k][basis.occupations[f * basis.modes + k]] += population;
      }
      raise(shells, shell);
      for (let k = 0; k < basis.modes; k++) raise(modeShells[k], inMode[k]);
    }
    return { shells, modeShells };
  }
}

/** a[i] = max(a[i], b[i]). */
function raise(a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) if (b[i] > a[i]) a[i] = b[i];
}
