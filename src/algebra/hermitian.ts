/** Eigensystems of Hermitian matrices: Householder reduction to tridiagonal form, then implicit QL. */

import { kernelHermitian, kernelSymmetric } from "../kernels/eigensystem.ts";
import type { Matrix } from "./matrix.ts";
import { zeros } from "./matrix.ts";
import { tridiagonalEigensystem } from "./tridiagonal.ts";

export interface Eigensystem {
  /** Ascending. */
  readonly values: Float64Array;
  /** Orthonormal eigenvectors, in columns, in the order of the values. */
  readonly vectors: Matrix;
}

/**
 * Eigenvalues and eigenvectors of a Hermitian matrix (n × n; only its Hermitian part is meant, its lower triangle is read).
 * Throws RangeError if the matrix is not square, Error if it holds NaN or Infinity.
 */
export function eigh(a: Matrix): Eigensystem {
  const n = a.rows;
  if (a.cols !== n) throw new RangeError(`eigh needs a square matrix, not ${a.rows}×${a.cols}`);
  const vectors = zeros(n);
  if (a.im.every((x) => x === 0)) {
    const { values, rows } = symmetricEigensystem(n, a.re.slice());
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) vectors.re[j * n + i] = rows[i * n + j];
    return { values, vectors };
  }
  const { values, re, im } = hermitianEigensystem(n, a.re.slice(), a.im.slice());
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      vectors.re[j * n + i] = re[i * n + j];
      vectors.im[j * n + i] = im[i * n + j];
    }
  }
  return { values, vectors };
}

/** Largest less smallest eigenvalue of a Hermitian matrix: what [a, ·] is at most in trace norm. Throws as `eigh`. */
export function spectralWidth(a: Matrix): number {
  const { values } = eigh(a);
  return values[values.length - 1] - values[0];
}

/** Smaller matrices are not worth the way into the kernels' memory. */
const worthKernel = 3;

/** a = Σ_i values[i] · v_i v_iᵀ for a real symmetric matrix (n × n, destroyed), eigenvector v_i in row i of `rows`. */
export function symmetricEigensystem(n: number, a: Float64Array): { values: Float64Array; rows: Float64Array } {
  const scale = rescale([a]);
  return unscaled((n < worthKernel ? null : kernelSymmetric(n, a)) ?? symmetricTwin(n, a), scale);
}

/** The same for a complex Hermitian matrix: eigenvector v_i has real parts in row i of `re`, imaginary parts in `im`. */
export function hermitianEigensystem(
  n: number,
  re: Float64Array,
  im: Float64Array,
): { values: Float64Array; re: Float64Array; im: Float64Array } {
  const scale = rescale([re, im]);
  return unscaled((n < worthKernel ? null : kernelHermitian(n, re, im)) ?? hermitianTwin(n, re, im), scale);
}

/** Squares of entries up to this, and of its inverse, are far from overflow and underflow. */
const moderate = 1e100;

/**
 * Squares of entries to be reduced that sum up to no more than this are 0: beside the largest entry, which is moderate, they are
 * far below rounding, as is the rest of a matrix of low rank, and a reflector made from them overflows.
 */
const negligibleTail = 1e-240;

/** Entries that are immoderate are multiplied by a power of 2, which costs no digit; gives it. */
function rescale(parts: readonly Float64Array[]): number {
  let most = 0;
  for (const part of parts) for (const x of part) most = Math.max(most, Math.abs(x));
  if (most === 0 || !Number.isFinite(most) || (most <= moderate && most >= 1 / moderate)) return 1;
  const scale = 2 ** Math.max(-1000, Math.min(1000, -Math.floor(Math.log2(most))));
  for (const part of parts) for (let k = 0; k < part.length; k++) part[k] *= scale;
  return scale;
}

function unscaled<T extends { readonly values: Float64Array }>(system: T, scale: number): T {
  if (scale !== 1) for (let k = 0; k < system.values.length; k++) system.values[k] /= scale;
  return system;
}

