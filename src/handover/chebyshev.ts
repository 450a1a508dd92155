/**
 * e^{−iHt} by Chebyshev's polynomials (Tal-Ezer and Kosloff, J. Chem. Phys. 81, 3967, 1984). Kept apart from the solvers
 * that computed the reference: cut-offs for others are to be checked by something that shares nothing with them.
 */

import { apply, type ComplexVector, type SparseOperator, spectralInterval, zeroVector } from "./sparseOperator.ts";

/** J_0(x) … J_{count−1}(x) for x ≥ 0, by Miller's downward recurrence. */
export function besselJ(x: number, count: number): Float64Array {
  const values = new Float64Array(count);
  if (x === 0) {
    values[0] = 1;
    return values;
  }
  const start = 2 * Math.ceil((Math.max(count, x) + 30 + 6 * Math.cbrt(x)) / 2);
  let above = 0;
  let here = 1e-300;
  // J_0 + 2 J_2 + 2 J_4 + … = 1.
  let sum = 0;
  for (let n = start; n >= 0; n--) {
    if (n < count) values[n] = here;
    if (n % 2 === 0) sum += n === 0 ? here : 2 * here;
    const below = ((2 * n) / x) * here - above;
    above = here;
    here = below;
    if (Math.abs(here) > 1e200) {
      here *= 1e-200;
      above *= 1e-200;
      sum *= 1e-200;
      for (let k = n; k < count; k++) values[k] *= 1e-200;
    }
  }
  return values.map((value) => value / sum);
}

/** A Hermitian operator with what its propagation needs. */
export class Propagator {
  readonly #h: SparseOperator;
  readonly #centre: number;
  readonly #radius: number;
  readonly #work: ComplexVector[];

  constructor(h: SparseOperator) {
    const [low, high] = spectralInterval(h);
    this.#h = h;
    this.#centre = (low + high) / 2;
    this.#radius = Math.max((high - low) / 2, 1e-12);
    this.#work = Array.from({ length: 3 }, () => zeroVector(h.dimension));
  }

  /** Applications of H that a time t takes at most. */
  terms(t: number): number {
    const x = this.#radius * t;
    return Math.ceil(x + 12 * Math.cbrt(x) + 18);
  }

  /** state ← e^{−iHt} state, t ≥ 0, to rounding. */
  advance(state: ComplexVector, t: number): void {
    const bessel = felt(besselJ(this.#radius * t, this.terms(t)));
    const count = bessel.length;
    const { dimension } = this.#h;
    const sum = zeroVector(dimension);
    let [previous, current, next] = this.#work;
    previous.re.set(state.re);
    previous.im.set(state.im);
    accumulate(sum, previous, bessel[0], 0);
    this.#scaled(previous, current);
    accumulate(sum, current, 2 * bessel[1], 1);
    for (let k = 2; k < count; k++) {
      this.#scaled(current, next);
      for (let i = 0; i < dimension; i++) {
        next.re[i] = 2 * next.re[i] - previous.re[i];
        next.im[i] = 2 * next.im[i] - previous.im[i];
      }
      accumulate(sum, next, 2 * bessel[k], k % 4);
      [previous, current, next] = [current, next, previous];
    }
    const [c, s] = [Math.cos(this.#centre * t), Math.sin(this.#centre * t)];
    for (let i = 0; i < dimension; i++) {
      state.re[i] = c * sum.re[i] + s * sum.im[i];
      state.im[i] = c * sum.im[i] - s * sum.re[i];
    }
  }

  /** out = (H − centre) x / radius, whose spectrum is within [−1, 1]. */
  #scaled(x: ComplexVector, out: ComplexVector): void {
    apply(this.#h, x, out);
    for (let i = 0; i < out.re.length; i++) {
      out.re[i] = (out.re[i] - this.#centre * x.re[i]) / this.#radius;
      out.im[i] = (out.im[i] - this.#centre * x.im[i]) / this.#radius;
    }
  }
}

/** Without the last coefficients, which change nothing. */
function felt(bessel: Float64Array): Float64Array {
  return bessel.subarray(0, Math.max(2, bessel.findLastIndex((value) => Math.abs(value) > 1e-17) + 1));
}

/** sum += (−i)^power · factor · x. */
function accumulate(sum: ComplexVector, x: ComplexVector, factor: number, power: number): void {
  const [a, b] = power % 2 === 0 ? [x.re, x.im] : [x.im, x.re];
  const forRe = (power === 0 || power === 1 ? 1 : -1) * factor;
  const forIm = (power === 0 || power === 3 ? 1 : -1) * factor;
  for (let i = 0; i < a.length; i++) {
    sum.re[i] += forRe * a[i];
    sum.im[i] += forIm * b[i];
  }
}
