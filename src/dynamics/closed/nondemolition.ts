/** The closed form where S only dephases: all of H_S, G_q and G_q† diagonal in one basis. Physics section 5. */

import { eigh } from "../../algebra/hermitian.ts";
import {
  add,
  addTo,
  adjoint,
  type Complex,
  commutator,
  identity,
  inBasis,
  type Matrix,
  maxAbs,
  multiply,
  scale,
  subtract,
  zeros,
} from "../../algebra/matrix.ts";
import { type MatrixSeries, zeroSeries } from "../../algebra/series.ts";
import { soleReservoir } from "../../model/soleReservoir.ts";
import type { Model, Protocol, Size } from "../../model/types.ts";
import { alone, meanOf } from "../../reservoir/alone.ts";
import { type Eigenbasis, eigenbasis, inEigenbasis } from "../../reservoir/eigenbasis.ts";
import { type Way, waysThrough } from "../controlled/schedule.ts";
import { add2, decoherence, joinedPaths, type Level, levelOf, type SitePath, stretch } from "./decoherence.ts";
import {
  lostOfDecoherence,
  lostOfRotations,
  lostOfSystem,
  type Neglected,
  neglectedOf,
  strayOf,
} from "./dephasingRounding.ts";

type Couplings = Model["reservoirs"][number]["couplings"];

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

/** Entries of a unitary below this are rounding errors. */
const noEntry = 1e-13;

const nothingDone: Protocol = {
  ...{ pulses: [], scan: false, drives: [], decays: [] },
  trajectories: { seed: 0, most: 0, always: false },
};

/**
 * What the closed form needs to know, or null if S does more than dephase. Under pulses it still holds where every pulse
 * takes what the reservoir can tell apart of S, the joint eigenspaces of the couplings, to one another, as π pulses do; only a
 * pulse before any time has passed, or after which none passes, may do anything. Under drives and decay it is not used.
 */
export function dephasing(model: Model): Dephasing | null {
  const protocol = model.protocol ?? nothingDone;
  if (protocol.drives.length > 0 || protocol.decays.length > 0) return null;
  const basis = nondemolitionBasis(model);
  if (basis === null) return null;
  const spaces = spacesOf(model, basis);
  const ways = waysThrough(protocol, model.times);
  return ways.every((way) => staysApart(way, basis, spaces)) ? { basis, spaces, ways } : null;
}

export interface Dephasing {
  /** In columns. */
  readonly basis: Matrix;
  /** To which joint eigenspace of the couplings each column belongs, from 0. */
  readonly spaces: readonly number[];
  readonly ways: readonly Way[];
}

/** Columns in which every site is acted upon alike belong together, if mean fields that may be kept are alike there as well. */
function spacesOf(model: Model, basis: Matrix): number[] {
  const { reservoirs, meanField } = model;
  // What is left of mean fields where numbers of sites are rounded is kept too.
  const means = meanField.kept || reservoirs.length > 1 ? reservoirs.map((kind) => meanIn(basis, kind.couplings)) : [];
  const kinds = model.reservoirs.map((kind) => siteOperators({ ...model, reservoirs: [kind] }, basis));
  const largest = Math.max(...kinds.flat().map(maxAbs));
  const alike = (m: number, k: number) =>
    kinds.every((operators) => maxAbs(subtract(operators[m], operators[k])) <= noEntry * largest) &&
    means.every(({ values, size }) => Math.abs(values[m] - values[k]) <= noEntry * size);
  const firsts: number[] = [];
  return Array.from({ length: basis.cols }, (_, m) => {
    const known = firsts.findIndex((first) => alike(first, m));
    return known >= 0 ? known : firsts.push(m) - 1;
  });
}

/** What a site of a kind does to S on average, in each column. */
function meanIn(basis: Matrix, couplings: Couplings): { readonly values: Float64Array; readonly size: number } {
  const operator = meanOf(couplings, basis.rows);
  return { values: diagonalOf(inBasis(operator, basis)), size: maxAbs(operator) };
}

function staysApart(way: Way, basis: Matrix, spaces: readonly number[]): boolean {
  let elapsed = false;
  return way.every(({ from, to, unitary }, p) => {
    elapsed ||= from !== to;
    const over = way.slice(p + 1).every((piece) => piece.from === piece.to);
    return unitary === null || !elapsed || over || permutation(inBasis(unitary, basis), spaces) !== null;
  });
}

