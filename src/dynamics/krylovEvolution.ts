/** ρ_S(t) of one sector by Krylov windows, reduced block by block: φ at all times is never in memory. */

import { type MatrixSeries, zeroSeries } from "../algebra/series.ts";
import { assemble, refill } from "../fock/assemble.ts";
import type { Basis } from "../fock/basis.ts";
import { inRealGauge, realGauge } from "../fock/components.ts";
import type { BosonHamiltonian } from "../fock/hamiltonian.ts";
import { isLadderOperator, ladderOperator, ladderOperatorSizes } from "../fock/ladderOperator.ts";
import { type Layers, layerCount, layersOf } from "../fock/layers.ts";
import { type ComplexVector, type SparseMatrix, zeroVector } from "../fock/sparse.ts";
import { arenaBytes, KernelMemoryError } from "../kernels/arena.ts";
import {
  type ArraySource,
  type CombineRoom,
  type KrylovKernels,
  type StepOperator,
  type TracePairs,
  withKrylovKernels,
} from "../kernels/krylovKernels.ts";
import { mostPolynomials } from "./chain.ts";
import { TooLargeError } from "./errors.ts";
import type { Evolution, EvolutionInfo, Ket, Space } from "./evolve.ts";
import { type KrylovInfo, type KrylovRoom, krylov, spacing } from "./krylov.ts";
import { krylovDimensions } from "./krylovCost.ts";
import { leakBetween, longestGap } from "./leakBetween.ts";

/** Kets are formed at this many times, and for about this many joint states, at once: they stay in the first cache. */
const timesPerBlock = 32;
const statesPerBlock = 32;

/** Propagates all kets to all times, which may come in any order and sign. Throws TooLargeError with numbers. */
export function evolveKrylov(
  space: Space,
  h: BosonHamiltonian,
  kets: readonly Ket[],
  times: readonly number[],
  options: { readonly tolerance: number; readonly dimension?: number },
  wanted: { readonly bound?: boolean; readonly shells?: boolean },
): Evolution {
  const { basis, pattern } = space;
  const layers = wanted.bound === true && !basis.complete ? layersOf(basis, pattern, h) : null;
  const problem = isLadderOperator(basis, h) ? ladderProblem(basis, h) : rowProblem(space, h);
  const dimensions =
    options.dimension === undefined
      ? krylovDimensions(basis.dimension)
      : ([options.dimension, options.dimension] as const);
  const starts = kets.map((ket) => startVector(basis, ket, problem));
  const shape = roomShape(
    basis,
    dimensions,
    starts.every((start) => start.width === 1),
  );
  const sums = new Sums(basis, times, layers, wanted.shells === true);
  const info: EvolutionInfo = {
    applications: 0,
    propagation: 0,
    leaked: 0,
    shells: sums.shells,
    modeShells: sums.modeShells,
  };
  const bytes = arenaBytes(...problem.sizes, ...shape.sizes, ...sums.sizes(problem.gauge !== null));
  try {
    withKrylovKernels(bytes, (kernels, arrays) => {
      const operator = problem.load(arrays);
      const room = makeRoom(shape, arrays);
      const reduction = new Reduction(kernels, arrays, basis, problem.gauge, sums);
      kets.forEach(({ weight }, k) => {
        const done = bothWays(times, layers, (way) => {
          starts[k].load(room.vectors);
          reduction.begin(way, weight);
          const width = starts[k].width;
          const found = krylov(
            kernels,
            room,
            operator,
            width,
            way.times,
            way.direction,
            { ...options, dimensions },
            (...block) => reduction.add(...block),
          );
          return { ...found, leaked: reduction.leaked(found) };
        });
        info.applications += done.applications;
        info.propagation += weight * done.propagation;
        info.leaked += weight * done.leaked;
      });
    });
  } catch (error) {
    if (!(error instanceof KernelMemoryError)) throw error;
    throw new TooLargeError(
      `${basis.dimension} joint states need ${Math.ceil(bytes / 2 ** 20)} MiB for Krylov windows, which this machine, or the limit of 4 GiB, refuses. Lower the cutoff or the number of modes.`,
    );
  }
  return { rho: sums.series(), info };
}

/** Times of one sign, moving away from 0, and their places in the user's list; −1 marks moments that only the bound needs. */
interface Way {
  readonly direction: 1 | -1;
  /** |t|, ascending. */
  readonly times: readonly number[];
  readonly places: readonly number[];
}

