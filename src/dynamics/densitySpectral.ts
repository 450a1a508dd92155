/**
 * ρ_S(t) in a small space as a sum over pairs of eigenvectors, Σ_ij K_ij e^{−i(λ_i − λ_j)t}: the number of pairs grows
 * neither with the kets of a mixed start nor with the times.
 */

import type { FourierTerms } from "../algebra/fourierSum.ts";
import type { Basis } from "../fock/basis.ts";
import { type ComplexVector, zeroVector } from "../fock/sparse.ts";
import { productTransposed } from "../kernels/product.ts";
import type { Block, Expansion } from "./spectral.ts";

/** A mixture of kets within one block: amplitude of ket `kets[r]` on eigenvector i at r·n + i. */
interface BlockMixture {
  readonly block: Block;
  readonly kets: readonly number[];
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Pairs whose coefficients are all below this change no digit, however many there are. */
const negligible = 1e-19;

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

/** The Fourier terms of all series, growing by appending. */
class PairTerms {
  count = 0;
  frequencies = new Float64Array(256);
  readonly series: { plus: ComplexVector; minus: ComplexVector }[];

  constructor(series: number) {
    this.series = Array.from({ length: series }, () => ({ plus: zeroVector(256), minus: zeroVector(256) }));
  }

  reserve(more: number): void {
    if (this.count + more <= this.frequencies.length) return;
    const length = Math.max(2 * this.frequencies.length, this.count + more);
    const grown = (old: Float64Array) => {
      const larger = new Float64Array(length);
      larger.set(old.subarray(0, this.count));
      return larger;
    };
    this.frequencies = grown(this.frequencies);
    for (const one of this.series) {
      one.plus = { re: grown(one.plus.re), im: grown(one.plus.im) };
      one.minus = { re: grown(one.minus.re), im: grown(one.minus.im) };
    }
  }
}

/** What ρ_S(t) is made of: Fourier terms in the order of `seriesOf`, and what does not move. */
export interface DensityPairs extends FourierTerms {
  /** N × N, entries a ≤ b. */
  readonly constant: ComplexVector;
}

/**
 * The pairs of a mixture of kets, each given in the eigenbasis. `gauge` are the phases u_i of the basis states: the user's
 * amplitudes are u_i times those of the expansion.
 */
export function densityPairs(
  basis: Basis,
  expansions: readonly (readonly Expansion[])[],
  weights: readonly number[],
  gauge: ComplexVector | null,
): DensityPairs {
  const { system: n } = basis;
  const mixtures = mixturesByBlock(expansions, weights);
  const series = seriesOf(n);
  const pairs = new PairTerms(series.length);
  const constant = zeroVector(n * n);
  for (let x = 0; x < mixtures.length; x++) {
    for (let y = x; y < mixtures.length; y++) {
      addBlockPair(basis, mixtures[x], mixtures[y], x === y, gauge, series, pairs, constant);
    }
  }
  return { count: pairs.count, frequencies: pairs.frequencies, series: pairs.series, constant };
}

/** The kets that have a part in each block, √weight included. */
function mixturesByBlock(
  expansions: readonly (readonly Expansion[])[],
  weights: readonly number[],
): readonly BlockMixture[] {
  const parts = new Map<Block, { ket: number; part: Expansion }[]>();
  expansions.forEach((expansion, ket) => {
    for (const part of expansion) {
      const list = parts.get(part.block);
      if (list === undefined) parts.set(part.block, [{ ket, part }]);
      else list.push({ ket, part });
    }
  });
  return [...parts].map(([block, list]) => {
    const size = block.states.length;
    const re = new Float64Array(list.length * size);
    const im = new Float64Array(list.length * size);
    list.forEach(({ ket, part }, row) => {
      const root = Math.sqrt(weights[ket]);
      for (let c = 0; c < part.chosen.length; c++) {
        re[row * size + part.chosen[c]] = root * part.re[c];
        im[row * size + part.chosen[c]] = root * part.im[c];
      }
    });
    return { block, kets: list.map(({ ket }) => ket), re, im };
  });
}

/** A p × q complex matrix, im empty if real. */
interface Product {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Adds what the eigenvectors of two blocks give, in both orders. */
function addBlockPair(
  basis: Basis,
  left: BlockMixture,
  right: BlockMixture,
  same: boolean,
  gauge: ComplexVector | null,
  series: readonly SeriesOf[],
  pairs: PairTerms,
  constant: ComplexVector,
): void {
  const density = densityBetween(left, right);
  if (density === null) return;
  const overlap = (a: number, b: number) => overlapOn(basis, left.block, right.block, a, b, gauge);
  // Pairs (j, i) enter by their conjugates: K̄_ji belongs to the entry (b, a).
  const overlaps = series.map((one) =>
    "diagonal" in one ? one.diagonal.map((a) => overlap(a, a)) : [overlap(one.a, one.b), overlap(one.b, one.a)],
  );
  if (overlaps.every((both) => both.every((product) => product === null))) return;
  const { system: n } = basis;
  const p = left.block.states.length;
  const q = right.block.states.length;
  pairs.reserve(p * q);
  for (let i = 0; i < p; i++) {
    for (let j = same ? i : 0; j < q; j++) {
      const at = i * q + j;
      const rr = density.re[at];
      const ri = density.im[at];
      if (Math.abs(rr) + Math.abs(ri) < negligible) continue;
      const equal = same && i === j;
      let largest = 0;
      for (let s = 0; s < series.length; s++) {
        const one = series[s];
        const [first, second] = overlaps[s];
        const xr = first == null ? 0 : first.re[at];
        const xi = first == null || first.im.length === 0 ? 0 : first.im[at];
        const yr = second == null ? 0 : second.re[at];
        const yi = second == null || second.im.length === 0 ? 0 : second.im[at];
        const kr = rr * xr - ri * xi;
        const ki = rr * xi + ri * xr;
        const lr = rr * yr - ri * yi;
        const li = rr * yi + ri * yr;
        if (equal) {
          if ("diagonal" in one) {
            constant.re[one.diagonal[0] * (n + 1)] += kr;
            if (second != null) constant.re[one.diagonal[1] * (n + 1)] += lr;
          } else {
            constant.re[one.a * n + one.b] += kr;
            constant.im[one.a * n + one.b] += ki;
          }
          continue;
        }
        const { plus, minus } = pairs.series[s];
        if ("diagonal" in one) {
          // (i, j) and (j, i) together are 2 Re k; k in the real and l in the imaginary part: k + il and k̄ + il̄.
          plus.re[pairs.count] = kr - li;
          plus.im[pairs.count] = ki + lr;
          minus.re[pairs.count] = kr + li;
          minus.im[pairs.count] = lr - ki;
        } else {
          plus.re[pairs.count] = kr;
          plus.im[pairs.count] = ki;
          minus.re[pairs.count] = lr;
          minus.im[pairs.count] = -li;
        }
        largest = Math.max(largest, Math.abs(kr) + Math.abs(ki) + Math.abs(lr) + Math.abs(li));
      }
      if (equal || largest < negligible) continue;
      pairs.frequencies[pairs.count++] = left.block.values[i] - right.block.values[j];
    }
  }
}

/** Σ_k w_k c_ki c̄_kj between the eigenvectors of two blocks, or null if no ket has a part in both. */
function densityBetween(left: BlockMixture, right: BlockMixture): ComplexVector | null {
  const p = left.block.states.length;
  const q = right.block.states.length;
  const rows: [number, number][] = [];
  left.kets.forEach((ket, row) => {
    const other = right.kets.indexOf(ket);
    if (other >= 0) rows.push([row, other]);
  });
  if (rows.length === 0) return null;
  const width = rows.length;
  const columns = (of: Float64Array, size: number, side: 0 | 1) => {
    const turned = new Float64Array(size * width);
    rows.forEach((pair, m) => {
      for (let i = 0; i < size; i++) turned[i * width + m] = of[pair[side] * size + i];
    });
    return turned;
  };
  const lr = columns(left.re, p, 0);
  const rr = columns(right.re, q, 1);
  const re = productTransposed(p, q, width, lr, rr);
  if (left.im.every((x) => x === 0) && right.im.every((x) => x === 0)) {
    return { re, im: new Float64Array(p * q) };
  }
  const li = columns(left.im, p, 0);
  const ri = columns(right.im, q, 1);
  const second = productTransposed(p, q, width, li, ri);
  const im = productTransposed(p, q, width, li, rr);
  const fourth = productTransposed(p, q, width, lr, ri);
  for (let e = 0; e < re.length; e++) {
    re[e] += second[e];
    im[e] -= fourth[e];
  }
  return { re, im };
}

/** Σ_f ⟨f, a|v_i⟩⟨v_j|f, b⟩ in the user's phases, or null if no Fock state joins level a here and level b there. */
function overlapOn(
  basis: Basis,
  left: Block,
  right: Block,
  a: number,
  b: number,
  gauge: ComplexVector | null,
): Product | null {
  const { rows, others } = joined(basis, left, right, a, b);
  const width = rows.length;
  if (width === 0) return null;
  const p = left.states.length;
  const q = right.states.length;
  const gathered = (of: Float64Array, size: number, which: readonly number[], phase: Float64Array | null) => {
    const columns = new Float64Array(size * width);
    for (let i = 0; i < size; i++) {
      for (let m = 0; m < width; m++) {
        columns[i * width + m] = of[i * size + which[m]] * (phase === null ? 1 : phase[m]);
      }
    }
    return columns;
  };
  const { cos, sin } = phasesBetween(left, right, rows, others, gauge);
  const r0 = gathered(right.re, q, others, null);
  const product = (of: Float64Array, phase: Float64Array | null, other: Float64Array) =>
    productTransposed(p, q, width, gathered(of, p, rows, phase), other);
  const re = product(left.re, cos, r0);
  const real = left.im.length === 0 && right.im.length === 0;
  if (real) return { re, im: sin === null ? new Float64Array(0) : product(left.re, sin, r0) };
  // The matrix is complex where no gauge makes it real: there are no phases.
  const i0 = gathered(right.im, q, others, null);
  const second = product(left.im, null, i0);
  const im = product(left.im, null, r0);
  const fourth = product(left.re, null, i0);
  for (let e = 0; e < re.length; e++) {
    re[e] += second[e];
    im[e] -= fourth[e];
  }
  return { re, im };
}

/** Places in the two blocks of the states (f, a) and (f, b), for every Fock state f that both have. */
function joined(basis: Basis, left: Block, right: Block, a: number, b: number) {
  const placeOfFock = new Map<number, number>();
  for (let i = 0; i < right.states.length; i++) {
    const state = right.states[i];
    if (basis.level[state] === b) placeOfFock.set(basis.fock[state], i);
  }
  const rows: number[] = [];
  const others: number[] = [];
  for (let i = 0; i < left.states.length; i++) {
    const state = left.states[i];
    if (basis.level[state] !== a) continue;
    const other = placeOfFock.get(basis.fock[state]);
    if (other === undefined) continue;
    rows.push(i);
    others.push(other);
  }
  return { rows, others };
}

/** u ū′ for each pair of states; null where it is 1 (or its sine 0) for all. */
function phasesBetween(
  left: Block,
  right: Block,
  rows: readonly number[],
  others: readonly number[],
  gauge: ComplexVector | null,
): { cos: Float64Array | null; sin: Float64Array | null } {
  if (gauge === null) return { cos: null, sin: null };
  const cos = new Float64Array(rows.length);
  const sin = new Float64Array(rows.length);
  rows.forEach((row, m) => {
    const x = left.states[row];
    const y = right.states[others[m]];
    cos[m] = gauge.re[x] * gauge.re[y] + gauge.im[x] * gauge.im[y];
    sin[m] = gauge.im[x] * gauge.re[y] - gauge.re[x] * gauge.im[y];
  });
  return { cos: cos.every((c) => c === 1) ? null : cos, sin: sin.every((s) => s === 0) ? null : sin };
}
