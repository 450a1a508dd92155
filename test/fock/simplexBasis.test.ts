import { describe, expect, test } from "vitest";
import { zeros } from "../../src/algebra/matrix.ts";
import type { Basis, Blocks } from "../../src/fock/basis.ts";
import { type BosonHamiltonian, type Pattern, patternOf } from "../../src/fock/hamiltonian.ts";
import { reachableBasis } from "../../src/fock/reachableBasis.ts";
import { reachesAll, type Simplex, simplexBasis, simplexCount, simplexUpTo } from "../../src/fock/simplexBasis.ts";
import { randomHamiltonian } from "./randomHamiltonian.ts";

const free = Number.POSITIVE_INFINITY;

/** The same space by following every term: a weight that is off by rounding keeps the search from being left out. */
function searched(pattern: Pattern, cutoff: number): Basis {
  const weights = pattern.weights.map((weight, k) => (k === 0 ? weight + 1e-13 : weight));
  return reachableBasis({ ...pattern, weights }, [{ occupations: weights.map(() => 0), levels: [0] }], cutoff);
}

function counted(pattern: Pattern, cutoff: number): Simplex {
  return simplexUpTo(pattern, cutoff) as Simplex;
}

describe("a basis that is counted", () => {
  test("holds what a search finds, with the same neighbours, free or limited, with hopping", () => {
    for (const [n, modes, capacity, cutoff, hopping, weights] of [
      [2, 1, free, 7, false],
      [2, 3, free, 5, false],
      [3, 2, 4, 9, true],
      [1, 4, free, 4, true],
      [2, 6, free, 3, false],
      [2, 3, free, 5, false, [1, 1.25, 2.0625]],
      [2, 3, free, 5.5, true, [1.5, 1, 1.5]],
      [3, 2, 6, 4.75, false, [1, 1.5]],
      [2, 4, free, 6, false, [2, 2, 4, 2]],
    ] as const) {
      const whole = patternOf([randomHamiltonian(3, { dimension: n, modes, capacities: [capacity], hopping })]);
      const pattern = { ...whole, weights: weights ?? whole.weights };
      expect(reachesAll(pattern)).toBe(true);
      const found = simplexBasis(pattern, cutoff, counted(pattern, cutoff));
      const expected = searched(pattern, cutoff);
      expect(found.dimension).toBe(expected.dimension);
      expect(found.complete).toBe(expected.complete);
      // Rounding of the weight reorders a shell: states are told by their occupations.
      const rows = (basis: Basis) =>
        Array.from({ length: basis.fockCount }, (_, f) =>
          basis.occupations.subarray(f * modes, (f + 1) * modes).join(),
        );
      const [a, b] = [rows(found), rows(expected)];
      const placeOf = new Map(b.map((row, f) => [row, f]));
      const name = (list: string[], f: number) => (f < 0 ? "none" : list[f]);
      expect([...a].sort()).toEqual([...b].sort());
      for (let f = 0; f < found.fockCount; f++) {
        const g = placeOf.get(a[f]) as number;
        for (let k = 0; k < modes; k++) {
          expect(name(a, found.raised[f * modes + k])).toBe(name(b, expected.raised[g * modes + k]));
          expect(name(a, found.lowered[f * modes + k])).toBe(name(b, expected.lowered[g * modes + k]));
        }
        pattern.hoppings.forEach((_, t) => {
          expect(name(a, found.hopped[t][f])).toBe(name(b, expected.hopped[t][g]));
          expect(name(a, found.returned[t][f])).toBe(name(b, expected.returned[t][g]));
        });
        for (let s = 0; s < n; s++) {
          const i = found.indexOf[f * n + s];
          expect([found.fock[i], found.level[i]]).toEqual([f, s]);
        }
        if (f > 0) expect(found.heights[f]).toBeGreaterThanOrEqual(found.heights[f - 1]);
      }
    }
  });

  test("may stand in blocks, which begin like the first, with other quanta in the outer modes", () => {
    for (const weights of [
      [1, 1, 1, 1],
      [1.5, 1, 1.25, 2],
    ]) {
      const whole = patternOf([randomHamiltonian(3, { dimension: 2, modes: 4, capacities: [free], hopping: false })]);
      const pattern = { ...whole, weights };
      const basis = simplexBasis(pattern, 5, counted(pattern, 5), 21);
      const { outer, starts } = basis.blocks as Blocks;
      expect(outer).toBe(2);
      expect(starts[1]).toBeLessThanOrEqual(21);
      expect(starts[starts.length - 1]).toBe(basis.fockCount);
      const quanta = (f: number) => [...basis.occupations.subarray(4 * f, 4 * f + 4)];
      for (let b = 0; b + 1 < starts.length; b++) {
        for (let f = starts[b]; f < starts[b + 1]; f++) {
          const inner = quanta(f - starts[b]).slice(2);
          expect(quanta(f)).toEqual([...quanta(starts[b]).slice(0, 2), ...inner]);
          expect(basis.heights[f]).toBe(quanta(f).reduce((sum, count, k) => sum + count * weights[k], 0));
        }
      }
      for (let f = 0; f < basis.fockCount; f++) {
        for (let k = 0; k < 4; k++) {
          const up = basis.raised[4 * f + k];
          if (up < 0) expect(basis.heights[f] + weights[k]).toBeGreaterThan(5);
          else expect(quanta(up)).toEqual(quanta(f).map((count, j) => (j === k ? count + 1 : count)));
        }
      }
    }
  });

  test("stands in blocks where free bosons have very many states", () => {
    const of = (capacity: number, hopping: boolean, cutoff: number) => {
      const pattern = patternOf([randomHamiltonian(3, { dimension: 2, modes: 3, capacities: [capacity], hopping })]);
      return simplexBasis(pattern, cutoff, counted(pattern, cutoff)).blocks;
    };
    expect(of(free, false, 73)?.outer).toBe(1);
    expect(of(free, false, 71)).toBe(null);
    expect(of(free, true, 73)).toBe(null);
    expect(of(100, false, 73)).toBe(null);
  });

  test("is not for patterns with a conserved charge, for a mode that is not coupled, or for several supplies", () => {
    const h = randomHamiltonian(4, { dimension: 2, modes: 2, capacities: [free], hopping: false });
    const withCoupling = (entries: readonly number[]): BosonHamiltonian => ({
      ...h,
      system: { ...zeros(2), re: Float64Array.of(1, 0, 0, -1) },
      ladders: h.ladders.map(({ mode }) => ({ mode, coupling: { ...zeros(2), re: Float64Array.from(entries) } })),
    });
    expect(reachesAll(patternOf([withCoupling([0, 1, 0, 0])]))).toBe(false);
    expect(reachesAll(patternOf([withCoupling([0, 1, 1, 0])]))).toBe(false);
    expect(reachesAll(patternOf([withCoupling([1, 1, 1, 0])]))).toBe(true);
    expect(reachesAll(patternOf([{ ...h, ladders: h.ladders.slice(1) }]))).toBe(false);
    const two = patternOf([randomHamiltonian(4, { dimension: 2, modes: 2, capacities: [3, 4], hopping: false })]);
    expect(reachesAll(two)).toBe(true);
    expect(simplexUpTo(two, 3)).toBeNull();
    // Neither supply ends within the cutoff.
    expect(simplexCount(counted(two, 2))).toBe(6);
    expect(simplexBasis(two, 2, counted(two, 2)).complete).toBe(false);
  });

  test("is not for weights that no whole numbers of grains make, or that differ where the supply ends", () => {
    const pattern = patternOf([randomHamiltonian(4, { dimension: 2, modes: 2, capacities: [4], hopping: false })]);
    expect(simplexUpTo({ ...pattern, weights: [1, 1.3] }, 2)).toBeNull();
    expect(simplexUpTo({ ...pattern, weights: [1, 1.5] }, 4)).toBeNull();
    expect(simplexUpTo({ ...pattern, weights: [1.5, 1.5] }, 9)?.complete).toBe(true);
    expect(simplexCount(counted({ ...pattern, weights: [1, 1.5] }, 3.5))).toBe(8);
  });

  test("has three quarters of a million states in the time of a few searches for ten thousand", () => {
    const pattern = patternOf([randomHamiltonian(5, { dimension: 2, modes: 6, capacities: [free], hopping: false })]);
    const start = performance.now();
    const small = searched(pattern, 9);
    const between = performance.now();
    const large = simplexBasis(pattern, 22, counted(pattern, 22));
    const end = performance.now();
    expect(small.dimension).toBe(10_010);
    expect(large.dimension).toBe(753_480);
    expect(end - between).toBeLessThan(20 * (between - start) + 1000);
  });
});
