/** What is proved of a spectral evolution: what leaks out of the space, what that costs ρ_S at each time, and rounding. */

import type { Problem, Wanted } from "./problem.ts";
import { returnBound } from "./returnBound.ts";
import { type Expansion, type Spectrum, spectralRounding } from "./spectral.ts";
import { type LeakCurve, leakCurves, leakedUntil, type SpectralLeak, spectralLeak } from "./spectralLeak.ts";

export interface SpectralBound {
  /** Σ weight ∫‖(1 − P)HPφ‖ up to the farthest time. */
  readonly leaked: number;
  /** At each of the times, a proved bound on every entry of ρ_S: to second order if the run is to be certified. */
  at(): Float64Array;
}

export function spectralBound(
  { leak, times, weights, basis }: Problem,
  whole: Spectrum,
  expansions: readonly (readonly Expansion[])[],
  { certified = false, enough = 0 }: Wanted,
): SpectralBound {
  const leaks = leak === null ? null : spectralLeak(leak, whole);
  const ways = leaks === null ? [] : waysOf(leaks, expansions, times, { enough, certified });
  const leaked = ways.reduce((most, { curves, end }) => Math.max(most, weightedSum(curves, weights, end)), 0);
  const at = () => {
    const bounds = new Float64Array(times.length);
    for (const way of ways) addLeaks(way, weights, times, bounds, 1);
    // What leaks on the way back takes longer to find than the evolution itself.
    if (leaks !== null && certified && leaked > enough) {
      const squares = new Float64Array(times.length);
      for (const way of ways) addLeaks(way, weights, times, squares, 2);
      const second = returnBound({ basis, whole, leaks, expansions, weights, times }, squares);
      for (let t = 0; t < bounds.length; t++) bounds[t] = Math.min(bounds[t], second[t]);
    }
    addRounding(whole, weights, times, bounds);
    return bounds;
  };
  return { leaked, at };
}

/** Forwards or backwards in time: what leaks of each ket. */
interface LeakingWay {
  readonly end: number;
  readonly curves: readonly LeakCurve[];
}

function waysOf(
  leaks: SpectralLeak,
  expansions: readonly (readonly Expansion[])[],
  times: readonly number[],
  options: { readonly enough: number; readonly certified: boolean },
): readonly LeakingWay[] {
  const earliest = times.reduce((least, t) => Math.min(least, t), 0);
  const latest = times.reduce((most, t) => Math.max(most, t), 0);
  return [earliest, latest]
    .filter((end) => end !== 0)
    .map((end) => ({ end, curves: leakCurves(leaks, expansions, end, options) }));
}

function weightedSum(curves: readonly LeakCurve[], weights: readonly number[], t: number): number {
  return curves.reduce((sum, curve, k) => sum + weights[k] * leakedUntil(curve, t), 0);
}

/** Adds Σ weight · (what has leaked of the ket)^power at the times that the way comes through. */
function addLeaks(
  { end, curves }: LeakingWay,
  weights: readonly number[],
  times: readonly number[],
  sums: Float64Array,
  power: 1 | 2,
): void {
  // Curves that were not sampled are straight lines, and so is their sum.
  let slope = 0;
  curves.forEach((curve, k) => {
    if (curve.length === 0) {
      slope += weights[k] * curve.rate ** power;
      return;
    }
    for (let i = 0; i < times.length; i++) {
      if (times[i] * end > 0) sums[i] += weights[k] * leakedUntil(curve, times[i]) ** power;
    }
  });
  for (let i = 0; i < times.length; i++) {
    if (times[i] * end > 0) sums[i] += slope * Math.abs(times[i]) ** power;
  }
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
  for (let t = 0; t < bounds.length; t++) bounds[t] += mixture * (still + turning * Math.abs(times[t]));
}
