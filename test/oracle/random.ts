/** Random numbers that are the same in every run: xorshift on 128 bits (Marsaglia 2003), filled from one integer. */

import type { Matrix } from "../../src/algebra/matrix.ts";
import { adjoint, multiply, scale, trace, zeros } from "../../src/algebra/matrix.ts";

export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform in [from, to). */
  between(from: number, to: number): number;
  /** Standard normal. */
  normal(): number;
  /** Integer, from ≤ n ≤ to. */
  integer(from: number, to: number): number;
  pick<T>(choices: readonly T[]): T;
}

export function random(seed: number): Random {
  let x = (Math.imul(seed + 1, 1812433253) ^ 0x5bd1e995) >>> 0;
  let y = (Math.imul(x ^ (x >>> 15), 69069) + 1) >>> 0;
  let z = (Math.imul(y ^ (y >>> 13), 69069) + 3) >>> 0;
  let w = (Math.imul(z ^ (z >>> 14), 69069) | 1) >>> 0;
  const next = () => {
    const t = x ^ (x << 11);
    x = y;
    y = z;
    z = w;
    w = (w ^ (w >>> 19) ^ t ^ (t >>> 8)) >>> 0;
    return w / 2 ** 32;
  };
  // Neighbouring seeds start close to each other and need some steps to part.
  for (let i = 0; i < 20; i++) next();
  const between = (from: number, to: number) => from + (to - from) * next();
  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    uniform: next,
    between,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    integer,
    pick: (choices) => choices[integer(0, choices.length - 1)],
  };
}

/** Independent complex normal entries of variance 1. */
export function randomMatrix(from: Random, rows: number, cols: number = rows): Matrix {
  const a = zeros(rows, cols);
  for (let i = 0; i < rows * cols; i++) {
    a.re[i] = from.normal() * Math.SQRT1_2;
    a.im[i] = from.normal() * Math.SQRT1_2;
  }
  return a;
}

export function randomHermitian(from: Random, n: number): Matrix {
  const a = zeros(n);
  for (let i = 0; i < n; i++) {
    a.re[i * n + i] = from.normal();
    for (let j = 0; j < i; j++) {
      const re = from.normal() * Math.SQRT1_2;
      const im = from.normal() * Math.SQRT1_2;
      a.re[i * n + j] = a.re[j * n + i] = re;
      a.im[i * n + j] = im;
      a.im[j * n + i] = -im;
    }
  }
  return a;
}

/** A unitary matrix: random columns, each made orthogonal to those before it, twice against rounding. */
export function randomUnitary(from: Random, n: number): Matrix {
  const u = randomMatrix(from, n);
  for (let j = 0; j < n; j++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let k = 0; k < j; k++) {
        let re = 0;
        let im = 0;
        for (let i = 0; i < n; i++) {
          const [a, b] = [i * n + k, i * n + j];
          re += u.re[a] * u.re[b] + u.im[a] * u.im[b];
          im += u.re[a] * u.im[b] - u.im[a] * u.re[b];
        }
        for (let i = 0; i < n; i++) {
          const [a, b] = [i * n + k, i * n + j];
          u.re[b] -= re * u.re[a] - im * u.im[a];
          u.im[b] -= re * u.im[a] + im * u.re[a];
        }
      }
      let length = 0;
      for (let i = 0; i < n; i++) length += u.re[i * n + j] ** 2 + u.im[i * n + j] ** 2;
      for (let i = 0; i < n; i++) {
        u.re[i * n + j] /= Math.sqrt(length);
        u.im[i * n + j] /= Math.sqrt(length);
      }
    }
  }
  return u;
}

/** A density matrix of the given rank (default full). */
export function randomState(from: Random, n: number, rank: number = n): Matrix {
  const a = randomMatrix(from, n, rank);
  const positive = multiply(a, adjoint(a));
  return scale(positive, 1 / trace(positive).re);
}
