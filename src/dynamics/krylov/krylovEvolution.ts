/** ρ_S(t) of one sector by Krylov windows, reduced block by block: φ at all times is never in memory. */

import { sameNumbers } from "../../algebra/sameNumbers.ts";
import type { BosonHamiltonian } from "../../fock/hamiltonian.ts";
import { type Layers, layersOf } from "../../fock/layers.ts";
import { arenaBytes } from "../../kernels/arena.ts";
import { longestGap } from "../layers/leakBetween.ts";
import type { Evolution, Ket, Space } from "../sector/evolution.ts";
import { evolutionOf } from "../sector/evolutionOf.ts";
import { BasisFilling } from "../sector/filling.ts";
import { emptyInfo, proveAt, type Wanted } from "../sector/problem.ts";
import type { Range } from "../sharing/range.ts";
import { krylov } from "./krylov.ts";
import { krylovDimensions, worthVectors } from "./krylovCost.ts";
import { fockIndex, problemOf, startVector } from "./krylovProblem.ts";
import { Reduction, Sums, statesPerBlock, timesPerBlock, type Way, type WayErrors } from "./krylovReduction.ts";
import { makeRoom, roomShape } from "./krylovRoom.ts";
import { lentKernels } from "./lentKernels.ts";

export interface KrylovWindows {
  /** Most vectors of a window; by default as many as are worth it. */
  readonly dimension?: number;
  /** Of the kets, in norm. */
  readonly tolerance: number;
  /** These of the kets alone. */
  readonly only?: Range;
}

/** Propagates the kets to all times, which may come in any order and sign. Throws TooLargeError with numbers. */
export function evolveKrylov(
  space: Space,
  h: BosonHamiltonian,
  all: readonly Ket[],
  times: readonly number[],
  { only, ...options }: KrylovWindows,
  wanted: Wanted,
): Evolution {
  const { basis } = space;
  const layers = wanted.bound === true && !basis.complete ? layersFor(space, h, all) : null;
  const kets = only === undefined ? all : all.slice(only.from, only.to);
  const problem = problemOf(space, h);
  const dimensions =
    options.dimension === undefined
      ? krylovDimensions(basis.dimension)
      : ([options.dimension, options.dimension] as const);
  const worth = options.dimension === undefined ? worthVectors : Number.POSITIVE_INFINITY;
  const starts = kets.map((ket) => startVector(basis, ket, problem));
  const someReal = starts.some(({ width }) => width === 1);
  const block = Math.max(statesPerBlock, basis.system);
  const shape = roomShape(basis.dimension, dimensions, someReal, block, timesPerBlock);
  const sums = new Sums(basis, times, layers, wanted.lookAt ?? []);
  const info = emptyInfo(() => new BasisFilling(basis, sums.peaks));
  const bytes = arenaBytes(...problem.sizes, ...shape.sizes, ...sums.sizes(problem.gauge !== null));
  lentKernels(basis.dimension, bytes, (kernels, arrays) => {
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
          (block) => reduction.add(block),
        );
        return reduction.settled(found);
      });
      reduction.end(weight);
      info.applications += done.applications;
      info.propagation += weight * done.propagation;
      info.leaked += weight * done.leaked;
    });
    if (wanted.bound === true) proveAt(info, sums.boundAt);
  });
  const rho = sums.series();
  return evolutionOf(rho, info);
}

/** The layers of a sector, the same for all of its kets. */
function layersFor(space: Space, h: BosonHamiltonian, kets: readonly Ket[]): Layers | null {
  const { basis, pattern, layered } = space;
  const starts = kets.map(({ occupations }) => fockIndex(basis, occupations));
  if (layered?.h === h && sameNumbers(layered.starts, starts)) return layered.layers;
  const layers = layersOf(basis, pattern, h, starts);
  space.layered = { h, starts, layers };
  return layers;
}

function bothWays(times: readonly number[], layers: Layers | null, go: (way: Way) => WayErrors): WayErrors {
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
    // A gap a little longer costs the bound less than twice the moments cost time.
    const pieces = Math.ceil((t - before) / gap - 0.3);
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
