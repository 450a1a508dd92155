/**
 * ρ_S(t) in a small space as a sum over pairs of eigenvectors, Σ_ij K_ij e^{−i(λ_i − λ_j)t}: the number of pairs grows
 * neither with the kets of a mixed start nor with the times.
 */

import type { Basis } from "../../fock/basis.ts";
import { type ComplexVector, zeroVector } from "../../fock/sparse.ts";
import { complexProductTransposed, type PlanarMatrix, productTransposed } from "../../kernels/product.ts";
import { type BlockPairing, blockPairings } from "./blockPairings.ts";
import { negligiblePair, type PairTerms } from "./pairTerms.ts";
import type { Block, Expansion, Spectrum } from "./spectral.ts";

/** A mixture of kets in the eigenbasis of a sector. */
export interface Mixture {
  readonly basis: Basis;
  readonly subspaces: readonly Int32Array[];
  readonly whole: Spectrum;
  readonly expansions: readonly (readonly Expansion[])[];
  readonly weights: readonly number[];
  /** Phases u_i of the basis states: the user's amplitudes are u_i times those of the expansion. */
  readonly gauge: ComplexVector | null;
}

/** Adds `weight` times the pairs of a mixture of kets. */
export function addDensityPairs(pairs: PairTerms, weight: number, mixture: Mixture): void {
  const { basis, subspaces } = mixture;
  const parts = partsByBlock(mixture);
  const states = parts.reduce((sum, part) => sum + (part?.block.states.length ?? 0), 0);
  pairs.begin(weight, (states * (states + 1)) / 2);
  const x = zeroVector(basis.system ** 2);
  for (const pairing of blockPairings(basis, subspaces)) {
    const left = parts[pairing.left];
    const right = parts[pairing.right];
    if (left === null || right === null) continue;
    const joined = { pairing, left, right, shared: sharedKets(left, right) };
    if (joined.shared > 0) addBlockPair(mixture, joined, x, pairs);
  }
}

/**
 * The kets that have a part in one block, √weight included: amplitude of the r-th of them on eigenvector i at `at` + i · width + r
 * of `amplitudes`. They are the `width` ones of `members` from `from` on.
 */
interface BlockPart {
  readonly block: Block;
  readonly from: number;
  readonly width: number;
  readonly at: number;
  readonly real: boolean;
}

/** Room for the amplitudes of a mixture, and for the kets of each block: one mixture after the other. */
let amplitudes = zeroVector(256);
let members = new Int32Array(64);

function partsByBlock({ whole, expansions, weights }: Mixture): readonly (BlockPart | null)[] {
  const { blocks, blockOf } = whole;
  const widths = new Int32Array(blocks.length);
  for (const expansion of expansions) for (const { block } of expansion) widths[blockOf[block.states[0]]]++;
  let from = 0;
  let at = 0;
  const parts = blocks.map((block, x): (BlockPart & { real: boolean }) | null => {
    if (widths[x] === 0) return null;
    const part = { block, from, width: widths[x], at, real: true };
    from += part.width;
    at += part.width * block.states.length;
    return part;
  });
  if (members.length < from) members = new Int32Array(2 * from);
  if (amplitudes.re.length < at) amplitudes = zeroVector(2 * at);
  amplitudes.re.fill(0, 0, at);
  amplitudes.im.fill(0, 0, at);
  widths.fill(0);
  expansions.forEach((expansion, ket) => {
    const root = Math.sqrt(weights[ket]);
    for (const expanded of expansion) {
      const x = blockOf[expanded.block.states[0]];
      const part = parts[x];
      if (part === null) continue;
      const row = widths[x]++;
      members[part.from + row] = ket;
      if (!fillColumn(expanded, root, part, row)) part.real = false;
    }
  });
  return parts;
}

