import { describe, expect, test } from "vitest";
import { outlook } from "../../../src/dynamics/cutoff/outlook.ts";

const tolerance = 1e-6;

/** What a space up to `cutoff` shows: the last two shells hold more, since what comes to the edge is turned back there. */
function seenUpTo(cutoff: number, population: (n: number) => number): Float64Array {
  const turnedBack = (n: number) => (n === cutoff ? 3 : n === cutoff - 1 ? 1.5 : 1);
  return Float64Array.from({ length: cutoff + 1 }, (_, n) => turnedBack(n) * population(n));
}

/** The first shell that holds less than the tolerance. */
function end(population: (n: number) => number): number {
  let n = 0;
  while (population(n) > tolerance) n++;
  return n;
}

const thermal = (n: number) => 0.6 ** n;

function coherent(n: number): number {
  let population = 0.3;
  for (let k = 1; k <= n; k++) population *= 4 / k;
  return population;
}

describe("an outlook on shells", () => {
  test("lies around where a thermal and a coherent distribution end", () => {
    for (const [population, cutoff] of [
      [thermal, 10],
      [thermal, 16],
      [coherent, 12],
      [coherent, 15],
    ] as const) {
      const { least, likely, most } = outlook(seenUpTo(cutoff, population), cutoff, tolerance);
      expect(least).toBeLessThan(1.2 * end(population));
      expect(most).toBeGreaterThan(end(population) - 0.5);
      expect(likely / end(population)).toBeGreaterThan(0.8);
      expect(likely / end(population)).toBeLessThan(1.5);
      expect(least).toBeLessThanOrEqual(likely);
      expect(likely).toBeLessThanOrEqual(most ?? 0);
    }
  });

  test("is not deceived by parity", () => {
    const even = (n: number) => (n % 2 === 0 ? thermal(n) : 1e-30);
    const { likely } = outlook(seenUpTo(12, even), 12, tolerance);
    expect(Math.abs(likely / end(thermal) - 1)).toBeLessThan(0.3);
  });

  test("ends where shells are seen to be empty", () => {
    const { least, likely, most } = outlook(seenUpTo(40, thermal), 40.25, tolerance);
    expect(likely).toBeCloseTo(end(thermal) + 0.25, -0.3);
    expect([least, most]).toEqual([likely, likely]);
  });

  test("says only what it takes at least where shells do not fall yet", () => {
    for (const population of [() => 0.2, (n: number) => 0.9 ** n]) {
      const { least, most } = outlook(seenUpTo(9, population), 9, tolerance);
      expect(least).toBeGreaterThan(12);
      expect(most).toBeNull();
    }
    expect(outlook(new Float64Array([1, 0.2]), 1, tolerance).most).toBeNull();
  });
});
