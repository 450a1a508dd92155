/** Common eigenvectors of two commuting Hermitian matrices, to rounding in both of them: Jacobi's rotations. */

import { eigh } from "./hermitian.ts";
import { copy, inBasis, type Matrix, multiply, norm, scale, zeros } from "./matrix.ts";

/** Levels of a closer than this, relative to its norm, are told apart by b to begin with. */
const near = 1e-8;

/** Each sweep squares what is off the diagonal; those that are left mend what earlier ones rounded. */
const mostSweeps = 8;

/** One matrix and what of two states it mixes, as a vector: it is off the diagonal by (x, y), and z is the splitting. */
type Bloch = readonly [x: number, y: number, z: number];

/**
 * Orthonormal vectors, in columns, in which a and b (n × n Hermitian, commuting up to rounding) are both as diagonal as they
 * can be, by ascending eigenvalues of a. The eigenvectors of a alone would mix levels that are δ apart by rounding/δ, and so
 * would those of b: where one hardly tells two states apart, the other decides. Source: Bunse-Gerstner, Byers and Mehrmann,
 * SIAM J. Matrix Anal. Appl. 14, 927 (1993).
 */
export function jointEigenbasis(a: Matrix, b: Matrix): Matrix {
  const vectors = copy(startingBasis(a, b));
  const turned = [a, b].map((one) => copy(inUnits(inBasis(one, vectors))));
  const negligible = Math.max(4, a.rows) * Number.EPSILON;
  for (let sweep = 0, moved = true; moved && sweep < mostSweeps; sweep++) {
    moved = false;
    for (let p = 0; p < a.rows; p++) {
      for (let q = p + 1; q < a.rows; q++) {
        const axis = commonAxis(turned.map((one) => blochOf(one, p, q)));
        if (axis === null || axis.off <= negligible) continue;
        moved = true;
        for (const one of turned) {
          rotateColumns(one, p, q, axis);
          rotateRows(one, p, q, axis);
        }
        rotateColumns(vectors, p, q, axis);
      }
    }
  }
  return ascending(a, vectors);
}

/** Eigenvectors of a; within levels that are nearly the same, of b. */
function startingBasis(a: Matrix, b: Matrix): Matrix {
  const { values, vectors } = eigh(a);
  const gap = near * norm(a);
  let basis = vectors;
  for (let from = 0, to = 1; from < values.length; from = to++) {
    while (to < values.length && values[to] - values[to - 1] <= gap) to++;
    if (to - from > 1) basis = multiply(basis, withinLevels(inBasis(b, vectors), from, to));
  }
  return basis;
}

/** The unitary that diagonalises the block of b from `from` to before `to`. */
function withinLevels(b: Matrix, from: number, to: number): Matrix {
  const size = to - from;
  const n = b.rows;
  const block = zeros(size);
  for (let e = 0; e < size * size; e++) {
    const at = (from + Math.floor(e / size)) * n + from + (e % size);
    block.re[e] = b.re[at];
    block.im[e] = b.im[at];
  }
  const inside = eigh(block).vectors;
  const all = zeros(n);
  for (let i = 0; i < n; i++) all.re[i * n + i] = i < from || i >= to ? 1 : 0;
  for (let e = 0; e < size * size; e++) {
    const at = (from + Math.floor(e / size)) * n + from + (e % size);
    all.re[at] = inside.re[e];
    all.im[at] = inside.im[e];
  }
  return all;
}

/** Of norm 1, which rounding errors are relative to. */
function inUnits(a: Matrix): Matrix {
  const size = norm(a);
  return size === 0 ? a : scale(a, 1 / size);
}

/** Twice the components of the block of two states along Pauli's matrices. */
function blochOf(a: Matrix, p: number, q: number): Bloch {
  const n = a.cols;
  return [2 * a.re[p * n + q], -2 * a.im[p * n + q], a.re[p * n + p] - a.re[q * n + q]];
}

/** Rotation of |p⟩ into c|p⟩ + (re + i im)|q⟩; `off` is what it takes off the diagonal. */
interface Rotation {
  readonly c: number;
  readonly re: number;
  readonly im: number;
  readonly off: number;
}

/** The axis to which the vectors are closest, all of them parallel but for rounding, made the third one. */
function commonAxis(vectors: readonly Bloch[]): Rotation | null {
  const lengths = vectors.map((v) => Math.hypot(...v));
  const longest = Math.max(...lengths);
  if (longest === 0) return null;
  let axis = vectors[lengths.indexOf(longest)].map((x) => x / longest);
  for (let pass = 0; pass < 2; pass++) {
    const sum = [0, 0, 0];
    for (const v of vectors) {
      const along = v[0] * axis[0] + v[1] * axis[1] + v[2] * axis[2];
      v.forEach((x, i) => {
        sum[i] += along * x;
      });
    }
    const length = Math.hypot(...sum);
    axis = sum.map((x) => x / length);
  }
  // Of the two directions of the axis the one that turns least.
  const [x, y, z] = axis[2] < 0 ? axis.map((value) => -value) : axis;
  const c = Math.sqrt(0.5 * (1 + z));
  return { c, re: x / (2 * c), im: y / (2 * c), off: longest * Math.hypot(x, y) };
}

/** a ← a R with R|p⟩ = c|p⟩ + s|q⟩ and R|q⟩ = −s*|p⟩ + c|q⟩. */
function rotateColumns(a: Matrix, p: number, q: number, { c, re, im }: Rotation): void {
  for (let i = 0; i < a.rows; i++) {
    const [x, y] = [i * a.cols + p, i * a.cols + q];
    const [pr, pi, qr, qi] = [a.re[x], a.im[x], a.re[y], a.im[y]];
    a.re[x] = c * pr + re * qr - im * qi;
    a.im[x] = c * pi + re * qi + im * qr;
    a.re[y] = c * qr - re * pr - im * pi;
    a.im[y] = c * qi - re * pi + im * pr;
  }
}

/** a ← R† a. */
function rotateRows(a: Matrix, p: number, q: number, { c, re, im }: Rotation): void {
  for (let j = 0; j < a.cols; j++) {
    const [x, y] = [p * a.cols + j, q * a.cols + j];
    const [pr, pi, qr, qi] = [a.re[x], a.im[x], a.re[y], a.im[y]];
    a.re[x] = c * pr + re * qr + im * qi;
    a.im[x] = c * pi + re * qi - im * qr;
    a.re[y] = c * qr - re * pr + im * pi;
    a.im[y] = c * qi - re * pi - im * pr;
  }
}

/** The vectors by ascending ⟨v|a|v⟩. */
function ascending(a: Matrix, vectors: Matrix): Matrix {
  const n = a.rows;
  const { re } = inBasis(a, vectors);
  const order = Array.from({ length: n }, (_, k) => k).sort((k, l) => re[k * n + k] - re[l * n + l]);
  const sorted = zeros(n);
  order.forEach((from, to) => {
    for (let i = 0; i < n; i++) {
      sorted.re[i * n + to] = vectors.re[i * n + from];
      sorted.im[i * n + to] = vectors.im[i * n + from];
    }
  });
  return sorted;
}
