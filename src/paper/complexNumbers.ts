/** Complex numbers and products, as far as formulas of the paper need them. */

import { type Complex, type Matrix, multiply } from "../algebra/matrix.ts";

export function difference(a: Complex, b: Complex): Complex {
  return { re: a.re - b.re, im: a.im - b.im };
}

export function times(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

export function modulus({ re, im }: Complex): number {
  return Math.hypot(re, im);
}

/** All factors multiplied, in order; at least one. */
export function product(factors: readonly Matrix[]): Matrix {
  return factors.reduce((all, one) => multiply(all, one));
}

/** Σ over the pairings of 0 … n−1 of Π c(i, j), i < j in each pair: the right-hand side of (12). */
export function wick(c: (i: number, j: number) => Complex, n: number): Complex {
  const sum = (left: readonly number[]): Complex => {
    if (left.length === 0) return { re: 1, im: 0 };
    const [first, ...others] = left;
    return others.reduce(
      (total, partner) => {
        const rest = sum(others.filter((i) => i !== partner));
        const term = times(c(first, partner), rest);
        return { re: total.re + term.re, im: total.im + term.im };
      },
      { re: 0, im: 0 },
    );
  };
  return n % 2 === 1 ? { re: 0, im: 0 } : sum(Array.from({ length: n }, (_, i) => i));
}
