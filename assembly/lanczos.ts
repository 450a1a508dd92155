/**
 * One step of Lanczos' recursion: y = σ H x − γ z, the overlap ⟨x|y⟩ taken along, then y −= s x with its norm taken along.
 * Vectors are kept unnormalised, their scales σ, γ, s folded in, so that no pass is spent on normalising. A state has
 * `width` numbers: 1 for real vectors, 2 for complex ones (real and imaginary part beside each other). Twin:
 * src/kernels/lanczosTwin.ts.
 */

import { sumOf } from "./numbers";

/** y −= s x; gives ‖y‖². */
export function subtractScaled(count: usize, y: usize, x: usize, s: f64): f64 {
  const ss = f64x2.splat(s);
  let norm = f64x2.splat(0);
  let norm2 = f64x2.splat(0);
  const end = (count & ~3) << 3;
  let c: usize = 0;
  for (; c < end; c += 32) {
    const a = f64x2.sub(v128.load(y + c), f64x2.mul(ss, v128.load(x + c)));
    const b = f64x2.sub(v128.load(y + c, 16), f64x2.mul(ss, v128.load(x + c, 16)));
    v128.store(y + c, a);
    v128.store(y + c, b, 16);
    norm = f64x2.add(norm, f64x2.mul(a, a));
    norm2 = f64x2.add(norm2, f64x2.mul(b, b));
  }
  let sum = sumOf(f64x2.add(norm, norm2));
  for (; c < count << 3; c += 8) {
    const a = load<f64>(y + c) - s * load<f64>(x + c);
    store<f64>(y + c, a);
    sum += a * a;
  }
  return sum;
}
