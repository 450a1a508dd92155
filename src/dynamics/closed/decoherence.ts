/** What a site remembers of the states of S, one after the other, that it has seen: decoherence without cancellation. */

import { eigh } from "../../algebra/hermitian.ts";
import {
  add,
  addTo,
  adjoint,
  type Complex,
  type Matrix,
  maxAbs,
  multiply,
  scale,
  trace,
  zeros,
} from "../../algebra/matrix.ts";
import { remembered } from "../../algebra/remembered.ts";
import { divided1, divided2 } from "../controlled/dividedExponential.ts";

/** What one state of S does to a site, in the site's eigenbasis. */
export interface Level {
  readonly w: Matrix;
  /** Eigenvalues of h. */
  readonly bare: Float64Array;
  /** Eigenvalues and eigenvectors of h + w/√M. */
  readonly values: Float64Array;
  readonly vectors: Matrix;
  /** w times the eigenvectors. */
  readonly wVectors: Matrix;
}

export function levelOf(w: Matrix, energies: Float64Array, size: number): Level {
  const shifted = scale(w, 1 / Math.sqrt(size));
  for (let k = 0; k < energies.length; k++) shifted.re[k * energies.length + k] += energies[k];
  const { values, vectors } = eigh(shifted);
  return { w, bare: energies, values, vectors, wVectors: multiply(w, vectors) };
}

/**
 * A site's propagator U along a sequence of states of S, as U = U_0 + ε P_1 + ε² P_2 exactly: ε = 1/√M, U_0 = e^{−iht}, and P_2
 * holds all that is of second and higher order. So it is known without cancellation at M = 10^23 and in the limit.
 */
export interface SitePath {
  /** How long it took. */
  readonly time: number;
  readonly first: Matrix;
  readonly second: Matrix;
  /** U, found when first asked for. */
  readonly whole: () => Matrix;
  /** Σ ‖w‖|t|, which digits are lost by. */
  readonly way: number;
  /** Of how many stretches it is made. */
  readonly pieces: number;
}

/** The site while S stays in one state. */
export function stretch(level: Level, t: number): SitePath {
  return {
    time: t,
    ...dysonTerms(level, t),
    whole: remembered(() => propagator(level, t)),
    way: maxAbs(level.w) * level.bare.length * Math.abs(t),
    pieces: 1,
  };
}

/** One after the other. `bare`: the eigenvalues of h. */
export function joinedPaths(earlier: SitePath, later: SitePath, bare: Float64Array, size: number): SitePath {
  const step = 1 / Math.sqrt(size);
  const [p, q] = [earlier, later];
  const second = multiply(q.first, p.first);
  addTo(second, freeAfter(bare, q.time, p.second));
  addTo(second, freeBefore(bare, p.time, q.second));
  addTo(second, add(multiply(q.first, p.second), multiply(q.second, p.first)), step);
  addTo(second, multiply(q.second, p.second), step * step);
  return {
    time: p.time + q.time,
    first: add(freeAfter(bare, q.time, p.first), freeBefore(bare, p.time, q.first)),
    second,
    whole: remembered(() => multiply(q.whole(), p.whole())),
    way: p.way + q.way,
    pieces: p.pieces + q.pieces,
  };
}

/** e^{−iht} A. */
function freeAfter(bare: Float64Array, t: number, a: Matrix): Matrix {
  return turned(a, (i) => bare[i] * t);
}

/** A e^{−iht}. */
function freeBefore(bare: Float64Array, t: number, a: Matrix): Matrix {
  return turned(a, (_, j) => bare[j] * t);
}

/** Entries times e^{−i angle}. */
function turned(a: Matrix, angle: (i: number, j: number) => number): Matrix {
  const out = zeros(a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) {
      const e = i * a.cols + j;
      const [cos, sin] = [Math.cos(angle(i, j)), Math.sin(angle(i, j))];
      out.re[e] = a.re[e] * cos + a.im[e] * sin;
      out.im[e] = a.im[e] * cos - a.re[e] * sin;
    }
  }
  return out;
}

type DysonTerms = Pick<SitePath, "first" | "second">;

