/** The closed form where S only dephases: all of H_S, G_q and G_q† diagonal in one basis. Physics section 5. */

import { eigh } from "../algebra/hermitian.ts";
import {
  add,
  addTo,
  adjoint,
  type Complex,
  commutator,
  inBasis,
  type Matrix,
  maxAbs,
  multiply,
  scale,
  trace,
  zeros,
} from "../algebra/matrix.ts";
import { type MatrixSeries, zeroSeries } from "../algebra/series.ts";
import { soleReservoir } from "../model/soleReservoir.ts";
import type { Model, Size } from "../model/types.ts";
import { alone } from "../reservoir/alone.ts";
import { type Eigenbasis, eigenbasis, inEigenbasis } from "../reservoir/eigenbasis.ts";
import { divided1, divided2 } from "./dividedExponential.ts";

/** A commutator smaller than this, relative to its factors, is a rounding error. */
const commuting = 1e-12;

/** The common eigenbasis of H_S and all couplings on S, in columns, or null if there is none. */
export function nondemolitionBasis(model: Model): Matrix | null {
  const operators = [model.system.hamiltonian];
  for (const { system } of model.reservoirs.flatMap(({ couplings }) => couplings)) {
    const dagger = adjoint(system);
    operators.push(scale(add(system, dagger), 0.5), scale(add(system, dagger, -1), { re: 0, im: -0.5 }));
  }
  // A part that is only rounding, such as the anti-Hermitian one of a Hermitian G, must not decide.
  const largest = Math.max(...operators.map(maxAbs));
  const parts = operators.filter((operator) => maxAbs(operator) > 1e-13 * largest);
  for (const a of parts) {
    for (const b of parts) {
      if (maxAbs(commutator(a, b)) > commuting * maxAbs(a) * maxAbs(b)) return null;
    }
  }
  // One combination of the operators tells all their joint eigenspaces apart, unless its factors conspire.
  const mixture = zeros(model.system.dimension);
  parts.forEach((operator, i) => {
    const size = maxAbs(operator);
    addTo(mixture, operator, Math.cos(1 + 2.399963 * i) / size);
  });
  const { vectors } = eigh(mixture);
  return parts.every((operator) => offDiagonal(inBasis(operator, vectors)) <= 1e-11 * maxAbs(operator))
    ? vectors
    : null;
}

/**
 * ρ_S(t) for `size` sites (Infinity for the limit), given the basis of `nondemolitionBasis`. The decoherence function is
 * D_mn = [tr(U_m ρ U_n†)]^M with U_m = exp(−i(h + w_m/√M)t), written as (1 + g/M)^M with g found without cancellation,
 * so that it is exact at M = 1 and at M = 10^23 alike; its limit e^g is the product (21) over all modes. Several reservoirs
 * multiply: each has its own M_r.
 */
export function nondemolition(model: Model, size: number, basis: Matrix): MatrixSeries {
  const { dimension: n } = model.system;
  const branches = alone(model, size).map((one) => branchesOf(one.model, one.size, basis));
  const energies = diagonalOf(inBasis(model.system.hamiltonian, basis));
  const start = inBasis(model.system.state, basis);
  const series = zeroSeries(model.times, n);
  model.times.forEach((t, at) => {
    const factors = branches.map((one) => factorsAt(one, n, t));
    const rho = zeros(n);
    for (let m = 0; m < n; m++) {
      for (let k = m; k < n; k++) {
        const phase = -(energies[m] - energies[k]) * t;
        const factor = m === k ? { re: 0, im: 0 } : factors.map((one) => one[m * n + k]).reduce(add2);
        const damping = Math.exp(factor.re);
        const cos = damping * Math.cos(factor.im + phase);
        const sin = damping * Math.sin(factor.im + phase);
        const i = m * n + k;
        const j = k * n + m;
        rho.re[i] = start.re[i] * cos - start.im[i] * sin;
        rho.im[i] = start.re[i] * sin + start.im[i] * cos;
        rho.re[j] = rho.re[i];
        rho.im[j] = -rho.im[i];
      }
    }
    const back = multiply(multiply(basis, rho), adjoint(basis));
    series.re.set(back.re, at * n * n);
    series.im.set(back.im, at * n * n);
  });
  return series;
}

/** What the states of S do to the sites of one reservoir, and those to the energies of S. */
interface Branches {
  readonly size: Size;
  readonly site: Eigenbasis;
  readonly levels: readonly Level[];
  /** √M times the mean field in each state of S, where it is kept. */
  readonly meanField: Float64Array;
}

function branchesOf(model: Model, size: Size, basis: Matrix): Branches {
  const site = eigenbasis(soleReservoir(model).site);
  const operators = siteOperators(model, basis);
  const root = model.meanField.kept && size !== Number.POSITIVE_INFINITY ? Math.sqrt(size) : 0;
  return {
    size,
    site,
    levels: operators.map((w) => levelOf(inEigenbasis(w, site), site.energies, size)),
    meanField: diagonalOf(inBasis(scale(model.meanField.operator, root), basis)),
  };
}

