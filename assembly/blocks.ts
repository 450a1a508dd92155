/**
 * A step of Lanczos' recursion for H as a sum of products between Fock states that stand in blocks. A block has the first
 * states of the first block once more, with other quanta in the outer modes: what an inner mode does in it is what it does
 * there, and an outer mode leads from each of its states to the same place of another block. Twin: src/kernels/blocksTwin.ts.
 */

import { gather, gatherRuns, multiply } from "./levels";
import { index, sumOf } from "./numbers";

/**
 * H = H_S + E_b + E_i + Σ_r O_r ⊗ X_r, all real, at place i of block b, for spaces in which every Fock state has all N levels.
 * `starts` are the blocks' first Fock states and their end. X_r has the runs of b and r from runStart[b·termCount + r] to the
 * next: places 0 to `reach`, in each the state as many places after `from`, times `size`; longest first. Inside a block it has
 * the compressed rows of the first block (`innerCount` of them; rowStart: innerCount + 1 numbers for each r), columns ascending,
 * as far as they lead to places that the block has. The blocks from `begin` to `stop`.
 */
export function blocks(
  begin: usize, stop: usize, starts: usize, blockEnergies: usize, innerEnergies: usize, n: usize, width: usize, system: usize,
  termCount: usize, runStart: usize, from: usize, reach: usize, size: usize,
  innerCount: usize, rowStart: usize, column: usize, values: usize, operators: usize, scratch: usize,
  x: usize, z: usize, y: usize, sigma: f64, gamma: f64,
): f64 {
  const bytes = (n * width) << 3;
  // Scratch: a sum and a result of a Fock state, the spans of runs, where each run of the block begins.
  const sum = scratch;
  const spans = sum + 2 * ((bytes + 15) & ~15);
  const origins = spans + (termCount << 3);
  let overlap: f64 = 0;
  for (let b = begin; b < stop; b++) {
    const start = index(starts, b);
    const length = index(starts, b + 1) - start;
    const runs = runStart + ((b * termCount) << 2);
    const first = index(runs, 0);
    const count = index(runs, termCount) - first;
    for (let k: usize = 0; k < count; k++) store<u32>(origins + (k << 2), <u32>(x + index(from, first + k) * bytes));
    const energy = load<f64>(blockEnergies + (b << 3));
    const own = start * bytes;
    for (let at: usize = 0; at < length; ) {
      const to = sameRuns(at, length, termCount, runs, reach, spans);
      overlap += n === 2 && width === 2
        ? placesOfTwoLevels(
          at, to, length, energy, innerEnergies, system, termCount, spans, origins, size + (first << 3),
          innerCount, rowStart, column, values, operators, x + own, z + own, y + own, sigma, gamma,
        )
        : places(
          at, to, length, energy, innerEnergies, n, width, system, termCount, spans, origins, size + (first << 3),
          innerCount, rowStart, column, values, operators, sum, x + own, z + own, y + own, sigma, gamma,
        );
      at = to;
    }
  }
  return overlap;
}

/**
 * Up to which place the same runs reach as reach `at`. For each r `spans` gets the first of them and their end, counted from
 * the first run of the block.
 */
function sameRuns(at: usize, length: usize, termCount: usize, runs: usize, reach: usize, spans: usize): usize {
  let to = length;
  const first = index(runs, 0);
  for (let r: usize = 0; r < termCount; r++) {
    const begin = index(runs, r);
    let end = index(runs, r + 1);
    while (end > begin && index(reach, end - 1) <= at) end--;
    if (end > begin) to = min(to, index(reach, end - 1));
    store<u32>(spans + (r << 3), <u32>(begin - first));
    store<u32>(spans + (r << 3), <u32>(end - first), 4);
  }
  return to;
}

