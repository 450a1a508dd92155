/**
 * A second-order bound on what a cutoff costs ρ_S along a spectral evolution, at the cost of a few passes over the
 * eigenvectors: what has leaked, times what would leak on the way back. Proof in docs/certificates.md, section 5 ("At little cost").
 */

import type { Basis } from "../../fock/basis.ts";
import { complexProductTransposed, productTransposed } from "../../kernels/product.ts";
import { fluxGramian } from "./fluxGramian.ts";
import type { Block, Expansion } from "./spectral.ts";
import type { BlockLeak, SpectralLeak } from "./spectralLeak.ts";

/** The mixture that is evolved, as kets in the eigenbasis. */
export interface Leaking {
  readonly basis: Basis;
  readonly leaks: SpectralLeak;
  readonly expansions: readonly (readonly Expansion[])[];
  readonly weights: readonly number[];
}

/** What leaks, forwards and on the way back, for all times up to a span, of either sign. */
export interface ReturningFlux {
  /** Of each ket, at least ∫_0^end ‖QHPφ‖². */
  squares(end: number): Float64Array;
  /**
   * At least the mean over the kets of Σ_b ⟨d|G|d⟩, d = a ⊗ φ_b for any level a, at any time: G = ∫ U(τ)(QHP)†(QHP)U(τ)† dτ, φ_b the
   * part of the ket with S in level b.
   */
  readonly back: number;
  /** At least √⟨i|G|i⟩ for each joint state. */
  readonly returns: Float64Array;
}

/** For all |t| ≤ span. */
export function returningFlux({ basis, leaks, expansions, weights }: Leaking, span: number): ReturningFlux {
  const windows = new Map<Block, FluxWindow>();
  const returns = new Float64Array(basis.dimension);
  for (const [block, own] of leaks.blocks) {
    const window = fluxWindow(block, own, span);
    windows.set(block, window);
    putReturns(block, window.above, returns);
  }
  const worst = new Float64Array(basis.fockCount);
  for (let i = 0; i < basis.dimension; i++) worst[basis.fock[i]] = Math.max(worst[basis.fock[i]], returns[i]);
  const parts = partsByBlock(expansions);
  const populations = largestPopulations(basis, parts, weights);
  let back = 0;
  for (let f = 0; f < basis.fockCount; f++) back += worst[f] * (Math.sqrt(populations[f]) + rounding);
  const squares = (end: number) => {
    const sums = new Float64Array(expansions.length);
    for (const [block, own] of parts) {
      const window = windows.get(block);
      if (window !== undefined) addFlux(block, own, window, end, sums);
    }
    return sums;
  };
  return { squares, back: back * back, returns };
}

/**
 * A bound on every entry of ρ_S: `square` of what has leaked after a time `way`, `back` ≥ ⟨d|G|d⟩. Of the two ways back of an
 * entry, or of the one of a diagonal entry, which the others' must cancel.
 */
export function secondOrder(system: number, square: number, way: number, back: number): number {
  return 2 * Math.sqrt((1 - 1 / system) * square * way * back) + square;
}

/** The parts of some kets in a block. */
interface Parts {
  readonly kets: number[];
  readonly parts: Expansion[];
}

function partsByBlock(expansions: readonly (readonly Expansion[])[]): Map<Block, Parts> {
  const byBlock = new Map<Block, Parts>();
  expansions.forEach((expansion, ket) => {
    for (const part of expansion) {
      const own = byBlock.get(part.block);
      if (own === undefined) byBlock.set(part.block, { kets: [ket], parts: [part] });
      else {
        own.kets.push(ket);
        own.parts.push(part);
      }
    }
  });
  return byBlock;
}

/** What rounding may take from a component of a vector. */
const rounding = 8 * Number.EPSILON;

/**
 * ∫ l_j† l_k e^{−i(λ_j − λ_k)τ} dτ over a time `span` about 0, l_j what leaks from eigenvector j, and numbers with
 * Σ_jk |that| |x_j| |x_k| ≤ Σ_k above_k |x_k|².
 */
interface FluxWindow {
  readonly span: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** ‖l_j‖. */
  readonly sizes: Float64Array;
  readonly above: Float64Array;
}

function fluxWindow(block: Block, own: BlockLeak, span: number): FluxWindow {
  const { values } = block;
  const n = values.length;
  const { re, im } = fluxGramian(own, n);
  const sizes = new Float64Array(n);
  let largest = 0;
  for (let j = 0; j < n; j++) {
    sizes[j] = Math.sqrt(Math.max(0, re[j * n + j]));
    largest = Math.max(largest, sizes[j]);
  }
  // Eigenvectors that hardly leak are as good as others for the scales.
  const scales = sizes.map((size) => Math.max(size, 1e-30 * largest));
  const above = new Float64Array(n);
  if (largest === 0) return { span, re, im, sizes, above };
  const cos = values.map((value) => Math.cos(0.5 * value * span));
  const sin = values.map((value) => Math.sin(0.5 * value * span));
  for (let j = 0; j < n; j++) {
    re[j * n + j] *= span;
    above[j] += re[j * n + j] / scales[j];
    for (let k = 0; k < j; k++) {
      const at = j * n + k;
      const gap = values[j] - values[k];
      // By the addition theorem, unless digits would cancel.
      const turn = gap * span;
      const wave =
        Math.abs(turn) < 1e-3 ? span * (1 - turn ** 2 / 24) : (2 * (sin[j] * cos[k] - cos[j] * sin[k])) / gap;
      re[at] *= wave;
      re[k * n + j] = re[at];
      if (im.length > 0) {
        im[at] *= wave;
        im[k * n + j] = -im[at];
      }
      const size = im.length === 0 ? Math.abs(re[at]) : Math.sqrt(re[at] * re[at] + im[at] * im[at]);
      above[j] += size / scales[k];
      above[k] += size / scales[j];
    }
  }
  for (let j = 0; j < n; j++) above[j] *= scales[j];
  return { span, re, im, sizes, above };
}

