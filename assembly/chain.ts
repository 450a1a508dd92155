/** Steps on the chain of a Krylov window. Twin: src/kernels/combineTwin.ts. */

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
