/** Fourier sums: terms spread over a grid, and the transform of the grid; twins: src/algebra/gridSums.ts, fourierTransform.ts. */

/** Roots of unity in the table of phases. */
const manyRoots: i32 = 1024;

@inline function at(base: usize, i: i32): usize {
  return base + ((<usize>i) << 3);
}

/**
 * Spreads `count` terms over a grid of n points with `margin` ≥ half more on both sides. A term lies at the share of
 * ω · turnsOfPlace beyond a whole number, its phase is −ω · rootsOfPhase in units of 2π/1024 (`roots`: their cos and sin in
 * turn). `table` has the polynomials of the window, `degree` odd, two points side by side. Coefficients are four numbers for
 * each term and series: re and im of +ω, of −ω; so is the grid for each point and series. `scratch`: 2·half + 4 + 4·series
 * numbers.
 */
export function spreadTerms(
  count: i32, series: i32, n: i32, margin: i32, half: i32, degree: i32, turnsOfPlace: f64, rootsOfPhase: f64, weight: f64,
  frequencies: usize, coefficients: usize, table: usize, roots: usize, grid: usize, scratch: usize,
): void {
  const width = 2 * half;
  const stride = (<usize>series) << 5;
  const window = scratch + 16;
  const turned = at(window, width + 2);
  for (let m = 0; m < count; m++) {
    const frequency = load<f64>(at(frequencies, m));
    const turns = frequency * turnsOfPlace;
    const place = (turns - Math.floor(turns)) * <f64>n;
    const below = min(n - 1, <i32>place);
    fillWindow(window, 2 * (place - <f64>below) - 1, half, degree, table);
    turn(frequency * rootsOfPhase, weight, coefficients + <usize>m * stride, series, roots, turned);
    const from = grid + <usize>(margin + below - half + 1) * stride;
    let s = 0;
    for (; s + 1 < series; s += 2) addTwo(from + ((<usize>s) << 5), stride, window, width, turned + ((<usize>s) << 5));
    if (s < series) addOne(from + ((<usize>s) << 5), stride, window, width, turned + ((<usize>s) << 5));
  }
}

/** The window on the points around a term, which may spill by one number on both sides. */
@inline function fillWindow(window: usize, y: f64, half: i32, degree: i32, table: usize): void {
  const yy = f64x2.splat(y);
  const square = f64x2.splat(y * y);
  let row = table;
  for (let r = 0; r < half; r += 2) {
    let c = row + ((<usize>(degree - 1)) << 4);
    let even = v128.load(c);
    let odd = v128.load(c, 16);
    while (c > row) {
      c -= 32;
      even = f64x2.add(f64x2.mul(even, square), v128.load(c));
      odd = f64x2.add(f64x2.mul(odd, square), v128.load(c, 16));
    }
    odd = f64x2.mul(odd, yy);
    const left = f64x2.sub(even, odd);
    v128.store(at(window, half + r), f64x2.add(even, odd));
    v128.store(at(window, half - 2 - r), v128.shuffle<f64>(left, left, 1, 0));
    row += (<usize>(degree + 1)) << 4;
  }
}

/** Coefficients of one term times weight and phase: e^{−iφ} at +ω, e^{+iφ} at −ω. */
@inline function turn(place: f64, weight: f64, from: usize, series: i32, roots: usize, to: usize): void {
  const within = place - <f64>manyRoots * Math.floor(place / <f64>manyRoots);
  const nearest = Math.floor(within + 0.5);
  const x = (within - nearest) * (2 * Math.PI / <f64>manyRoots);
  const cos = 1 - x * x * (0.5 - x * x * (1.0 / 24));
  const sin = x - x * x * x * (1.0 / 6 - x * x * (1.0 / 120));
  const root = roots + ((<usize>(<i32>nearest & (manyRoots - 1))) << 4);
  const rc = load<f64>(root);
  const rs = load<f64>(root, 8);
  const c = f64x2.splat(weight * (rc * cos - rs * sin));
  const d = weight * (rs * cos + rc * sin);
  const forward = f64x2(d, -d);
  const backward = f64x2(-d, d);
  const end = (<usize>series) << 5;
  for (let q: usize = 0; q < end; q += 32) {
    const plus = v128.load(from + q);
    const minus = v128.load(from + q, 16);
    const plusSwapped = v128.shuffle<f64>(plus, plus, 1, 0);
    const minusSwapped = v128.shuffle<f64>(minus, minus, 1, 0);
    v128.store(to + q, f64x2.add(f64x2.mul(plus, c), f64x2.mul(plusSwapped, forward)));
    v128.store(to + q, f64x2.add(f64x2.mul(minus, c), f64x2.mul(minusSwapped, backward)), 16);
  }
}

