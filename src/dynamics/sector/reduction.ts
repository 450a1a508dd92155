/** From kets of S and bosons to ρ_S(t). */

import { type MatrixSeries, zeroSeries } from "../../algebra/series.ts";
import type { Basis } from "../../fock/basis.ts";
import type { ComplexVector } from "../../fock/sparse.ts";

/** Accumulates Σ_kets weight · tr_bosons |φ(t)⟩⟨φ(t)|. */
export class Reduction {
  private readonly basis: Basis;
  private readonly gauge: ComplexVector | null;
  /** Entry (s, s′) of ρ at time t in (s·N + s′)·T + t, for s ≤ s′. */
  private readonly re: Float64Array;
  private readonly im: Float64Array;
  private readonly count: number;

  constructor(basis: Basis, count: number, gauge: ComplexVector | null) {
    this.basis = basis;
    this.gauge = gauge;
    this.count = count;
    this.re = new Float64Array(basis.system ** 2 * count);
    this.im = new Float64Array(basis.system ** 2 * count);
  }

  /** Adds a ket given at the times in `places`: amplitude of state i at the t-th of them in entry i·places.length + t. */
  add(re: Float64Array, im: Float64Array, weight: number, places: readonly number[]): void {
    const { system: n, fockCount, indexOf } = this.basis;
    const width = places.length;
    const sumRe = new Float64Array(width);
    const sumIm = new Float64Array(width);
    for (let s = 0; s < n; s++) {
      for (let s2 = s; s2 < n; s2++) {
        sumRe.fill(0);
        sumIm.fill(0);
        for (let f = 0; f < fockCount; f++) {
          const i = indexOf[f * n + s];
          const j = indexOf[f * n + s2];
          if (i < 0 || j < 0) continue;
          if (i === j) addSquares(re, im, i * width, width, sumRe);
          else this.addCoherence(re, im, i, j, width, sumRe, sumIm);
        }
        const at = (s * n + s2) * this.count;
        for (let t = 0; t < width; t++) {
          this.re[at + places[t]] += weight * sumRe[t];
          this.im[at + places[t]] += weight * sumIm[t];
        }
      }
    }
  }

  private addCoherence(
    re: Float64Array,
    im: Float64Array,
    i: number,
    j: number,
    width: number,
    sumRe: Float64Array,
    sumIm: Float64Array,
  ): void {
    // φ_i φ̄_j in the user's phases is u_i ū_j times that in the real gauge.
    const cos = this.gauge === null ? 1 : this.gauge.re[i] * this.gauge.re[j] + this.gauge.im[i] * this.gauge.im[j];
    const sin = this.gauge === null ? 0 : this.gauge.im[i] * this.gauge.re[j] - this.gauge.re[i] * this.gauge.im[j];
    const a = i * width;
    const b = j * width;
    for (let t = 0; t < width; t++) {
      const real = re[a + t] * re[b + t] + im[a + t] * im[b + t];
      const imaginary = im[a + t] * re[b + t] - re[a + t] * im[b + t];
      sumRe[t] += cos * real - sin * imaginary;
      sumIm[t] += cos * imaginary + sin * real;
    }
  }

  /** ρ_S at all times. */
  series(times: readonly number[]): MatrixSeries {
    const n = this.basis.system;
    const rho = zeroSeries(times, n);
    for (let t = 0; t < this.count; t++) {
      for (let s = 0; s < n; s++) {
        for (let s2 = s; s2 < n; s2++) {
          const at = (s * n + s2) * this.count + t;
          rho.re[(t * n + s) * n + s2] = this.re[at];
          rho.im[(t * n + s) * n + s2] = s === s2 ? 0 : this.im[at];
          rho.re[(t * n + s2) * n + s] = this.re[at];
          rho.im[(t * n + s2) * n + s] = s === s2 ? 0 : -this.im[at];
        }
      }
    }
    return rho;
  }
}

/** sum[t] += |re + i·im|² for `width` numbers from `from` on. */
function addSquares(re: Float64Array, im: Float64Array, from: number, width: number, sum: Float64Array): void {
  for (let t = 0; t < width; t++) sum[t] += re[from + t] * re[from + t] + im[from + t] * im[from + t];
}