/** Places `at` to `to` of a block, for N = 2 and complex vectors, all in registers; x, z, y are those of its first place. */
function placesOfTwoLevels(
  at: usize, to: usize, length: usize, energy: f64, innerEnergies: usize, system: usize,
  termCount: usize, spans: usize, origins: usize, size: usize,
  innerCount: usize, rowStart: usize, column: usize, values: usize, operators: usize,
  x: usize, z: usize, y: usize, sigma: f64, gamma: f64,
): f64 {
  const sig = f64x2.splat(sigma);
  const gam = f64x2.splat(gamma);
  const h00 = f64x2.splat(load<f64>(system) + energy);
  const h01 = v128.load64_splat(system, 8);
  const h10 = v128.load64_splat(system, 16);
  const h11 = f64x2.splat(load<f64>(system, 24) + energy);
  let overlap = f64x2.splat(0);
  const next = (innerCount + 1) << 2;
  for (let i = at; i < to; i++) {
    const own = i << 5;
    const inner = v128.load64_splat(innerEnergies + (i << 3));
    const x0 = v128.load(x + own);
    const x1 = v128.load(x + own, 16);
    let y0 = f64x2.add(f64x2.mul(f64x2.add(h00, inner), x0), f64x2.mul(h01, x1));
    let y1 = f64x2.add(f64x2.mul(h10, x0), f64x2.mul(f64x2.add(h11, inner), x1));
    let starts = rowStart + (i << 2);
    let o = operators;
    for (let r: usize = 0; r < termCount; r++) {
      let a = f64x2.splat(0);
      let b = f64x2.splat(0);
      let c = f64x2.splat(0);
      let d = f64x2.splat(0);
      const span = spans + (r << 3);
      const lastRun = index(span, 1);
      for (let k = index(span, 0); k < lastRun; k++) {
        const s = v128.load64_splat(size + (k << 3));
        const p = index(origins, k) + own;
        a = f64x2.add(a, f64x2.mul(s, v128.load(p)));
        b = f64x2.add(b, f64x2.mul(s, v128.load(p, 16)));
      }
      let e = index(starts, 0);
      let end = index(starts, 1);
      while (end > e && index(column, end - 1) >= length) end--;
      for (; e + 1 < end; e += 2) {
        const s = v128.load64_splat(values + (e << 3));
        const s2 = v128.load64_splat(values + (e << 3), 8);
        const p = x + (index(column, e) << 5);
        const p2 = x + (index(column, e + 1) << 5);
        a = f64x2.add(a, f64x2.mul(s, v128.load(p)));
        b = f64x2.add(b, f64x2.mul(s, v128.load(p, 16)));
        c = f64x2.add(c, f64x2.mul(s2, v128.load(p2)));
        d = f64x2.add(d, f64x2.mul(s2, v128.load(p2, 16)));
      }
      if (e < end) {
        const s = v128.load64_splat(values + (e << 3));
        const p = x + (index(column, e) << 5);
        a = f64x2.add(a, f64x2.mul(s, v128.load(p)));
        b = f64x2.add(b, f64x2.mul(s, v128.load(p, 16)));
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

/** The same for any N and real or complex vectors. */
function places(
  at: usize, to: usize, length: usize, energy: f64, innerEnergies: usize, n: usize, width: usize, system: usize,
  termCount: usize, spans: usize, origins: usize, size: usize,
  innerCount: usize, rowStart: usize, column: usize, values: usize, operators: usize, sum: usize,
  x: usize, z: usize, y: usize, sigma: f64, gamma: f64,
): f64 {
  const numbers = n * width;
  const bytes = numbers << 3;
  const square = (n * n) << 3;
  const result = sum + ((bytes + 15) & ~15);
  let overlap: f64 = 0;
  for (let i = at; i < to; i++) {
    const own = i * bytes;
    multiply(system, x + own, result, n, width, false, energy + load<f64>(innerEnergies + (i << 3)));
    let starts = rowStart + (i << 2);
    for (let r: usize = 0; r < termCount; r++) {
      const e = index(starts, 0);
      let end = index(starts, 1);
      while (end > e && index(column, end - 1) >= length) end--;
      gather(e, end, column, values, x, bytes, sum);
      const span = spans + (r << 3);
      gatherRuns(index(span, 0), index(span, 1), origins, size, own, bytes, sum);
      multiply(operators + r * square, sum, result, n, width, true, 0);
      starts += (innerCount + 1) << 2;
    }
    for (let c: usize = 0; c < bytes; c += 8) {
      const out = sigma * load<f64>(result + c) - gamma * load<f64>(z + own + c);
      store<f64>(y + own + c, out);
      overlap += out * load<f64>(x + own + c);
    }
  }
  return overlap;
}
