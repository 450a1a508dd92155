/** Eigensystems of complex Hermitian matrices, as those of real symmetric ones; twin: src/algebra/hermitian.ts. */

import { addScaled, clear, dot, even, get, put, sumOf } from "./numbers";
import { negligibleTail, pack, panelRow, panels, settle } from "./sweeps";

/** |re + i im|, to rounding also where squares underflow: a phase is divided by it. */
function modulus(re: f64, im: f64): f64 {
  const larger = Math.max(Math.abs(re), Math.abs(im));
  if (larger === 0) return 0;
  const ratio = Math.min(Math.abs(re), Math.abs(im)) / larger;
  return larger * Math.sqrt(1 + ratio * ratio);
}

/**
 * `symmetricEigensystem` for a complex Hermitian matrix, real and imaginary parts apart at `re` and `im`; eigenvectors at
 * `rowsRe` and `rowsIm`, rows of n numbers.
 */
export function hermitianEigensystem(
  n: i32, ld: i32, re: usize, im: usize, values: usize, rowsRe: usize, rowsIm: usize, scratch: usize,
): i32 {
  const size = <usize>even(n) << 3;
  const e = scratch;
  const beta = e + size;
  let wr = beta + size;
  let wi = wr + size;
  let oldr = wi + size;
  let oldi = oldr + size;
  const zero = oldi + size;
  const subr = zero + size;
  const subi = subr + size;
  const xr = subi + size;
  const xi = xr + size;
  const d = xi + size;
  const packed = scratch + 24 * size;
  const stride = <usize>ld << 3;
  clear(scratch, 24 * even(n));
  let vr = zero;
  let vi = zero;
  for (let i = n - 1; i >= 0; i--) {
    const rr = re + <usize>i * stride;
    const ri = im + <usize>i * stride;
    updateComplex(rr, ri, i + 1, get(vr, i), get(vi, i), get(oldr, i), get(oldi, i), vr, vi, oldr, oldi);
    put(d, i, get(rr, i));
    if (i === 0) break;
    const hr = get(rr, i - 1);
    const hi = -get(ri, i - 1);
    if (i === 1) {
      put(subr, 0, hr);
      put(subi, 0, -hi);
      continue;
    }
    // The column above the diagonal is the conjugate of the row.
    for (let c = 0; c < i; c++) put(ri, c, -get(ri, c));
    const tail = dot(rr, rr, i - 1) + dot(ri, ri, i - 1);
    let b: f64 = 0;
    if (tail <= negligibleTail) {
      put(subr, i - 1, hr);
      put(subi, i - 1, -hi);
      put(rr, i - 1, 0);
      put(ri, i - 1, 0);
    } else {
      const head = modulus(hr, hi);
      const length = Math.sqrt(head * head + tail);
      const pr = head === 0 ? 1 : hr / head;
      const pi = head === 0 ? 0 : hi / head;
      put(subr, i - 1, -pr * length);
      put(subi, i - 1, pi * length);
      put(rr, i - 1, hr + pr * length);
      put(ri, i - 1, hi + pi * length);
      b = 2 / ((head + length) * (head + length) + tail);
    }
    put(beta, i, b);
    clear(wr, i);
    clear(wi, i);
    for (let j = 0; j < i; j++) {
      const ar = re + <usize>j * stride;
      const ai = im + <usize>j * stride;
      const vrj = get(vr, j);
      const vij = get(vi, j);
      const orj = get(oldr, j);
      const oij = get(oldi, j);
      const ur = get(rr, j);
      const ui = get(ri, j);
      updateAndMultiplyComplex(ar, ai, j, vrj, vij, orj, oij, vr, vi, oldr, oldi, rr, ri, ur, ui, wr, wi);
      const diagonal = get(ar, j) - 2 * (vrj * orj + vij * oij);
      put(ar, j, diagonal);
      put(wr, j, get(wr, j) + diagonal * ur);
      put(wi, j, get(wi, j) + diagonal * ui);
    }
    for (let j = 0; j < i; j++) {
      put(wr, j, get(wr, j) * b);
      put(wi, j, get(wi, j) * b);
    }
    const shift = -0.5 * b * (dot(wr, rr, i) + dot(wi, ri, i));
    addScaled(wr, shift, rr, i);
    addScaled(wi, shift, ri, i);
    let spare = oldr;
    oldr = wr;
    wr = spare;
    spare = oldi;
    oldi = wi;
    wi = spare;
    vr = rr;
    vi = ri;
  }
  // Phases that make the sub-diagonal real go into the rows.
  let phaseRe: f64 = 1;
  let phaseIm: f64 = 0;
  for (let r = 0; r < n; r++) {
    clear(xr, even(n));
    clear(xi, even(n));
    put(xr, r, phaseRe);
    put(xi, r, phaseIm);
    for (let i = max(2, r + 1); i < n; i++) {
      const b = get(beta, i);
      if (b !== 0) reflectComplex(xr, xi, re + <usize>i * stride, im + <usize>i * stride, b, i);
    }
    pack(xr, n, packed, n, r);
    pack(xi, n, packed + <usize>panels(n) * <usize>n * panelRow, n, r);
    if (r === n - 1) break;
    const sr = get(subr, r);
    const si = get(subi, r);
    const length = modulus(sr, si);
    put(e, r, length);
    if (length > 0) {
      const next = (phaseRe * sr - phaseIm * si) / length;
      phaseIm = (phaseRe * si + phaseIm * sr) / length;
      phaseRe = next;
    }
  }
  return settle(n, d, e, packed, 2 * panels(n), values, rowsRe, rowsIm, zero);
}

