/**
 * Eigensystem of a tridiagonal matrix by QL sweeps. Their rotations are kept and applied to panels of eight columns, many
 * sweeps at a time, so that a panel stays in the first cache and its last row in registers. Twin: src/algebra/tridiagonal.ts.
 */

import { get, put } from "./numbers";

const epsilon: f64 = 2.220446049250313e-16;
const maxSweeps: i32 = 60;
/** Squares of entries to be reduced that sum up to no more than this are 0: a reflector made from them may overflow. */
export const negligibleTail: f64 = 1e-240;
/** Columns in a panel, and the bytes of a row of it. */
export const panel: i32 = 8;
export const panelRow: usize = 64;
/** Rotations kept before they are applied. */
export const mostRotations: i32 = 4096;

@inline export function panels(n: i32): i32 {
  return (n + panel - 1) / panel;
}

/** Row `r` into the panels: panel p holds columns 8p to 8p + 7 of all n rows. */
export function pack(row: usize, columns: i32, packed: usize, n: i32, r: i32): void {
  for (let p = 0; p < panels(columns); p++) {
    const to = packed + (<usize>p * <usize>n + <usize>r) * panelRow;
    for (let c = 0; c < panel; c++) {
      const column = p * panel + c;
      put(to, c, column < columns ? get(row, column) : 0);
    }
  }
}

/** QL sweeps over (d, e) with the rotations applied to the panels, then everything sorted and unpacked. */
export function settle(
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
