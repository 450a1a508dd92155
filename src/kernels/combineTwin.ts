/** The readable twins of assembly/combine.ts, form.ts and chain.ts. */

import type { ChainRoom, CombineRoom, Formed, TracePairs } from "./krylovArrays.ts";

/**
 * φ_t[i] = Σ_j y_j(t) v_j[i] for i from `from` to `to`. If `mirrored`, y is given for half of the times, and φ(−s) fills the
 * second half of a row: y_j(−s) is the conjugate of y_j(s).
 */
function combineTwin(
  room: CombineRoom,
  size: number,
  width: number,
  from: number,
  to: number,
  mirrored: boolean,
): void {
  const { vectors, apart, yRe, yIm, stride, times, re, im } = room;
  const given = mirrored ? times / 2 : times;
  for (let i = from; i < to; i++) {
    const at = (i - from) * times;
    re.fill(0, at, at + times);
    im.fill(0, at, at + times);
    for (let j = 0; j < size; j++) {
      const x = vectors[j * apart + i * width];
      const y = width === 1 ? 0 : vectors[j * apart + i * width + 1];
      for (let t = 0; t < given; t++) {
        const a = yRe[j * stride + t];
        const b = yIm[j * stride + t];
        re[at + t] += x * a - y * b;
        im[at + t] += x * b + y * a;
        if (!mirrored) continue;
        re[at + given + t] += x * a + y * b;
        im[at + given + t] += y * a - x * b;
      }
    }
  }
}

/** ρ_entry(t) += φ_i φ̄_j for the pairs from `first` to `end`. */
function reduceTwin(pairs: TracePairs, first: number, end: number, from: number, room: CombineRoom): void {
  const { times, re, im, rhoRe, rhoIm } = room;
  for (let k = first; k < end; k++) {
    const a = (pairs.list[3 * k] - from) * times;
    const b = (pairs.list[3 * k + 1] - from) * times;
    const out = pairs.list[3 * k + 2] * times;
    const cos = pairs.cos.length === 0 ? 1 : pairs.cos[k];
    const sin = pairs.sin.length === 0 ? 0 : pairs.sin[k];
    for (let t = 0; t < times; t++) {
      const real = re[a + t] * re[b + t] + im[a + t] * im[b + t];
      const imaginary = im[a + t] * re[b + t] - re[a + t] * im[b + t];
      rhoRe[out + t] += cos * real - sin * imaginary;
      if (a !== b) rhoIm[out + t] += cos * imaginary + sin * real;
    }
  }
}

/** sums[layer_i](t) += |φ_i(t)|². */
function populationsTwin(from: number, to: number, layer: Int32Array, room: CombineRoom, sums: Float64Array): void {
  const { times, re, im } = room;
  for (let i = from; i < to; i++) {
    for (let t = 0; t < times; t++) {
      const at = (i - from) * times + t;
      sums[layer[i] * times + t] += re[at] * re[at] + im[at] * im[at];
    }
  }
}

/** peaks[f] = max(peaks[f], Σ |φ_i|² over the levels of Fock state f) in one column. */
function raisePeaksTwin(
  from: number,
  to: number,
  column: number,
  { times, re, im }: CombineRoom,
  fock: Int32Array,
  peaks: Float64Array,
): void {
  let population = 0;
  for (let i = from; i < to; i++) {
    const at = (i - from) * times + column;
    population += re[at] * re[at] + im[at] * im[at];
    if (i + 1 < to && fock[i + 1] === fock[i]) continue;
    peaks[fock[i]] = Math.max(peaks[fock[i]], population);
    population = 0;
  }
}

/** φ a block of states at a time, and what is made of it. */
export function formTwin(room: CombineRoom, size: number, width: number, mirrored: boolean, into: Formed): void {
  const { blocks, pairs, layerOf, populations, looked, fock, peaks } = into;
  for (let b = 0; b < blocks.length; b += 4) {
    const [from, to, first, end] = blocks.subarray(b, b + 4);
    combineTwin(room, size, width, from, to, mirrored);
    reduceTwin(pairs, first, end, from, room);
    if (layerOf.length > 0) populationsTwin(from, to, layerOf, room, populations);
    for (const column of looked) raisePeaksTwin(from, to, column, room, fock, peaks);
  }
}

/** out[i] = Σ_j y_j v_j[i]. */
export function superposeTwin(
  vectors: Float64Array,
  apart: number,
  size: number,
  width: number,
  rows: number,
  y: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0; i < rows; i++) {
    let re = 0;
    let im = 0;
    for (let j = 0; j < size; j++) {
      const a = vectors[j * apart + i * width];
      const b = width === 1 ? 0 : vectors[j * apart + i * width + 1];
      re += y[2 * j] * a - y[2 * j + 1] * b;
      im += y[2 * j] * b + y[2 * j + 1] * a;
    }
    out[2 * i] = re;
    out[2 * i + 1] = im;
  }
}

/** u_k = T_k((T − centre)/radius) y: Σ c_k u_k over even and over odd k, and the last entry of each u_k. */
export function chainStepTwin(room: ChainRoom, size: number, centre: number, radius: number, count: number): void {
  const { alpha, beta, coefficients, y, even, odd, last } = room;
  even.fill(0, 0, 2 * size);
  odd.fill(0, 0, 2 * size);
  let now = y.slice(0, 2 * size);
  let before = new Float64Array(2 * size);
  for (let k = 0; k < count; k++) {
    last[2 * k] = now[2 * size - 2];
    last[2 * k + 1] = now[2 * size - 1];
    const sum = k % 2 === 0 ? even : odd;
    const next = new Float64Array(2 * size);
    for (let i = 0; i < 2 * size; i++) {
      sum[i] += coefficients[k] * now[i];
      const j = i >> 1;
      const left = j > 0 ? beta[j - 1] * now[i - 2] : 0;
      const right = j + 1 < size ? beta[j] * now[i + 2] : 0;
      const out = ((alpha[j] - centre) * now[i] + left + right) / radius;
      next[i] = k === 0 ? out : 2 * out - before[i];
    }
    before = now;
    now = next;
  }
}
