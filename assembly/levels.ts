/** What steps do with the levels of S at one Fock state. */

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
