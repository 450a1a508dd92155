/** The discrete Fourier transform of a power of two of complex numbers, in place: radix 2, its first two passes as one. */

import { transformKernel } from "../kernels/fourier.ts";

export interface TransformPlan {
  /** Twiddle factors e^{−πik/half} for k < half, one pass after the other, from half = 4 on. */
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  /** Where each entry goes when its index is written backward in bits. */
  readonly reversed: Uint32Array;
}

const plans = new Map<number, TransformPlan>();

/** What transforms of n numbers need, made once. */
export function transformPlan(n: number): TransformPlan {
  const known = plans.get(n);
  if (known !== undefined) return known;
  const cos = new Float64Array(n);
  const sin = new Float64Array(n);
  for (let half = 4, at = 0; half < n; at += half, half *= 2) {
    for (let k = 0; k < half; k++) {
      cos[at + k] = Math.cos((Math.PI * k) / half);
      sin[at + k] = -Math.sin((Math.PI * k) / half);
    }
  }
  const reversed = new Uint32Array(n);
  for (let i = 1; i < n; i++) reversed[i] = (reversed[i >> 1] >> 1) | (i & 1 ? n >> 1 : 0);
  const plan = { cos, sin, reversed };
  plans.set(n, plan);
  return plan;
}

/** x_k ← Σ_l x_l e^{−2πikl/n}. Throws RangeError where n is no power of two from 4 on. */
export function fourierTransform(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  if (n < 4 || (n & (n - 1)) !== 0) throw new RangeError(`the length must be a power of two from 4 on, not ${n}`);
  const { cos, sin, reversed } = transformPlan(n);
  for (let i = 1; i < n; i++) {
    const j = reversed[i];
    if (j <= i) continue;
    const r = re[i];
    re[i] = re[j];
    re[j] = r;
    const m = im[i];
    im[i] = im[j];
    im[j] = m;
  }
  if (transformKernel(re, im, cos, sin)) return;
  quartets(re, im);
  for (let half = 4, twiddles = 0; half < n; twiddles += half, half *= 2) {
    for (let from = 0; from < n; from += 2 * half) {
      for (let k = 0, a = from, b = from + half; k < half; k++, a++, b++) {
        const c = cos[twiddles + k];
        const s = sin[twiddles + k];
        const br = re[b];
        const bi = im[b];
        const tr = br * c - bi * s;
        const ti = br * s + bi * c;
        const ar = re[a];
        const ai = im[a];
        re[b] = ar - tr;
        im[b] = ai - ti;
        re[a] = ar + tr;
        im[a] = ai + ti;
      }
    }
  }
}

/** The transforms of length four that the longer ones are made of. */
function quartets(re: Float64Array, im: Float64Array): void {
  for (let a = 0; a < re.length; a += 4) {
    const pr = re[a] + re[a + 1];
    const pi = im[a] + im[a + 1];
    const mr = re[a] - re[a + 1];
    const mi = im[a] - im[a + 1];
    const qr = re[a + 2] + re[a + 3];
    const qi = im[a + 2] + im[a + 3];
    const wr = re[a + 2] - re[a + 3];
    const wi = im[a + 2] - im[a + 3];
    re[a] = pr + qr;
    im[a] = pi + qi;
    re[a + 2] = pr - qr;
    im[a + 2] = pi - qi;
    re[a + 1] = mr + wi;
    im[a + 1] = mi - wr;
    re[a + 3] = mr - wi;
    im[a + 3] = mi + wr;
  }
}
