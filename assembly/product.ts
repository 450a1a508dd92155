/** Products of dense matrices; twin: src/kernels/product.ts. */

import { sumOf } from "./numbers";

/**
 * C += sign · A Bᵀ: A is m × k with rows of `lda` numbers, B is n × k with rows of `ldb`, C is m × n with rows of `ldc`.
 * k is even (rows are padded with zeros). Blocks of 4 × 2 entries are summed in registers. With `upper`, entries below the
 * diagonal may be left as they are.
 */
export function productTransposed(
  m: i32, n: i32, k: i32, a: usize, lda: i32, b: usize, ldb: i32, c: usize, ldc: i32, sign: f64, upper: bool,
): void {
  const rowA = <usize>lda << 3;
  const rowB = <usize>ldb << 3;
  const rowC = <usize>ldc << 3;
  const length = <usize>k << 3;
  // As many rows of B as fit half of the second cache, so that all of A passes over each lot.
  const lot = max(2, (<i32>(131072 / max<usize>(length, 1))) & ~1);
  for (let from = 0; from < n; from += lot) {
    const to = min(n, from + lot);
    let i = 0;
    for (; i + 3 < m; i += 4) {
      const a0 = a + <usize>i * rowA;
      const a1 = a0 + rowA;
      const a2 = a1 + rowA;
      const a3 = a2 + rowA;
      let j = upper ? max(from, min(i, to)) : from;
      let at = c + <usize>i * rowC + (<usize>j << 3);
      for (; j + 1 < to; j += 2) {
        const b0 = b + <usize>j * rowB;
        const b1 = b0 + rowB;
        let s00 = f64x2.splat(0);
        let s01 = f64x2.splat(0);
        let s10 = f64x2.splat(0);
        let s11 = f64x2.splat(0);
        let s20 = f64x2.splat(0);
        let s21 = f64x2.splat(0);
        let s30 = f64x2.splat(0);
        let s31 = f64x2.splat(0);
        for (let x: usize = 0; x < length; x += 16) {
          const y0 = v128.load(b0 + x);
          const y1 = v128.load(b1 + x);
          const x0 = v128.load(a0 + x);
          s00 = f64x2.add(s00, f64x2.mul(x0, y0));
          s01 = f64x2.add(s01, f64x2.mul(x0, y1));
          const x1 = v128.load(a1 + x);
          s10 = f64x2.add(s10, f64x2.mul(x1, y0));
          s11 = f64x2.add(s11, f64x2.mul(x1, y1));
          const x2 = v128.load(a2 + x);
          s20 = f64x2.add(s20, f64x2.mul(x2, y0));
          s21 = f64x2.add(s21, f64x2.mul(x2, y1));
          const x3 = v128.load(a3 + x);
          s30 = f64x2.add(s30, f64x2.mul(x3, y0));
          s31 = f64x2.add(s31, f64x2.mul(x3, y1));
        }
        add(at, s00, s01, sign);
        add(at + rowC, s10, s11, sign);
        add(at + 2 * rowC, s20, s21, sign);
        add(at + 3 * rowC, s30, s31, sign);
        at += 16;
      }
      if (j < to) {
        const b0 = b + <usize>j * rowB;
        for (let r: usize = 0; r < 4; r++) addOne(at + r * rowC, a0 + r * rowA, b0, length, sign);
      }
    }
    for (; i < m; i++) {
      const a0 = a + <usize>i * rowA;
      for (let j = from; j < to; j++) {
        addOne(c + <usize>i * rowC + (<usize>j << 3), a0, b + <usize>j * rowB, length, sign);
      }
    }
  }
}

@inline function add(at: usize, x: v128, y: v128, sign: f64): void {
  store<f64>(at, load<f64>(at) + sign * sumOf(x));
  store<f64>(at, load<f64>(at, 8) + sign * sumOf(y), 8);
}

function addOne(at: usize, a: usize, b: usize, length: usize, sign: f64): void {
  let s = f64x2.splat(0);
  for (let x: usize = 0; x < length; x += 16) s = f64x2.add(s, f64x2.mul(v128.load(a + x), v128.load(b + x)));
  store<f64>(at, load<f64>(at) + sign * sumOf(s));
}
