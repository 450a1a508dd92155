/** The Fourier terms of ρ_S(t) that pairs of eigenvectors give, entry by entry. */

import { type ComplexVector, zeroVector } from "../../fock/sparse.ts";
import type { PlanarMatrix } from "../../kernels/product.ts";

/** Pairs whose coefficients are all below this change no digit, however many there are. */
export const negligiblePair = 1e-19;

/**
 * One complex sum of Fourier terms: an entry (a, b) with a < b, of which the pair (i, j) gives the part at λ_i − λ_j and
 * (j, i) the part at λ_j − λ_i; or two diagonal entries, which are real, as real and imaginary part.
 */
export type SeriesOf = { readonly a: number; readonly b: number } | { readonly diagonal: readonly number[] };

export function seriesOf(n: number): SeriesOf[] {
  const series: SeriesOf[] = [];
  for (let a = 0; a < n; a += 2) series.push({ diagonal: a + 1 < n ? [a, a + 1] : [a] });
  for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) series.push({ a, b });
  return series;
}

/** The entries of X, at a·N + b, that a series is made of; `second` is −1 for a diagonal entry alone. */
interface Kind {
  readonly diagonal: boolean;
  readonly first: number;
  readonly second: number;
}

function kindOf(one: SeriesOf, n: number): Kind {
  // K̄_ji belongs to the entry (b, a).
  if (!("diagonal" in one)) return { diagonal: false, first: one.a * n + one.b, second: one.b * n + one.a };
  const [first, second = -1] = one.diagonal.map((a) => a * (n + 1));
  return { diagonal: true, first, second };
}

/** The Fourier terms of all series, growing by appending; what does not move is added up apart. */
export class PairTerms {
  count = 0;
  /** Bound on what the pairs that were left out change in any entry. */
  dropped = 0;
  /** Everything is added this many times. */
  private weight = 1;
  /** Pairs that are smaller than this are left out. */
  negligible = negligiblePair;
  private allowed = 0;
  readonly system: number;
  frequencies = new Float64Array(256);
  /** Of each term and series real and imaginary part at +ω, then at −ω. */
  coefficients: Float64Array;
  readonly constant: ComplexVector;
  private readonly kinds: readonly Kind[];

  constructor(system: number) {
    this.system = system;
    this.kinds = seriesOf(system).map((one) => kindOf(one, system));
    this.coefficients = new Float64Array(4 * this.kinds.length * this.frequencies.length);
    this.constant = zeroVector(system * system);
  }

  reserve(more: number): void {
    if (this.count + more <= this.frequencies.length) return;
    // Those that come next are likely to be as many.
    const length = Math.max(2 * this.frequencies.length, this.count + 3 * more);
    const frequencies = new Float64Array(length);
    frequencies.set(this.frequencies.subarray(0, this.count));
    this.frequencies = frequencies;
    const stride = 4 * this.kinds.length;
    const coefficients = new Float64Array(stride * length);
    coefficients.set(this.coefficients.subarray(0, stride * this.count));
    this.coefficients = coefficients;
  }

  /** The sector that comes now has this weight, and at most this many pairs. */
  begin(weight: number, pairs: number): void {
    this.weight = weight;
    this.negligible = Math.max(negligiblePair, (0.5 * this.allowed) / pairs);
  }

  /** Forgets everything but its room. `allowed`: what may be left out of a sector of weight 1, in any entry. */
  restart(allowed: number): void {
    this.clear();
    this.allowed = allowed;
    this.dropped = 0;
    this.weight = 1;
    this.negligible = negligiblePair;
    this.constant.re.fill(0);
    this.constant.im.fill(0);
  }

  /** Forgets the terms, and keeps their room and the constant. */
  clear(): void {
    this.count = 0;
  }

  /** Adds an eigenvector with itself: R_ii X_ii, entries (a, b) of X at a·N + b. */
  addConstant(r: number, x: ComplexVector): void {
    const weighed = this.weight * r;
    for (let e = 0; e < x.re.length; e++) {
      this.constant.re[e] += weighed * x.re[e];
      this.constant.im[e] += weighed * x.im[e];
    }
  }