/** log D_mn of one reservoir at m·n + k, for m < k. */
function factorsAt({ size, site, levels, meanField }: Branches, n: number, t: number): Complex[] {
  const terms = levels.map((level) => dysonTerms(level, site.energies, t));
  const factors: Complex[] = [];
  for (let m = 0; m < n; m++) {
    for (let k = m + 1; k < n; k++) {
      const { re, im } = decoherence(terms[m], terms[k], levels[m], levels[k], site.populations, size, t);
      factors[m * n + k] = { re, im: im - (meanField[m] - meanField[k]) * t };
    }
  }
  return factors;
}

/** w_m = Σ_q (g_{q,m} v_q + h.c.) for each basis state m, d × d. */
function siteOperators(model: Model, basis: Matrix): Matrix[] {
  const reservoir = soleReservoir(model);
  const couplings = reservoir.couplings.map(({ system, site }) => ({ g: inBasis(system, basis), site }));
  return Array.from({ length: model.system.dimension }, (_, m) => {
    const w = zeros(reservoir.site.dimension);
    for (const { g, site } of couplings) {
      const at = m * g.cols + m;
      addTo(w, site, { re: g.re[at], im: g.im[at] });
      addTo(w, adjoint(site), { re: g.re[at], im: -g.im[at] });
    }
    return w;
  });
}

/** What one state of S does to a site, in the site's eigenbasis. */
interface Level {
  readonly w: Matrix;
  /** Eigenvalues of h. */
  readonly bare: Float64Array;
  /** Eigenvalues and eigenvectors of h + w/√M. */
  readonly values: Float64Array;
  readonly vectors: Matrix;
  /** w times the eigenvectors. */
  readonly wVectors: Matrix;
}

function levelOf(w: Matrix, energies: Float64Array, size: number): Level {
  const shifted = scale(w, 1 / Math.sqrt(size));
  for (let k = 0; k < energies.length; k++) shifted.re[k * energies.length + k] += energies[k];
  const { values, vectors } = eigh(shifted);
  return { w, bare: energies, values, vectors, wVectors: multiply(w, vectors) };
}

/** U = U_0 + ε P_1 + ε² P_2 exactly, ε = 1/√M, with P_2 holding all that is of second and higher order. */
interface DysonTerms {
  readonly first: Matrix;
  readonly second: Matrix;
}

function dysonTerms({ w, values, vectors, wVectors }: Level, energies: Float64Array, t: number): DysonTerms {
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

/** log D_mn. */
function decoherence(
  m: DysonTerms,
  n: DysonTerms,
  levelM: Level,
  levelN: Level,
  populations: Float64Array,
  size: number,
  t: number,
): Complex {
  const way = Math.max(maxAbs(levelM.w), maxAbs(levelN.w)) * populations.length * Math.abs(t);
  const step = 1 / Math.sqrt(size);
  // The Dyson form loses digits as (‖w‖t)² where that is large, the plain power loses them as M does: take the better.
  if (size < way ** 2 * (1 + step * way) ** 2) return plainPower(levelM, levelN, populations, size, t);
  const g = add2(
    add2(withVacuum(m.second, levelM, populations, t), conjugate(withVacuum(n.second, levelN, populations, t))),
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
function withVacuum(p: Matrix, level: Level, populations: Float64Array, t: number): Complex {
  const d = populations.length;
  let re = 0;
  let im = 0;
  for (let k = 0; k < d; k++) {
    const cos = Math.cos(level.bare[k] * t);
    const sin = Math.sin(level.bare[k] * t);
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
function plainPower(m: Level, n: Level, populations: Float64Array, size: number, t: number): Complex {
  const power = trace(multiply(propagatorTimes(m, populations, t), adjoint(propagatorTimes(n, null, t))));
  return { re: size * Math.log(Math.hypot(power.re, power.im)), im: size * Math.atan2(power.im, power.re) };
}

/** e^{−i(h + w/√M)t}, times ρ if populations are given. */
function propagatorTimes({ values, vectors }: Level, populations: Float64Array | null, t: number): Matrix {
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
  const u = multiply(phased, adjoint(vectors));
  if (populations === null) return u;
  for (let i = 0; i < d; i++) {
    for (let k = 0; k < d; k++) {
      u.re[i * d + k] *= populations[k];
      u.im[i * d + k] *= populations[k];
    }
  }
  return u;
}

function add2(a: Complex, b: Complex): Complex {
  return { re: a.re + b.re, im: a.im + b.im };
}

function conjugate(a: Complex): Complex {
  return { re: a.re, im: -a.im };
}

function diagonalOf(a: Matrix): Float64Array {
  return Float64Array.from({ length: a.rows }, (_, i) => a.re[i * a.cols + i]);
}

function offDiagonal(a: Matrix): number {
  let largest = 0;
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) {
      if (i !== j) largest = Math.max(largest, Math.hypot(a.re[i * a.cols + j], a.im[i * a.cols + j]));
    }
  }
  return largest;
}
