/** A step of Lanczos' recursion for H as a sum of products. Twin: src/kernels/lanczosTwin.ts. */

import { gather, multiply } from "./levels";
import { index, sumOf } from "./numbers";

/** `products` for N = 2 and complex vectors, all in registers. */
function productsOfTwoLevels(
  fockCount: usize, from: usize, to: usize, energies: usize, system: usize, termCount: usize,
  rowStart: usize, column: usize, values: usize, operators: usize,
  x: usize, z: usize, y: usize, sigma: f64, gamma: f64,
): f64 {
  const sig = f64x2.splat(sigma);
  const gam = f64x2.splat(gamma);
  const h00 = v128.load64_splat(system);
  const h01 = v128.load64_splat(system, 8);
  const h10 = v128.load64_splat(system, 16);
  const h11 = v128.load64_splat(system, 24);
  let overlap = f64x2.splat(0);
  const next = (fockCount + 1) << 2;
  for (let f = from; f < to; f++) {
    const own = f << 5;
    const energy = v128.load64_splat(energies + (f << 3));
    const x0 = v128.load(x + own);
    const x1 = v128.load(x + own, 16);
    let y0 = f64x2.add(f64x2.mul(f64x2.add(h00, energy), x0), f64x2.mul(h01, x1));
    let y1 = f64x2.add(f64x2.mul(h10, x0), f64x2.mul(f64x2.add(h11, energy), x1));
    let starts = rowStart + (f << 2);
    let o = operators;
    for (let r: usize = 0; r < termCount; r++) {
      let e = index(starts, 0);
      const end = index(starts, 1);
      let a = f64x2.splat(0);
      let b = f64x2.splat(0);
      let c = f64x2.splat(0);
      let d = f64x2.splat(0);
      for (; e + 1 < end; e += 2) {
        const size = v128.load64_splat(values + (e << 3));
        const size2 = v128.load64_splat(values + (e << 3), 8);
        const p = x + (index(column, e) << 5);
        const p2 = x + (index(column, e + 1) << 5);
        a = f64x2.add(a, f64x2.mul(size, v128.load(p)));
        b = f64x2.add(b, f64x2.mul(size, v128.load(p, 16)));
        c = f64x2.add(c, f64x2.mul(size2, v128.load(p2)));
        d = f64x2.add(d, f64x2.mul(size2, v128.load(p2, 16)));
      }
      if (e < end) {
        const size = v128.load64_splat(values + (e << 3));
        const p = x + (index(column, e) << 5);
        a = f64x2.add(a, f64x2.mul(size, v128.load(p)));
        b = f64x2.add(b, f64x2.mul(size, v128.load(p, 16)));
      }
      a = f64x2.add(a, c);
      b = f64x2.add(b, d);
      y0 = f64x2.add(y0, f64x2.add(f64x2.mul(v128.load64_splat(o), a), f64x2.mul(v128.load64_splat(o, 8), b)));
      y1 = f64x2.add(y1, f64x2.add(f64x2.mul(v128.load64_splat(o, 16), a), f64x2.mul(v128.load64_splat(o, 24), b)));
      starts += next;
      o += 32;
    }
    const out0 = f64x2.sub(f64x2.mul(sig, y0), f64x2.mul(gam, v128.load(z + own)));
    const out1 = f64x2.sub(f64x2.mul(sig, y1), f64x2.mul(gam, v128.load(z + own, 16)));
    v128.store(y + own, out0);
    v128.store(y + own, out1, 16);
    overlap = f64x2.add(overlap, f64x2.add(f64x2.mul(out0, x0), f64x2.mul(out1, x1)));
  }
  return sumOf(overlap);
}

/**
 * H = H_S + E_f + Σ_r O_r ⊗ X_r with real O_r on S and real X_r between Fock states in compressed rows (rowStart: fockCount
 * + 1 numbers for each r, into shared columns and values), for spaces in which every Fock state has all N levels; the Fock states
 * from `from` to `to`.
 */
export function products(
  fockCount: usize, from: usize, to: usize, n: usize, width: usize, energies: usize, system: usize, termCount: usize,
  rowStart: usize, column: usize, values: usize, operators: usize, scratch: usize,
  x: usize, z: usize, y: usize, sigma: f64, gamma: f64,
): f64 {
  const numbers = n * width;
  const bytes = numbers << 3;
  const square = (n * n) << 3;
  const sum = scratch;
  const result = sum + ((bytes + 15) & ~15);
  if (n === 2 && width === 2) {
    return productsOfTwoLevels(fockCount, from, to, energies, system, termCount, rowStart, column, values, operators, x, z, y, sigma, gamma);
  }
  let overlap: f64 = 0;
  for (let f = from; f < to; f++) {
    const own = f * bytes;
    multiply(system, x + own, result, n, width, false, load<f64>(energies + (f << 3)));
    let starts = rowStart + (f << 2);
    for (let r: usize = 0; r < termCount; r++) {
      let e = index(starts, 0);
      const end = index(starts, 1);
      starts += (fockCount + 1) << 2;
      if (bytes === 16) {
        let a = f64x2.splat(0);
        let b = f64x2.splat(0);
        for (; e + 1 < end; e += 2) {
          a = f64x2.add(a, f64x2.mul(v128.load64_splat(values + (e << 3)), v128.load(x + (index(column, e) << 4))));
          b = f64x2.add(b, f64x2.mul(v128.load64_splat(values + (e << 3), 8), v128.load(x + (index(column, e + 1) << 4))));
        }
        if (e < end) {
          a = f64x2.add(a, f64x2.mul(v128.load64_splat(values + (e << 3)), v128.load(x + (index(column, e) << 4))));
        }
        v128.store(sum, f64x2.add(a, b));
      } else if (bytes === 32) {
        let a = f64x2.splat(0);
        let b = f64x2.splat(0);
        for (; e < end; e++) {
          const size = v128.load64_splat(values + (e << 3));
          const p = x + (index(column, e) << 5);
          a = f64x2.add(a, f64x2.mul(size, v128.load(p)));
          b = f64x2.add(b, f64x2.mul(size, v128.load(p, 16)));
        }
        v128.store(sum, a);
        v128.store(sum, b, 16);
      } else {
        gather(e, end, column, values, x, bytes, sum);
      }
      multiply(operators + r * square, sum, result, n, width, true, 0);
    }
    for (let c: usize = 0; c < bytes; c += 8) {
      const out = sigma * load<f64>(result + c) - gamma * load<f64>(z + own + c);
      store<f64>(y + own + c, out);
      overlap += out * load<f64>(x + own + c);
    }
  }
  return overlap;
}
