/** What steps do with the levels of S at one Fock state, `bytes` bytes that stay in registers as far as they fit. */

import { index } from "./numbers";

/** sum = Σ_e values_e · x_column(e), states of `bytes` bytes, for entries from `e` to `end`. */
@inline export function gather(e: usize, end: usize, column: usize, values: usize, x: usize, bytes: usize, sum: usize): void {
  let c: usize = 0;
  for (; c + 32 <= bytes; c += 32) {
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    for (let k = e; k < end; k++) {
      const s = v128.load64_splat(values + (k << 3));
      const from = x + index(column, k) * bytes + c;
      a = f64x2.add(a, f64x2.mul(s, v128.load(from)));
      b = f64x2.add(b, f64x2.mul(s, v128.load(from, 16)));
    }
    v128.store(sum + c, a);
    v128.store(sum + c, b, 16);
  }
  if (c + 16 <= bytes) {
    const from = x + c;
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let k = e;
    for (; k + 1 < end; k += 2) {
      a = f64x2.add(a, f64x2.mul(v128.load64_splat(values + (k << 3)), v128.load(from + index(column, k) * bytes)));
      b = f64x2.add(b, f64x2.mul(v128.load64_splat(values + (k << 3), 8), v128.load(from + index(column, k + 1) * bytes)));
    }
    if (k < end) {
      a = f64x2.add(a, f64x2.mul(v128.load64_splat(values + (k << 3)), v128.load(from + index(column, k) * bytes)));
    }
    a = f64x2.add(a, b);
    v128.store(sum + c, a);
    c += 16;
  }
  if (c < bytes) {
    let a: f64 = 0;
    for (let k = e; k < end; k++) a += load<f64>(values + (k << 3)) * load<f64>(x + index(column, k) * bytes + c);
    store<f64>(sum + c, a);
  }
}

/** sum += Σ_k size_k · (the state at origins_k + own), for runs from `k` to `end`. */
@inline export function gatherRuns(k: usize, end: usize, origins: usize, size: usize, own: usize, bytes: usize, sum: usize): void {
  let c: usize = 0;
  for (; c + 32 <= bytes; c += 32) {
    let a = v128.load(sum + c);
    let b = v128.load(sum + c, 16);
    for (let j = k; j < end; j++) {
      const s = v128.load64_splat(size + (j << 3));
      const from = index(origins, j) + own + c;
      a = f64x2.add(a, f64x2.mul(s, v128.load(from)));
      b = f64x2.add(b, f64x2.mul(s, v128.load(from, 16)));
    }
    v128.store(sum + c, a);
    v128.store(sum + c, b, 16);
  }
  if (c + 16 <= bytes) {
    let a = v128.load(sum + c);
    for (let j = k; j < end; j++) {
      a = f64x2.add(a, f64x2.mul(v128.load64_splat(size + (j << 3)), v128.load(index(origins, j) + own + c)));
    }
    v128.store(sum + c, a);
    c += 16;
  }
  if (c < bytes) {
    let a = load<f64>(sum + c);
    for (let j = k; j < end; j++) a += load<f64>(size + (j << 3)) * load<f64>(index(origins, j) + own + c);
    store<f64>(sum + c, a);
  }
}

/** y = O x + shift x, or y += O x: N × N times N rows of `width` numbers. */
@inline export function multiply(
  o: usize, x: usize, y: usize, n: usize, width: usize, add: bool, shift: f64,
): void {
  if (n === 2 && width === 1) {
    const v = v128.load(x);
    const first = v128.load(o);
    const second = v128.load(o, 16);
    const a = f64x2.mul(first, v);
    const b = f64x2.mul(second, v);
    // (a0 + a1, b0 + b1).
    let out = f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3));
    out = f64x2.add(out, add ? v128.load(y) : f64x2.mul(f64x2.splat(shift), v));
    v128.store(y, out);
    return;
  }
  if (width === 2) {
    for (let s: usize = 0; s < n; s++) {
      let out = add ? v128.load(y + (s << 4)) : f64x2.mul(f64x2.splat(shift), v128.load(x + (s << 4)));
      for (let t: usize = 0; t < n; t++) {
        out = f64x2.add(out, f64x2.mul(v128.load64_splat(o + ((s * n + t) << 3)), v128.load(x + (t << 4))));
      }
      v128.store(y + (s << 4), out);
    }
    return;
  }
  for (let s: usize = 0; s < n; s++) {
    let out = add ? load<f64>(y + (s << 3)) : shift * load<f64>(x + (s << 3));
    for (let t: usize = 0; t < n; t++) out += load<f64>(o + ((s * n + t) << 3)) * load<f64>(x + (t << 3));
    store<f64>(y + (s << 3), out);
  }
}