interface WayInfo extends KrylovInfo {
  readonly leaked: number;
}

function bothWays(times: readonly number[], layers: Layers | null, go: (way: Way) => WayInfo): WayInfo {
  const total = { applications: 0, propagation: 0, leaked: 0 };
  for (const direction of [1, -1] as const) {
    const places = times.map((_, i) => i).filter((i) => (direction === 1 ? times[i] >= 0 : times[i] < 0));
    if (places.length === 0) continue;
    places.sort((i, j) => Math.abs(times[i]) - Math.abs(times[j]));
    const done = go(withMoments({ direction, times: places.map((i) => Math.abs(times[i])), places }, layers));
    total.applications += done.applications;
    total.propagation = Math.max(total.propagation, done.propagation);
    total.leaked = Math.max(total.leaked, done.leaked);
  }
  return total;
}

/** The way with 0 and moments between the times, so that no gap is too long for the bound. */
function withMoments(way: Way, layers: Layers | null): Way {
  if (layers === null) return way;
  const gap = longestGap(layers);
  const times: number[] = [];
  const places: number[] = [];
  let before = 0;
  if (way.times[0] > 0) {
    times.push(0);
    places.push(-1);
  }
  way.times.forEach((t, i) => {
    const pieces = Math.ceil((t - before) / gap);
    for (let piece = 1; piece < pieces; piece++) {
      times.push(before + ((t - before) * piece) / pieces);
      places.push(-1);
    }
    times.push(t);
    places.push(way.places[i]);
    before = t;
  });
  return { direction: way.direction, times, places };
}

interface Problem {
  /** Phases u_i with real ū_i H_ij u_j; null if there are none, or none are needed. */
  readonly gauge: ComplexVector | null;
  readonly real: boolean;
  readonly sizes: readonly number[];
  load(arrays: ArraySource): StepOperator;
}

function ladderProblem(basis: Basis, h: BosonHamiltonian): Problem {
  return {
    gauge: null,
    real: true,
    sizes: ladderOperatorSizes(basis, h),
    load: (arrays) => ladderOperator(basis, h, arrays),
  };
}

function rowProblem(space: Space, h: BosonHamiltonian): Problem {
  const { basis, pattern } = space;
  const assembled = space.matrix ?? assemble(basis, pattern, h);
  if (space.matrix === null) space.matrix = assembled;
  else refill(assembled, basis, pattern, h);
  const real = assembled.im.every((x) => x === 0);
  const gauge = real ? null : realGauge(assembled);
  let matrix: SparseMatrix = assembled;
  if (real) matrix = { ...assembled, im: new Float64Array(0) };
  else if (gauge !== null) matrix = inRealGauge(assembled, gauge);
  const { rows, re, im } = matrix;
  return {
    gauge,
    real: real || gauge !== null,
    sizes: [4 * (rows + 1), 4 * re.length, 8 * re.length, 8 * im.length],
    load: (arrays) => {
      const operator = {
        ...{ kind: "rows" as const, rows },
        ...{ rowStart: arrays.ints(rows + 1), column: arrays.ints(re.length) },
        ...{ re: arrays.floats(re.length), im: arrays.floats(im.length) },
      };
      operator.rowStart.set(matrix.rowStart);
      operator.column.set(matrix.column);
      operator.re.set(re);
      operator.im.set(im);
      return operator;
    },
  };
}

interface Start {
  /** 1 if H and the ket are real, but for a phase of the whole. */
  readonly width: 1 | 2;
  load(vectors: Float64Array): void;
}