  /** Adds the pair (i, j), R_ij X_ij at the frequency λ_i − λ_j, and with it the pair (j, i), which is its adjoint. */
  add(frequency: number, pairRe: number, pairIm: number, x: ComplexVector): void {
    const { coefficients } = this;
    const rr = this.weight * pairRe;
    const ri = this.weight * pairIm;
    let largest = 0;
    for (let s = 0, at = 4 * this.count * this.kinds.length; s < this.kinds.length; s++, at += 4) {
      const { diagonal, first, second } = this.kinds[s];
      const kr = rr * x.re[first] - ri * x.im[first];
      const ki = rr * x.im[first] + ri * x.re[first];
      const lr = second < 0 ? 0 : rr * x.re[second] - ri * x.im[second];
      const li = second < 0 ? 0 : rr * x.im[second] + ri * x.re[second];
      if (diagonal) {
        // (i, j) and (j, i) together are 2 Re k; k in the real and l in the imaginary part: k + il and k̄ + il̄.
        coefficients[at] = kr - li;
        coefficients[at + 1] = ki + lr;
        coefficients[at + 2] = kr + li;
        coefficients[at + 3] = lr - ki;
      } else {
        coefficients[at] = kr;
        coefficients[at + 1] = ki;
        coefficients[at + 2] = lr;
        coefficients[at + 3] = -li;
      }
      largest = Math.max(largest, Math.abs(kr) + Math.abs(ki) + Math.abs(lr) + Math.abs(li));
    }
    // A diagonal entry has a pair and its adjoint.
    if (largest >= Math.abs(this.weight) * this.negligible) this.frequencies[this.count++] = frequency;
    else this.dropped += 2 * largest;
  }

  /**
   * Adds the pairs (i, j) of two blocks with energies λ and μ, or those of one `same` block with i ≤ j: R_ij X_ij, X_ij entry by
   * entry, null where it is 0.
   */
  addProducts(
    lambda: Float64Array,
    mu: Float64Array,
    same: boolean,
    r: PlanarMatrix,
    x: readonly (PlanarMatrix | null)[],
  ): void {
    const real = r.im.length === 0 && x.every((entry) => entry === null || entry.im.length === 0);
    const zero = x.some((entry) => entry === null) ? new Float64Array(r.re.length) : r.re;
    const re = x.map((entry) => entry?.re ?? zero);
    if (same) this.addConstants(lambda.length, r, x);
    if (real) {
      this.addReal(lambda, mu, same, r.re, re);
      return;
    }
    const im = x.map((entry) => entry?.im ?? zero);
    const one = zeroVector(x.length);
    for (let i = 0; i < lambda.length; i++) {
      for (let j = same ? i + 1 : 0; j < mu.length; j++) {
        const at = i * mu.length + j;
        const ri = r.im.length === 0 ? 0 : r.im[at];
        if (Math.abs(r.re[at]) + Math.abs(ri) < negligiblePair) continue;
        for (let e = 0; e < x.length; e++) {
          one.re[e] = re[e][at];
          one.im[e] = im[e].length === 0 ? 0 : im[e][at];
        }
        this.add(lambda[i] - mu[j], r.re[at], ri, one);
      }
    }
  }

  private addConstants(size: number, r: PlanarMatrix, x: readonly (PlanarMatrix | null)[]): void {
    const { constant, weight } = this;
    x.forEach((entry, e) => {
      if (entry === null) return;
      for (let i = 0, at = 0; i < size; i++, at += size + 1) {
        const weighed = weight * r.re[at];
        constant.re[e] += weighed * entry.re[at];
        if (entry.im.length > 0) constant.im[e] += weighed * entry.im[at];
      }
    });
  }

  /** The same for real numbers, which are most. */
  private addReal(
    lambda: Float64Array,
    mu: Float64Array,
    same: boolean,
    r: Float64Array,
    x: readonly Float64Array[],
  ): void {
    const { coefficients, frequencies, kinds, weight } = this;
    const least = Math.abs(weight) * this.negligible;
    for (let i = 0; i < lambda.length; i++) {
      for (let j = same ? i + 1 : 0, at = i * mu.length + j; j < mu.length; j++, at++) {
        const weighed = weight * r[at];
        // No entry of X is larger than 1.
        if (2 * Math.abs(weighed) < least) {
          this.dropped += 2 * Math.abs(weighed);
          continue;
        }
        let largest = 0;
        for (let s = 0, to = 4 * this.count * kinds.length; s < kinds.length; s++, to += 4) {
          const { diagonal, first, second } = kinds[s];
          const k = weighed * x[first][at];
          const l = second < 0 ? 0 : weighed * x[second][at];
          coefficients[to] = k;
          coefficients[to + 1] = diagonal ? l : 0;
          coefficients[to + 2] = diagonal ? k : l;
          coefficients[to + 3] = diagonal ? l : 0;
          largest = Math.max(largest, Math.abs(k) + Math.abs(l));
        }
        if (largest >= least) frequencies[this.count++] = lambda[i] - mu[j];
        else this.dropped += 2 * largest;
      }
    }
  }
}
