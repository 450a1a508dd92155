/** How many of M sites belong to each reservoir. */

import type { Reservoir, Size } from "./types.ts";

/** Above this size a number of sites need not be whole: doubles hold no such digits. */
const wholeBelow = 2 ** 50;

/** A share of M this close to a whole number is that number. */
const alreadyWhole = 1e-6;

/**
 * M_r for each reservoir, Σ M_r = M: what was given for this size, or share · M. Where a share of M is not whole, by
 * largest remainders: each is rounded down, and the sites that are left go to the largest fractions cut off, to the first
 * where they are equal. At M = ∞ all are Infinity.
 */
export function siteNumbers(reservoirs: readonly Reservoir[], size: Size): number[] {
  if (reservoirs.length === 1) return [size];
  const given = reservoirs.map(({ counts }) => counts?.get(size));
  if (given.every((count) => count !== undefined)) return given;
  if (size === Number.POSITIVE_INFINITY) return reservoirs.map(() => Number.POSITIVE_INFINITY);
  const wanted = reservoirs.map(({ share }) => share * size);
  if (size >= wholeBelow) return wanted;
  const numbers = wanted.map((count) => Math.floor(count + alreadyWhole));
  const cutOff = wanted.map((count, r) => count - numbers[r]);
  const order = [...wanted.keys()].sort((a, b) =>
    Math.abs(cutOff[b] - cutOff[a]) > 1e-9 ? cutOff[b] - cutOff[a] : a - b,
  );
  const left = size - numbers.reduce((sum, count) => sum + count, 0);
  for (let i = 0; i < left; i++) numbers[order[i]]++;
  return numbers;
}

/** M_r/M for each reservoir: its share, but for rounding. */
export function fractions(reservoirs: readonly Reservoir[], size: Size): number[] {
  if (size === Number.POSITIVE_INFINITY) return reservoirs.map(({ share }) => share);
  return siteNumbers(reservoirs, size).map((count) => count / size);
}

/** Numbers that are listed in a message. */
const mostListed = 8;

/** The numbers of sites in words, where shares of M were rounded; null where they were not. */
export function roundedNumbers(reservoirs: readonly Reservoir[], size: Size): string | null {
  if (size === Number.POSITIVE_INFINITY || reservoirs.every(({ counts }) => counts?.has(size))) return null;
  const numbers = siteNumbers(reservoirs, size);
  if (reservoirs.every(({ share }, r) => Math.abs(share * size - numbers[r]) <= alreadyWhole + 1e-12 * size))
    return null;
  const more = numbers.length > mostListed ? ", …" : "";
  return `${numbers.slice(0, mostListed).join(", ")}${more}`;
}
