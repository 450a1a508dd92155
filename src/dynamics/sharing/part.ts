/** What some of the sectors of an average add up to: such parts are added in a fixed order, wherever each was found. */

import { type Summed, weightedSum } from "./summed.ts";

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
  const squares = sumOf(parts.map((part) => part.squares));
  const peaks = sumOf(parts.map((part) => part.peaks));
  return {
    ...weightedSum(parts, new Float64Array(parts.length).fill(1)),
    weight: parts.reduce((sum, { weight }) => sum + weight, 0),
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
