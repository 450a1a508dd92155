/** Kets at many times at once, or at one, from the vectors of a Krylov window. Twin: src/kernels/combineTwin.ts. */

/**
 * φ_t[i] = Σ_j y_j(t) v_j[i] for states i from `from` to `to` and `times` times (even, `stride` numbers from row to row of
 * y): v_j are `size` vectors, `apart` bytes from each other, of `width` numbers a state; y_j(t) in row j of `yRe`, `yIm`.
 * Row i − from of `outRe`, `outIm` holds φ at the times.
 */
export function combine(
  vectors: usize, apart: usize, size: usize, width: i32, from: usize, to: usize,
  yRe: usize, yIm: usize, stride: usize, times: usize, outRe: usize, outIm: usize,
): void {
  const row = stride << 3;
  const outRow = times << 3;
  for (let i = from; i < to; i++) {
    const target = (i - from) * outRow;
    let t: usize = 0;
    if (width === 1) {
      const v = vectors + (i << 3);
      for (; t + 8 <= times; t += 8) realEight(v, apart, size, yRe + (t << 3), yIm + (t << 3), row, outRe + target + (t << 3), outIm + target + (t << 3));
      for (; t < times; t += 2) realTwo(v, apart, size, yRe + (t << 3), yIm + (t << 3), row, outRe + target + (t << 3), outIm + target + (t << 3));
    } else {
      const v = vectors + (i << 4);
      for (; t + 8 <= times; t += 8) complexEight(v, apart, size, yRe + (t << 3), yIm + (t << 3), row, outRe + target + (t << 3), outIm + target + (t << 3));
      for (; t < times; t += 2) complexTwo(v, apart, size, yRe + (t << 3), yIm + (t << 3), row, outRe + target + (t << 3), outIm + target + (t << 3));
    }
  }
}

/**
 * The same at s and at −s, where y_j(−s) is the conjugate of y_j(s): y is given for `half` (even) times, and φ at them fills
 * the first half of a row of 2·half numbers, φ at their negatives the second.
 */
export function combineMirrored(
  vectors: usize, apart: usize, size: usize, width: i32, from: usize, to: usize,
  yRe: usize, yIm: usize, stride: usize, half: usize, outRe: usize, outIm: usize,
): void {
  const row = stride << 3;
  const mirrored = half << 3;
  for (let i = from; i < to; i++) {
    const target = (i - from) * (mirrored << 1);
    let t: usize = 0;
    if (width === 1) {
      const v = vectors + (i << 3);
      for (; t < half; t += 2) mirroredReal(v, apart, size, yRe + (t << 3), yIm + (t << 3), row, outRe + target + (t << 3), outIm + target + (t << 3), mirrored);
    } else {
      const v = vectors + (i << 4);
      for (; t + 4 <= half; t += 4) mirroredFour(v, apart, size, yRe + (t << 3), yIm + (t << 3), row, outRe + target + (t << 3), outIm + target + (t << 3), mirrored);
      for (; t < half; t += 2) mirroredTwo(v, apart, size, yRe + (t << 3), yIm + (t << 3), row, outRe + target + (t << 3), outIm + target + (t << 3), mirrored);
    }
  }
}

@inline function mirroredReal(v: usize, apart: usize, size: usize, yRe: usize, yIm: usize, row: usize, outRe: usize, outIm: usize, mirrored: usize): void {
  realTwo(v, apart, size, yRe, yIm, row, outRe, outIm);
  v128.store(outRe + mirrored, v128.load(outRe));
  v128.store(outIm + mirrored, f64x2.neg(v128.load(outIm)));
}

