/** ρ_S(t) of one sector: kets of S and bosons, propagated and traced over the bosons. */

import { type MatrixSeries, zeroSeries } from "../algebra/series.ts";
import { assemble, assembleLeak, refill } from "../fock/assemble.ts";
import type { Basis } from "../fock/basis.ts";
import { components, inRealGauge, realGauge } from "../fock/components.ts";
import type { BosonHamiltonian, Pattern } from "../fock/hamiltonian.ts";
import { type ComplexVector, type SparseMatrix, zeroVector } from "../fock/sparse.ts";
import { densityAt, densitySpectrum, densityWorkspace } from "./densitySpectral.ts";
import { evolveKrylov } from "./krylovEvolution.ts";
import { expand, leakedNorm, propagate, spectrum } from "./spectral.ts";

/** A state of S, with the bosons in a Fock state. */
export interface Ket {
  /** Its share of the mixed start. */
  readonly weight: number;
  /** N amplitudes. */
  readonly levels: ComplexVector;
  /** One number for each mode. */
  readonly occupations: readonly number[];
}

export type Propagator =
  | { readonly kind: "spectral" }
  | { readonly kind: "krylov"; readonly dimension?: number; readonly tolerance: number };

/** Exact diagonalisation of each invariant subspace: for small spaces and many or late times. */
export function spectral(): Propagator {
  return { kind: "spectral" };
}

/** Lanczos windows with `dimension` vectors at most, with an error of the kets of at most `tolerance`, in norm. */
export function krylovWindows(options: { readonly dimension?: number; readonly tolerance: number }): Propagator {
  return { kind: "krylov", ...options };
}

/** A truncated space that several sectors share; only the numbers in `matrix` differ between them. */
export interface Space {
  readonly basis: Basis;
  readonly pattern: Pattern;
  matrix: SparseMatrix | null;
}

export interface EvolutionInfo {
  applications: number;
  /** Proved bound on the error of ρ_S (each entry) made by the propagator. */
  propagation: number;
  /** Proved bound on the error of ρ_S (each entry) made by the cutoff: Σ weight ∫‖(1 − P)HPφ‖, physics section 7. */
  leaked: number;
  /** Largest population of each shell (heights from n up to n + 1) over the times, kets weighted. */
  readonly shells: Float64Array;
  /** Largest population of each occupation of each mode over the times: modeShells[k][n]. */
  readonly modeShells: readonly Float64Array[];
}

export interface Evolution {
  readonly rho: MatrixSeries;
  readonly info: EvolutionInfo;
}

/**
 * Propagates all kets of a sector to all times, which may come in any order and sign. What is not wanted of the
 * information stays 0.
 */
export function evolve(
  space: Space,
  h: BosonHamiltonian,
  kets: readonly Ket[],
  times: readonly number[],
  propagator: Propagator,
  wanted: { readonly bound?: boolean; readonly shells?: boolean } = { bound: true },
): Evolution {
  if (propagator.kind === "krylov") return evolveKrylov(space, h, kets, times, propagator, wanted);
  const { basis, pattern } = space;
  const matrix = space.matrix ?? assemble(basis, pattern, h);
  if (space.matrix === null) space.matrix = matrix;
  else refill(matrix, basis, pattern, h);
  const leak = wanted.bound === true && !basis.complete ? assembleLeak(basis, pattern, h) : null;
  const gauge = realGauge(matrix);
  const ways = splitByDirection(times);
  const problem: Problem = {
    basis,
    matrix: gauge === null ? matrix : inRealGauge(matrix, gauge),
    leak: gauge === null || leak === null ? leak : withColumnPhases(leak, gauge),
    gauge,
    kets: kets.map((ket) => jointVector(basis, ket, gauge)),
    weights: kets.map((ket) => ket.weight),
    ways,
  };
  const reduction = new Reduction(basis, times.length, gauge, wanted.shells === true);
  const info: EvolutionInfo = {
    applications: 0,
    propagation: 0,
    leaked: 0,
    shells: reduction.shells,
    modeShells: reduction.modeShells,
  };
  evolveSpectral(problem, reduction, info);
  return { rho: reduction.series(times), info };
}

interface Problem {
  readonly basis: Basis;
  readonly matrix: SparseMatrix;
  readonly leak: SparseMatrix | null;
  readonly gauge: ComplexVector | null;
  readonly kets: readonly ComplexVector[];
  readonly weights: readonly number[];
  readonly ways: readonly Way[];
}

/** Times of one sign, moving away from 0, and their places in the user's list. */
interface Way {
  readonly times: readonly number[];
  readonly places: readonly number[];
}

function splitByDirection(times: readonly number[]): Way[] {
  const places = times.map((_, i) => i).sort((i, j) => Math.abs(times[i]) - Math.abs(times[j]));
  const ways = [places.filter((i) => times[i] >= 0), places.filter((i) => times[i] < 0)];
  return ways.filter((way) => way.length > 0).map((way) => ({ times: way.map((i) => times[i]), places: way }));
}

const timesPerChunk = 128;

