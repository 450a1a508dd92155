/** Divided differences of e^{−ixt}: the integrals of time-dependent perturbation theory, without cancellation. */

import type { Complex } from "../../algebra/matrix.ts";

/** ∫_0^t e^{−ix(t−s)} e^{−iys} ds. */
export function divided1(x: number, y: number, t: number): Complex {
  const half = 0.5 * t * (x - y);
  const size = t * (Math.abs(half) < 1e-4 ? 1 - (half * half) / 6 : Math.sin(half) / half);
  const phase = -0.5 * t * (x + y);
  return { re: size * Math.cos(phase), im: size * Math.sin(phase) };
}

/** Below this spread of the phases the power series is summed: its terms then fall at once. */
const seriesSpread = 1;

/** ∫_0^t ds ∫_0^s ds′ e^{−ix(t−s)} e^{−iy(s−s′)} e^{−izs′}, which is symmetric in x, y and z. */
export function divided2(x: number, y: number, z: number, t: number): Complex {
  const low = Math.min(x, y, z);
  const high = Math.max(x, y, z);
  const middle = x + y + z - low - high;
  if (Math.abs(t) * (high - low) > seriesSpread) {
    // (f[low, middle] − f[middle, high]) / (−i (low − high)), over the two that are farthest apart.
    const a = divided1(low, middle, t);
    const b = divided1(middle, high, t);
    return { re: (a.im - b.im) / (high - low), im: (b.re - a.re) / (high - low) };
  }
  const mean = (x + y + z) / 3;
  const p = t * (x - mean);
  const q = t * (y - mean);
  const r = t * (z - mean);
  // t² Σ_k (−i)^k h_k(p, q, r)/(k + 2)!, h_k the complete homogeneous symmetric polynomials.
  let re = 0;
  let im = 0;
  let factorial = 2;
  // h_k of one, two and three variables, by h_k(…, r) = h_k(…) + r h_{k−1}(…, r).
  let one = 1;
  let two = 1;
  let three = 1;
  for (let k = 0; k < 22; k++) {
    const term = three / factorial;
    if (k % 4 === 0) re += term;
    else if (k % 4 === 1) im -= term;
    else if (k % 4 === 2) re -= term;
    else im += term;
    one *= p;
    two = one + q * two;
    three = two + r * three;
    factorial *= k + 3;
  }
  const cos = t * t * Math.cos(-mean * t);
  const sin = t * t * Math.sin(-mean * t);
  return { re: re * cos - im * sin, im: re * sin + im * cos };
}