/** Products of the real and imaginary parts apart: their sums give φ(s), their differences φ(−s). */
@inline function mirroredFour(v: usize, apart: usize, size: usize, yRe: usize, yIm: usize, row: usize, outRe: usize, outIm: usize, mirrored: usize): void {
  let a = f64x2.splat(0), b = f64x2.splat(0), c = f64x2.splat(0), d = f64x2.splat(0);
  let p = f64x2.splat(0), q = f64x2.splat(0), r = f64x2.splat(0), s = f64x2.splat(0);
  for (let j: usize = 0; j < size; j++) {
    const x = v128.load64_splat(v);
    const y = v128.load64_splat(v, 8);
    let part = v128.load(yRe);
    a = f64x2.add(a, f64x2.mul(x, part));
    b = f64x2.add(b, f64x2.mul(y, part));
    part = v128.load(yIm);
    c = f64x2.add(c, f64x2.mul(x, part));
    d = f64x2.add(d, f64x2.mul(y, part));
    part = v128.load(yRe, 16);
    p = f64x2.add(p, f64x2.mul(x, part));
    q = f64x2.add(q, f64x2.mul(y, part));
    part = v128.load(yIm, 16);
    r = f64x2.add(r, f64x2.mul(x, part));
    s = f64x2.add(s, f64x2.mul(y, part));
    v += apart;
    yRe += row;
    yIm += row;
  }
  storeMirrored(outRe, outIm, mirrored, a, b, c, d);
  storeMirrored(outRe + 16, outIm + 16, mirrored, p, q, r, s);
}

@inline function mirroredTwo(v: usize, apart: usize, size: usize, yRe: usize, yIm: usize, row: usize, outRe: usize, outIm: usize, mirrored: usize): void {
  let a = f64x2.splat(0), b = f64x2.splat(0), c = f64x2.splat(0), d = f64x2.splat(0);
  for (let j: usize = 0; j < size; j++) {
    const x = v128.load64_splat(v);
    const y = v128.load64_splat(v, 8);
    let part = v128.load(yRe);
    a = f64x2.add(a, f64x2.mul(x, part));
    b = f64x2.add(b, f64x2.mul(y, part));
    part = v128.load(yIm);
    c = f64x2.add(c, f64x2.mul(x, part));
    d = f64x2.add(d, f64x2.mul(y, part));
    v += apart;
    yRe += row;
    yIm += row;
  }
  storeMirrored(outRe, outIm, mirrored, a, b, c, d);
}

/** a + ib = Σ Re(y) v and c + id = Σ Im(y) v: (a + ib) ± i(c + id). */
@inline function storeMirrored(outRe: usize, outIm: usize, mirrored: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(outRe, f64x2.sub(a, d));
  v128.store(outIm, f64x2.add(b, c));
  v128.store(outRe + mirrored, f64x2.add(a, d));
  v128.store(outIm + mirrored, f64x2.sub(b, c));
}

@inline function realEight(v: usize, apart: usize, size: usize, yRe: usize, yIm: usize, row: usize, outRe: usize, outIm: usize): void {
  let a = f64x2.splat(0), b = f64x2.splat(0), c = f64x2.splat(0), d = f64x2.splat(0);
  let p = f64x2.splat(0), q = f64x2.splat(0), r = f64x2.splat(0), s = f64x2.splat(0);
  for (let j: usize = 0; j < size; j++) {
    const x = v128.load64_splat(v);
    a = f64x2.add(a, f64x2.mul(x, v128.load(yRe)));
    b = f64x2.add(b, f64x2.mul(x, v128.load(yRe, 16)));
    c = f64x2.add(c, f64x2.mul(x, v128.load(yRe, 32)));
    d = f64x2.add(d, f64x2.mul(x, v128.load(yRe, 48)));
    p = f64x2.add(p, f64x2.mul(x, v128.load(yIm)));
    q = f64x2.add(q, f64x2.mul(x, v128.load(yIm, 16)));
    r = f64x2.add(r, f64x2.mul(x, v128.load(yIm, 32)));
    s = f64x2.add(s, f64x2.mul(x, v128.load(yIm, 48)));
    v += apart;
    yRe += row;
    yIm += row;
  }
  v128.store(outRe, a);
  v128.store(outRe, b, 16);
  v128.store(outRe, c, 32);
  v128.store(outRe, d, 48);
  v128.store(outIm, p);
  v128.store(outIm, q, 16);
  v128.store(outIm, r, 32);
  v128.store(outIm, s, 48);
}