function startVector(basis: Basis, ket: Ket, { gauge, real }: Problem): Start {
  const f = fockIndex(basis, ket.occupations);
  const states: number[] = [];
  const amplitudes: ComplexVector = zeroVector(basis.system);
  for (let s = 0; s < basis.system; s++) {
    const i = basis.indexOf[f * basis.system + s];
    if (i < 0) continue;
    const cos = gauge === null ? 1 : gauge.re[i];
    const sin = gauge === null ? 0 : gauge.im[i];
    amplitudes.re[states.length] = ket.levels.re[s] * cos + ket.levels.im[s] * sin;
    amplitudes.im[states.length] = ket.levels.im[s] * cos - ket.levels.re[s] * sin;
    states.push(i);
  }
  const { re, im } = amplitudes;
  let largest = 0;
  for (let a = 1; a < states.length; a++) {
    if (Math.hypot(re[a], im[a]) > Math.hypot(re[largest], im[largest])) largest = a;
  }
  const size = Math.hypot(re[largest], im[largest]);
  // ρ does not see a phase of the whole ket.
  const cos = size > 0 ? re[largest] / size : 1;
  const sin = size > 0 ? im[largest] / size : 0;
  const turned = states.map((_, a) => [cos * re[a] + sin * im[a], cos * im[a] - sin * re[a]]);
  const width = real && turned.every(([, y]) => Math.abs(y) <= 1e-16 * size) ? 1 : 2;
  return {
    width,
    load: (vectors) => {
      vectors.fill(0, 0, basis.dimension * width);
      states.forEach((i, a) => {
        vectors[i * width] = turned[a][0];
        if (width === 2) vectors[2 * i + 1] = turned[a][1];
      });
    },
  };
}

function fockIndex(basis: Basis, occupations: readonly number[]): number {
  for (let f = 0; f < basis.fockCount; f++) {
    if (occupations.every((count, k) => basis.occupations[f * basis.modes + k] === count)) return f;
  }
  throw new RangeError("the initial Fock state is not in the basis");
}

interface RoomShape {
  readonly rows: number;
  readonly floats: Readonly<Record<"vectors" | "carry" | "y" | "phi" | "site", number>>;
  readonly block: number;
  /** In bytes. */
  readonly sizes: readonly number[];
}

function roomShape(basis: Basis, [real, complex]: readonly [number, number], startsReal: boolean): RoomShape {
  const rows = basis.dimension;
  const most = Math.max(startsReal ? real : 0, complex);
  const block = Math.max(statesPerBlock, basis.system);
  const floats = {
    vectors: Math.max(startsReal ? (real + 1) * spacing(rows) : 0, (complex + 1) * spacing(2 * rows)),
    carry: 2 * rows,
    y: (most + 1) * timesPerBlock,
    phi: block * timesPerBlock,
    site: most + 1,
  };
  const { vectors, carry, y, phi, site } = floats;
  const all = [
    vectors,
    carry,
    y,
    y,
    phi,
    phi,
    site,
    site,
    mostPolynomials,
    ...new Array(5).fill(2 * site),
    2 * mostPolynomials,
  ];
  return { rows, floats, block, sizes: all.map((count) => 8 * count) };
}

function makeRoom({ rows, floats, block }: RoomShape, arrays: ArraySource): KrylovRoom {
  const site = () => arrays.floats(2 * floats.site);
  return {
    rows,
    vectors: arrays.floats(floats.vectors),
    carry: arrays.floats(floats.carry),
    yRe: arrays.floats(floats.y).fill(0),
    yIm: arrays.floats(floats.y).fill(0),
    stride: timesPerBlock,
    re: arrays.floats(floats.phi),
    im: arrays.floats(floats.phi),
    block,
    chain: {
      alpha: arrays.floats(floats.site),
      beta: arrays.floats(floats.site),
      coefficients: arrays.floats(mostPolynomials),
      ...{ y: site(), spare: site(), spare2: site(), even: site(), odd: site() },
      last: arrays.floats(2 * mostPolynomials),
    },
  };
}

/** Σ_kets weight · tr_bosons |φ(t)⟩⟨φ(t)|, and the populations that are asked for, at all times. */
class Sums {
  readonly shells: Float64Array;
  readonly modeShells: readonly Float64Array[];
  readonly layers: Layers | null;
  readonly withShells: boolean;
  readonly times: readonly number[];
  /** Entry (s, s′), s ≤ s′, at time t in (s·N + s′)·T + t. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** Population of shell n at time t in n·T + t, and of n quanta in mode k likewise; empty unless asked for. */
  readonly shellSums: Float64Array;
  readonly modeSums: readonly Float64Array[];
  private readonly basis: Basis;

