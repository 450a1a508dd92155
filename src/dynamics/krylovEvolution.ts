/** ρ_S(t) of one sector by Krylov windows, reduced block by block: φ at all times is never in memory. */

import type { Basis } from "../fock/basis.ts";
import type { BosonHamiltonian } from "../fock/hamiltonian.ts";
import { type Layers, layersOf } from "../fock/layers.ts";
import { arenaBytes, KernelMemoryError } from "../kernels/arena.ts";
import { type ArraySource, withKrylovKernels } from "../kernels/krylovKernels.ts";
import { mostPolynomials } from "./chain.ts";
import { TooLargeError } from "./errors.ts";
import type { Evolution, EvolutionInfo, Ket, Space } from "./evolve.ts";
import { type KrylovInfo, type KrylovRoom, krylov, spacing } from "./krylov.ts";
import { krylovDimensions, worthVectors } from "./krylovCost.ts";
import { problemOf, startVector } from "./krylovProblem.ts";
import { Reduction, Sums, statesPerBlock, timesPerBlock, type Way } from "./krylovReduction.ts";
import { longestGap } from "./leakBetween.ts";

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
  const problem = problemOf(space, h);
  const dimensions =
    options.dimension === undefined
      ? krylovDimensions(basis.dimension)
      : ([options.dimension, options.dimension] as const);
  const worth = options.dimension === undefined ? worthVectors : Number.POSITIVE_INFINITY;
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
            { ...options, dimensions, worth },
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
