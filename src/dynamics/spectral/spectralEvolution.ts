/** ρ_S(t) of a sector by diagonalising H in each of its invariant subspaces. */

import type { MatrixSeries } from "../../algebra/series.ts";
import { farthestOf } from "../../algebra/timeParts.ts";
import type { Basis } from "../../fock/basis.ts";
import { DensitySum } from "../sector/densitySum.ts";
import type { Evolution, Space } from "../sector/evolution.ts";
import { type BasisFilling, Populations } from "../sector/filling.ts";
import type { EvolutionInfo, Problem, Wanted } from "../sector/problem.ts";
import { Reduction } from "../sector/reduction.ts";
import { addDensityPairs } from "./densitySpectral.ts";
import { secondsByKets, secondsByPairs } from "./reductionCost.ts";
import { type Block, type Expansion, expand, propagate, spectralRounding, spectrum } from "./spectral.ts";
import { spectralBound } from "./spectralBound.ts";

/** Numbers of a ket at all times that are kept at once: what fits a cache. */
const numbersPerChunk = 32768;
const fewestTimes = 32;

/** Diagonalises, and returns what finds ρ_S(t) when it is asked for; a `passing` one in the room that the space keeps for it. */
export function evolveSpectral(
  problem: Problem,
  info: EvolutionInfo,
  wanted: Wanted,
  space: Space,
): Pick<Evolution, "addTo" | "sample"> {
  const { basis, matrix, subspaces, kets, weights, times, gauge } = problem;
  const { lookAt = [] } = wanted;
  const whole = spectrum(matrix, subspaces, wanted.passing === true ? space.room : null);
  if (wanted.passing === true) space.room = whole;
  const { blocks } = whole;
  const expansions = kets.map((ket) => expand(whole, ket));
  const mixed = { basis, subspaces, whole, expansions, weights, gauge };
  info.filling = () =>
    fillingAt(
      basis,
      expansions,
      weights,
      lookAt.map((place) => times[place]),
    );
  const mixture = weights.reduce((sum, weight) => sum + weight, 0);
  const farthest = farthestOf(times);
  info.propagation = mixture * spectralRounding(blocks, farthest);
  const reduced = (at: readonly number[]): MatrixSeries => {
    if (pairsAreCheaper(basis, blocks, kets.length, at.length)) {
      const alone = new DensitySum(at, basis.system);
      alone.addPairs((pairs) => addDensityPairs(pairs, 1, mixed));
      return alone.finish();
    }
    const reduction = new Reduction(basis, at.length, gauge);
    propagateInChunks(basis, expansions, at, (k, re, im, places) => reduction.add(re, im, weights[k], places));
    return reduction.series(at);
  };
  const found = {
    addTo: (sum: DensitySum, weight: number) => {
      if (pairsAreCheaper(basis, blocks, kets.length, times.length)) {
        sum.addPairs((pairs) => addDensityPairs(pairs, weight, mixed));
      } else {
        sum.addSeries(reduced(times), weight);
      }
    },
    sample: (places: readonly number[]) => reduced(places.map((place) => times[place])),
  };
  if (wanted.bound === true) {
    const { leaked, cost, at } = spectralBound(problem, whole, expansions, wanted);
    info.leaked = leaked;
    info.cost = cost;
    info.boundAt = at;
  }
  return found;
}

function fillingAt(
  basis: Basis,
  expansions: readonly (readonly Expansion[])[],
  weights: readonly number[],
  times: readonly number[],
): BasisFilling {
  const populations = new Populations(basis, times.length);
  const re = new Float64Array(basis.dimension * times.length);
  const im = new Float64Array(basis.dimension * times.length);
  expansions.forEach((expansion, k) => {
    re.fill(0);
    im.fill(0);
    propagate(expansion, times, re, im);
    populations.add(re, im, weights[k]);
  });
  return populations.filling();
}

/** Calls `visit` with each ket at a chunk of times, state i at the t-th of them in entry i·places.length + t. */
function propagateInChunks(
  basis: Basis,
  expansions: readonly (readonly Expansion[])[],
  times: readonly number[],
  visit: (ket: number, re: Float64Array, im: Float64Array, places: readonly number[]) => void,
): void {
  const timesPerChunk = Math.max(fewestTimes, Math.floor(numbersPerChunk / basis.dimension));
  const most = Math.min(timesPerChunk, times.length);
  const re = new Float64Array(basis.dimension * most);
  const im = new Float64Array(basis.dimension * most);
  for (let from = 0; from < times.length; from += timesPerChunk) {
    const chunk = times.slice(from, from + timesPerChunk);
    const places = chunk.map((_, t) => from + t);
    const used = basis.dimension * chunk.length;
    expansions.forEach((expansion, k) => {
      re.fill(0, 0, used);
      im.fill(0, 0, used);
      propagate(expansion, chunk, re, im);
      visit(k, re, im, places);
    });
  }
}

function pairsAreCheaper(basis: Basis, blocks: readonly Block[], kets: number, times: number): boolean {
  const squares = blocks.reduce((sum, { states }) => sum + states.length ** 2, 0);
  const real = blocks[0].im.length === 0;
  const shape = { system: basis.system, rows: basis.dimension, squares, real };
  return secondsByPairs(shape, kets, times) < secondsByKets(shape, kets, times);
}