/** Where a unitary takes each eigenspace; null if it mixes some. */
function permutation({ re, im, rows: n }: Matrix, spaces: readonly number[]): number[] | null {
  const target: number[] = [];
  for (let e = 0; e < n * n; e++) {
    if (Math.hypot(re[e], im[e]) <= noEntry) continue;
    const [to, from] = [spaces[Math.floor(e / n)], spaces[e % n]];
    if ((target[from] ?? to) !== to) return null;
    target[from] = to;
  }
  return target;
}

/** ρ_S(t), and at each time what double precision may have changed in any of its entries. */
export interface Dephased {
  readonly rho: MatrixSeries;
  readonly boundAt: Float64Array;
}

/** ρ_S(t) alone. */
export function nondemolition(model: Model, size: Size, known: Dephasing): MatrixSeries {
  return dephased(model, size, known).rho;
}

/**
 * ρ_S(t) for `size` sites (Infinity for the limit). With S in an eigenspace, or going through a sequence of them from pulse to
 * pulse, each site moves by itself, and coherence between two sequences is multiplied with D = [tr(U_m ρ U_n†)]^M, U_m the site's
 * propagator along one of them; its limit without pulses is the product (21) over all modes. Several reservoirs multiply: each
 * has its own M_r.
 */
export function dephased(model: Model, size: number, { basis, spaces, ways }: Dephasing): Dephased {
  const { dimension: n } = model.system;
  const sites = alone(model, size).map((one) => branchesOf(one.model, one.size, basis, spaces));
  const energies = diagonalOf(inBasis(model.system.hamiltonian, basis));
  const neglected = sites.map((one) => one.neglected);
  const series = zeroSeries(model.times, n);
  const boundAt = new Float64Array(model.times.length);
  for (const way of ways) {
    let rotated = lostOfRotations(n, 0);

    let rho = inBasis(model.system.state, basis);
    let turn = identity(n);
    let elapsed = false;
    let branches = sites;
    for (const { from, to, times, places, unitary } of way) {
      times.forEach((t, i) => {
        const now = branches.map((one) => after(one, t - from));
        const { phased, lost } = decohered(rho, now, spaces);
        const u = multiply(basis, free(energies, t - from, turn));
        const back = multiply(multiply(u, phased), adjoint(u));
        series.re.set(back.re, places[i] * n * n);
        series.im.set(back.im, places[i] * n * n);
        const alone = lostOfSystem(model.system.hamiltonian, basis, neglected, now.map(longestWay), elapsedOf(now));
        boundAt[places[i]] = rotated + lost + alone;
      });
      if (from !== to) {
        branches = branches.map((one) => after(one, to - from));
        turn = free(energies, to - from, turn);
        elapsed = true;
      }
      if (unitary === null) continue;
      const pulse = inBasis(unitary, basis);
      rotated += lostOfRotations(n, 1) - lostOfRotations(n, 0);
      if (elapsed) {
        turn = multiply(pulse, turn);
        const target = permutation(pulse, spaces);
        if (target === null) continue;
        branches = branches.map((one) => ({ ...one, now: one.now.map((space) => target[space]) }));
        rotated += 2 * strayOf(pulse, spaces, target);
      } else rho = multiply(multiply(pulse, rho), adjoint(pulse));
    }
  }
  return { rho: series, boundAt };
}

/** e^{−iH_S t} A in the basis. */
function free(energies: Float64Array, t: number, a: Matrix): Matrix {
  const out = zeros(a.rows);
  for (let i = 0; i < a.rows; i++) {
    const [cos, sin] = [Math.cos(energies[i] * t), Math.sin(energies[i] * t)];
    for (let e = i * a.cols; e < (i + 1) * a.cols; e++) {
      out.re[e] = a.re[e] * cos + a.im[e] * sin;
      out.im[e] = a.im[e] * cos - a.re[e] * sin;
    }
  }
  return out;
}

