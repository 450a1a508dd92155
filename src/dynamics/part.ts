/** What some of the sectors of an average add up to: such parts are added in a fixed order, wherever each was found. */

import { addSeries, type MatrixSeries, zeroSeries } from "../algebra/series.ts";
import type { Summed } from "./sectorSum.ts";

/** How sectors were evolved. */
export interface Account {
  /** Applications of H to a vector. */
  readonly applications: number;
  /** What is proved of the evolutions holds; false where a bound is an estimate. */
  readonly proved: boolean;
  /** Most trajectories of a sector; 0 where there are none. */
  readonly trajectories: number;
  /** The propagator, in words. */
  readonly how: string;
}

export interface Part extends Summed, Account {
  /** Σ weight of the sectors, which need not be 1. */
  readonly weight: number;
  /** Of some of the trajectories of a sector: the sum of the squared moduli of the entries of ρ_S(t) in each. */
  readonly squares?: Float64Array;
  /** Of some of the kets of a sector: the sum of the largest population of each Fock state in each. */
  readonly peaks?: Float64Array;
}

/** Of all the parts together. */
export function accountOf(parts: readonly Account[]): Account {
  return {
    applications: parts.reduce((sum, { applications }) => sum + applications, 0),
    proved: parts.every(({ proved }) => proved),
    trajectories: parts.reduce((most, { trajectories }) => Math.max(most, trajectories), 0),
    how: parts[parts.length - 1].how,
  };
}

/** The sum of the parts of one average, from the first to the last. At least one. */
export function sumOfParts(parts: readonly Part[]): Part {
  if (parts.length === 1) return parts[0];
  const rho: MatrixSeries = zeroSeries(parts[0].rho.times, parts[0].rho.dimension);
  for (const part of parts) addSeries(rho, part.rho, 1);
  const boundAt = sumOf(parts.map((part) => part.boundAt)) as Float64Array;
  const squares = sumOf(parts.map((part) => part.squares));
  const peaks = sumOf(parts.map((part) => part.peaks));
  const add = (of: (part: Part) => number) => parts.reduce((sum, part) => sum + of(part), 0);
  return {
    rho,
    leaked: add(({ leaked }) => leaked),
    leakedSquares: add(({ leakedSquares }) => leakedSquares),
    propagation: add(({ propagation }) => propagation),
    sampling: add(({ sampling }) => sampling),
    omitted: add(({ omitted }) => omitted),
    boundAt,
    weight: add(({ weight }) => weight),
    ...accountOf(parts),
    ...(squares && { squares }),
    ...(peaks && { peaks }),
  };
}

/** The sum of arrays; null where some are missing. */
function sumOf(arrays: readonly (Float64Array | undefined)[]): Float64Array | null {
  const sum = new Float64Array(arrays[0]?.length ?? 0);
  for (const array of arrays) {
    if (array === undefined) return null;
    for (let i = 0; i < sum.length; i++) sum[i] += array[i];
  }
  return sum;
}

/** The memory of a part that is handed from thread to thread, not copied. */
export function buffersOf({ rho, peaks }: Part): ArrayBuffer[] {
  const arrays = [rho.re, rho.im, ...(peaks === undefined ? [] : [peaks])];
  return arrays.map(({ buffer }) => buffer as ArrayBuffer);
}