/** The amplitudes of one ket. True if they are real. */
function fillColumn({ chosen, re, im }: Expansion, root: number, { at, width }: BlockPart, row: number): boolean {
  let real = true;
  for (let c = 0; c < chosen.length; c++) {
    const to = at + chosen[c] * width + row;
    amplitudes.re[to] = root * re[c];
    amplitudes.im[to] = root * im[c];
    if (im[c] !== 0) real = false;
  }
  return real;
}

/** Rows of the kets that have a part in both blocks: in the left part, and in the right one. */
const sharedRows = { left: new Int32Array(64), right: new Int32Array(64) };

/** Finds those, and gives their number. */
function sharedKets(left: BlockPart, right: BlockPart): number {
  if (sharedRows.left.length < left.width) {
    sharedRows.left = new Int32Array(2 * left.width);
    sharedRows.right = new Int32Array(2 * left.width);
  }
  let count = 0;
  for (let x = 0, y = 0; x < left.width && y < right.width; ) {
    const order = members[left.from + x] - members[right.from + y];
    if (order < 0) x++;
    else if (order > 0) y++;
    else {
      sharedRows.left[count] = x++;
      sharedRows.right[count++] = y++;
    }
  }
  return count;
}

const none = new Float64Array(0);

/** Blocks with fewer pairs than this are done pair by pair, without matrices. */
const fewPairs = 16;

/** Two blocks, or one, with the kets they have in common: `sharedRows` says which. */
interface Joined {
  readonly pairing: BlockPairing;
  readonly left: BlockPart;
  readonly right: BlockPart;
  readonly shared: number;
}

/** Adds what the eigenvectors of two blocks (or one) give, in both orders. `x` is room for N² numbers. */
function addBlockPair(mixture: Mixture, joined: Joined, x: ComplexVector, pairs: PairTerms): void {
  const p = joined.left.block.states.length;
  const q = joined.right.block.states.length;
  pairs.reserve(joined.left === joined.right ? (p * (p + 1)) / 2 : p * q);
  if (p * q <= fewPairs) addFewPairs(mixture, joined, x, pairs);
  else addManyPairs(mixture, joined, pairs);
}

function addFewPairs(mixture: Mixture, { pairing, left, right, shared }: Joined, x: ComplexVector, pairs: PairTerms) {
  const { re, im } = amplitudes;
  const same = left === right;
  const p = left.block.states.length;
  const q = right.block.states.length;
  for (let i = 0; i < p; i++) {
    for (let j = same ? i : 0; j < q; j++) {
      let rr = 0;
      let ri = 0;
      for (let k = 0; k < shared; k++) {
        const a = left.at + i * left.width + sharedRows.left[k];
        const b = right.at + j * right.width + sharedRows.right[k];
        rr += re[a] * re[b] + im[a] * im[b];
        ri += im[a] * re[b] - re[a] * im[b];
      }
      if (Math.abs(rr) + Math.abs(ri) < negligiblePair) continue;
      overlapsOf(mixture, pairing, i, j, x);
      if (same && i === j) pairs.addConstant(rr, x);
      else pairs.add(left.block.values[i] - right.block.values[j], rr, ri, x);
    }
  }
}

/** Σ_f ⟨f, a|v_i⟩⟨v_j|f, b⟩ in the user's phases, for all entries (a, b). */
function overlapsOf(
  { whole, gauge }: Mixture,
  { left, right, joints }: BlockPairing,
  i: number,
  j: number,
  x: ComplexVector,
): void {
  const v = whole.blocks[left];
  const w = whole.blocks[right];
  const real = v.im.length === 0;
  const [fromV, fromW] = [i * v.states.length, j * w.states.length];
  for (let e = 0; e < x.re.length; e++) {
    let sumRe = 0;
    let sumIm = 0;
    const { rows, others } = joints[e];
    for (let m = 0; m < rows.length; m++) {
      const a = fromV + rows[m];
      const b = fromW + others[m];
      const re = real ? v.re[a] * w.re[b] : v.re[a] * w.re[b] + v.im[a] * w.im[b];
      const im = real ? 0 : v.im[a] * w.re[b] - v.re[a] * w.im[b];
      if (gauge === null) {
        sumRe += re;
        sumIm += im;
        continue;
      }
      const s = v.states[rows[m]];
      const t = w.states[others[m]];
      const cos = gauge.re[s] * gauge.re[t] + gauge.im[s] * gauge.im[t];
      const sin = gauge.im[s] * gauge.re[t] - gauge.re[s] * gauge.im[t];
      sumRe += re * cos - im * sin;
      sumIm += re * sin + im * cos;
    }
    x.re[e] = sumRe;
    x.im[e] = sumIm;
  }
}

