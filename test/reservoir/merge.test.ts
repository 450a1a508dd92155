import { describe, expect, test } from "vitest";
import { add, matrix, norm, scale } from "../../src/algebra/matrix.ts";
import { maxDifference } from "../../src/algebra/series.ts";
import { correlationDifference, formDistance } from "../../src/reservoir/formDistance.ts";
import { mergeModes } from "../../src/reservoir/merge.ts";
import type { BosonMode } from "../../src/reservoir/modes.ts";
import { random, randomHermitian, randomMatrix } from "../oracle/random.ts";
import { modesDynamics } from "./modesDynamics.ts";

const sigmax = matrix([
  [0, 1],
  [1, 0],
]);
const sigmaz = matrix([
  [1, 0],
  [0, -1],
]);

/** Groups of modes around the centres, `spread` wide. */
function clusters(seed: number, centres: readonly number[], each: number, spread: number): BosonMode[] {
  const from = random(seed);
  return centres.flatMap((centre) =>
    Array.from({ length: each }, () => ({
      frequency: centre + from.between(-spread, spread),
      coupling: scale(sigmax, from.between(0.05, 0.15)),
    })),
  );
}

describe("merged modes", () => {
  test("of narrow groups with one coupling are one mode each, at the mean frequency and with the whole strength", () => {
    const modes = clusters(1, [-1, 0.5, 2], 4, 1e-4);
    const { modes: merged, bound } = mergeModes(modes, 5, 1e-6);
    expect(merged.length).toBe(3);
    expect(bound).toBeGreaterThan(0);
    expect(bound).toBeLessThanOrEqual(1e-6);
    const squares = (list: readonly BosonMode[]) => list.reduce((sum, { coupling }) => sum + norm(coupling) ** 2, 0);
    const moments = (list: readonly BosonMode[]) =>
      list.reduce((sum, { coupling, frequency }) => sum + frequency * norm(coupling) ** 2, 0);
    expect(squares(merged)).toBeCloseTo(squares(modes), 14);
    expect(moments(merged)).toBeCloseTo(moments(modes), 14);
  });

  test("are as many for each group as its couplings are independent", () => {
    const from = random(2);
    const modes = [-1, 1].flatMap((centre) =>
      Array.from({ length: 5 }, () => {
        const coupling = scale(sigmax, from.between(0.05, 0.1));
        return {
          frequency: centre + from.between(-1e-5, 1e-5),
          coupling: add(coupling, sigmaz, from.between(0.05, 0.1)),
        };
      }),
    );
    expect(mergeModes(modes, 3, 1e-6).modes.length).toBe(4);
  });

  test("are fewer for larger tolerances and shorter times, and all of them for none", () => {
    const modes = clusters(3, [-1, 0, 1], 5, 0.1);
    const count = (time: number, tolerance: number) => mergeModes(modes, time, tolerance).modes.length;
    const byTolerance = [1e-1, 1e-2, 1e-3, 1e-5, 1e-7].map((tolerance) => count(2, tolerance));
    expect([...byTolerance].sort((a, b) => a - b)).toEqual(byTolerance);
    expect(byTolerance[0]).toBeLessThan(byTolerance[4]);
    expect(count(0.1, 1e-5)).toBeLessThan(count(4, 1e-5));
    const exact = mergeModes(modes, 4, 1e-16);
    expect(exact.bound).toBe(0);
    expect(exact.modes.length).toBe(15);
    expect(correlationDifference(modes, exact.modes, [0, 1, 9])).toBeLessThan(1e-15);
  });

  test("move ρ_S no more than the bound says", () => {
    for (let seed = 0; seed < 20; seed++) {
      const from = random(seed);
      const operators = [randomHermitian(from, 2), randomMatrix(from, 2)];
      const modes = [-0.8, 1.1].flatMap((centre) =>
        [0, 1].map(() => {
          const operator = from.pick(operators);
          const frequency = centre + from.between(-0.05, 0.05);
          return { frequency, coupling: scale(operator, from.between(0.1, 0.2) / norm(operator)) };
        }),
      );
      const { modes: merged, bound } = mergeModes(modes, 2, 3e-3);
      expect(merged.length).toBeLessThanOrEqual(modes.length);
      expect(bound).toBeCloseTo(merged.length < 4 ? formDistance(modes, merged, 2) : 0, 15);
      const ket = { re: new Float64Array([0.6, 0.8]), im: new Float64Array(2) };
      const system = randomHermitian(from, 2);
      const [one, other] = [modes, merged].map((list) => modesDynamics(system, list, ket, [1, 2], 3));
      expect(maxDifference(one.rho, other.rho)).toBeLessThanOrEqual(bound + one.leaked + other.leaked + 1e-13);
    }
  });

  test("of no modes are none", () => {
    expect(mergeModes([], 1, 1e-6)).toMatchObject({ modes: [], bound: 0 });
  });
});
