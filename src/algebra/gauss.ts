/** Gauss quadrature from three-term recurrences (Golub and Welsch, Math. Comp. 23, 221, 1969). */

import { tridiagonalEigensystem } from "./tridiagonal.ts";

/** x P_n = √b_{n+1} P_{n+1} + a_n P_n + √b_n P_{n−1} for the polynomials orthonormal to a probability measure. */
export interface Recurrence {
  a(n: number): number;
  /** b(0) is not used. b(n) ≤ 0 says that the measure has only n atoms. */
  b(n: number): number;
}

/**
 * A measure with finitely many atoms (probabilities proportional to `weights`, all positive): its recurrence by Lanczos'
 * method with full orthogonalisation, as far as it is asked for.
 */
export function discrete(atoms: readonly number[], weights: readonly number[]): Recurrence {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const basis = [Float64Array.from(weights, (weight) => Math.sqrt(weight / total))];
  const alpha: number[] = [];
  const squares = [0];
  const extend = () => {
    const n = alpha.length;
    const next = basis[n].map((component, i) => component * atoms[i]);
    alpha.push(dot(next, basis[n]));
    for (let pass = 0; pass < 2; pass++) for (const known of basis) subtract(next, dot(next, known), known);
    const square = n + 1 >= atoms.length ? 0 : dot(next, next);
    squares.push(square);
    const size = Math.sqrt(square);
    if (size > 0) basis.push(next.map((component) => component / size));
  };
  const known = (n: number) => {
    while (alpha.length <= n && basis.length > alpha.length) extend();
  };
  return {
    a: (n) => {
      known(n);
      return alpha[n] ?? 0;
    },
    b: (n) => {
      known(n - 1);
      return squares[n] ?? 0;
    },
  };
}

function subtract(from: Float64Array, factor: number, what: Float64Array): void {
  for (let i = 0; i < from.length; i++) from[i] -= factor * what[i];
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

export interface Rule {
  readonly nodes: Float64Array;
  /** Summing to 1. */
  readonly weights: Float64Array;
}

/** The standard normal distribution (probabilists' Hermite polynomials). */
export const normal: Recurrence = { a: () => 0, b: (n) => n };

/** The uniform distribution on [−1, 1] (Legendre polynomials). */
export const uniform: Recurrence = { a: () => 0, b: (n) => (n * n) / (4 * n * n - 1) };

/**
 * The number of successes less its mean, for `trials` trials with probability p (Krawtchouk polynomials, shifted so that
 * no digits are lost at 10^23 trials). trials need not be an integer.
 */
export function binomial(trials: number, p: number): Recurrence {
  return { a: (n) => n * (1 - 2 * p), b: (n) => n * p * (1 - p) * (trials - n + 1) };
}

/** The Gauss rule with `count` nodes, ascending, exact for polynomials of degree < 2 count. Throws RangeError if count < 1. */
export function gaussRule(measure: Recurrence, count: number): Rule {
  if (!(count >= 1)) throw new RangeError(`a Gauss rule needs at least one node, not ${count}`);
  const nodes = Float64Array.from({ length: count }, (_, n) => measure.a(n));
  const off = Float64Array.from({ length: count }, (_, n) => Math.sqrt(Math.max(0, measure.b(n + 1))));
  // The weights are the squared first components of the eigenvectors: one column of the identity is all they need.
  const first = new Float64Array(count);
  first[0] = 1;
  tridiagonalEigensystem(nodes, off, first, 1);
  let sum = 0;
  for (const component of first) sum += component * component;
  return { nodes, weights: first.map((component) => (component * component) / sum) };
}

/** P_0(x) … P_{count−1}(x). */
export function orthonormalPolynomials(measure: Recurrence, count: number, x: number): Float64Array {
  const p = new Float64Array(count);
  p[0] = 1;
  for (let n = 0; n + 1 < count; n++) {
    const next = measure.b(n + 1);
    if (next <= 0) break;
    const previous = n === 0 ? 0 : Math.sqrt(measure.b(n)) * p[n - 1];
    p[n + 1] = ((x - measure.a(n)) * p[n] - previous) / Math.sqrt(next);
  }
  return p;
}
