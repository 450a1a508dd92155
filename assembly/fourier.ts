/** Fourier sums: terms spread over a grid by a Gaussian, and the transform of the grid; twin: src/algebra/fourierSum.ts. */

@inline function at(base: usize, i: i32): usize {
  return base + ((<usize>i) << 3);
}

/** to[0..length) += s · from, length even. */
@inline function addScaled(to: usize, s: f64, from: usize, length: i32): void {
  const ss = f64x2.splat(s);
  const end = (<usize>length) << 3;
  for (let c: usize = 0; c < end; c += 16) {
    v128.store(to + c, f64x2.add(v128.load(to + c), f64x2.mul(ss, v128.load(from + c))));
  }
}

/**
 * Spreads `count` terms over grids with margins of `pad` ≥ spread numbers on both sides of n. Term m lies between the grid
 * points nearest[m] and nearest[m] + 1; its Gaussian on the l-th point from there is own · ratio^l · tail[l]; (cos, sin)[m]
 * is its phase. Coefficients are four numbers for each series and term, [series][re and im of plus, of minus][term]; grids
 * [series][re, im][point]. `scratch` has room for 4·spread numbers.
 */
export function spreadTerms(
  count: i32, spread: i32, n: i32, pad: i32, series: i32, nearest: usize, own: usize, ratio: usize, cos: usize, sin: usize,
  tail: usize, coefficients: usize, grids: usize, scratch: usize, negligible: f64,
): void {
  const width = 2 * spread;
  const length = n + 2 * pad;
  const kernel = scratch;
  const reversed = at(scratch, width);
  for (let m = 0; m < count; m++) {
    const place = load<i32>(nearest + ((<usize>m) << 2));
    const o = load<f64>(at(own, m));
    const r = load<f64>(at(ratio, m));
    let up = o;
    for (let l = 0; l <= spread; l++) {
      const value = up * load<f64>(at(tail, l));
      store<f64>(at(kernel, spread - 1 + l), value);
      store<f64>(at(reversed, spread - l), value);
      up *= r;
    }
    const inverse = 1 / r;
    let down = o;
    for (let l = 1; l < spread; l++) {
      down *= inverse;
      const value = down * load<f64>(at(tail, l));
      store<f64>(at(kernel, spread - 1 - l), value);
      store<f64>(at(reversed, spread + l), value);
    }
    const c = load<f64>(at(cos, m));
    const s = load<f64>(at(sin, m));
    const forward = pad + place - spread + 1;
    const backward = pad + n - place - spread;
    for (let q = 0; q < series; q++) {
      const own4 = at(coefficients, 4 * q * count + m);
      const pr = load<f64>(own4);
      const pi = load<f64>(at(own4, count));
      const re = at(grids, 2 * q * length);
      const im = at(re, length);
      if (abs(pr) + abs(pi) > negligible) {
        addScaled(at(re, forward), pr * c - pi * s, kernel, width);
        addScaled(at(im, forward), pr * s + pi * c, kernel, width);
      }
      const mr = load<f64>(at(own4, 2 * count));
      const mi = load<f64>(at(own4, 3 * count));
      if (abs(mr) + abs(mi) > negligible) {
        addScaled(at(re, backward), mr * c + mi * s, reversed, width);
        addScaled(at(im, backward), mi * c - mr * s, reversed, width);
      }
    }
  }
}

/**
 * The passes of a Fourier transform of n ≥ 4 numbers, already in bit-reversed order: first the transforms of length four,
 * then pairs of halves with twiddles, those of each pass after those of the one before.
 */
export function transformPasses(n: i32, re: usize, im: usize, cos: usize, sin: usize): void {
  for (let a = 0; a < n; a += 4) {
    const r = at(re, a);
    const i = at(im, a);
    const pr = load<f64>(r) + load<f64>(r, 8);
    const pi = load<f64>(i) + load<f64>(i, 8);
    const mr = load<f64>(r) - load<f64>(r, 8);
    const mi = load<f64>(i) - load<f64>(i, 8);
    const qr = load<f64>(r, 16) + load<f64>(r, 24);
    const qi = load<f64>(i, 16) + load<f64>(i, 24);
    const wr = load<f64>(r, 16) - load<f64>(r, 24);
    const wi = load<f64>(i, 16) - load<f64>(i, 24);
    store<f64>(r, pr + qr);
    store<f64>(i, pi + qi);
    store<f64>(r, pr - qr, 16);
    store<f64>(i, pi - qi, 16);
    store<f64>(r, mr + wi, 8);
    store<f64>(i, mi - wr, 8);
    store<f64>(r, mr - wi, 24);
    store<f64>(i, mi + wr, 24);
  }
  let twiddles = 0;
  for (let half = 4; half < n; half *= 2) {
    for (let from = 0; from < n; from += 2 * half) {
      const end = (<usize>half) << 3;
      const ar = at(re, from);
      const ai = at(im, from);
      const br = at(re, from + half);
      const bi = at(im, from + half);
      const tc = at(cos, twiddles);
      const ts = at(sin, twiddles);
      for (let k: usize = 0; k < end; k += 16) {
        const c = v128.load(tc + k);
        const s = v128.load(ts + k);
        const xr = v128.load(br + k);
        const xi = v128.load(bi + k);
        const tr = f64x2.sub(f64x2.mul(xr, c), f64x2.mul(xi, s));
        const ti = f64x2.add(f64x2.mul(xr, s), f64x2.mul(xi, c));
        const yr = v128.load(ar + k);
        const yi = v128.load(ai + k);
        v128.store(br + k, f64x2.sub(yr, tr));
        v128.store(bi + k, f64x2.sub(yi, ti));
        v128.store(ar + k, f64x2.add(yr, tr));
        v128.store(ai + k, f64x2.add(yi, ti));
      }
    }
    twiddles += half;
  }
}