  constructor(basis: Basis, times: readonly number[], layers: Layers | null, withShells: boolean) {
    this.basis = basis;
    this.times = times;
    this.layers = layers;
    this.withShells = withShells;
    this.re = new Float64Array(basis.system ** 2 * times.length);
    this.im = new Float64Array(basis.system ** 2 * times.length);
    this.shells = new Float64Array(Math.floor(basis.cutoff + 1e-9) + 1);
    let most = 0;
    for (let i = 0; i < basis.fockCount * basis.modes; i++) most = Math.max(most, basis.occupations[i]);
    this.modeShells = Array.from({ length: basis.modes }, () => new Float64Array(most + 1));
    const count = withShells ? times.length : 0;
    this.shellSums = new Float64Array(this.shells.length * count);
    this.modeSums = this.modeShells.map(({ length }) => new Float64Array(length * count));
  }

  /** Sizes in bytes of the arrays of a `Reduction`. */
  sizes(withGauge: boolean): number[] {
    const { dimension, fockCount, system: n } = this.basis;
    const pairs = Math.min((fockCount * n * (n + 1)) / 2, (dimension * (n + 1)) / 2);
    const phases = withGauge ? 8 * pairs : 0;
    const rho = 8 * n * n * timesPerBlock;
    return [12 * pairs, phases, phases, rho, rho, 4 * dimension, 8 * this.rowsOfSums * timesPerBlock];
  }

  /** Rows of populations: layers, or Fock states' own where shells are asked for. */
  get rowsOfSums(): number {
    return this.withShells ? this.basis.fockCount : layerCount;
  }

  series(): MatrixSeries {
    const { system: n } = this.basis;
    const count = this.times.length;
    const rho = zeroSeries(this.times, n);
    for (let s = 0; s < n; s++) {
      for (let s2 = s; s2 < n; s2++) {
        for (let t = 0; t < count; t++) {
          const at = (s * n + s2) * count + t;
          rho.re[(t * n + s2) * n + s] = rho.re[(t * n + s) * n + s2] = this.re[at];
          if (s === s2) continue;
          rho.im[(t * n + s) * n + s2] = this.im[at];
          rho.im[(t * n + s2) * n + s] = -this.im[at];
        }
      }
    }
    raise(this.shells, this.shellSums, count);
    this.modeShells.forEach((shells, k) => {
      raise(shells, this.modeSums[k], count);
    });
    return rho;
  }
}

/** peaks[i] = max over t of sums[i·count + t]. */
function raise(peaks: Float64Array, sums: Float64Array, count: number): void {
  if (sums.length === 0) return;
  for (let i = 0; i < peaks.length; i++) {
    for (let t = 0; t < count; t++) peaks[i] = Math.max(peaks[i], sums[i * count + t]);
  }
}

/** Takes blocks of times from the windows, forms φ a block of states at a time, and adds it to the sums. */
class Reduction {
  private readonly kernels: KrylovKernels;
  private readonly basis: Basis;
  private readonly sums: Sums;
  private readonly pairs: TracePairs;
  /** Blocks of joint states, whole Fock states each, with their pairs. */
  private readonly blocks: { from: number; to: number; first: number; end: number }[] = [];
  private readonly rhoRe: Float64Array;
  private readonly rhoIm: Float64Array;
  /** The row of `populations` that a joint state belongs to. */
  private readonly rowOf: Int32Array;
  private readonly populations: Float64Array;
  private way: Way = { direction: 1, times: [], places: [] };
  private weight = 1;
  private leakSum = 0;

  constructor(kernels: KrylovKernels, arrays: ArraySource, basis: Basis, gauge: ComplexVector | null, sums: Sums) {
    this.kernels = kernels;
    this.basis = basis;
    this.sums = sums;
    const { system: n, fockCount, dimension, indexOf } = basis;
    const pairs = Math.floor(Math.min((fockCount * n * (n + 1)) / 2, (dimension * (n + 1)) / 2));
    const list = arrays.ints(3 * pairs);
    const cos = arrays.floats(gauge === null ? 0 : pairs);
    const sin = arrays.floats(gauge === null ? 0 : pairs);
    this.pairs = { list, cos, sin };
    this.rhoRe = arrays.floats(n * n * timesPerBlock);
    this.rhoIm = arrays.floats(n * n * timesPerBlock);
    this.rowOf = arrays.ints(dimension);
    this.populations = arrays.floats(sums.rowsOfSums * timesPerBlock);
    const most = Math.max(statesPerBlock, n);
    let block = { from: 0, to: 0, first: 0, end: 0 };
    let pair = 0;
    let state = 0;
    for (let f = 0; f < fockCount; f++) {
      const first = pair;
      const from = state;
      for (let s = 0; s < n; s++) {
        const i = indexOf[f * n + s];
        if (i < 0) continue;
        this.rowOf[i] = sums.withShells ? f : (sums.layers?.layerOf[f] ?? 0);
        state++;
        for (let s2 = s; s2 < n; s2++) {
          const j = indexOf[f * n + s2];
          if (j < 0) continue;
          list[3 * pair] = i;
          list[3 * pair + 1] = j;
          list[3 * pair + 2] = s * n + s2;
          if (gauge !== null) {
            // φ_i φ̄_j in the user's phases is u_i ū_j times that in the real gauge.
            cos[pair] = gauge.re[i] * gauge.re[j] + gauge.im[i] * gauge.im[j];
            sin[pair] = gauge.im[i] * gauge.re[j] - gauge.re[i] * gauge.im[j];
          }
          pair++;
        }
      }
      if (state - block.from > most) {
        this.blocks.push(block);
        block = { from, to: state, first, end: pair };
      } else {
        block = { ...block, to: state, end: pair };
      }
    }
    this.blocks.push(block);
  }

