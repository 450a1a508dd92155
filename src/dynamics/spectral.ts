/** Exact propagation of kets in a small space by diagonalising H in each of its invariant subspaces. */

import { hermitianEigensystem, symmetricEigensystem } from "../algebra/hermitian.ts";
import type { ComplexVector, SparseMatrix } from "../fock/sparse.ts";
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

/** Products of an amplitude and an eigenvector's component below this change no digit of the ket. */
const negligibleTerm = 1e-17;

/** Eigenvectors whose terms are added in one pass over the ket. */
const together = 4;

/**
 * The ket at each of `times`, state i at time t in entry i · times.length + t of the two arrays (which must be zero on
 * the states of the expansion's blocks).
 */
export function propagate(
  expansion: readonly Expansion[],
  times: ArrayLike<number>,
  re: Float64Array,
  im: Float64Array,
) {
  const count = times.length;
  const phases = Array.from({ length: together }, () => ({ re: new Float64Array(count), im: new Float64Array(count) }));
  for (const { block, chosen, re: cr, im: ci } of expansion) {
    const n = block.states.length;
    const real = block.im.length === 0;
    for (let c = 0; c < chosen.length; c += together) {
      const used = Math.min(together, chosen.length - c);
      let largest = 0;
      for (let p = 0; p < together; p++) {
        if (p < used) {
          fillPhases(block.values[chosen[c + p]], times, cr[c + p], ci[c + p], phases[p]);
          largest = Math.max(largest, Math.hypot(cr[c + p], ci[c + p]));
        } else {
          phases[p].re.fill(0);
          phases[p].im.fill(0);
        }
      }
      const rows = Array.from({ length: together }, (_, p) => chosen[Math.min(c + p, chosen.length - 1)] * n);
      for (let i = 0; i < n; i++) {
        const at = block.states[i] * count;
        if (real) addRealTerms(block.re, rows, i, negligibleTerm / largest, phases, re, im, at, count);
        else for (let p = 0; p < used; p++) addComplexTerm(block, rows[p] + i, phases[p], re, im, at, count);
      }
    }
  }
}

function addRealTerms(
  vectors: Float64Array,
  rows: readonly number[],
  i: number,
  negligible: number,
  phases: readonly ComplexVector[],
  re: Float64Array,
  im: Float64Array,
  at: number,
  count: number,
): void {
  const v0 = vectors[rows[0] + i];
  const v1 = vectors[rows[1] + i];
  const v2 = vectors[rows[2] + i];
  const v3 = vectors[rows[3] + i];
  if (Math.abs(v0) + Math.abs(v1) + Math.abs(v2) + Math.abs(v3) < negligible) return;
  const [p0, p1, p2, p3] = phases;
  const r0 = p0.re;
  const r1 = p1.re;
  const r2 = p2.re;
  const r3 = p3.re;
  for (let t = 0; t < count; t++) re[at + t] += v0 * r0[t] + v1 * r1[t] + v2 * r2[t] + v3 * r3[t];
  const i0 = p0.im;
  const i1 = p1.im;
  const i2 = p2.im;
  const i3 = p3.im;
  for (let t = 0; t < count; t++) im[at + t] += v0 * i0[t] + v1 * i1[t] + v2 * i2[t] + v3 * i3[t];
}

function addComplexTerm(
  block: Block,
  entry: number,
  phase: ComplexVector,
  re: Float64Array,
  im: Float64Array,
  at: number,
  count: number,
): void {
  const vr = block.re[entry];
  const vi = block.im[entry];
  const pr = phase.re;
  const pi = phase.im;
  for (let t = 0; t < count; t++) {
    re[at + t] += vr * pr[t] - vi * pi[t];
    im[at + t] += vr * pi[t] + vi * pr[t];
  }
}

/** c e^{−iλt} for all times; equally spaced times are stepped through by multiplication, afresh in every chunk. */
export function fillPhases(
  value: number,
  times: ArrayLike<number>,
  cr: number,
  ci: number,
  phase: ComplexVector,
): void {
  const count = times.length;
  const step = count > 2 ? times[1] - times[0] : Number.NaN;
  if (!equallySpaced(times, step)) {
    for (let t = 0; t < count; t++) {
      const cos = Math.cos(value * times[t]);
      const sin = -Math.sin(value * times[t]);
      phase.re[t] = cr * cos - ci * sin;
      phase.im[t] = cr * sin + ci * cos;
    }
    return;
  }
  const cos = Math.cos(value * step);
  const sin = -Math.sin(value * step);
  const cos0 = Math.cos(value * times[0]);
  const sin0 = -Math.sin(value * times[0]);
  let re = cr * cos0 - ci * sin0;
  let im = cr * sin0 + ci * cos0;
  for (let t = 0; t < count; t++) {
    phase.re[t] = re;
    phase.im[t] = im;
    const next = re * cos - im * sin;
    im = re * sin + im * cos;
    re = next;
  }
}

function equallySpaced(times: ArrayLike<number>, step: number): boolean {
  const last = times.length - 1;
  // Rounding of the user's times, such as 0.1 · n, must not hide an equal spacing; 4 ulp of a phase are harmless.
  const slack = 4 * Number.EPSILON * Math.max(Math.abs(times[0]), Math.abs(times[last]));
  for (let t = 1; t <= last; t++) if (!(Math.abs(times[t] - times[0] - t * step) <= slack)) return false;
  return last > 1;
}