/** Two series on all points of the window. */
@inline function addTwo(from: usize, stride: usize, window: usize, width: i32, turned: usize): void {
  const p = v128.load(turned);
  const q = v128.load(turned, 16);
  const r = v128.load(turned, 32);
  const s = v128.load(turned, 48);
  let to = from;
  const end = at(window, width);
  for (let w = window; w < end; w += 8) {
    const k = v128.load64_splat(w);
    v128.store(to, f64x2.add(v128.load(to), f64x2.mul(k, p)));
    v128.store(to, f64x2.add(v128.load(to, 16), f64x2.mul(k, q)), 16);
    v128.store(to, f64x2.add(v128.load(to, 32), f64x2.mul(k, r)), 32);
    v128.store(to, f64x2.add(v128.load(to, 48), f64x2.mul(k, s)), 48);
    to += stride;
  }
}

@inline function addOne(from: usize, stride: usize, window: usize, width: i32, turned: usize): void {
  const p = v128.load(turned);
  const q = v128.load(turned, 16);
  let to = from;
  const end = at(window, width);
  for (let w = window; w < end; w += 8) {
    const k = v128.load64_splat(w);
    v128.store(to, f64x2.add(v128.load(to), f64x2.mul(k, p)));
    v128.store(to, f64x2.add(v128.load(to, 16), f64x2.mul(k, q)), 16);
    to += stride;
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

/**
 * The sums at `count` times from a grid of n points with `margin` more on both sides (see `spreadTerms`): each series is folded into n
 * numbers, those at −ω where they belong, transformed, and freed of the window by `undo`. `reversed` (32 bits each): where each entry
 * goes when its index is written backward in bits. The sums' real parts, then their imaginary parts, series after series.
 */
export function sumsOfGrid(
  series: i32, n: i32, margin: i32, count: i32, grid: usize, reversed: usize, cos: usize, sin: usize, undo: usize,
  re: usize, im: usize, sums: usize,
): void {
  const middle = count >> 1;
  for (let s = 0; s < series; s++) {
    const own = at(sums, 2 * s * count);
    if (!fold(series, n, margin, grid + ((<usize>s) << 5), reversed, re, im)) {
      memory.fill(own, 0, (<usize>(2 * count)) << 3);
      continue;
    }
    transformPasses(n, re, im, cos, sin);
    for (let t = 0; t < count; t++) {
      const place = (t - middle) & (n - 1);
      const factor = load<f64>(at(undo, t));
      store<f64>(at(own, t), factor * load<f64>(at(re, place)));
      store<f64>(at(own, count + t), factor * load<f64>(at(im, place)));
    }
  }
}

/** One series in bit-reversed order; false if it has no terms, as symmetries have it. */
function fold(series: i32, n: i32, margin: i32, grid: usize, reversed: usize, re: usize, im: usize): bool {
  memory.fill(re, 0, (<usize>n) << 3);
  memory.fill(im, 0, (<usize>n) << 3);
  const stride = (<usize>series) << 5;
  let from = grid;
  let largest: f64 = 0;
  for (let i = 0; i < n + 2 * margin; i++) {
    const pr = load<f64>(from);
    const pi = load<f64>(from, 8);
    const mr = load<f64>(from, 16);
    const mi = load<f64>(from, 24);
    from += stride;
    const place = load<i32>(reversed + ((<usize>((i - margin) & (n - 1))) << 2));
    const opposite = load<i32>(reversed + ((<usize>((margin - i) & (n - 1))) << 2));
    store<f64>(at(re, place), load<f64>(at(re, place)) + pr);
    store<f64>(at(im, place), load<f64>(at(im, place)) + pi);
    store<f64>(at(re, opposite), load<f64>(at(re, opposite)) + mr);
    store<f64>(at(im, opposite), load<f64>(at(im, opposite)) + mi);
    largest = max(largest, max(max(Math.abs(pr), Math.abs(pi)), max(Math.abs(mr), Math.abs(mi))));
  }
  return largest > 0;
}
