/** Dense products C += sign · A Bᵀ of real matrices, rows contiguous: WebAssembly, or the twin below. */

import { arenaBytes, withArena } from "./arena.ts";
import { kernels } from "./module.ts";

/** Below this many multiplications copying into the kernels' memory costs more than it saves. */
const worthCopying = 4000;

/**
 * C = A Bᵀ for A (m × k) and B (n × k), row-major: C (m × n) has the products of rows of A with rows of B. Below the diagonal
 * there may be anything if only the `upper` part is wanted. C may be given, with anything in it.
 */
export function productTransposed(
  m: number,
  n: number,
  k: number,
  a: Float64Array,
  b: Float64Array,
  upper = false,
  c: Float64Array = new Float64Array(m * n),
): Float64Array {
  const fast = m * n * k < worthCopying ? null : kernels();
  if (fast === null) {
    c.fill(0);
    addProductTransposed(m, n, k, a, b, c, 1);
    return c;
  }
  const ld = k + (k & 1);
  return withArena(fast.memory, arenaBytes(8 * m * ld, 8 * n * ld, 8 * m * n), (arena) => {
    const left = padded(arena.floats(m * ld), a, m, k);
    const right = padded(arena.floats(n * ld), b, n, k);
    const product = arena.floats(m * n).fill(0);
    fast.run.productTransposed(
      m,
      n,
      ld,
      left.byteOffset,
      ld,
      right.byteOffset,
      ld,
      product.byteOffset,
      n,
      1,
      upper ? 1 : 0,
    );
    c.set(product);
    return c;
  });
}

/** Real and imaginary parts apart, each as a row-major matrix. */
export interface PlanarMatrix {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** C = A Bᵀ (no conjugation) for complex A (m × k) and B (n × k). */
export function complexProductTransposed(
  m: number,
  n: number,
  k: number,
  a: PlanarMatrix,
  b: PlanarMatrix,
): PlanarMatrix {
  const c = { re: new Float64Array(m * n), im: new Float64Array(m * n) };
  const fast = m * n * k < worthCopying ? null : kernels();
  if (fast === null) {
    addProductTransposed(m, n, k, a.re, b.re, c.re, 1);
    addProductTransposed(m, n, k, a.im, b.im, c.re, -1);
    addProductTransposed(m, n, k, a.re, b.im, c.im, 1);
    addProductTransposed(m, n, k, a.im, b.re, c.im, 1);
    return c;
  }
  const ld = k + (k & 1);
  const [left, right, out] = [8 * m * ld, 8 * n * ld, 8 * m * n];
  return withArena(fast.memory, arenaBytes(left, left, right, right, out, out), (arena) => {
    const [ar, ai] = [a.re, a.im].map((part) => padded(arena.floats(m * ld), part, m, k));
    const [br, bi] = [b.re, b.im].map((part) => padded(arena.floats(n * ld), part, n, k));
    const [cr, ci] = [c.re, c.im].map(() => arena.floats(m * n).fill(0));
    const add = (x: Float64Array, y: Float64Array, to: Float64Array, sign: number) =>
      fast.run.productTransposed(m, n, ld, x.byteOffset, ld, y.byteOffset, ld, to.byteOffset, n, sign, 0);
    add(ar, br, cr, 1);
    add(ai, bi, cr, -1);
    add(ar, bi, ci, 1);
    add(ai, br, ci, 1);
    c.re.set(cr);
    c.im.set(ci);
    return c;
  });
}

/** Rows of k numbers into rows of an even length, a zero at the end of odd ones. */
function padded(to: Float64Array, from: Float64Array, rows: number, k: number): Float64Array {
  if ((k & 1) === 0) {
    to.set(from.length === to.length ? from : from.subarray(0, rows * k));
    return to;
  }
  for (let i = 0, at = 0, e = 0; i < rows; i++) {
    for (let l = 0; l < k; l++) to[at++] = from[e++];
    to[at++] = 0;
  }
  return to;
}

/** The twin: c += sign · a bᵀ. */
export function addProductTransposed(
  m: number,
  n: number,
  k: number,
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  sign: number,
): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += a[i * k + l] * b[j * k + l];
      c[i * n + j] += sign * sum;
    }
  }
}
