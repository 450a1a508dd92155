/**
 * A second-order bound on what a cutoff costs ρ_S along a spectral evolution: what has leaked, times what would leak on the
 * way back. Proof in docs/certificates.md, section 5 ("Flux backwards").
 */

import { FourierSums } from "../algebra/fourierSum.ts";
import type { Basis } from "../fock/basis.ts";
import { complexProductTransposed, productTransposed } from "../kernels/product.ts";
import { type Block, type Expansion, propagate, type Spectrum } from "./spectral.ts";
import type { SpectralLeak } from "./spectralLeak.ts";

/** The mixture that is evolved: kets in the eigenbasis, and the times (|t| ≤ span, of either sign). */
export interface LeakingMixture {
  readonly basis: Basis;
  readonly whole: Spectrum;
  readonly leaks: SpectralLeak;
  readonly expansions: readonly (readonly Expansion[])[];
  readonly weights: readonly number[];
  readonly times: readonly number[];
}

/**
 * For each of the times a proved bound on every entry of ρ_S. `meanSquares` are upper bounds on Σ weight (∫_0^t ‖QHPφ‖)². With
 * φ_b the part of φ with S in level b, an entry is off by ⟨φ_b|e_a⟩ + ⟨e_b|φ_a⟩ + ⟨e_b|e_a⟩, and |⟨φ_b|e_a⟩| is at most what has
 * leaked times √(t ⟨d|G|d⟩), d = a ⊗ φ_b, G = ∫ U(τ)(QHP)†(QHP)U(τ)† dτ. Of G only the diagonal is needed:
 * ⟨d|G|d⟩ ≤ (Σ_f |d_f| √G_ff)² ≤ Σ_f q_f · Σ_f |d_f|² G_ff/q_f for any q > 0, a weighted sum of the populations of Fock states.
 */
export function returnBound(mixture: LeakingMixture, meanSquares: Float64Array): Float64Array {
  const { basis, times } = mixture;
  const span = times.reduce((largest, t) => Math.max(largest, Math.abs(t)), 0);
  const returns = returningFlux(mixture, span);
  const typical = latePopulations(mixture, span);
  // The q that would be best if the populations stayed what they are late.
  const factors = returns.map((flux, f) => Math.sqrt(flux / Math.max(typical[f], leastPopulation)));
  let sum = 0;
  for (let f = 0; f < basis.fockCount; f++) if (factors[f] > 0) sum += returns[f] / factors[f];
  const populations = populationSums(mixture, factors);
  // Of the two ways back of an entry, or of the one of a diagonal entry, which the others' must cancel.
  const ways = 2 * Math.sqrt((basis.system - 1) / basis.system);
  return populations.map(
    (weighted, t) =>
      ways * Math.sqrt(meanSquares[t] * Math.abs(times[t]) * sum * Math.max(0, weighted)) + meanSquares[t],
  );
}

/** Populations below this are no guide to what is best. */
const leastPopulation = 1e-24;

/**
 * For each Fock state f the largest G_ff over the levels of S, from −span to span: ∫ ‖QHP U(τ)†|a, f⟩‖² dτ, with what rounding
 * may have taken from it.
 */
function returningFlux({ basis, whole, leaks }: LeakingMixture, span: number): Float64Array {
  const returns = new Float64Array(basis.fockCount);
  for (const block of whole.blocks) {
    const own = leaks.blocks.get(block);
    if (own === undefined) continue;
    const n = block.states.length;
    const rows = own.rows.length;
    const flat = new Float64Array(2 * n * rows);
    const turned = new Float64Array(2 * n * rows);
    for (let j = 0; j < n; j++) {
      for (let r = 0; r < rows; r++) {
        const [re, im] = [own.re[r * n + j], own.im[r * n + j]];
        flat[2 * (j * rows + r)] = re;
        flat[2 * (j * rows + r) + 1] = im;
        turned[2 * (j * rows + r)] = im;
        turned[2 * (j * rows + r) + 1] = -re;
      }
    }
    const real = block.im.length === 0;
    const re = productTransposed(n, n, 2 * rows, flat, flat);
    // ⟨v_j|…|v_k⟩ = Σ conj(l_j) l_k; with real eigenvectors its imaginary part, which is odd, adds nothing.
    const im = real ? new Float64Array(0) : productTransposed(n, n, 2 * rows, flat, turned);
    let trace = 0;
    for (let j = 0; j < n; j++) trace += re[j * n + j];
    integrate(block.values, span, re, im);
    const diagonal = diagonalOf(block, re, im);
    const rounding = 32 * Number.EPSILON * span * trace;
    for (let i = 0; i < n; i++) {
      const f = basis.fock[block.states[i]];
      returns[f] = Math.max(returns[f], Math.max(0, diagonal[i]) + rounding);
    }
  }
  return returns;
}

/** Each entry (j, k) times ∫_{−span}^{span} e^{−i(λ_j − λ_k)τ} dτ. */
function integrate(values: Float64Array, span: number, re: Float64Array, im: Float64Array): void {
  const n = values.length;
  for (let j = 0; j < n; j++) {
    for (let k = 0; k <= j; k++) {
      const phase = (values[j] - values[k]) * span;
      const wave = Math.abs(phase) < 1e-8 ? 2 * span : (2 * span * Math.sin(phase)) / phase;
      re[j * n + k] *= wave;
      if (j !== k) re[k * n + j] *= wave;
      if (im.length === 0) continue;
      im[j * n + k] *= wave;
      if (j !== k) im[k * n + j] *= wave;
    }
  }
}