function dysonTerms({ w, bare: energies, values, vectors, wVectors }: Level, t: number): DysonTerms {
  const d = energies.length;
  const first = zeros(d);
  const mixed = zeros(d);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      const i = a * d + b;
      // −i w e^{…}: a factor −i for each w.
      const f = divided1(energies[a], energies[b], t);
      first.re[i] = w.re[i] * f.im + w.im[i] * f.re;
      first.im[i] = w.im[i] * f.im - w.re[i] * f.re;
      if (w.re[i] === 0 && w.im[i] === 0) continue;
      for (let l = 0; l < d; l++) {
        const s = divided2(energies[a], energies[b], values[l], t);
        const xr = w.re[i] * wVectors.re[b * d + l] - w.im[i] * wVectors.im[b * d + l];
        const xi = w.re[i] * wVectors.im[b * d + l] + w.im[i] * wVectors.re[b * d + l];
        mixed.re[a * d + l] -= xr * s.re - xi * s.im;
        mixed.im[a * d + l] -= xr * s.im + xi * s.re;
      }
    }
  }
  return { first, second: multiply(mixed, adjoint(vectors)) };
}

/**
 * log D = M log tr(U_m ρ U_n†) of two sequences that took equally long, written as (1 + g/M)^M with g found without
 * cancellation, so that it is exact at M = 1 and at M = 10^23 alike; in the limit it is g. ρ is diagonal.
 */
export function decoherence(
  m: SitePath,
  n: SitePath,
  bare: Float64Array,
  populations: Float64Array,
  size: number,
): Complex {
  const way = Math.max(m.way, n.way);
  const step = 1 / Math.sqrt(size);
  // The Dyson form loses digits as (‖w‖t)² where that is large, the plain power loses them as M does: take the better.
  if (size < way ** 2 * (1 + step * way) ** 2) return plainPower(m, n, populations, size);
  const g = add2(
    add2(withVacuum(m.second, bare, populations, m.time), conjugate(withVacuum(n.second, bare, populations, n.time))),
    overlap(m.first, n.first, populations),
  );
  const third = add2(overlap(m.second, n.first, populations), overlap(m.first, n.second, populations));
  const fourth = overlap(m.second, n.second, populations);
  const whole = {
    re: g.re + step * third.re + step * step * fourth.re,
    im: g.im + step * third.im + step * step * fourth.im,
  };
  if (size === Number.POSITIVE_INFINITY) return whole;
  const re = whole.re / size;
  const im = whole.im / size;
  return { re: 0.5 * size * Math.log1p(2 * re + re * re + im * im), im: size * Math.atan2(im, 1 + re) };
}

/** tr(P ρ U_0†), U_0 = e^{−iht}. */
function withVacuum(p: Matrix, bare: Float64Array, populations: Float64Array, t: number): Complex {
  const d = populations.length;
  let re = 0;
  let im = 0;
  for (let k = 0; k < d; k++) {
    const cos = Math.cos(bare[k] * t);
    const sin = Math.sin(bare[k] * t);
    re += populations[k] * (p.re[k * d + k] * cos - p.im[k * d + k] * sin);
    im += populations[k] * (p.re[k * d + k] * sin + p.im[k * d + k] * cos);
  }
  return { re, im };
}

/** tr(P ρ Q†) with diagonal ρ. */
function overlap(p: Matrix, q: Matrix, populations: Float64Array): Complex {
  const d = populations.length;
  let re = 0;
  let im = 0;
  for (let a = 0; a < d; a++) {
    for (let k = 0; k < d; k++) {
      const i = a * d + k;
      re += populations[k] * (p.re[i] * q.re[i] + p.im[i] * q.im[i]);
      im += populations[k] * (p.im[i] * q.re[i] - p.re[i] * q.im[i]);
    }
  }
  return { re, im };
}

/** M log tr(U_m ρ U_n†). */
function plainPower(m: SitePath, n: SitePath, populations: Float64Array, size: number): Complex {
  const u = m.whole();
  const weighted = {
    ...u,
    re: u.re.map((x, e) => x * populations[e % u.cols]),
    im: u.im.map((x, e) => x * populations[e % u.cols]),
  };
  const power = trace(multiply(weighted, adjoint(n.whole())));
  return { re: size * Math.log(Math.hypot(power.re, power.im)), im: size * Math.atan2(power.im, power.re) };
}

/** e^{−i(h + w/√M)t}. */
function propagator({ values, vectors }: Level, t: number): Matrix {
  const d = values.length;
  const phased = zeros(d);
  for (let i = 0; i < d; i++) {
    for (let l = 0; l < d; l++) {
      const cos = Math.cos(values[l] * t);
      const sin = -Math.sin(values[l] * t);
      phased.re[i * d + l] = vectors.re[i * d + l] * cos - vectors.im[i * d + l] * sin;
      phased.im[i * d + l] = vectors.re[i * d + l] * sin + vectors.im[i * d + l] * cos;
    }
  }
  return multiply(phased, adjoint(vectors));
}

export function add2(a: Complex, b: Complex): Complex {
  return { re: a.re + b.re, im: a.im + b.im };
}

function conjugate(a: Complex): Complex {
  return { re: a.re, im: -a.im };
}