/** √(Σ_k above_k |v_ki|²) for each state i of the block. */
function putReturns({ states, re, im }: Block, above: Float64Array, returns: Float64Array): void {
  const n = states.length;
  const sums = new Float64Array(n);
  let all = 0;
  for (let k = 0; k < n; k++) {
    const weight = above[k];
    all += weight;
    for (let i = 0, at = k * n; i < n; i++, at++) sums[i] += weight * re[at] * re[at];
    for (let i = 0, at = k * n; i < n && im.length > 0; i++, at++) sums[i] += weight * im[at] * im[at];
  }
  for (let i = 0; i < n; i++) returns[states[i]] = Math.sqrt(sums[i]) + rounding * Math.sqrt(all);
}

/** What the modulus of each component of a ket is at most, whenever, however the eigenvectors interfere. */
export function largestAmplitudes({ dimension }: Basis, expansion: readonly Expansion[]): Float64Array {
  const largest = new Float64Array(dimension);
  for (const { block, chosen, re, im } of expansion) {
    const n = block.states.length;
    chosen.forEach((j, c) => {
      const amplitude = Math.hypot(re[c], im[c]);
      for (let i = 0; i < n; i++) {
        const [x, y] = [block.re[j * n + i], block.im.length === 0 ? 0 : block.im[j * n + i]];
        largest[block.states[i]] += amplitude * Math.hypot(x, y);
      }
    });
  }
  return largest.map((most) => most + rounding);
}

/** What each Fock state is populated by at most, whenever, however the eigenvectors interfere. */
function largestPopulations(
  { fock, fockCount }: Basis,
  parts: ReadonlyMap<Block, Parts>,
  weights: readonly number[],
): Float64Array {
  const populations = new Float64Array(fockCount);
  for (const [block, own] of parts) {
    const n = block.states.length;
    const count = own.parts.length;
    const amplitudes = new Float64Array(count * n);
    own.parts.forEach(({ chosen, re, im }, k) => {
      const size = Math.sqrt(weights[own.kets[k]]);
      for (let c = 0; c < chosen.length; c++) amplitudes[k * n + chosen[c]] = size * Math.sqrt(re[c] ** 2 + im[c] ** 2);
    });
    const sums = productTransposed(count, n, n, amplitudes, sizesByState(block));
    for (let k = 0, at = 0; k < count; k++) {
      for (let i = 0; i < n; i++, at++) populations[fock[block.states[i]]] += sums[at] * sums[at];
    }
  }
  return populations;
}

/** |v_ji| of eigenvector j in state i, a row for each state. */
function sizesByState({ states, re, im }: Block): Float64Array {
  const n = states.length;
  const sizes = new Float64Array(n * n);
  for (let j = 0, at = 0; j < n; j++) {
    for (let i = 0; i < n; i++, at++) {
      sizes[i * n + j] = im.length === 0 ? Math.abs(re[at]) : Math.sqrt(re[at] * re[at] + im[at] * im[at]);
    }
  }
  return sizes;
}

/** Adds ∫_0^end ‖QHPφ‖² of the parts of kets in a block, |end| ≤ span, from above: with what rounding may have taken from it. */
function addFlux(block: Block, { kets, parts }: Parts, window: FluxWindow, end: number, sums: Float64Array): void {
  const { values } = block;
  const n = values.length;
  const count = parts.length;
  const { span, sizes } = window;
  // Seen from the middle of the way, which is as long as the window at most.
  const middle = -0.5 * Math.sign(end) * span;
  const cos = values.map((value) => Math.cos(middle * value));
  const sin = values.map((value) => Math.sin(middle * value));
  const re = new Float64Array(count * n);
  const im = new Float64Array(count * n);
  parts.forEach((part, k) => {
    let moduli = 0;
    for (let c = 0; c < part.chosen.length; c++) {
      const j = part.chosen[c];
      const [x, y] = [part.re[c], part.im[c]];
      re[k * n + j] = x * cos[j] - y * sin[j];
      im[k * n + j] = x * sin[j] + y * cos[j];
      moduli += sizes[j] * Math.sqrt(x * x + y * y);
    }
    sums[kets[k]] += (n + 16) * Number.EPSILON * span * moduli * moduli;
  });
  const image =
    window.im.length === 0
      ? realImage(n, count, re, im, window.re)
      : complexProductTransposed(count, n, n, { re, im }, window);
  for (let k = 0, at = 0; k < count; k++) {
    let sum = 0;
    for (let j = 0; j < n; j++, at++) sum += re[at] * image.re[at] + im[at] * image.im[at];
    sums[kets[k]] += Math.max(0, sum);
  }
}

function realImage(n: number, count: number, re: Float64Array, im: Float64Array, matrix: Float64Array) {
  return { re: productTransposed(count, n, n, re, matrix), im: productTransposed(count, n, n, im, matrix) };
}