/** Σ_jk v_ji M_jk conj(v_ki) for each state i of the block, M Hermitian. */
function diagonalOf(block: Block, re: Float64Array, im: Float64Array): Float64Array {
  const n = block.states.length;
  const transposed = (a: Float64Array) => {
    const t = new Float64Array(a.length);
    for (let j = 0; j < n && a.length > 0; j++) for (let i = 0; i < n; i++) t[i * n + j] = a[j * n + i];
    return t;
  };
  const vectors = { re: transposed(block.re), im: transposed(block.im) };
  const sums = new Float64Array(n);
  if (im.length === 0) {
    const product = productTransposed(n, n, n, vectors.re, re);
    for (let e = 0; e < product.length; e++) sums[Math.floor(e / n)] += product[e] * vectors.re[e];
    return sums;
  }
  // Row i of the product: Σ_k conj(v_ki) M_jk.
  const product = complexProductTransposed(n, n, n, { re: vectors.re, im: vectors.im.map((x) => -x) }, { re, im });
  for (let e = 0; e < product.re.length; e++) {
    sums[Math.floor(e / n)] += product.re[e] * vectors.re[e] - product.im[e] * vectors.im[e];
  }
  return sums;
}

/** Where populations are looked at, in spans: late, as bounds are largest there. */
const lateTimes = [0.7, 0.85, 1];

/** Mean populations of the Fock states at a few late times. */
function latePopulations({ basis, expansions, weights, times }: LeakingMixture, span: number): Float64Array {
  const sign = times.some((t) => t === span) ? 1 : -1;
  const moments = lateTimes.map((share) => share * sign * span);
  const re = new Float64Array(basis.dimension * moments.length);
  const im = new Float64Array(basis.dimension * moments.length);
  const mean = new Float64Array(basis.fockCount);
  expansions.forEach((expansion, k) => {
    re.fill(0);
    im.fill(0);
    propagate(expansion, moments, re, im);
    const share = weights[k] / moments.length;
    for (let e = 0; e < re.length; e++) {
      mean[basis.fock[Math.floor(e / moments.length)]] += share * (re[e] ** 2 + im[e] ** 2);
    }
  });
  return mean;
}

/** Σ_f factors_f · population of f, at each of the times, from above: a sum over pairs of eigenvectors. */
function populationSums(
  { basis, whole, expansions, weights, times }: LeakingMixture,
  factors: Float64Array,
): Float64Array {
  const sums = new FourierSums(1, times);
  let still = 0;
  let moduli = 0;
  for (const block of whole.blocks) {
    const parts = expansions.flatMap((expansion, ket) =>
      expansion.filter((part) => part.block === block).map((part) => ({ part, weight: weights[ket] })),
    );
    if (parts.length === 0) continue;
    const n = block.states.length;
    const density = densityIn(n, parts);
    const operator = operatorIn(basis, block, factors);
    const count = (n * (n - 1)) / 2;
    const frequencies = new Float64Array(count);
    const coefficients = new Float64Array(4 * count);
    let pair = 0;
    for (let j = 0; j < n; j++) {
      still += density.re[j * n + j] * operator.re[j * n + j];
      for (let k = j + 1; k < n; k++, pair++) {
        const at = j * n + k;
        const [or, oi] = [operator.re[at], operator.im.length === 0 ? 0 : operator.im[at]];
        frequencies[pair] = block.values[k] - block.values[j];
        const re = 2 * (density.re[at] * or - density.im[at] * oi);
        const im = 2 * (density.re[at] * oi + density.im[at] * or);
        coefficients[4 * pair] = re;
        coefficients[4 * pair + 1] = im;
        moduli += Math.abs(re) + Math.abs(im);
      }
    }
    sums.add({ count, frequencies, coefficients });
  }
  const rounding = 1e-13 * (still + moduli);
  return sums.finish()[0].re.map((turning) => still + turning + rounding);
}

/** Σ weight conj(c_j) c_k of the kets' amplitudes on the eigenvectors of a block. */
function densityIn(n: number, parts: readonly { readonly part: Expansion; readonly weight: number }[]) {
  const width = parts.length;
  const re = new Float64Array(n * width);
  const im = new Float64Array(n * width);
  parts.forEach(({ part, weight }, column) => {
    const root = Math.sqrt(weight);
    part.chosen.forEach((j, c) => {
      re[j * width + column] = root * part.re[c];
      im[j * width + column] = root * part.im[c];
    });
  });
  return complexProductTransposed(n, n, width, { re, im: im.map((x) => -x) }, { re, im });
}

/** ⟨v_j| Σ_f factors_f |f⟩⟨f| |v_k⟩. */
function operatorIn(basis: Basis, block: Block, factors: Float64Array) {
  const n = block.states.length;
  const scaled = (rows: Float64Array) =>
    rows.map((x, e) => (x === 0 ? 0 : x * factors[basis.fock[block.states[e % n]]]));
  if (block.im.length === 0) {
    return { re: productTransposed(n, n, n, scaled(block.re), block.re), im: new Float64Array(0) };
  }
  const left = { re: scaled(block.re), im: scaled(block.im).map((x) => -x) };
  return complexProductTransposed(n, n, n, left, block);
}