/** The readable twin of the kernel of assembly/eigensystem.ts. */
export function symmetricTwin(n: number, a: Float64Array): { values: Float64Array; rows: Float64Array } {
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  const beta = new Float64Array(n);
  const w = new Float64Array(n);
  // Column k is reduced by the reflector 1 − β v vᵀ, v kept in the column below the diagonal.
  for (let k = 0; k < n - 2; k++) {
    let tail = 0;
    for (let i = k + 2; i < n; i++) tail += a[i * n + k] * a[i * n + k];
    const head = a[(k + 1) * n + k];
    if (tail <= negligibleTail) {
      e[k] = head;
      continue;
    }
    const length = Math.sqrt(head * head + tail);
    const alpha = head > 0 ? -length : length;
    const v0 = head - alpha;
    a[(k + 1) * n + k] = v0;
    const b = 2 / (v0 * v0 + tail);
    beta[k] = b;
    e[k] = alpha;
    let overlap = 0;
    w.fill(0, k + 1);
    for (let i = k + 1; i < n; i++) {
      // The lower triangle alone stands for the symmetric matrix.
      const vi = a[i * n + k];
      let sum = a[i * n + i] * vi;
      for (let j = k + 1; j < i; j++) {
        const aij = a[i * n + j];
        sum += aij * a[j * n + k];
        w[j] += aij * vi;
      }
      w[i] += sum;
    }
    for (let i = k + 1; i < n; i++) {
      w[i] *= b;
      overlap += w[i] * a[i * n + k];
    }
    const shift = 0.5 * b * overlap;
    for (let i = k + 1; i < n; i++) w[i] -= shift * a[i * n + k];
    for (let i = k + 1; i < n; i++) {
      const vi = a[i * n + k];
      const wi = w[i];
      for (let j = k + 1; j <= i; j++) a[i * n + j] -= vi * w[j] + wi * a[j * n + k];
    }
  }
  for (let i = 0; i < n; i++) d[i] = a[i * n + i];
  if (n > 1) e[n - 2] = a[(n - 1) * n + n - 2];
  // Rows of Qᵀ, where a = Q T Qᵀ and Q = H_0 H_1 …: Qᵀ is built from the last reflector to the first, in place.
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) rows[i * n + i] = 1;
  const v = new Float64Array(n);
  for (let k = n - 3; k >= 0; k--) {
    const b = beta[k];
    if (b === 0) continue;
    for (let i = k + 1; i < n; i++) v[i] = a[i * n + k];
    for (let r = k + 1; r < n; r++) {
      let sum = 0;
      for (let i = k + 1; i < n; i++) sum += rows[r * n + i] * v[i];
      sum *= b;
      for (let i = k + 1; i < n; i++) rows[r * n + i] -= sum * v[i];
    }
  }
  tridiagonalEigensystem(d, e, rows, n);
  return { values: d, rows };
}

