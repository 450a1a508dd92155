/** What is proved of a spectral evolution: what leaks out of the space, what that costs ρ_S at each time, and rounding. */

import { farthestOf, fewestTimes, spanOf } from "../../algebra/timeParts.ts";
import { layerNormsOf } from "../layers/layersAlong.ts";
import type { Problem, Wanted } from "../sector/problem.ts";
import { lowerEarly } from "./earlyBound.ts";
import { type ReturningFlux, returningFlux, secondOrder } from "./returnBound.ts";
import { type Expansion, type Spectrum, spectralRounding } from "./spectral.ts";
import { leakRates, type SpectralLeak, spectralLeak } from "./spectralLeak.ts";

export interface SpectralBound {
  /** Σ weight ∫‖(1 − P)HPφ‖ up to the farthest time, from above. */
  readonly leaked: number;
  /** A proved bound on what the cutoff costs any entry of ρ_S at any of the times: this or less. */
  cost(): number;
  /** At each of the times, a proved bound on every entry of ρ_S. */
  at(): Float64Array;
}

export function spectralBound(
  problem: Problem,
  whole: Spectrum,
  expansions: readonly (readonly Expansion[])[],
  { enough = 0, certified = false }: Wanted,
): SpectralBound {
  const { leak, times, weights, basis } = problem;
  const leaking = leak === null ? null : leakingMixture(problem, spectralLeak(leak, whole), expansions);
  const { ends = [], rate = 0, span = 0 } = leaking ?? {};
  const sharpen = leaking !== null && rate * span > enough;
  const short = sharpen && turns(whole, span) < mostTurns;
  const leaked = short ? Math.max(...ends.map((end) => leakedBy(leaking, end))) : rate * span;
  const at = () => {
    const bounds = steadily(rate, times, 1);
    if (sharpen) {
      const squares = lowerLate(leaking, basis.system, times, bounds);
      if (certified || short) lowerFirst(leaking, problem, squares, bounds);
    }
    addRounding(whole, weights, times, bounds);
    return bounds;
  };
  const cost = () => {
    if (leaking === null || leaked <= enough) return leaked;
    const bounds = steadily(rate, ends, 1);
    lowerLate(leaking, basis.system, ends, bounds);
    return bounds.reduce((most, x) => Math.max(most, x), 0);
  };
  return { leaked, cost, at };
}

/** A mixture, and how it leaks up to the farthest times in both directions. */
interface LeakingMixture {
  readonly span: number;
  readonly ends: readonly number[];
  /** Σ weight · (what never leaks faster), and Σ weight · (that)². */
  readonly rate: number;
  readonly meanSquare: number;
  /** What leaks on the way back: the others too are found when first asked for. */
  back(): number;
  /** With ∫_0^end ‖QHPφ‖² for each ket: Σ weight √that, and Σ weight · that. */
  towards(end: number): { readonly mean: number; readonly square: number };
}

function leakingMixture(
  { basis, times, weights }: Problem,
  leaks: SpectralLeak,
  expansions: readonly (readonly Expansion[])[],
): LeakingMixture {
  const ends = spanOf(times).filter((end) => end !== 0);
  const span = farthestOf(times);
  const rates = leakRates(leaks, expansions);
  let found: ReturningFlux | null = null;
  const flux = () => {
    found ??= returningFlux({ basis, leaks, expansions, weights }, span);
    return found;
  };
  const known = new Map<number, { mean: number; square: number }>();
  return {
    span,
    ends,
    rate: rates.reduce((sum, rate, k) => sum + weights[k] * rate, 0),
    meanSquare: rates.reduce((sum, rate, k) => sum + weights[k] * rate ** 2, 0),
    back: () => flux().back,
    towards: (end) => {
      const before = known.get(end);
      if (before !== undefined) return before;
      const sums = { mean: 0, square: 0 };
      flux()
        .squares(end)
        .forEach((integral, k) => {
          sums.mean += weights[k] * Math.sqrt(integral);
          sums.square += weights[k] * integral;
        });
      known.set(end, sums);
      return sums;
    },
  };
}

/** Σ weight ∫_0^end ‖QHPφ‖, from above. */
function leakedBy({ rate, towards }: LeakingMixture, end: number): number {
  return Math.min(rate * Math.abs(end), Math.sqrt(Math.abs(end)) * towards(end).mean);
}

/** Of long runs first order is taken as it is, and early times are, which make no difference to the largest of the bounds. */
const mostTurns = 200;

/** How far the fastest phase gets ahead of the slowest. */
function turns({ blocks }: Spectrum, span: number): number {
  const lowest = blocks.reduce((least, { values }) => Math.min(least, values[0]), Number.POSITIVE_INFINITY);
  const highest = blocks.reduce((most, { values }) => Math.max(most, values[values.length - 1]), lowest);
  return (highest - lowest) * span;
}

/** At the first times, by how the layers fill. */
function lowerFirst(
  { ends }: LeakingMixture,
  { basis, layers, times, kets, weights }: Problem,
  squares: Float64Array,
  bounds: Float64Array,
): void {
  const known = layers();
  if (known === null) return;
  const start = layerNormsOf(known, basis, kets, weights);
  for (const end of ends) lowerEarly(known, start, times, placesTowards(end, times), squares, bounds);
}

/** Lowers first-order bounds at some times, and gives Σ weight (∫‖QHPφ‖)² at each of them, from above. */
function lowerLate(
  { back, towards, ends, meanSquare }: LeakingMixture,
  system: number,
  times: readonly number[],
  bounds: Float64Array,
): Float64Array {
  const squares = steadily(meanSquare, times, 2);
  for (const end of ends) {
    // No way to t leaks more than √(t ∫‖QHPφ‖²) of a ket, the integral that up to the end.
    const { mean, square } = towards(end);
    for (let i = 0; i < times.length; i++) {
      if (!(times[i] * end > 0)) continue;
      const way = Math.abs(times[i]);
      squares[i] = Math.min(squares[i], way * square);
      bounds[i] = Math.min(bounds[i], Math.sqrt(way) * mean, secondOrder(system, squares[i], way, back()));
    }
  }
  return squares;
}

/** rate · |t|^power, 0 at t = 0; by a loop, as there may be many times and little else to do. */
function steadily(rate: number, times: readonly number[], power: 1 | 2): Float64Array {
  const values = new Float64Array(times.length);
  for (let i = 0; i < values.length; i++) {
    const way = Math.abs(times[i]);
    if (way > 0) values[i] = rate * (power === 1 ? way : way * way);
  }
  return values;
}

/** Places of the times on the way to an end, from 0 on. */
function placesTowards(end: number, times: readonly number[]): number[] {
  const places = [...times.keys()].filter((i) => times[i] * end > 0);
  return places.sort((i, j) => Math.abs(times[i]) - Math.abs(times[j]));
}

function addRounding(
  { blocks }: Spectrum,
  weights: readonly number[],
  times: readonly number[],
  bounds: Float64Array,
): void {
  const mixture = weights.reduce((sum, weight) => sum + weight, 0);
  const still = spectralRounding(blocks, 0);
  const turning = spectralRounding(blocks, 1) - still;
  // A transform from a grid mixes what phases have lost at all times that are found together.
  const together = times.length < fewestTimes ? 0 : farthestOf(times);
  for (let t = 0; t < bounds.length; t++) {
    bounds[t] += mixture * (still + turning * Math.max(together, Math.abs(times[t])));
  }
}