/** a[0..length) −= v_j w† + w_j v†, for row j. */
function updateComplex(
  ar: usize, ai: usize, length: i32, vrj: f64, vij: f64, wrj: f64, wij: f64, vr: usize, vi: usize, wr: usize, wi: usize,
): void {
  for (let c = 0; c < length; c++) {
    const vrc = get(vr, c);
    const vic = get(vi, c);
    const wrc = get(wr, c);
    const wic = get(wi, c);
    put(ar, c, get(ar, c) - (vrj * wrc + vij * wic + wrj * vrc + wij * vic));
    put(ai, c, get(ai, c) - (vij * wrc - vrj * wic + wij * vrc - wrj * vic));
  }
}

/** The same, then out_j += a·u and out += a† u_j. */
@inline function updateAndMultiplyComplex(
  ar: usize, ai: usize, length: i32, vrj: f64, vij: f64, wrj: f64, wij: f64,
  vr: usize, vi: usize, wr: usize, wi: usize, ur: usize, ui: usize, urj: f64, uij: f64, outr: usize, outi: usize,
): void {
  const a = f64x2.splat(vrj);
  const b = f64x2.splat(vij);
  const x = f64x2.splat(wrj);
  const y = f64x2.splat(wij);
  const p = f64x2.splat(urj);
  const q = f64x2.splat(uij);
  let sr = f64x2.splat(0);
  let si = f64x2.splat(0);
  const whole = length & ~1;
  const end = (<usize>whole) << 3;
  for (let c: usize = 0; c < end; c += 16) {
    const vrc = v128.load(vr + c);
    const vic = v128.load(vi + c);
    const wrc = v128.load(wr + c);
    const wic = v128.load(wi + c);
    const r = f64x2.sub(
      v128.load(ar + c),
      f64x2.add(
        f64x2.add(f64x2.mul(a, wrc), f64x2.mul(b, wic)),
        f64x2.add(f64x2.mul(x, vrc), f64x2.mul(y, vic)),
      ),
    );
    const i = f64x2.sub(
      v128.load(ai + c),
      f64x2.sub(
        f64x2.add(f64x2.mul(b, wrc), f64x2.mul(y, vrc)),
        f64x2.add(f64x2.mul(a, wic), f64x2.mul(x, vic)),
      ),
    );
    v128.store(ar + c, r);
    v128.store(ai + c, i);
    const urc = v128.load(ur + c);
    const uic = v128.load(ui + c);
    sr = f64x2.add(sr, f64x2.sub(f64x2.mul(r, urc), f64x2.mul(i, uic)));
    si = f64x2.add(si, f64x2.add(f64x2.mul(r, uic), f64x2.mul(i, urc)));
    v128.store(outr + c, f64x2.add(v128.load(outr + c), f64x2.add(f64x2.mul(r, p), f64x2.mul(i, q))));
    v128.store(outi + c, f64x2.add(v128.load(outi + c), f64x2.sub(f64x2.mul(r, q), f64x2.mul(i, p))));
  }
  let tr = sumOf(sr);
  let ti = sumOf(si);
  if (whole < length) {
    const c = whole;
    const r = get(ar, c) - (vrj * get(wr, c) + vij * get(wi, c) + wrj * get(vr, c) + wij * get(vi, c));
    const i = get(ai, c) - (vij * get(wr, c) - vrj * get(wi, c) + wij * get(vr, c) - wrj * get(vi, c));
    put(ar, c, r);
    put(ai, c, i);
    tr += r * get(ur, c) - i * get(ui, c);
    ti += r * get(ui, c) + i * get(ur, c);
    put(outr, c, get(outr, c) + r * urj + i * uij);
    put(outi, c, get(outi, c) + r * uij - i * urj);
  }
  put(outr, length, get(outr, length) + tr);
  put(outi, length, get(outi, length) + ti);
}

/** x −= β v (v†x). */
@inline function reflectComplex(xr: usize, xi: usize, vr: usize, vi: usize, beta: f64, length: i32): void {
  let rs = f64x2.splat(0);
  let is = f64x2.splat(0);
  const whole = length & ~1;
  const end = (<usize>whole) << 3;
  for (let c: usize = 0; c < end; c += 16) {
    const a = v128.load(vr + c);
    const b = v128.load(vi + c);
    const x = v128.load(xr + c);
    const y = v128.load(xi + c);
    rs = f64x2.add(rs, f64x2.add(f64x2.mul(a, x), f64x2.mul(b, y)));
    is = f64x2.add(is, f64x2.sub(f64x2.mul(a, y), f64x2.mul(b, x)));
  }
  let sr = sumOf(rs);
  let si = sumOf(is);
  if (whole < length) {
    sr += get(vr, whole) * get(xr, whole) + get(vi, whole) * get(xi, whole);
    si += get(vr, whole) * get(xi, whole) - get(vi, whole) * get(xr, whole);
  }
  sr *= beta;
  si *= beta;
  rs = f64x2.splat(sr);
  is = f64x2.splat(si);
  for (let c: usize = 0; c < end; c += 16) {
    const a = v128.load(vr + c);
    const b = v128.load(vi + c);
    v128.store(xr + c, f64x2.sub(v128.load(xr + c), f64x2.sub(f64x2.mul(a, rs), f64x2.mul(b, is))));
    v128.store(xi + c, f64x2.sub(v128.load(xi + c), f64x2.add(f64x2.mul(a, is), f64x2.mul(b, rs))));
  }
  if (whole < length) {
    const a = get(vr, whole);
    const b = get(vi, whole);
    put(xr, whole, get(xr, whole) - (a * sr - b * si));
    put(xi, whole, get(xi, whole) - (a * si + b * sr));
  }
}