@inline function realTwo(v: usize, apart: usize, size: usize, yRe: usize, yIm: usize, row: usize, outRe: usize, outIm: usize): void {
  let a = f64x2.splat(0), p = f64x2.splat(0);
  for (let j: usize = 0; j < size; j++) {
    const x = v128.load64_splat(v);
    a = f64x2.add(a, f64x2.mul(x, v128.load(yRe)));
    p = f64x2.add(p, f64x2.mul(x, v128.load(yIm)));
    v += apart;
    yRe += row;
    yIm += row;
  }
  v128.store(outRe, a);
  v128.store(outIm, p);
}

@inline function complexEight(v: usize, apart: usize, size: usize, yRe: usize, yIm: usize, row: usize, outRe: usize, outIm: usize): void {
  let a = f64x2.splat(0), b = f64x2.splat(0), c = f64x2.splat(0), d = f64x2.splat(0);
  let p = f64x2.splat(0), q = f64x2.splat(0), r = f64x2.splat(0), s = f64x2.splat(0);
  for (let j: usize = 0; j < size; j++) {
    const x = v128.load64_splat(v);
    const y = v128.load64_splat(v, 8);
    let re = v128.load(yRe);
    let im = v128.load(yIm);
    a = f64x2.add(a, f64x2.sub(f64x2.mul(x, re), f64x2.mul(y, im)));
    p = f64x2.add(p, f64x2.add(f64x2.mul(x, im), f64x2.mul(y, re)));
    re = v128.load(yRe, 16);
    im = v128.load(yIm, 16);
    b = f64x2.add(b, f64x2.sub(f64x2.mul(x, re), f64x2.mul(y, im)));
    q = f64x2.add(q, f64x2.add(f64x2.mul(x, im), f64x2.mul(y, re)));
    re = v128.load(yRe, 32);
    im = v128.load(yIm, 32);
    c = f64x2.add(c, f64x2.sub(f64x2.mul(x, re), f64x2.mul(y, im)));
    r = f64x2.add(r, f64x2.add(f64x2.mul(x, im), f64x2.mul(y, re)));
    re = v128.load(yRe, 48);
    im = v128.load(yIm, 48);
    d = f64x2.add(d, f64x2.sub(f64x2.mul(x, re), f64x2.mul(y, im)));
    s = f64x2.add(s, f64x2.add(f64x2.mul(x, im), f64x2.mul(y, re)));
    v += apart;
    yRe += row;
    yIm += row;
  }
  v128.store(outRe, a);
  v128.store(outRe, b, 16);
  v128.store(outRe, c, 32);
  v128.store(outRe, d, 48);
  v128.store(outIm, p);
  v128.store(outIm, q, 16);
  v128.store(outIm, r, 32);
  v128.store(outIm, s, 48);
}

@inline function complexTwo(v: usize, apart: usize, size: usize, yRe: usize, yIm: usize, row: usize, outRe: usize, outIm: usize): void {
  let a = f64x2.splat(0), p = f64x2.splat(0);
  for (let j: usize = 0; j < size; j++) {
    const x = v128.load64_splat(v);
    const y = v128.load64_splat(v, 8);
    const re = v128.load(yRe);
    const im = v128.load(yIm);
    a = f64x2.add(a, f64x2.sub(f64x2.mul(x, re), f64x2.mul(y, im)));
    p = f64x2.add(p, f64x2.add(f64x2.mul(x, im), f64x2.mul(y, re)));
    v += apart;
    yRe += row;
    yIm += row;
  }
  v128.store(outRe, a);
  v128.store(outIm, p);
}