  begin(way: Way, weight: number): void {
    this.way = way;
    this.weight = weight;
    this.leakSum = 0;
  }

  /** A block of times, as `krylov` hands it over. */
  add(first: number, count: number, room: Omit<CombineRoom, "rhoRe" | "rhoIm">, size: number, width: number): void {
    const { kernels, sums, rhoRe, rhoIm, populations, rowOf } = this;
    const whole: CombineRoom = { ...room, rhoRe, rhoIm };
    const counted = sums.withShells || sums.layers !== null;
    rhoRe.fill(0);
    rhoIm.fill(0);
    if (counted) populations.fill(0, 0, sums.rowsOfSums * room.times);
    for (const block of this.blocks) {
      kernels.combine(whole, size, width, block.from, block.to);
      kernels.reduce(this.pairs, block.first, block.end, block.from, whole);
      if (counted) kernels.populations(block.from, block.to, rowOf, whole, populations);
    }
    for (let c = 0; c < count; c++) this.settle(first + c, c, room.times);
  }

  /** Column c of the block into the sums. */
  private settle(time: number, c: number, width: number): void {
    const { sums, weight, way, basis } = this;
    const place = way.places[time];
    const total = sums.times.length;
    if (place >= 0) {
      for (let entry = 0; entry < basis.system ** 2; entry++) {
        sums.re[entry * total + place] += weight * this.rhoRe[entry * width + c];
        sums.im[entry * total + place] += weight * this.rhoIm[entry * width + c];
      }
    }
    if (sums.layers !== null) this.leak(sums.layers, time, c, width);
    if (!sums.withShells || place < 0) return;
    for (let f = 0; f < basis.fockCount; f++) {
      const population = weight * this.populations[f * width + c];
      sums.shellSums[Math.floor(basis.heights[f] + 1e-9) * total + place] += population;
      for (let k = 0; k < basis.modes; k++) {
        sums.modeSums[k][basis.occupations[f * basis.modes + k] * total + place] += population;
      }
    }
  }

  /** What leaks in the time that is closer to this moment than to another. */
  private leak(layers: Layers, time: number, c: number, width: number): void {
    const norms = new Float64Array(layerCount);
    if (this.sums.withShells) {
      for (let f = 0; f < this.basis.fockCount; f++) norms[layers.layerOf[f]] += this.populations[f * width + c];
    } else {
      for (let layer = 0; layer < layerCount; layer++) norms[layer] = this.populations[layer * width + c];
    }
    for (let layer = 0; layer < layerCount; layer++) norms[layer] = Math.sqrt(norms[layer]);
    const { times } = this.way;
    const before = time > 0 ? 0.5 * (times[time] - times[time - 1]) : 0;
    const after = time + 1 < times.length ? 0.5 * (times[time + 1] - times[time]) : 0;
    this.leakSum += leakBetween(layers, norms, before, after);
  }

  /** ∫‖(1 − P) H φ‖ over the way; the defect of φ may feed a layer between two moments. */
  leaked({ propagation }: KrylovInfo): number {
    const { layers } = this.sums;
    if (layers === null) return 0;
    const { times } = this.way;
    const end = times[times.length - 1];
    return this.leakSum + layers.leak * Math.min(longestGap(layers), end) * propagation;
  }
}