/** The readable twin for complex Hermitian matrices. */
export function hermitianTwin(
  n: number,
  re: Float64Array,
  im: Float64Array,
): { values: Float64Array; re: Float64Array; im: Float64Array } {
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  // Sub-diagonal entries are complex until their phases are moved into the basis.
  const subRe = new Float64Array(n);
  const subIm = new Float64Array(n);
  const beta = new Float64Array(n);
  const wr = new Float64Array(n);
  const wi = new Float64Array(n);
  for (let k = 0; k < n - 2; k++) {
    let tail = 0;
    for (let i = k + 2; i < n; i++) tail += re[i * n + k] ** 2 + im[i * n + k] ** 2;
    const hr = re[(k + 1) * n + k];
    const hi = im[(k + 1) * n + k];
    if (tail <= negligibleTail) {
      subRe[k] = hr;
      subIm[k] = hi;
      continue;
    }
    const head = Math.hypot(hr, hi);
    const length = Math.sqrt(head * head + tail);
    const pr = head === 0 ? 1 : hr / head;
    const pi = head === 0 ? 0 : hi / head;
    subRe[k] = -pr * length;
    subIm[k] = -pi * length;
    re[(k + 1) * n + k] = hr + pr * length;
    im[(k + 1) * n + k] = hi + pi * length;
    const b = 2 / ((head + length) ** 2 + tail);
    beta[k] = b;
    wr.fill(0, k + 1);
    wi.fill(0, k + 1);
    for (let i = k + 1; i < n; i++) {
      const vr = re[i * n + k];
      const vi = im[i * n + k];
      let sr = re[i * n + i] * vr;
      let si = re[i * n + i] * vi;
      for (let j = k + 1; j < i; j++) {
        const ar = re[i * n + j];
        const ai = im[i * n + j];
        const ur = re[j * n + k];
        const ui = im[j * n + k];
        sr += ar * ur - ai * ui;
        si += ar * ui + ai * ur;
        wr[j] += ar * vr + ai * vi;
        wi[j] += ar * vi - ai * vr;
      }
      wr[i] += sr;
      wi[i] += si;
    }
    let overlap = 0;
    for (let i = k + 1; i < n; i++) {
      wr[i] *= b;
      wi[i] *= b;
      overlap += wr[i] * re[i * n + k] + wi[i] * im[i * n + k];
    }
    const shift = 0.5 * b * overlap;
    for (let i = k + 1; i < n; i++) {
      wr[i] -= shift * re[i * n + k];
      wi[i] -= shift * im[i * n + k];
    }
    for (let i = k + 1; i < n; i++) {
      const vr = re[i * n + k];
      const vi = im[i * n + k];
      for (let j = k + 1; j <= i; j++) {
        const ur = re[j * n + k];
        const ui = im[j * n + k];
        re[i * n + j] -= vr * wr[j] + vi * wi[j] + wr[i] * ur + wi[i] * ui;
        im[i * n + j] -= vi * wr[j] - vr * wi[j] + wi[i] * ur - wr[i] * ui;
      }
    }
  }
  for (let i = 0; i < n; i++) d[i] = re[i * n + i];
  if (n > 1) {
    subRe[n - 2] = re[(n - 1) * n + n - 2];
    subIm[n - 2] = im[(n - 1) * n + n - 2];
  }
  const width = 2 * n;
  const rows = new Float64Array(n * width);
  // Phases that make the sub-diagonal real: row i starts as the i-th basis vector times its phase.
  let phaseRe = 1;
  let phaseIm = 0;
  for (let i = 0; i < n; i++) {
    rows[i * width + i] = phaseRe;
    rows[i * width + n + i] = phaseIm;
    if (i === n - 1) break;
    const size = Math.hypot(subRe[i], subIm[i]);
    e[i] = size;
    if (size > 0) {
      const nextRe = (phaseRe * subRe[i] - phaseIm * subIm[i]) / size;
      phaseIm = (phaseRe * subIm[i] + phaseIm * subRe[i]) / size;
      phaseRe = nextRe;
    }
  }
  const vr = new Float64Array(n);
  const vi = new Float64Array(n);
  for (let k = n - 3; k >= 0; k--) {
    const b = beta[k];
    if (b === 0) continue;
    for (let i = k + 1; i < n; i++) {
      vr[i] = re[i * n + k];
      vi[i] = im[i * n + k];
    }
    for (let r = k + 1; r < n; r++) {
      const at = r * width;
      let sr = 0;
      let si = 0;
      for (let i = k + 1; i < n; i++) {
        const xr = rows[at + i];
        const xi = rows[at + n + i];
        sr += vr[i] * xr + vi[i] * xi;
        si += vr[i] * xi - vi[i] * xr;
      }
      sr *= b;
      si *= b;
      for (let i = k + 1; i < n; i++) {
        rows[at + i] -= vr[i] * sr - vi[i] * si;
        rows[at + n + i] -= vr[i] * si + vi[i] * sr;
      }
    }
  }
  tridiagonalEigensystem(d, e, rows, width);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      re[i * n + j] = rows[i * width + j];
      im[i * n + j] = rows[i * width + n + j];
    }
  }
  return { values: d, re, im };
}