/** out[i] = Σ_j y_j v_j[i], y and `out` complex, interleaved. With vectors of width 2, `out` may be the first of them. */
export function superpose(vectors: usize, apart: usize, size: usize, width: i32, rows: usize, y: usize, out: usize): void {
  let i: usize = 0;
  if (width === 1) {
    for (; i + 4 <= rows; i += 4) superposeRealFour(vectors + (i << 3), apart, size, y, out + (i << 4));
    for (; i < rows; i++) superposeRealOne(vectors + (i << 3), apart, size, y, out + (i << 4));
  } else {
    for (; i + 4 <= rows; i += 4) superposeFour(vectors + (i << 4), apart, size, y, out + (i << 4));
    for (; i < rows; i++) superposeOne(vectors + (i << 4), apart, size, y, out + (i << 4));
  }
}

/** x + iy for complex numbers x and y. */
@inline function withImaginary(x: v128, y: v128): v128 {
  return f64x2.add(x, f64x2.mul(v128.shuffle<f64>(y, y, 1, 0), f64x2(-1, 1)));
}

@inline function superposeFour(v: usize, apart: usize, size: usize, y: usize, out: usize): void {
  let a = f64x2.splat(0), b = f64x2.splat(0), c = f64x2.splat(0), d = f64x2.splat(0);
  let p = f64x2.splat(0), q = f64x2.splat(0), r = f64x2.splat(0), s = f64x2.splat(0);
  for (let j: usize = 0; j < size; j++) {
    const re = v128.load64_splat(y);
    const im = v128.load64_splat(y, 8);
    let x = v128.load(v);
    a = f64x2.add(a, f64x2.mul(re, x));
    p = f64x2.add(p, f64x2.mul(im, x));
    x = v128.load(v, 16);
    b = f64x2.add(b, f64x2.mul(re, x));
    q = f64x2.add(q, f64x2.mul(im, x));
    x = v128.load(v, 32);
    c = f64x2.add(c, f64x2.mul(re, x));
    r = f64x2.add(r, f64x2.mul(im, x));
    x = v128.load(v, 48);
    d = f64x2.add(d, f64x2.mul(re, x));
    s = f64x2.add(s, f64x2.mul(im, x));
    v += apart;
    y += 16;
  }
  v128.store(out, withImaginary(a, p));
  v128.store(out, withImaginary(b, q), 16);
  v128.store(out, withImaginary(c, r), 32);
  v128.store(out, withImaginary(d, s), 48);
}

@inline function superposeOne(v: usize, apart: usize, size: usize, y: usize, out: usize): void {
  let a = f64x2.splat(0), p = f64x2.splat(0);
  for (let j: usize = 0; j < size; j++) {
    const x = v128.load(v);
    a = f64x2.add(a, f64x2.mul(v128.load64_splat(y), x));
    p = f64x2.add(p, f64x2.mul(v128.load64_splat(y, 8), x));
    v += apart;
    y += 16;
  }
  v128.store(out, withImaginary(a, p));
}

@inline function superposeRealFour(v: usize, apart: usize, size: usize, y: usize, out: usize): void {
  let a = f64x2.splat(0), b = f64x2.splat(0), c = f64x2.splat(0), d = f64x2.splat(0);
  for (let j: usize = 0; j < size; j++) {
    const z = v128.load(y);
    a = f64x2.add(a, f64x2.mul(z, v128.load64_splat(v)));
    b = f64x2.add(b, f64x2.mul(z, v128.load64_splat(v, 8)));
    c = f64x2.add(c, f64x2.mul(z, v128.load64_splat(v, 16)));
    d = f64x2.add(d, f64x2.mul(z, v128.load64_splat(v, 24)));
    v += apart;
    y += 16;
  }
  v128.store(out, a);
  v128.store(out, b, 16);
  v128.store(out, c, 32);
  v128.store(out, d, 48);
}

@inline function superposeRealOne(v: usize, apart: usize, size: usize, y: usize, out: usize): void {
  let a = f64x2.splat(0);
  for (let j: usize = 0; j < size; j++) {
    a = f64x2.add(a, f64x2.mul(v128.load(y), v128.load64_splat(v)));
    v += apart;
    y += 16;
  }
  v128.store(out, a);
}
