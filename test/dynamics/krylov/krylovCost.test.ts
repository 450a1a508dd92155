import { describe, expect, test } from "vitest";
import { evolve } from "../../../src/dynamics/evolve.ts";
import { krylovCost, krylovDimensions } from "../../../src/dynamics/krylov/krylovCost.ts";
import { krylovWindows } from "../../../src/dynamics/stage/propagator.ts";
import { shapeOf } from "../../../src/dynamics/stage/propagators.ts";
import { assemble } from "../../../src/fock/assemble.ts";
import { patternOf } from "../../../src/fock/hamiltonian.ts";
import { reachableBasis } from "../../../src/fock/reachableBasis.ts";
import { randomHamiltonian } from "../../fock/randomHamiltonian.ts";

describe("the cost of Krylov windows", () => {
  test("is within a factor 4 of the applications they take", () => {
    for (const [seed, modes, cutoff, end, count] of [
      [1, 1, 30, 20, 2],
      [2, 2, 10, 10, 100],
      [3, 3, 6, 20, 40],
    ]) {
      const h = randomHamiltonian(seed, {
        dimension: 2,
        modes,
        capacities: [Number.POSITIVE_INFINITY],
        hopping: false,
      });
      const pattern = patternOf([h]);
      const occupations = new Array<number>(modes).fill(0);
      const basis = reachableBasis(pattern, [{ occupations, levels: [0, 1] }], cutoff);
      const { rows, entries, radius } = shapeOf(assemble(basis, pattern, h), 2);
      const times = Array.from({ length: count }, (_, i) => (end * (i + 1)) / count);
      const levels = { re: Float64Array.of(0.6, 0.8), im: new Float64Array(2) };
      const ket = { weight: 1, levels, occupations };
      const { info } = evolve(
        { basis, pattern, matrix: null },
        h,
        [ket],
        times,
        krylovWindows({ tolerance: 1e-8 }),
        {},
      );
      const { applications } = krylovCost({ rows, entries, block: 1, radius }, 1, count, end);
      expect(applications / info.applications).toBeLessThan(4);
      expect(applications / info.applications).toBeGreaterThan(1 / 4);
    }
  });

  test("grows with the space, the kets and the times, and is bounded in memory", () => {
    const shape = { rows: 1000, entries: 20_000, block: 1, radius: 5 };
    const { seconds, applications } = krylovCost(shape, 1, 100, 10);
    expect(krylovCost({ ...shape, rows: 2000, entries: 40_000 }, 1, 100, 10).seconds).toBeGreaterThan(1.5 * seconds);
    expect(krylovCost(shape, 3, 100, 10).applications).toBeCloseTo(3 * applications, 6);
    expect(krylovCost(shape, 1, 1000, 10).seconds).toBeGreaterThan(2 * seconds);
    expect(krylovCost({ ...shape, block: 2 }, 1, 100, 10).seconds).toBeLessThan(seconds);
    const large = { rows: 1e7, entries: 2.4e8, block: 2, radius: 50 };
    expect(krylovCost(large, 1, 10, 1).bytes).toBeLessThan(4 * 2 ** 30);
  });

  test("allows windows fewer vectors in larger spaces, but always some", () => {
    expect(krylovDimensions(1000)).toEqual([256, 48]);
    const [real, complex] = krylovDimensions(1e7);
    expect(real).toBeGreaterThan(complex);
    expect(8 * 1e7 * (real + 1)).toBeLessThanOrEqual(1.5 * 2 ** 30);
    expect(krylovDimensions(1e9)).toEqual([6, 6]);
  });
});