/** With more kets than this for each entry of ρ_S, pairs of eigenvectors are cheaper than kets. */
const ketsPerEntry = 1.5;

function evolveSpectral(problem: Problem, reduction: Reduction, info: EvolutionInfo): void {
  const { basis, matrix, kets, weights, ways, leak, gauge } = problem;
  const blocks = spectrum(matrix, components(matrix));
  const expansions = kets.map((ket) => expand(blocks, ket));
  const inPairs = !reduction.wantsPopulations && kets.length > ketsPerEntry * basis.system ** 2;
  const pairs = inPairs ? densitySpectrum(basis, expansions, weights, gauge) : null;
  const re = new Float64Array(inPairs ? 0 : basis.dimension * timesPerChunk);
  const im = new Float64Array(inPairs ? 0 : basis.dimension * timesPerChunk);
  const room = pairs === null ? null : densityWorkspace(pairs, timesPerChunk);
  const mixture = weights.reduce((sum, weight) => sum + weight, 0);
  for (const { times, places } of ways) {
    for (let from = 0; from < times.length; from += timesPerChunk) {
      const chunk = times.slice(from, from + timesPerChunk);
      const chunkPlaces = places.slice(from, from + timesPerChunk);
      if (pairs !== null && room !== null) {
        reduction.addDensity(densityAt(pairs, chunk, room), chunkPlaces);
        continue;
      }
      const used = basis.dimension * chunk.length;
      expansions.forEach((expansion, k) => {
        re.fill(0, 0, used);
        im.fill(0, 0, used);
        propagate(expansion, chunk, re, im);
        reduction.add(re, im, weights[k], chunkPlaces);
      });
    }
    // Diagonalisation is backward stable: the phases e^{−iλt} are off by rounding times ‖H‖t.
    info.propagation = Math.max(info.propagation, mixture * spectralRounding(blocks, times.at(-1) ?? 0));
  }
  if (leak === null) return;
  expansions.forEach((expansion, k) => {
    info.leaked += weights[k] * Math.max(...ways.map(({ times }) => leakedNorm(leak, expansion, times.at(-1) ?? 0)));
  });
}

function spectralRounding(blocks: readonly { values: Float64Array }[], t: number): number {
  let largest = 0;
  for (const { values } of blocks) largest = Math.max(largest, Math.abs(values[0]), Math.abs(values.at(-1) ?? 0));
  return Number.EPSILON * (8 + 2 * largest * Math.abs(t));
}

/** Accumulates Σ_kets weight · tr_bosons |φ(t)⟩⟨φ(t)|. */
class Reduction {
  readonly shells: Float64Array;
  readonly modeShells: readonly Float64Array[];
  private readonly basis: Basis;
  private readonly gauge: ComplexVector | null;
  /** Entry (s, s′) of ρ at time t in (s·N + s′)·T + t, for s ≤ s′. */
  private readonly re: Float64Array;
  private readonly im: Float64Array;
  private readonly count: number;
  /** Population of Fock state f at time t in f·T + t; only when shells are asked for. */
  private readonly populations: Float64Array;

  constructor(basis: Basis, count: number, gauge: ComplexVector | null, withShells: boolean) {
    this.basis = basis;
    this.gauge = gauge;
    this.count = count;
    this.re = new Float64Array(basis.system ** 2 * count);
    this.im = new Float64Array(basis.system ** 2 * count);
    this.shells = new Float64Array(Math.floor(basis.cutoff + 1e-9) + 1);
    let most = 0;
    for (let i = 0; i < basis.fockCount * basis.modes; i++) most = Math.max(most, basis.occupations[i]);
    this.modeShells = Array.from({ length: basis.modes }, () => new Float64Array(most + 1));
    this.populations = new Float64Array(withShells ? basis.fockCount * count : 0);
  }

  /** Adds a ket given at the times in `places`: amplitude of state i at the t-th of them in entry i·places.length + t. */
  add(re: Float64Array, im: Float64Array, weight: number, places: readonly number[]): void {
    const { system: n, fockCount, indexOf } = this.basis;
    const width = places.length;
    const sumRe = new Float64Array(width);
    const sumIm = new Float64Array(width);
    for (let s = 0; s < n; s++) {
      for (let s2 = s; s2 < n; s2++) {
        sumRe.fill(0);
        sumIm.fill(0);
        for (let f = 0; f < fockCount; f++) {
          const i = indexOf[f * n + s];
          const j = indexOf[f * n + s2];
          if (i < 0 || j < 0) continue;
          if (i === j) this.addPopulation(re, im, i, width, sumRe, weight, f, places);
          else this.addCoherence(re, im, i, j, width, sumRe, sumIm);
        }
        const at = (s * n + s2) * this.count;
        for (let t = 0; t < width; t++) {
          this.re[at + places[t]] += weight * sumRe[t];
          this.im[at + places[t]] += weight * sumIm[t];
        }
      }
    }
  }

