/**
 * Eigensystems of real symmetric matrices; twin: src/algebra/hermitian.ts. Householder reflectors take the rows from the last
 * one up, so that each is contiguous; the update of the matrix by one reflector and its product with the next one are one pass.
 */

import { addScaled, clear, dot, even, get, put, sumOf } from "./numbers";
import { mostRotations, negligibleTail, pack, panel, panels, settle } from "./sweeps";

/** Bytes of scratch that `symmetricEigensystem` (width n) and `hermitianEigensystem` need. */
export function eigensystemScratch(n: i32, complex: i32): usize {
  const parts = complex + 1;
  const vectors = <usize>(12 * parts * even(n));
  const rows = <usize>(parts * panels(n)) * <usize>n * panel;
  const rotations = <usize>(2 * (mostRotations + n) + mostRotations + n);
  return (vectors + rows + rotations + 8) << 3;
}

/** a[0..length) −= x·w + y·v, then a·u → returned, out += a·z: the update by the last reflector, fused with the next product. */
@inline function updateAndMultiply(
  a: usize, length: i32, x: f64, w: usize, y: f64, v: usize, u: usize, z: f64, out: usize,
): f64 {
  const xx = f64x2.splat(x);
  const yy = f64x2.splat(y);
  const zz = f64x2.splat(z);
  let sum = f64x2.splat(0);
  const whole = length & ~1;
  const end = (<usize>whole) << 3;
  for (let c: usize = 0; c < end; c += 16) {
    const fresh = f64x2.sub(
      v128.load(a + c),
      f64x2.add(f64x2.mul(xx, v128.load(w + c)), f64x2.mul(yy, v128.load(v + c))),
    );
    v128.store(a + c, fresh);
    sum = f64x2.add(sum, f64x2.mul(fresh, v128.load(u + c)));
    v128.store(out + c, f64x2.add(v128.load(out + c), f64x2.mul(fresh, zz)));
  }
  let total = sumOf(sum);
  if (whole < length) {
    const fresh = get(a, whole) - (x * get(w, whole) + y * get(v, whole));
    put(a, whole, fresh);
    total += fresh * get(u, whole);
    put(out, whole, get(out, whole) + fresh * z);
  }
  return total;
}

/** a[0..length) −= x·w + y·v. */
function update(a: usize, length: i32, x: f64, w: usize, y: f64, v: usize): void {
  for (let c = 0; c < length; c++) put(a, c, get(a, c) - (x * get(w, c) + y * get(v, c)));
}

/**
 * Eigensystem of the real symmetric n × n matrix at `a` (rows of `ld` numbers, lower triangle read, destroyed): values
 * ascending at `values`, eigenvectors as rows of n numbers at `rows`. Returns 0, or 1 if an eigenvalue did not settle.
 */
export function symmetricEigensystem(n: i32, ld: i32, a: usize, values: usize, rows: usize, scratch: usize): i32 {
  const size = <usize>even(n) << 3;
  const e = scratch;
  const beta = e + size;
  let w = beta + size;
  let old = w + size;
  const zero = old + size;
  const first = zero + size;
  const second = first + size;
  const d = second + size;
  const packed = scratch + 12 * size;
  const stride = <usize>ld << 3;
  clear(scratch, 12 * even(n));
  let v = zero;
  for (let i = n - 1; i >= 0; i--) {
    const row = a + <usize>i * stride;
    update(row, i + 1, get(v, i), old, get(old, i), v);
    put(d, i, get(row, i));
    if (i === 0) break;
    const head = get(row, i - 1);
    if (i === 1) {
      put(e, 0, head);
      continue;
    }
    const tail = dot(row, row, i - 1);
    let b: f64 = 0;
    if (tail <= negligibleTail) {
      put(e, i - 1, head);
      put(row, i - 1, 0);
    } else {
      const length = Math.sqrt(head * head + tail);
      const alpha = head > 0 ? -length : length;
      const v0 = head - alpha;
      put(row, i - 1, v0);
      put(e, i - 1, alpha);
      b = 2 / (v0 * v0 + tail);
    }
    put(beta, i, b);
    clear(w, i);
    for (let j = 0; j < i; j++) {
      const at = a + <usize>j * stride;
      const vj = get(v, j);
      const oldj = get(old, j);
      const uj = get(row, j);
      const sum = updateAndMultiply(at, j, vj, old, oldj, v, row, uj, w);
      const diagonal = get(at, j) - 2 * vj * oldj;
      put(at, j, diagonal);
      put(w, j, get(w, j) + sum + diagonal * uj);
    }
    for (let j = 0; j < i; j++) put(w, j, get(w, j) * b);
    addScaled(w, -0.5 * b * dot(w, row, i), row, i);
    const spare = old;
    old = w;
    w = spare;
    v = row;
  }
  // Row r of Qᵀ is e_r times the reflectors of r + 1 and on; two rows at a time.
  for (let r = 0; r < n; r += 2) {
    clear(first, even(n));
    clear(second, even(n));
    put(first, r, 1);
    if (r + 1 < n) put(second, r + 1, 1);
    for (let i = max(2, r + 1); i < n; i++) {
      const b = get(beta, i);
      if (b !== 0) reflectTwo(first, second, a + <usize>i * stride, b, i);
    }
    pack(first, n, packed, n, r);
    if (r + 1 < n) pack(second, n, packed, n, r + 1);
  }
  return settle(n, d, e, packed, panels(n), values, rows, 0, zero);
}

/** x −= β (x·v) v and the same for y. */
@inline function reflectTwo(x: usize, y: usize, v: usize, beta: f64, length: i32): void {
  let xs = f64x2.splat(0);
  let ys = f64x2.splat(0);
  const whole = length & ~1;
  const end = (<usize>whole) << 3;
  for (let c: usize = 0; c < end; c += 16) {
    const vc = v128.load(v + c);
    xs = f64x2.add(xs, f64x2.mul(v128.load(x + c), vc));
    ys = f64x2.add(ys, f64x2.mul(v128.load(y + c), vc));
  }
  let sx = sumOf(xs);
  let sy = sumOf(ys);
  if (whole < length) {
    sx += get(x, whole) * get(v, whole);
    sy += get(y, whole) * get(v, whole);
  }
  sx *= beta;
  sy *= beta;
  xs = f64x2.splat(sx);
  ys = f64x2.splat(sy);
  for (let c: usize = 0; c < end; c += 16) {
    const vc = v128.load(v + c);
    v128.store(x + c, f64x2.sub(v128.load(x + c), f64x2.mul(xs, vc)));
    v128.store(y + c, f64x2.sub(v128.load(y + c), f64x2.mul(ys, vc)));
  }
  if (whole < length) {
    put(x, whole, get(x, whole) - sx * get(v, whole));
    put(y, whole, get(y, whole) - sy * get(v, whole));
  }
}
