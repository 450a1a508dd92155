/**
 * Eigensystems of real symmetric and complex Hermitian matrices; twin: src/algebra/hermitian.ts and tridiagonal.ts.
 * Householder reflectors take the rows from the last one up, so that each is contiguous; the update of the matrix by one
 * reflector and its product with the next one are one pass. The rotations of the QL sweeps are kept and applied to panels
 * of eight columns, many sweeps at a time, so that a panel stays in the first cache and its last row in registers.
 */

const epsilon: f64 = 2.220446049250313e-16;
const maxSweeps: i32 = 60;
/** Columns in a panel, and the bytes of a row of it. */
const panel: i32 = 8;
const panelRow: usize = 64;
/** Rotations kept before they are applied. */
const mostRotations: i32 = 4096;

@inline function get(at: usize, i: i32): f64 {
  return load<f64>(at + ((<usize>i) << 3));
}

@inline function put(at: usize, i: i32, x: f64): void {
  store<f64>(at + ((<usize>i) << 3), x);
}

@inline function sumOf(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

function clear(at: usize, count: i32): void {
  memory.fill(at, 0, (<usize>count) << 3);
}

@inline function even(n: i32): i32 {
  return (n + 1) & ~1;
}

@inline function panels(n: i32): i32 {
  return (n + panel - 1) / panel;
}

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

@inline function dot(a: usize, b: usize, length: i32): f64 {
  let sum = f64x2.splat(0);
  let sum2 = f64x2.splat(0);
  const end4 = (<usize>(length & ~3)) << 3;
  let c: usize = 0;
  for (; c < end4; c += 32) {
    sum = f64x2.add(sum, f64x2.mul(v128.load(a + c), v128.load(b + c)));
    sum2 = f64x2.add(sum2, f64x2.mul(v128.load(a + c, 16), v128.load(b + c, 16)));
  }
  let total = sumOf(f64x2.add(sum, sum2));
  for (let i = length & ~3; i < length; i++) total += get(a, i) * get(b, i);
  return total;
}

/** a += s·b. */
@inline function addScaled(a: usize, s: f64, b: usize, length: i32): void {
  const ss = f64x2.splat(s);
  const end = (<usize>(length & ~1)) << 3;
  for (let c: usize = 0; c < end; c += 16) {
    v128.store(a + c, f64x2.add(v128.load(a + c), f64x2.mul(ss, v128.load(b + c))));
  }
  if (length & 1) put(a, length - 1, get(a, length - 1) + s * get(b, length - 1));
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
    if (tail === 0) {
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

/** Row `r` into the panels: panel p holds columns 8p to 8p + 7 of all n rows. */
function pack(row: usize, columns: i32, packed: usize, n: i32, r: i32): void {
  for (let p = 0; p < panels(columns); p++) {
    const to = packed + (<usize>p * <usize>n + <usize>r) * panelRow;
    for (let c = 0; c < panel; c++) {
      const column = p * panel + c;
      put(to, c, column < columns ? get(row, column) : 0);
    }
  }
}

/** QL sweeps over (d, e) with the rotations applied to the panels, then everything sorted and unpacked. */
function settle(
  n: i32, d: usize, e: usize, packed: usize, count: i32, values: usize, rows: usize, imaginary: usize, scratch: usize,
): i32 {
  const perPart = panels(n);
  const rotations = packed + <usize>count * <usize>n * panelRow;
  const sweeps = rotations + (<usize>(2 * (mostRotations + n)) << 3);
  if (!ql(n, d, e, packed, count, rotations, sweeps)) return 1;
  // Insertion sort of the order: few thousand values at most.
  const order = scratch;
  for (let i = 0; i < n; i++) {
    const x = get(d, i);
    let j = i;
    while (j > 0 && get(d, load<i32>(order + (<usize>(j - 1) << 2))) > x) {
      store<i32>(order + (<usize>j << 2), load<i32>(order + (<usize>(j - 1) << 2)));
      j--;
    }
    store<i32>(order + (<usize>j << 2), i);
  }
  for (let i = 0; i < n; i++) {
    const from = load<i32>(order + (<usize>i << 2));
    put(values, i, get(d, from));
    for (let p = 0; p < perPart; p++) {
      const used = min(panel, n - p * panel);
      const at = packed + (<usize>p * <usize>n + <usize>from) * panelRow;
      const to = <usize>(i * n + p * panel) << 3;
      memory.copy(rows + to, at, <usize>used << 3);
      if (imaginary !== 0) {
        memory.copy(imaginary + to, at + <usize>perPart * <usize>n * panelRow, <usize>used << 3);
      }
    }
  }
  return 0;
}

function ql(n: i32, d: usize, e: usize, packed: usize, count: i32, rotations: usize, sweeps: usize): bool {
  let scale: f64 = 0;
  for (let i = 0; i < n; i++) scale = max(scale, Math.abs(get(d, i)) + (i < n - 1 ? Math.abs(get(e, i)) : 0));
  const floor = 1e-17 * scale;
  // Sweep k rotates rows from[k] and from[k] + 1, then those above, length[k] times.
  let kept = 0;
  let pending = 0;
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l;
      for (; m < n - 1; m++) {
        const size = Math.abs(get(e, m));
        if (size <= floor || size <= epsilon * 0.5 * (Math.abs(get(d, m)) + Math.abs(get(d, m + 1)))) break;
      }
      if (m === l) break;
      if (sweep === maxSweeps || !isFinite(get(d, l))) return false;
      let g = (get(d, l + 1) - get(d, l)) / (2 * get(e, l));
      let r = Math.sqrt(g * g + 1);
      if (!isFinite(r)) r = Math.abs(g);
      g = get(d, m) - get(d, l) + get(e, l) / (g + (g >= 0 ? r : -r));
      let s: f64 = 1;
      let c: f64 = 1;
      let p: f64 = 0;
      let length = 0;
      let whole = true;
      for (let i = m - 1; i >= l; i--) {
        const f = s * get(e, i);
        const b = c * get(e, i);
        r = Math.sqrt(f * f + g * g);
        if (i + 1 < m) put(e, i + 1, r);
        if (r === 0) {
          put(d, i + 1, get(d, i + 1) - p);
          put(e, m, 0);
          whole = false;
          break;
        }
        s = f / r;
        c = g / r;
        g = get(d, i + 1) - p;
        r = (get(d, i) - g) * s + 2 * c * b;
        p = s * r;
        put(d, i + 1, g + p);
        g = c * r - b;
        put(rotations, 2 * (pending + length), c);
        put(rotations, 2 * (pending + length) + 1, s);
        length++;
      }
      if (whole) {
        put(d, l, get(d, l) - p);
        put(e, l, g);
        if (m < n - 1) put(e, m, 0);
      }
      if (length > 0) {
        store<i32>(sweeps + (<usize>kept << 3), m);
        store<i32>(sweeps + (<usize>kept << 3), length, 4);
        kept++;
        pending += length;
      }
      if (pending >= mostRotations) {
        rotate(n, packed, count, rotations, sweeps, kept);
        kept = 0;
        pending = 0;
      }
    }
  }
  rotate(n, packed, count, rotations, sweeps, kept);
  return true;
}

/** All kept sweeps on every panel: (row i, row i + 1) → (c·row i − s·row i+1, s·row i + c·row i+1), i downwards. */
function rotate(n: i32, packed: usize, count: i32, rotations: usize, sweeps: usize, kept: i32): void {
  for (let p = 0; p < count; p++) {
    const base = packed + <usize>p * <usize>n * panelRow;
    let at = rotations;
    for (let k = 0; k < kept; k++) {
      const m = load<i32>(sweeps + (<usize>k << 3));
      const end = at + (<usize>load<i32>(sweeps + (<usize>k << 3), 4) << 4);
      let row = base + <usize>m * panelRow;
      let a = v128.load(row);
      let b = v128.load(row, 16);
      let x = v128.load(row, 32);
      let y = v128.load(row, 48);
      for (; at < end; at += 16) {
        const c = v128.load64_splat(at);
        const s = v128.load64_splat(at, 8);
        const above = row - panelRow;
        const a2 = v128.load(above);
        const b2 = v128.load(above, 16);
        const x2 = v128.load(above, 32);
        const y2 = v128.load(above, 48);
        v128.store(row, f64x2.add(f64x2.mul(s, a2), f64x2.mul(c, a)));
        v128.store(row, f64x2.add(f64x2.mul(s, b2), f64x2.mul(c, b)), 16);
        v128.store(row, f64x2.add(f64x2.mul(s, x2), f64x2.mul(c, x)), 32);
        v128.store(row, f64x2.add(f64x2.mul(s, y2), f64x2.mul(c, y)), 48);
        a = f64x2.sub(f64x2.mul(c, a2), f64x2.mul(s, a));
        b = f64x2.sub(f64x2.mul(c, b2), f64x2.mul(s, b));
        x = f64x2.sub(f64x2.mul(c, x2), f64x2.mul(s, x));
        y = f64x2.sub(f64x2.mul(c, y2), f64x2.mul(s, y));
        row = above;
      }
      v128.store(row, a);
      v128.store(row, b, 16);
      v128.store(row, x, 32);
      v128.store(row, y, 48);
    }
  }
}

/**
 * The same for a complex Hermitian matrix, real and imaginary parts apart at `re` and `im`; eigenvectors at `rowsRe` and
 * `rowsIm`, rows of n numbers.
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
    if (tail === 0) {
      put(subr, i - 1, hr);
      put(subi, i - 1, -hi);
      put(rr, i - 1, 0);
      put(ri, i - 1, 0);
    } else {
      const head = Math.sqrt(hr * hr + hi * hi);
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
    const length = Math.sqrt(sr * sr + si * si);
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
