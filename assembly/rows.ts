/** A step of Lanczos' recursion for H in compressed rows. Twin: src/kernels/lanczosTwin.ts. */

import { index, sumOf } from "./numbers";

/** H real, in compressed rows: those from `from` to `to`. */
export function realRows(
  from: usize, to: usize, rowStart: usize, column: usize, values: usize, width: i32,
  x: usize, z: usize, y: usize, sigma: f64, gamma: f64,
): f64 {
  return width === 1
    ? realRowsOfReal(from, to, rowStart, column, values, x, z, y, sigma, gamma)
    : realRowsOfComplex(from, to, rowStart, column, values, x, z, y, sigma, gamma);
}

function realRowsOfReal(
  from: usize, to: usize, rowStart: usize, column: usize, values: usize, x: usize, z: usize, y: usize, sigma: f64, gamma: f64,
): f64 {
  let overlap: f64 = 0;
  let e: usize = index(rowStart, from);
  for (let i = from; i < to; i++) {
    const end = index(rowStart, i + 1);
    let s: f64 = 0;
    let s2: f64 = 0;
    for (; e + 1 < end; e += 2) {
      s += load<f64>(values + (e << 3)) * load<f64>(x + (index(column, e) << 3));
      s2 += load<f64>(values + (e << 3), 8) * load<f64>(x + (index(column, e + 1) << 3));
    }
    if (e < end) {
      s += load<f64>(values + (e << 3)) * load<f64>(x + (index(column, e) << 3));
      e++;
    }
    const at = i << 3;
    const out = sigma * (s + s2) - gamma * load<f64>(z + at);
    store<f64>(y + at, out);
    overlap += out * load<f64>(x + at);
  }
  return overlap;
}

function realRowsOfComplex(
  from: usize, to: usize, rowStart: usize, column: usize, values: usize, x: usize, z: usize, y: usize, sigma: f64, gamma: f64,
): f64 {
  let overlap = f64x2.splat(0);
  const sig = f64x2.splat(sigma);
  const gam = f64x2.splat(gamma);
  let e: usize = index(rowStart, from);
  for (let i = from; i < to; i++) {
    const end = index(rowStart, i + 1);
    let s = f64x2.splat(0);
    let s2 = f64x2.splat(0);
    for (; e + 1 < end; e += 2) {
      const a = v128.load64_splat(values + (e << 3));
      const b = v128.load64_splat(values + (e << 3), 8);
      s = f64x2.add(s, f64x2.mul(a, v128.load(x + (index(column, e) << 4))));
      s2 = f64x2.add(s2, f64x2.mul(b, v128.load(x + (index(column, e + 1) << 4))));
    }
    if (e < end) {
      s = f64x2.add(s, f64x2.mul(v128.load64_splat(values + (e << 3)), v128.load(x + (index(column, e) << 4))));
      e++;
    }
    const at = i << 4;
    const out = f64x2.sub(f64x2.mul(sig, f64x2.add(s, s2)), f64x2.mul(gam, v128.load(z + at)));
    v128.store(y + at, out);
    overlap = f64x2.add(overlap, f64x2.mul(out, v128.load(x + at)));
  }
  return sumOf(overlap);
}

/** H complex, in compressed rows, real and imaginary parts apart; complex vectors, their rows from `from` to `to`. */
export function complexRows(
  from: usize, to: usize, rowStart: usize, column: usize, re: usize, im: usize,
  x: usize, z: usize, y: usize, sigma: f64, gamma: f64,
): f64 {
  let overlap = f64x2.splat(0);
  const sig = f64x2.splat(sigma);
  const gam = f64x2.splat(gamma);
  // i q turns (q_re, q_im) to (−q_im, q_re).
  const turn = f64x2(-1, 1);
  let e: usize = index(rowStart, from);
  for (let i = from; i < to; i++) {
    const end = index(rowStart, i + 1);
    let p = f64x2.splat(0);
    let q = f64x2.splat(0);
    for (; e < end; e++) {
      const v = v128.load(x + (index(column, e) << 4));
      p = f64x2.add(p, f64x2.mul(v128.load64_splat(re + (e << 3)), v));
      q = f64x2.add(q, f64x2.mul(v128.load64_splat(im + (e << 3)), v));
    }
    const at = i << 4;
    const turned = f64x2.mul(turn, v128.shuffle<f64>(q, q, 1, 0));
    const out = f64x2.sub(f64x2.mul(sig, f64x2.add(p, turned)), f64x2.mul(gam, v128.load(z + at)));
    v128.store(y + at, out);
    overlap = f64x2.add(overlap, f64x2.mul(out, v128.load(x + at)));
  }
  return sumOf(overlap);
}
