/** Exact propagation of kets in a small space by diagonalising H in each of its invariant subspaces. */

import { hermitianEigensystem, symmetricEigensystem } from "../../algebra/hermitian.ts";
import { phaseAt, rootsPerRadian } from "../../algebra/roots.ts";
import { equallySpaced } from "../../algebra/timeParts.ts";
import type { SparseMatrix } from "../../fock/sparse.ts";
import { complexProductTransposed, productTransposed } from "../../kernels/product.ts";
import type { SparseKet } from "../sector/sparseKet.ts";

/** One invariant subspace, diagonalised. */
export interface Block {
  /** Indices of the subspace's states in the whole basis. */
  readonly states: Int32Array;
  readonly values: Float64Array;
  /** Eigenvector j in row j; im is empty for a real H. */
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export interface Spectrum {
  readonly blocks: readonly Block[];
  /** The block of each state, and its place there. */
  readonly blockOf: Int32Array;
  readonly placeOf: Int32Array;
}

/**
 * Diagonalises a Hermitian matrix (real if its im is empty) in each of the given invariant subspaces. What is found of a real
 * matrix may overwrite `room`, found before of another one in the same subspaces.
 */
export function spectrum(h: SparseMatrix, subspaces: readonly Int32Array[], room: Spectrum | null = null): Spectrum {
  const real = h.im.length === 0;
  const found = real && room !== null && room.blocks[0].im.length === 0 ? room : emptySpectrum(h.rows, subspaces, real);
  for (const block of found.blocks) {
    fillBlock(block, h, found.placeOf);
    diagonalise(block);
  }
  return found;
}

function emptySpectrum(rows: number, subspaces: readonly Int32Array[], real: boolean): Spectrum {
  const blockOf = new Int32Array(rows);
  const placeOf = new Int32Array(rows);
  const blocks = subspaces.map((states, x): Block => {
    const n = states.length;
    for (let i = 0; i < n; i++) {
      placeOf[states[i]] = i;
      blockOf[states[i]] = x;
    }
    const im = real ? noNumbers : new Float64Array(n * n);
    return { states, values: new Float64Array(n), re: new Float64Array(n * n), im };
  });
  return { blocks, blockOf, placeOf };
}

const noNumbers = new Float64Array(0);

/** The matrix of a block where its eigenvectors are to be. */
function fillBlock({ states, re, im }: Block, h: SparseMatrix, placeOf: Int32Array): void {
  const n = states.length;
  re.fill(0);
  im.fill(0);
  for (let i = 0; i < n; i++) {
    const row = states[i];
    for (let e = h.rowStart[row]; e < h.rowStart[row + 1]; e++) {
      re[i * n + placeOf[h.column[e]]] = h.re[e];
      if (im.length > 0) im[i * n + placeOf[h.column[e]]] = h.im[e];
    }
  }
}

function diagonalise(block: Block): void {
  const { values, re, im } = block;
  const n = values.length;
  if (im.length > 0) {
    const system = hermitianEigensystem(n, re, im);
    values.set(system.values);
    re.set(withoutDust(system.re));
    im.set(withoutDust(system.im));
  } else if (n <= 2) {
    smallSystem(block);
  } else {
    const system = symmetricEigensystem(n, re);
    values.set(system.values);
    re.set(withoutDust(system.rows));
  }
}

/** Eigenvalues, and eigenvectors as rows, of a real symmetric matrix of one or two dimensions: one rotation (Jacobi). */
function smallSystem({ values, re }: Block): void {
  const p = re[0];
  const b = re[1];
  const q = re[3];
  if (values.length === 1) {
    values[0] = p;
    re[0] = 1;
    return;
  }
  let cos = 1;
  let sin = 0;
  let x = p;
  let y = q;
  if (b !== 0) {
    const theta = (q - p) / (2 * b);
    const tan = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    cos = 1 / Math.sqrt(tan * tan + 1);
    sin = tan * cos;
    x = p - b * tan;
    y = q + b * tan;
  }
  // (cos, −sin) belongs to p − b tan, (sin, cos) to q + b tan.
  const first = x <= y ? 0 : 1;
  values[first] = x;
  values[1 - first] = y;
  re[2 * first] = cos;
  re[2 * first + 1] = -sin;
  re[2 - 2 * first] = sin;
  re[3 - 2 * first] = cos;
}

/** Eigenvectors die off like 1e-200 far from where they live: products of such numbers are denormal, and slow. */
function withoutDust(rows: Float64Array): Float64Array {
  for (let e = 0; e < rows.length; e++) if (Math.abs(rows[e]) < dust) rows[e] = 0;
  return rows;
}

const dust = 1e-40;

/** A ket in the eigenbasis, without the eigenvectors on which it has no weight. */
export interface Expansion {
  readonly block: Block;
  readonly chosen: readonly number[];
  /** Amplitudes on the chosen ones; what comes after those means nothing. */
  readonly re: ArrayLike<number>;
  readonly im: ArrayLike<number>;
}

/** Amplitudes below this are dropped: all together they stay below rounding. */
const negligibleAmplitude = 1e-18;

export function expand({ blocks, blockOf, placeOf }: Spectrum, ket: SparseKet): Expansion[] {
  const parts: Expansion[] = [];
  for (let f = 0; f < ket.states.length; f++) {
    const x = blockOf[ket.states[f]];
    let first = 0;
    while (blockOf[ket.states[first]] !== x) first++;
    if (first < f) continue;
    const part = expandIn(blocks[x], x, blockOf, placeOf, ket);
    if (part.chosen.length > 0) parts.push(part);
  }
  return parts;
}

function expandIn(block: Block, x: number, blockOf: Int32Array, placeOf: Int32Array, ket: SparseKet): Expansion {
  const n = block.states.length;
  const real = block.im.length === 0;
  const { re, im, chosen } = roomFor(n);
  let count = 0;
  let turns = false;
  for (let j = 0; j < n; j++) {
    let cr = 0;
    let ci = 0;
    for (let f = 0; f < ket.states.length; f++) {
      const state = ket.states[f];
      if (blockOf[state] !== x) continue;
      const at = j * n + placeOf[state];
      const vr = block.re[at];
      const vi = real ? 0 : block.im[at];
      cr += vr * ket.re[f] + vi * ket.im[f];
      ci += vr * ket.im[f] - vi * ket.re[f];
    }
    if (Math.abs(cr) + Math.abs(ci) <= negligibleAmplitude) continue;
    if (ci !== 0) turns = true;
    re[count] = cr;
    im[count] = ci;
    chosen[count++] = j;
  }
  const own = count === n ? allOf(n) : listOf(chosen, count);
  return { block, chosen: own, re: copied(re, count), im: turns ? copied(im, count) : zerosFor(count) };
}

/** Room for the amplitudes of one ket in one block. */
let room = { re: new Float64Array(64), im: new Float64Array(64), chosen: new Int32Array(64) };

function roomFor(n: number): typeof room {
  if (room.re.length < n) {
    room = { re: new Float64Array(2 * n), im: new Float64Array(2 * n), chosen: new Int32Array(2 * n) };
  }
  return room;
}

/** Blocks may be many and tiny, for which typed arrays are slow to come and go. */
function copied(from: Float64Array, count: number): ArrayLike<number> {
  if (count === 1) return [from[0]];
  return count === 2 ? [from[0], from[1]] : from.slice(0, count);
}

function listOf(from: Int32Array, count: number): readonly number[] {
  const list = new Array<number>(count);
  for (let c = 0; c < count; c++) list[c] = from[c];
  return list;
}

/** Lists that many expansions share: of all eigenvectors, by their number; and zeros, at least as many as are asked for. */
const numbers: (readonly number[])[] = [];
let zeros = new Float64Array(64);

/** 0, 1, …, n − 1. */
function allOf(n: number): readonly number[] {
  numbers[n] ??= Array.from({ length: n }, (_, i) => i);
  return numbers[n];
}

function zerosFor(n: number): ArrayLike<number> {
  if (zeros.length < n) zeros = new Float64Array(2 * n);
  return zeros;
}

/**
 * The ket at each of `times`, state i at time t in entry i · times.length + t of the two arrays; states of other blocks than
 * the expansion's are left as they are.
 */
export function propagate(
  expansion: readonly Expansion[],
  times: ArrayLike<number>,
  re: Float64Array,
  im: Float64Array,
) {
  const count = times.length;
  for (const part of expansion) {
    const { block, chosen } = part;
    const width = chosen.length;
    const n = block.states.length;
    const phases = phasesAt(part, times);
    const vectors = { re: columnsOf(block.re, n, chosen), im: columnsOf(block.im, n, chosen) };
    if (block.im.length === 0) {
      // Both parts of the phases in one product: the times of one above those of the other.
      const both = productTransposed(n, 2 * count, width, vectors.re, phases);
      for (let i = 0; i < n; i++) {
        const from = 2 * i * count;
        const at = block.states[i] * count;
        re.set(both.subarray(from, from + count), at);
        im.set(both.subarray(from + count, from + 2 * count), at);
      }
    } else {
      const turning = { re: phases.subarray(0, count * width), im: phases.subarray(count * width) };
      const product = complexProductTransposed(n, count, width, vectors, turning);
      for (let i = 0; i < n; i++) {
        const at = block.states[i] * count;
        re.set(product.re.subarray(i * count, (i + 1) * count), at);
        im.set(product.im.subarray(i * count, (i + 1) * count), at);
      }
    }
  }
}

/** Component i of the chosen eigenvectors, which are rows of n, in row i. */
function columnsOf(rows: Float64Array, n: number, chosen: readonly number[]): Float64Array {
  if (rows.length === 0) return rows;
  const width = chosen.length;
  const columns = new Float64Array(n * width);
  for (let c = 0; c < width; c++) {
    const from = chosen[c] * n;
    for (let i = 0; i < n; i++) columns[i * width + c] = rows[from + i];
  }
  return columns;
}

/** Equally spaced phases are multiplied up from one another this many times, then found afresh. */
const stepsTogether = 128;

/** c_j e^{−iλ_j t}: the real parts, a row of all j for each time, then the imaginary parts. */
function phasesAt({ block, chosen, re: cr, im: ci }: Expansion, times: ArrayLike<number>): Float64Array {
  const count = times.length;
  const width = chosen.length;
  const phases = new Float64Array(2 * count * width);
  const grid = count > 2 ? equallySpaced(times) : null;
  const afresh = (t: number) => {
    for (let c = 0, at = t * width; c < width; c++, at++) {
      const [cos, sin] = phaseAt(block.values[chosen[c]] * times[t] * rootsPerRadian);
      phases[at] = cr[c] * cos + ci[c] * sin;
      phases[count * width + at] = ci[c] * cos - cr[c] * sin;
    }
  };
  const cos = grid === null ? null : Float64Array.from(chosen, (j) => Math.cos(block.values[j] * grid.step));
  const sin = grid === null ? null : Float64Array.from(chosen, (j) => -Math.sin(block.values[j] * grid.step));
  for (let t = 0; t < count; t++) {
    if (cos === null || sin === null || t % stepsTogether === 0) {
      afresh(t);
      continue;
    }
    const reals = t * width;
    const imaginaries = (count + t) * width;
    for (let c = 0; c < width; c++) {
      const x = phases[reals - width + c];
      const y = phases[imaginaries - width + c];
      phases[reals + c] = x * cos[c] - y * sin[c];
      phases[imaginaries + c] = x * sin[c] + y * cos[c];
    }
  }
  return phases;
}

/**
 * What rounding does to a ket propagated for a time t: diagonalisation is backward stable, phases are off by some ‖H‖t ulp (the
 * eigenvalues, their product with t, and that with the number of roots in a radian are each rounded).
 */
export function spectralRounding(blocks: readonly { values: Float64Array }[], t: number): number {
  let largest = 0;
  for (const { values } of blocks)
    largest = Math.max(largest, Math.abs(values[0]), Math.abs(values[values.length - 1]));
  return Number.EPSILON * (64 + 6 * largest * Math.abs(t));
}