/** Each entry times D of the two sequences that began in its eigenspaces, and the norm of what may be wrong with all of them. */
function decohered(
  rho: Matrix,
  branches: readonly Branches[],
  spaces: readonly number[],
): { phased: Matrix; lost: number } {
  const n = rho.rows;
  const factors = branches.map(factorsOf);
  const count = Math.max(...spaces) + 1;
  const out = zeros(n);
  let squares = 0;
  for (let m = 0; m < n; m++) {
    out.re[m * (n + 1)] = rho.re[m * (n + 1)];
    for (let k = m + 1; k < n; k++) {
      const [a, b] = [Math.min(spaces[m], spaces[k]), Math.max(spaces[m], spaces[k])];
      const own = factors.map((one) => one[a * count + b]);
      const log = own.map((one) => one.log).reduce(add2);
      const lost = own.reduce((sum, one) => sum + one.lost, 0);
      squares += 2 * lost * lost * (rho.re[m * n + k] ** 2 + rho.im[m * n + k] ** 2);
      const damping = Math.exp(log.re);
      // D of the exchanged pair is the conjugate.
      const angle = spaces[m] <= spaces[k] ? log.im : -log.im;
      const [cos, sin] = [damping * Math.cos(angle), damping * Math.sin(angle)];
      const [i, j] = [m * n + k, k * n + m];
      out.re[i] = rho.re[i] * cos - rho.im[i] * sin;
      out.im[i] = rho.re[i] * sin + rho.im[i] * cos;
      out.re[j] = out.re[i];
      out.im[j] = -out.im[i];
    }
  }
  return { phased: out, lost: Math.sqrt(squares) };
}

/** The sites of one reservoir, and what S has done to them, for each eigenspace in which it may have begun. */
interface Branches {
  readonly size: Size;
  readonly site: Eigenbasis;
  /** One for each eigenspace. */
  readonly levels: readonly Level[];
  /** √M times the mean field in each eigenspace, where it is kept. */
  readonly meanField: readonly number[];
  /** Eigenspace in which S is now; undone sites have no path yet. */
  readonly now: readonly number[];
  readonly paths: readonly (SitePath | null)[];
  /** ∫ of the mean field along each sequence. */
  readonly angles: readonly number[];
  readonly neglected: Neglected;
}

/** How far from the start; that of undone sites is 0. */
function elapsedOf(branches: readonly Branches[]): number {
  return Math.max(0, ...branches.flatMap(({ paths }) => paths.map((path) => Math.abs(path?.time ?? 0))));
}

function longestWay({ paths }: Branches): number {
  return Math.max(0, ...paths.map((path) => path?.way ?? 0));
}

function branchesOf(model: Model, size: Size, basis: Matrix, spaces: readonly number[]): Branches {
  const site = eigenbasis(soleReservoir(model).site);
  const operators = siteOperators(model, basis);
  const root = model.meanField.kept && size !== Number.POSITIVE_INFINITY ? Math.sqrt(size) : 0;
  const meanField = diagonalOf(inBasis(scale(model.meanField.operator, root), basis));
  const firsts = Array.from({ length: Math.max(...spaces) + 1 }, (_, space) => spaces.indexOf(space));
  return {
    size,
    site,
    levels: firsts.map((m) => levelOf(inEigenbasis(operators[m], site), site.energies, size)),
    meanField: firsts.map((m) => meanField[m]),
    now: firsts.map((_, space) => space),
    paths: firsts.map(() => null),
    angles: firsts.map(() => 0),
    neglected: neglectedOf(model, site, basis, operators, spaces, root),
  };
}

/** The same after S has stayed where it is for a time. */
function after(branches: Branches, t: number): Branches {
  if (t === 0) return branches;
  const { levels, meanField, now, site, size } = branches;
  const stay = levels.map((level) => stretch(level, t));
  return {
    ...branches,
    paths: branches.paths.map((path, space) =>
      path === null ? stay[now[space]] : joinedPaths(path, stay[now[space]], site.energies, size),
    ),
    angles: branches.angles.map((angle, space) => angle + meanField[now[space]] * t),
  };
}

/** Of the sequences that began in two eigenspaces: log D, and what D may be wrong by. */
interface Factor {
  readonly log: Complex;
  readonly lost: number;
}

/** For eigenspaces a ≤ b at a·count + b. */
function factorsOf({ size, site, paths, angles, neglected }: Branches): Factor[] {
  const factors: Factor[] = [];
  const { energies, populations } = site;
  paths.forEach((m, a) => {
    for (let b = a; b < paths.length; b++) {
      const n = paths[b];
      const at = a * paths.length + b;
      if (m === null || n === null) {
        factors[at] = { log: { re: 0, im: 0 }, lost: 0 };
        continue;
      }
      // States of one eigenspace are not told apart, though what is neglected might.
      const log = a === b ? { re: 0, im: 0 } : decoherence(m, n, energies, populations, size);
      const lost = lostOfDecoherence(m, n, neglected, energies, size, log);
      factors[at] = { log: { re: log.re, im: log.im - (angles[a] - angles[b]) }, lost };
    }
  });
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
