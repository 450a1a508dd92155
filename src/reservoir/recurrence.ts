/** When the free modes of F return together: simultaneous Diophantine approximation of their frequencies. */

import { frequencyTolerance } from "./minimal.ts";

export interface Recurrence {
  /** The least t > 0 at which every mode is within `turns` of a whole number of turns; null if none was found. */
  readonly time: number | null;
  /** How far from whole the modes are then, in turns: at most what was asked for. */
  readonly offset: number | null;
  /** There is none before this time, where none was found. */
  readonly searched: number;
  /** Dirichlet: there is one up to this time. */
  readonly certain: number;
}

/** Candidates, one for each turn of the fastest mode, that are tried at most. */
const mostCandidates = 2e7;

/**
 * The earliest common return of modes with the given frequencies ω_k (of any sign; those equal or 0 count once or not at
 * all), to within `turns` < 1/2 of a turn each: |ω_k t/2π − an integer| ≤ turns. Every turn of the fastest mode is a
 * candidate; the times around it that suit all other modes are intersected, so that nothing is missed. By Dirichlet's
 * theorem one of the first ⌈1/turns⌉^(r−1) turns is a return, r being the number of distinct frequencies. Throws
 * RangeError if `turns` is not between 0 and 1/2, or a frequency is not finite.
 */
export function recurrenceTime(frequencies: readonly number[], turns: number): Recurrence {
  if (!(turns > 0 && turns < 0.5)) throw new RangeError(`a return must be within 0 to 1/2 of a turn, not ${turns}.`);
  const rates = distinct(frequencies);
  if (rates.length === 0) return { time: 0, offset: 0, searched: 0, certain: 0 };
  const [fastest, ...others] = rates;
  const certain = Math.ceil(1 / turns) ** others.length / fastest;
  const most = Math.min(mostCandidates, Math.ceil(certain * fastest) + 1);
  // What adds up over many turns: a multiple of one rate is rounded to a relative 1e-16.
  for (let n = 1; n <= most; n++) {
    const time = earliest((n - turns) / fastest, (n + turns) / fastest, others, turns);
    if (time === null) continue;
    const offset = Math.max(...rates.map((rate) => Math.abs(rate * time - Math.round(rate * time))));
    return { time, offset: Math.min(offset, turns), searched: time, certain };
  }
  return { time: null, offset: null, searched: (most + 0.5) / fastest, certain };
}

/** Turns per time, the fastest first. */
function distinct(frequencies: readonly number[]): number[] {
  if (!frequencies.every(Number.isFinite)) throw new RangeError("frequencies must be finite.");
  const rates = frequencies.map((frequency) => Math.abs(frequency) / (2 * Math.PI)).sort((a, b) => b - a);
  const gap = frequencyTolerance * (rates[0] ?? 0);
  return rates.filter((rate, i) => rate > gap && (i === 0 || rates[i - 1] - rate > gap));
}

/** The earliest time from `from` to `to` that suits all the rates from the k-th on; null if there is none. */
function earliest(from: number, to: number, rates: readonly number[], turns: number, k = 0): number | null {
  if (k === rates.length) return from;
  const rate = rates[k];
  // Intervals around whole turns that meet [from, to], in order.
  for (let m = Math.max(0, Math.ceil(rate * from - turns)); m <= rate * to + turns; m++) {
    const low = Math.max(from, (m - turns) / rate);
    const high = Math.min(to, (m + turns) / rate);
    if (low > high) continue;
    const time = earliest(low, high, rates, turns, k + 1);
    if (time !== null) return time;
  }
  return null;
}
