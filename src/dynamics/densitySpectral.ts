/**
 * ρ_S(t) in a small space as a sum over pairs of eigenvectors, Σ_ij K_ij e^{−i(λ_i − λ_j)t}: the number of pairs grows
 * neither with the kets of a mixed start nor with the times.
 */

import type { Basis } from "../fock/basis.ts";
import { type ComplexVector, zeroVector } from "../fock/sparse.ts";
import { complexProductTransposed, productTransposed } from "../kernels/product.ts";
import { negligiblePair, type PairTerms } from "./pairTerms.ts";
import type { Block, Expansion } from "./spectral.ts";

/** A mixture of kets within one block: amplitude of ket `kets[r]` on eigenvector i at r·n + i. */
interface BlockMixture {
  readonly block: Block;
  readonly kets: readonly number[];
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * Adds `weight` times the pairs of a mixture of kets, each given in the eigenbasis. `gauge` are the phases u_i of the basis
 * states: the user's amplitudes are u_i times those of the expansion.
 */
export function addDensityPairs(
  pairs: PairTerms,
  weight: number,
  basis: Basis,
  expansions: readonly (readonly Expansion[])[],
  weights: readonly number[],
  gauge: ComplexVector | null,
): void {
  const mixtures = mixturesByBlock(expansions, weights);
  const states = mixtures.reduce((sum, { block }) => sum + block.states.length, 0);
  pairs.begin(weight, (states * (states + 1)) / 2);
  for (let x = 0; x < mixtures.length; x++) {
    for (let y = x; y < mixtures.length; y++) addBlockPair(basis, mixtures[x], mixtures[y], gauge, pairs);
  }
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

/** Blocks with fewer pairs than this are done pair by pair, without arrays of their own. */
const fewPairs = 16;

/** Adds what the eigenvectors of two blocks (or one) give, in both orders. */
function addBlockPair(
  basis: Basis,
  left: BlockMixture,
  right: BlockMixture,
  gauge: ComplexVector | null,
  pairs: PairTerms,
): void {
  const shared = sharedKets(left.kets, right.kets);
  if (shared.length === 0) return;
  const joints = jointStates(basis, left.block, right.block);
  if (joints.rows.length === 0) return;
  const p = left.block.states.length;
  const q = right.block.states.length;
  pairs.reserve(p * q);
  if (p * q <= fewPairs) addFewPairs(basis, left, right, shared, joints, gauge, pairs);
  else addManyPairs(basis, left, right, shared, joints, gauge, pairs);
}

/** Rows of the kets that have a part in both blocks: two numbers for each. */
function sharedKets(left: readonly number[], right: readonly number[]): number[] {
  const rows: number[] = [];
  for (let x = 0, y = 0; x < left.length && y < right.length; ) {
    if (left[x] < right[y]) x++;
    else if (left[x] > right[y]) y++;
    else rows.push(x++, y++);
  }
  return rows;
}

/** Places in two blocks of states with the same bosons: state rows[m] of the left one, others[m] of the right one. */
interface JointStates {
  readonly rows: readonly number[];
  readonly others: readonly number[];
}

function jointStates(basis: Basis, left: Block, right: Block): JointStates {
  const { system: n, indexOf, fock } = basis;
  const rows: number[] = [];
  const others: number[] = [];
  for (let i = 0; i < left.states.length; i++) {
    const from = fock[left.states[i]] * n;
    for (let b = 0; b < n; b++) {
      const state = indexOf[from + b];
      if (state < 0) continue;
      const other = placeIn(right.states, state);
      if (other < 0) continue;
      rows.push(i);
      others.push(other);
    }
  }
  return { rows, others };
}

/** The place of a state in an ascending list, or −1. */
function placeIn(states: Int32Array, state: number): number {
  let low = 0;
  let high = states.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (states[middle] === state) return middle;
    if (states[middle] < state) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function addFewPairs(
  { system: n, level }: Basis,
  left: BlockMixture,
  right: BlockMixture,
  shared: readonly number[],
  { rows, others }: JointStates,
  gauge: ComplexVector | null,
  pairs: PairTerms,
): void {
  const [v, w] = [left.block, right.block];
  const p = v.states.length;
  const q = w.states.length;
  const x = zeroVector(n * n);
  for (let i = 0; i < p; i++) {
    for (let j = v === w ? i : 0; j < q; j++) {
      let rr = 0;
      let ri = 0;
      for (let k = 0; k < shared.length; k += 2) {
        const a = shared[k] * p + i;
        const b = shared[k + 1] * q + j;
        rr += left.re[a] * right.re[b] + left.im[a] * right.im[b];
        ri += left.im[a] * right.re[b] - left.re[a] * right.im[b];
      }
      if (Math.abs(rr) + Math.abs(ri) < negligiblePair) continue;
      x.re.fill(0);
      x.im.fill(0);
      for (let m = 0; m < rows.length; m++) {
        const [s, t] = [v.states[rows[m]], w.states[others[m]]];
        const [a, b] = [i * p + rows[m], j * q + others[m]];
        const [vi, wi] = v.im.length === 0 ? [0, 0] : [v.im[a], w.im[b]];
        const re = v.re[a] * w.re[b] + vi * wi;
        const im = vi * w.re[b] - v.re[a] * wi;
        const cos = gauge === null ? 1 : gauge.re[s] * gauge.re[t] + gauge.im[s] * gauge.im[t];
        const sin = gauge === null ? 0 : gauge.im[s] * gauge.re[t] - gauge.re[s] * gauge.im[t];
        const entry = level[s] * n + level[t];
        x.re[entry] += re * cos - im * sin;
        x.im[entry] += re * sin + im * cos;
      }
      if (v === w && i === j) pairs.addConstant(rr, x);
      else pairs.add(v.values[i] - w.values[j], rr, ri, x);
    }
  }
}

function addManyPairs(
  basis: Basis,
  left: BlockMixture,
  right: BlockMixture,
  shared: readonly number[],
  joints: JointStates,
  gauge: ComplexVector | null,
  pairs: PairTerms,
): void {
  const { system: n } = basis;
  const [v, w] = [left.block, right.block];
  const density = densityBetween(left, right, shared);
  const overlaps = Array.from({ length: n * n }, (_, e) =>
    overlapOn(basis, v, w, joints, Math.floor(e / n), e % n, gauge),
  );
  const p = v.states.length;
  const q = w.states.length;
  const x = zeroVector(n * n);
  for (let i = 0; i < p; i++) {
    for (let j = v === w ? i : 0; j < q; j++) {
      const at = i * q + j;
      const rr = density.re[at];
      const ri = density.im[at];
      if (Math.abs(rr) + Math.abs(ri) < negligiblePair) continue;
      for (let e = 0; e < n * n; e++) {
        const overlap = overlaps[e];
        x.re[e] = overlap === null ? 0 : overlap.re[at];
        x.im[e] = overlap === null || overlap.im.length === 0 ? 0 : overlap.im[at];
      }
      if (v === w && i === j) pairs.addConstant(rr, x);
      else pairs.add(v.values[i] - w.values[j], rr, ri, x);
    }
  }
}

/** Σ_k w_k c_ki c̄_kj between the eigenvectors of two blocks. */
function densityBetween(left: BlockMixture, right: BlockMixture, shared: readonly number[]): ComplexVector {
  const p = left.block.states.length;
  const q = right.block.states.length;
  const width = shared.length / 2;
  const columns = (of: Float64Array, size: number, side: 0 | 1) => {
    const turned = new Float64Array(size * width);
    for (let m = 0; m < width; m++) {
      const from = shared[2 * m + side] * size;
      for (let i = 0; i < size; i++) turned[i * width + m] = of[from + i];
    }
    return turned;
  };
  const lr = columns(left.re, p, 0);
  const rr = columns(right.re, q, 1);
  if (left.im.every((x) => x === 0) && right.im.every((x) => x === 0)) {
    return { re: productTransposed(p, q, width, lr, rr), im: new Float64Array(p * q) };
  }
  const conjugate = columns(right.im, q, 1).map((x) => -x);
  return complexProductTransposed(p, q, width, { re: lr, im: columns(left.im, p, 0) }, { re: rr, im: conjugate });
}

/** Σ_f ⟨f, a|v_i⟩⟨v_j|f, b⟩ in the user's phases, or null if no Fock state joins level a here and level b there. */
function overlapOn(
  basis: Basis,
  left: Block,
  right: Block,
  joints: JointStates,
  a: number,
  b: number,
  gauge: ComplexVector | null,
): Product | null {
  const rows: number[] = [];
  const others: number[] = [];
  joints.rows.forEach((row, m) => {
    if (basis.level[left.states[row]] !== a || basis.level[right.states[joints.others[m]]] !== b) return;
    rows.push(row);
    others.push(joints.others[m]);
  });
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
  if (left.im.length === 0 && right.im.length === 0) {
    const re = product(left.re, cos, r0);
    return { re, im: sin === null ? new Float64Array(0) : product(left.re, sin, r0) };
  }
  // The matrix is complex where no gauge makes it real: there are no phases.
  const here = { re: gathered(left.re, p, rows, null), im: gathered(left.im, p, rows, null) };
  const conjugate = gathered(right.im, q, others, null).map((x) => -x);
  return complexProductTransposed(p, q, width, here, { re: r0, im: conjugate });
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
