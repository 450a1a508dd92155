/** Exact propagation of kets in a small space by diagonalising H in each of its invariant subspaces. */

import { hermitianEigensystem, symmetricEigensystem } from "../algebra/hermitian.ts";
import type { SparseMatrix } from "../fock/sparse.ts";
import { complexProductTransposed, productTransposed } from "../kernels/product.ts";
import type { SparseKet } from "./sparseKet.ts";

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

/** Diagonalises a Hermitian matrix (real if its im is empty) in each of the given invariant subspaces. */
export function spectrum(h: SparseMatrix, subspaces: readonly Int32Array[]): Spectrum {
  const blockOf = new Int32Array(h.rows);
  const place = new Int32Array(h.rows);
  const blocks = subspaces.map((states, x): Block => {
    const n = states.length;
    for (let i = 0; i < n; i++) {
      place[states[i]] = i;
      blockOf[states[i]] = x;
    }
    const re = new Float64Array(n * n);
    const im = new Float64Array(h.im.length === 0 ? 0 : n * n);
    for (let i = 0; i < n; i++) {
      const row = states[i];
      for (let e = h.rowStart[row]; e < h.rowStart[row + 1]; e++) {
        re[i * n + place[h.column[e]]] = h.re[e];
        if (im.length > 0) im[i * n + place[h.column[e]]] = h.im[e];
      }
    }
    if (im.length === 0 && n <= 2) return { states, ...smallSystem(n, re), im };
    if (im.length === 0) {
      const { values, rows } = symmetricEigensystem(n, re);
      return { states, values, re: withoutDust(rows), im };
    }
    const { values, re: rowsRe, im: rowsIm } = hermitianEigensystem(n, re, im);
    return { states, values, re: withoutDust(rowsRe), im: withoutDust(rowsIm) };
  });
  return { blocks, blockOf, placeOf: place };
}

/** Eigenvalues, and eigenvectors as rows, of a real symmetric matrix of one or two dimensions: one rotation (Jacobi). */
function smallSystem(n: number, a: Float64Array): { values: Float64Array; re: Float64Array } {
  if (n === 1) return { values: a, re: Float64Array.of(1) };
  const [p, b, , q] = a;
  if (b === 0) {
    return p <= q
      ? { values: Float64Array.of(p, q), re: Float64Array.of(1, 0, 0, 1) }
      : { values: Float64Array.of(q, p), re: Float64Array.of(0, 1, 1, 0) };
  }
  const theta = (q - p) / (2 * b);
  const tan = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cos = 1 / Math.hypot(tan, 1);
  const sin = tan * cos;
  // (cos, −sin) belongs to p − b tan, (sin, cos) to q + b tan.
  const [x, y] = [p - b * tan, q + b * tan];
  return x <= y
    ? { values: Float64Array.of(x, y), re: Float64Array.of(cos, -sin, sin, cos) }
    : { values: Float64Array.of(y, x), re: Float64Array.of(sin, cos, cos, -sin) };
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
  readonly re: readonly number[];
  readonly im: readonly number[];
}

/** Amplitudes below this are dropped: all together they stay below rounding. */
const negligibleAmplitude = 1e-18;

export function expand({ blocks, blockOf, placeOf }: Spectrum, ket: SparseKet): Expansion[] {
  const touched: number[] = [];
  for (const i of ket.states) if (!touched.includes(blockOf[i])) touched.push(blockOf[i]);
  const parts: Expansion[] = [];
  for (const x of touched) {
    const block = blocks[x];
    const n = block.states.length;
    // Plain arrays: blocks may be many and tiny, for which typed arrays are slow to come and go.
    const chosen: number[] = [];
    const re: number[] = [];
    const im: number[] = [];
    for (let j = 0; j < n; j++) {
      let cr = 0;
      let ci = 0;
      for (let f = 0; f < ket.states.length; f++) {
        if (blockOf[ket.states[f]] !== x) continue;
        const at = j * n + placeOf[ket.states[f]];
        const vr = block.re[at];
        const vi = block.im.length === 0 ? 0 : block.im[at];
        cr += vr * ket.re[f] + vi * ket.im[f];
        ci += vr * ket.im[f] - vi * ket.re[f];
      }
      if (Math.abs(cr) + Math.abs(ci) <= negligibleAmplitude) continue;
      chosen.push(j);
      re.push(cr);
      im.push(ci);
    }
    if (chosen.length > 0) parts.push({ block, chosen, re, im });
  }
  return parts;
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
  const step = count > 2 ? times[1] - times[0] : Number.NaN;
  const equal = equallySpaced(times, step);
  const afresh = (t: number) => {
    for (let c = 0, at = t * width; c < width; c++, at++) {
      const angle = block.values[chosen[c]] * times[t];
      const cos = Math.cos(angle);
      const sin = -Math.sin(angle);
      phases[at] = cr[c] * cos - ci[c] * sin;
      phases[count * width + at] = cr[c] * sin + ci[c] * cos;
    }
  };
  const cos = equal ? Float64Array.from(chosen, (j) => Math.cos(block.values[j] * step)) : null;
  const sin = equal ? Float64Array.from(chosen, (j) => -Math.sin(block.values[j] * step)) : null;
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

function equallySpaced(times: ArrayLike<number>, step: number): boolean {
  const last = times.length - 1;
  // Rounding of the user's times, such as 0.1 · n, must not hide an equal spacing; 4 ulp of a phase are harmless.
  const slack = 4 * Number.EPSILON * Math.max(Math.abs(times[0]), Math.abs(times[last]));
  for (let t = 1; t <= last; t++) if (!(Math.abs(times[t] - times[0] - t * step) <= slack)) return false;
  return last > 1;
}

/** What rounding does to a ket propagated for a time t: diagonalisation is backward stable, phases are off by ‖H‖t ulp. */
export function spectralRounding(blocks: readonly { values: Float64Array }[], t: number): number {
  let largest = 0;
  for (const { values } of blocks) largest = Math.max(largest, Math.abs(values[0]), Math.abs(values.at(-1) ?? 0));
  return Number.EPSILON * (64 + 2 * largest * Math.abs(t));
}
