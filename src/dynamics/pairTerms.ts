/** The Fourier terms of ρ_S(t) that pairs of eigenvectors give, entry by entry. */

import { type ComplexVector, zeroVector } from "../fock/sparse.ts";

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

/** The Fourier terms of all series, growing by appending; what does not move is added up apart. */
export class PairTerms {
  count = 0;
  /** Bound on what the pairs that were left out change in any entry. */
  dropped = 0;
  /** Everything is added this many times. */
  private weight = 1;
  /** Pairs that are smaller than this are left out. */
  negligible = negligiblePair;
  private readonly allowed: number;
  frequencies = new Float64Array(256);
  /** Of each term and series real and imaginary part at +ω, then at −ω. */
  coefficients: Float64Array;
  readonly constant: ComplexVector;
  private readonly system: number;
  private readonly kinds: readonly SeriesOf[];

  /** `allowed`: what may be left out of a sector of weight 1, in any entry. */
  constructor(system: number, allowed = 0) {
    this.allowed = allowed;
    this.system = system;
    this.kinds = seriesOf(system);
    this.coefficients = new Float64Array(4 * this.kinds.length * this.frequencies.length);
    this.constant = zeroVector(system * system);
  }

  reserve(more: number): void {
    if (this.count + more <= this.frequencies.length) return;
    const length = Math.max(2 * this.frequencies.length, this.count + more);
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
    const { system: n, coefficients } = this;
    const rr = this.weight * pairRe;
    const ri = this.weight * pairIm;
    let largest = 0;
    for (let s = 0, at = 4 * this.count * this.kinds.length; s < this.kinds.length; s++, at += 4) {
      const one = this.kinds[s];
      // K̄_ji belongs to the entry (b, a).
      const [first, second] =
        "diagonal" in one
          ? [one.diagonal[0] * (n + 1), one.diagonal.length > 1 ? one.diagonal[1] * (n + 1) : -1]
          : [one.a * n + one.b, one.b * n + one.a];
      const kr = rr * x.re[first] - ri * x.im[first];
      const ki = rr * x.im[first] + ri * x.re[first];
      const lr = second < 0 ? 0 : rr * x.re[second] - ri * x.im[second];
      const li = second < 0 ? 0 : rr * x.im[second] + ri * x.re[second];
      if ("diagonal" in one) {
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
}