  private addPopulation(
    re: Float64Array,
    im: Float64Array,
    i: number,
    width: number,
    sum: Float64Array,
    weight: number,
    f: number,
    places: readonly number[],
  ): void {
    const from = i * width;
    const wanted = this.populations.length > 0;
    for (let t = 0; t < width; t++) {
      const population = re[from + t] * re[from + t] + im[from + t] * im[from + t];
      sum[t] += population;
      if (wanted) this.populations[f * this.count + places[t]] += weight * population;
    }
  }

  private addCoherence(
    re: Float64Array,
    im: Float64Array,
    i: number,
    j: number,
    width: number,
    sumRe: Float64Array,
    sumIm: Float64Array,
  ): void {
    // φ_i φ̄_j in the user's phases is u_i ū_j times that in the real gauge.
    const cos = this.gauge === null ? 1 : this.gauge.re[i] * this.gauge.re[j] + this.gauge.im[i] * this.gauge.im[j];
    const sin = this.gauge === null ? 0 : this.gauge.im[i] * this.gauge.re[j] - this.gauge.re[i] * this.gauge.im[j];
    const a = i * width;
    const b = j * width;
    for (let t = 0; t < width; t++) {
      const real = re[a + t] * re[b + t] + im[a + t] * im[b + t];
      const imaginary = im[a + t] * re[b + t] - re[a + t] * im[b + t];
      sumRe[t] += cos * real - sin * imaginary;
      sumIm[t] += cos * imaginary + sin * real;
    }
  }

  get wantsPopulations(): boolean {
    return this.populations.length > 0;
  }

  /** Adds entries (a, b), a ≤ b, of ρ_S itself, laid out as by `densityAt`. */
  addDensity(rho: ComplexVector, places: readonly number[]): void {
    const width = places.length;
    for (let entry = 0; entry < this.basis.system ** 2; entry++) {
      for (let t = 0; t < width; t++) {
        this.re[entry * this.count + places[t]] += rho.re[entry * width + t];
        this.im[entry * this.count + places[t]] += rho.im[entry * width + t];
      }
    }
  }

  /** Fills `shells` and `modeShells` from the populations. */
  private settleShells(): void {
    const { basis, count } = this;
    const shell = new Float64Array(this.shells.length);
    const inMode = this.modeShells.map((populations) => new Float64Array(populations.length));
    for (let t = 0; t < count; t++) {
      shell.fill(0);
      for (const populations of inMode) populations.fill(0);
      for (let f = 0; f < basis.fockCount; f++) {
        const population = this.populations[f * count + t];
        shell[Math.floor(basis.heights[f] + 1e-9)] += population;
        for (let k = 0; k < basis.modes; k++) inMode[k][basis.occupations[f * basis.modes + k]] += population;
      }
      raise(this.shells, shell);
      for (let k = 0; k < basis.modes; k++) raise(this.modeShells[k], inMode[k]);
    }
  }

  /** ρ_S at all times. */
  series(times: readonly number[]): MatrixSeries {
    const n = this.basis.system;
    const rho = zeroSeries(times, n);
    for (let t = 0; t < this.count; t++) {
      for (let s = 0; s < n; s++) {
        for (let s2 = s; s2 < n; s2++) {
          const at = (s * n + s2) * this.count + t;
          rho.re[(t * n + s) * n + s2] = this.re[at];
          rho.im[(t * n + s) * n + s2] = s === s2 ? 0 : this.im[at];
          rho.re[(t * n + s2) * n + s] = this.re[at];
          rho.im[(t * n + s2) * n + s] = s === s2 ? 0 : -this.im[at];
        }
      }
    }
    if (this.populations.length > 0) this.settleShells();
    return rho;
  }
}

/** a[i] = max(a[i], b[i]). */
function raise(a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) if (b[i] > a[i]) a[i] = b[i];
}

/** The ket in the joint basis, in the gauge. */
function jointVector(basis: Basis, ket: Ket, gauge: ComplexVector | null): ComplexVector {
  const vector = zeroVector(basis.dimension);
  const f = fockIndex(basis, ket.occupations);
  for (let s = 0; s < basis.system; s++) {
    const i = basis.indexOf[f * basis.system + s];
    if (i < 0) continue;
    const cos = gauge === null ? 1 : gauge.re[i];
    const sin = gauge === null ? 0 : gauge.im[i];
    vector.re[i] = ket.levels.re[s] * cos + ket.levels.im[s] * sin;
    vector.im[i] = ket.levels.im[s] * cos - ket.levels.re[s] * sin;
  }
  return vector;
}

function fockIndex(basis: Basis, occupations: readonly number[]): number {
  for (let f = 0; f < basis.fockCount; f++) {
    if (occupations.every((count, k) => basis.occupations[f * basis.modes + k] === count)) return f;
  }
  throw new RangeError("the initial Fock state is not in the basis");
}

function withColumnPhases(a: SparseMatrix, phase: ComplexVector): SparseMatrix {
  const re = new Float64Array(a.re.length);
  const im = new Float64Array(a.re.length);
  for (let e = 0; e < a.re.length; e++) {
    const j = a.column[e];
    re[e] = a.re[e] * phase.re[j] - a.im[e] * phase.im[j];
    im[e] = a.re[e] * phase.im[j] + a.im[e] * phase.re[j];
  }
  return { ...a, re, im };
}
