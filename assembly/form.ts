/** Kets at many times, formed a block of states at a time: their trace over the bosons, and where they are. Twin: src/kernels/combineTwin.ts. */

import { combine, combineMirrored } from "./combine";

/**
 * Forms φ a block of states at a time, as `combine` or `combineMirrored` do, and adds it to ρ (`reduce`), to the populations of
 * layers, and to the largest populations of Fock states. `blocks` holds from, to, and the pairs from `first` to `end` for each.
 * `whole`: S has two levels, every Fock state both of them, and there are no phases. `layer` is 0 if no populations are asked
 * for. `looked` columns, whose numbers are in `columns`, count for `peaks`; `fock` is the Fock state of each state.
 */
export function formBlocks(
  blockCount: usize, blocks: usize, vectors: usize, apart: usize, size: usize, width: i32,
  yRe: usize, yIm: usize, stride: usize, times: usize, mirrored: i32, outRe: usize, outIm: usize,
  whole: i32, pairs: usize, cos: usize, sin: usize, rhoRe: usize, rhoIm: usize,
  layer: usize, sums: usize, looked: usize, columns: usize, fock: usize, peaks: usize,
): void {
  for (let b: usize = 0; b < blockCount; b++) {
    const block = blocks + (b << 4);
    const from = <usize>load<u32>(block);
    const to = <usize>load<u32>(block, 4);
    const first = <usize>load<u32>(block, 8);
    const end = <usize>load<u32>(block, 12);
    if (mirrored) combineMirrored(vectors, apart, size, width, from, to, yRe, yIm, stride, times >> 1, outRe, outIm);
    else combine(vectors, apart, size, width, from, to, yRe, yIm, stride, times, outRe, outIm);
    if (whole) reduceTwoLevels((to - from) >> 1, times, outRe, outIm, rhoRe, rhoIm);
    else {
      const phases = first << 3;
      reduce(end - first, pairs + 12 * first, cos === 0 ? 0 : cos + phases, cos === 0 ? 0 : sin + phases, from, times, outRe, outIm, rhoRe, rhoIm);
    }
    if (layer !== 0) populations(from, to, layer, times, outRe, outIm, sums);
    for (let c: usize = 0; c < looked; c++) {
      raisePeaks(from, to, <usize>load<u32>(columns + (c << 2)), times, outRe, outIm, fock, peaks);
    }
  }
}

/** `reduce` for Fock states with two levels each, one after the other. */
function reduceTwoLevels(focks: usize, times: usize, re: usize, im: usize, rhoRe: usize, rhoIm: usize): void {
  const row = times << 3;
  for (let t: usize = 0; t < row; t += 16) {
    let up = v128.load(rhoRe + t);
    let real = v128.load(rhoRe + row + t);
    let imaginary = v128.load(rhoIm + row + t);
    let down = v128.load(rhoRe + 3 * row + t);
    let a = re + t;
    let b = im + t;
    for (let f: usize = 0; f < focks; f++) {
      const x = v128.load(a);
      const y = v128.load(b);
      const u = v128.load(a + row);
      const v = v128.load(b + row);
      up = f64x2.add(up, f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y)));
      real = f64x2.add(real, f64x2.add(f64x2.mul(x, u), f64x2.mul(y, v)));
      imaginary = f64x2.add(imaginary, f64x2.sub(f64x2.mul(y, u), f64x2.mul(x, v)));
      down = f64x2.add(down, f64x2.add(f64x2.mul(u, u), f64x2.mul(v, v)));
      a += row << 1;
      b += row << 1;
    }
    v128.store(rhoRe + t, up);
    v128.store(rhoRe + row + t, real);
    v128.store(rhoIm + row + t, imaginary);
    v128.store(rhoRe + 3 * row + t, down);
  }
}

/** peaks[f] = max(peaks[f], the population of Fock state f in a column), for the states of a block. */
function raisePeaks(from: usize, to: usize, column: usize, times: usize, re: usize, im: usize, fock: usize, peaks: usize): void {
  let population = 0.0;
  for (let i = from; i < to; i++) {
    const at = ((i - from) * times + column) << 3;
    const x = load<f64>(re + at);
    const y = load<f64>(im + at);
    population += x * x + y * y;
    const f = load<u32>(fock + (i << 2));
    if (i + 1 < to && load<u32>(fock + (i << 2), 4) === f) continue;
    const peak = peaks + (<usize>f << 3);
    if (population > load<f64>(peak)) store<f64>(peak, population);
    population = 0;
  }
}

/**
 * Adds φ_i φ̄_j to ρ at `times` times (even): the pair k of Fock states' levels is (i, j) = (pairs[3k], pairs[3k + 1]),
 * entry pairs[3k + 2] of ρ, rows of `times` numbers of `rhoRe`, `rhoIm`. Row i − from of `re`, `im` is φ_i. cos[k], sin[k]
 * turn the product into the user's phases; without them (0) it is taken as it is.
 */
function reduce(
  pairCount: usize, pairs: usize, cos: usize, sin: usize, from: usize, times: usize,
  re: usize, im: usize, rhoRe: usize, rhoIm: usize,
): void {
  const row = times << 3;
  for (let k: usize = 0; k < pairCount; k++) {
    const i = <usize>load<u32>(pairs + 12 * k) - from;
    const j = <usize>load<u32>(pairs + 12 * k, 4) - from;
    const entry = <usize>load<u32>(pairs + 12 * k, 8);
    const ar = re + i * row;
    const ai = im + i * row;
    const outRe = rhoRe + entry * row;
    if (i === j) {
      for (let t: usize = 0; t < row; t += 16) {
        const x = v128.load(ar + t);
        const y = v128.load(ai + t);
        v128.store(outRe + t, f64x2.add(v128.load(outRe + t), f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y))));
      }
      continue;
    }
    const br = re + j * row;
    const bi = im + j * row;
    const outIm = rhoIm + entry * row;
    const c = cos === 0 ? f64x2.splat(1) : v128.load64_splat(cos + (k << 3));
    const s = cos === 0 ? f64x2.splat(0) : v128.load64_splat(sin + (k << 3));
    for (let t: usize = 0; t < row; t += 16) {
      const x = v128.load(ar + t);
      const y = v128.load(ai + t);
      const u = v128.load(br + t);
      const v = v128.load(bi + t);
      const real = f64x2.add(f64x2.mul(x, u), f64x2.mul(y, v));
      const imaginary = f64x2.sub(f64x2.mul(y, u), f64x2.mul(x, v));
      v128.store(outRe + t, f64x2.add(v128.load(outRe + t), f64x2.sub(f64x2.mul(c, real), f64x2.mul(s, imaginary))));
      v128.store(outIm + t, f64x2.add(v128.load(outIm + t), f64x2.add(f64x2.mul(c, imaginary), f64x2.mul(s, real))));
    }
  }
}

/** Adds |φ_i|² at the times to row layer[i] of `sums`, for states from `from` to `to`. */
function populations(
  from: usize, to: usize, layer: usize, times: usize, re: usize, im: usize, sums: usize,
): void {
  const row = times << 3;
  for (let i = from; i < to; i++) {
    const out = sums + <usize>load<u32>(layer + (i << 2)) * row;
    const ar = re + (i - from) * row;
    const ai = im + (i - from) * row;
    for (let t: usize = 0; t < row; t += 16) {
      const x = v128.load(ar + t);
      const y = v128.load(ai + t);
      v128.store(out + t, f64x2.add(v128.load(out + t), f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y))));
    }
  }
}