function addManyPairs(mixture: Mixture, joined: Joined, pairs: PairTerms): void {
  const { left, right } = joined;
  const n = mixture.basis.system;
  const density = densityBetween(joined);
  const overlaps = Array.from({ length: n * n }, (_, e) =>
    left === right && followsFromOthers(e, n)
      ? null
      : overlapOn(mixture, joined.pairing, e, left === right && e % (n + 1) === 0),
  );
  if (left === right) completeOverlaps(overlaps, n, left.block.states.length);
  pairs.addProducts(left.block.values, right.block.values, left === right, density, overlaps);
}

/** Within one block entries below the diagonal are adjoints, and the last diagonal one is what is left of δ_ij. */
function followsFromOthers(entry: number, n: number): boolean {
  const a = Math.floor(entry / n);
  const b = entry % n;
  return a > b || (a === n - 1 && b === n - 1);
}

function completeOverlaps(overlaps: (PlanarMatrix | null)[], n: number, size: number): void {
  const last = { re: roomFor(fixedRooms + n * n - 1, size * size).fill(0), im: none };
  for (let i = 0; i < size; i++) last.re[i * (size + 1)] = 1;
  overlaps[n * n - 1] = last;
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < a; b++) overlaps[a * n + b] = adjoint(overlaps[b * n + a], size, fixedRooms + a * n + b);
    const own = overlaps[a * (n + 1)];
    if (a < n - 1 && own !== null) subtract(last, own);
  }
}

function adjoint(of: PlanarMatrix | null, size: number, part: number): PlanarMatrix | null {
  if (of === null) return null;
  const im = of.im.length === 0 ? none : new Float64Array(of.im.length);
  return { re: turnOver(of.re, size, 1, roomFor(part, of.re.length)), im: turnOver(of.im, size, -1, im) };
}

function turnOver(of: Float64Array, size: number, sign: number, to: Float64Array): Float64Array {
  for (let i = 0, e = 0; e < of.length; i++) for (let j = 0; j < size; j++) to[e++] = sign * of[j * size + i];
  return to;
}

function subtract(from: { re: Float64Array; im: Float64Array }, what: PlanarMatrix): void {
  if (what.im.length > 0 && from.im.length === 0) from.im = new Float64Array(from.re.length);
  for (let e = 0; e < what.re.length; e++) from.re[e] -= what.re[e];
  for (let e = 0; e < what.im.length; e++) from.im[e] -= what.im[e];
}

/** Σ_k w_k c_ki c̄_kj between the eigenvectors of two blocks; im empty if real. */
function densityBetween({ left, right, shared }: Joined): PlanarMatrix {
  const p = left.block.states.length;
  const q = right.block.states.length;
  const a = sharedColumns(left, amplitudes.re, sharedRows.left, shared);
  const b = left === right ? a : sharedColumns(right, amplitudes.re, sharedRows.right, shared);
  if (left.real && right.real) {
    return { re: productTransposed(p, q, shared, a, b, left === right, roomFor(4, p * q)), im: none };
  }
  const ai = sharedColumns(left, amplitudes.im, sharedRows.left, shared);
  const bi = sharedColumns(right, amplitudes.im, sharedRows.right, shared);
  return complexProductTransposed(p, q, shared, { re: a, im: ai }, { re: b, im: bi.map((y) => -y) });
}

