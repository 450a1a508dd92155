/** Kets at many times at once from the vectors of a Krylov window, and their trace over the bosons. Twin: src/kernels/combineTwin.ts. */

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

/**
 * Adds φ_i φ̄_j to ρ at `times` times (even): the pair k of Fock states' levels is (i, j) = (pairs[3k], pairs[3k + 1]),
 * entry pairs[3k + 2] of ρ, rows of `times` numbers of `rhoRe`, `rhoIm`. Row i − from of `re`, `im` is φ_i. cos[k], sin[k]
 * turn the product into the user's phases; without them (0) it is taken as it is.
 */
export function reduce(
  pairCount: usize, pairs: usize, cos: usize, sin: usize, from: usize, times: usize,
  re: usize, im: usize, rhoRe: usize, rhoIm: usize,
): void {
  const row = times << 3;
  for (let k: usize = 0; k < pairCount; k++) {
    const i = <usize>load<u32>(pairs + 12 * k) - from;
    const j = <usize>load<u32>(pairs + 12 * k, 4) - from;
    const entry = <usize>load<u32>(pairs + 12 * k, 8);
    const ar = re + i * row;
    const ai = im + i * row;
    const outRe = rhoRe + entry * row;
    if (i === j) {
      for (let t: usize = 0; t < row; t += 16) {
        const x = v128.load(ar + t);
        const y = v128.load(ai + t);
        v128.store(outRe + t, f64x2.add(v128.load(outRe + t), f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y))));
      }
      continue;
    }
    const br = re + j * row;
    const bi = im + j * row;
    const outIm = rhoIm + entry * row;
    const c = cos === 0 ? f64x2.splat(1) : v128.load64_splat(cos + (k << 3));
    const s = cos === 0 ? f64x2.splat(0) : v128.load64_splat(sin + (k << 3));
    for (let t: usize = 0; t < row; t += 16) {
      const x = v128.load(ar + t);
      const y = v128.load(ai + t);
      const u = v128.load(br + t);
      const v = v128.load(bi + t);
      const real = f64x2.add(f64x2.mul(x, u), f64x2.mul(y, v));
      const imaginary = f64x2.sub(f64x2.mul(y, u), f64x2.mul(x, v));
      v128.store(outRe + t, f64x2.add(v128.load(outRe + t), f64x2.sub(f64x2.mul(c, real), f64x2.mul(s, imaginary))));
      v128.store(outIm + t, f64x2.add(v128.load(outIm + t), f64x2.add(f64x2.mul(c, imaginary), f64x2.mul(s, real))));
    }
  }
}

/** Adds |φ_i|² at the times to row layer[i] of `sums`, for states from `from` to `to`. */
export function populations(
  from: usize, to: usize, layer: usize, times: usize, re: usize, im: usize, sums: usize,
): void {
  const row = times << 3;
  for (let i = from; i < to; i++) {
    const out = sums + <usize>load<u32>(layer + (i << 2)) * row;
    const ar = re + (i - from) * row;
    const ai = im + (i - from) * row;
    for (let t: usize = 0; t < row; t += 16) {
      const x = v128.load(ar + t);
      const y = v128.load(ai + t);
      v128.store(out + t, f64x2.add(v128.load(out + t), f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y))));
    }
  }
}

/**
 * One Chebyshev step on a chain: with X = (T − centre)/radius and u_k = T_k(X) y, out_even = Σ c_k u_k over even k, out_odd
 * over odd k; last[k] = the last entry of u_k. T is tridiagonal (diagonal `alpha`, off-diagonal `beta`), `size` sites,
 * complex numbers interleaved. `y`, `spare` and `spare2` are destroyed.
 */
export function chainStep(
  size: usize, alpha: usize, beta: usize, centre: f64, radius: f64, count: usize, coefficients: usize,
  y: usize, spare: usize, spare2: usize, even: usize, odd: usize, last: usize,
): void {
  const end = (size - 1) << 4;
  let now = y;
  let before = spare;
  let next = spare2;
  memory.fill(even, 0, size << 4);
  memory.fill(odd, 0, size << 4);
  for (let k: usize = 0; k < count; k++) {
    v128.store(last + (k << 4), v128.load(now + end));
    const c = v128.load64_splat(coefficients + (k << 3));
    const sum = (k & 1) === 0 ? even : odd;
    const factor = f64x2.splat((k === 0 ? 1.0 : 2.0) / radius);
    const ctr = f64x2.splat(centre);
    let left = f64x2.splat(0);
    let here = v128.load(now);
    for (let j: usize = 0; j < size; j++) {
      const at = j << 4;
      v128.store(sum + at, f64x2.add(v128.load(sum + at), f64x2.mul(c, here)));
      const right = j + 1 < size ? v128.load(now + at, 16) : f64x2.splat(0);
      const link = j + 1 < size ? v128.load64_splat(beta + (j << 3)) : f64x2.splat(0);
      const linked = f64x2.mul(link, right);
      let out = f64x2.add(f64x2.mul(f64x2.sub(v128.load64_splat(alpha + (j << 3)), ctr), here), f64x2.add(left, linked));
      out = f64x2.mul(out, factor);
      if (k > 0) out = f64x2.sub(out, v128.load(before + at));
      v128.store(next + at, out);
      left = f64x2.mul(link, here);
      here = right;
    }
    const spent = before;
    before = now;
    now = next;
    next = spent;
  }
}