function sharedColumns(
  { block, at, width }: BlockPart,
  of: Float64Array,
  rows: Int32Array,
  shared: number,
): Float64Array {
  const end = at + width * block.states.length;
  if (shared === width) return of.subarray(at, end);
  const columns = new Float64Array(block.states.length * shared);
  for (let to = 0, from = at; from < end; from += width) {
    for (let k = 0; k < shared; k++) columns[to++] = of[from + rows[k]];
  }
  return columns;
}

/**
 * Σ_f ⟨f, a|v_i⟩⟨v_j|f, b⟩ for all i and j (or those i ≤ j that are wanted) in the user's phases, or null if no Fock state joins
 * a here and b there.
 */
function overlapOn(
  { whole, gauge }: Mixture,
  { left: x, right: y, joints }: BlockPairing,
  entry: number,
  upper: boolean,
): PlanarMatrix | null {
  const { rows, others } = joints[entry];
  if (rows.length === 0) return null;
  const left = whole.blocks[x];
  const right = whole.blocks[y];
  const [p, q] = [left.states.length, right.states.length];
  const re = gathered(left.re, rows, p, 0);
  const other = gathered(right.re, others, q, 1);
  if (left.im.length === 0) {
    const phases = gauge === null ? null : phasesBetween(left, right, rows, others, gauge);
    const product = (a: Float64Array, to?: Float64Array) => productTransposed(p, q, rows.length, a, other, upper, to);
    if (phases === null) return { re: product(re, roomFor(fixedRooms + entry, p * q)), im: none };
    return { re: product(turned(re, phases.re)), im: product(turned(re, phases.im)) };
  }
  // The matrix is complex where no gauge makes it real: there are no phases.
  const conjugate = gathered(right.im, others, q, 2).map((z) => -z);
  const here = { re, im: gathered(left.im, rows, p, 3) };
  return complexProductTransposed(p, q, rows.length, here, { re: other, im: conjugate });
}

/** Small matrices that one pair of blocks needs after the other, by their part in it and their length. */
const rooms = new Map<number, Float64Array>();

/** Longer ones are not kept, nor more than this. */
const mostKept = 1 << 14;
const mostRooms = 64;

/** The first parts: columns gathered of two complex matrices, and the mixture. */
const fixedRooms = 5;

/** With anything in it. */
function roomFor(part: number, length: number): Float64Array {
  if (length > mostKept) return new Float64Array(length);
  const key = part * 2 * mostKept + length;
  let found = rooms.get(key);
  if (found === undefined) {
    if (rooms.size >= mostRooms) rooms.clear();
    found = new Float64Array(length);
    rooms.set(key, found);
  }
  return found;
}

/** The given columns of a square matrix. */
function gathered(of: Float64Array, which: Int32Array, size: number, part: number): Float64Array {
  const width = which.length;
  const columns = roomFor(part, size * width);
  for (let at = 0, from = 0; at < columns.length; from += size) {
    for (let m = 0; m < width; m++) columns[at++] = of[from + which[m]];
  }
  return columns;
}

function turned(columns: Float64Array, factors: Float64Array): Float64Array {
  return columns.map((x, e) => x * factors[e % factors.length]);
}

/** u ū′ for each pair of states; null where it is 1 for all. */
function phasesBetween(
  left: Block,
  right: Block,
  rows: Int32Array,
  others: Int32Array,
  gauge: ComplexVector,
): ComplexVector | null {
  const phases = zeroVector(rows.length);
  let turns = false;
  for (let m = 0; m < rows.length; m++) {
    const x = left.states[rows[m]];
    const y = right.states[others[m]];
    phases.re[m] = gauge.re[x] * gauge.re[y] + gauge.im[x] * gauge.im[y];
    phases.im[m] = gauge.im[x] * gauge.re[y] - gauge.re[x] * gauge.im[y];
    if (phases.re[m] !== 1 || phases.im[m] !== 0) turns = true;
  }
  return turns ? phases : null;
}
