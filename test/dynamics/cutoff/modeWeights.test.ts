import { describe, expect, test } from "vitest";
import { crampedModes, modeWeights } from "../../../src/dynamics/cutoff/modeWeights.ts";
import { grain } from "../../../src/fock/simplexBasis.ts";

const geometric = (x: number, top: number) => Float64Array.from({ length: 4 }, (_, n) => top * x ** n);

describe("the weights of modes", () => {
  test("are 1 for all modes that are filled alike", () => {
    expect(modeWeights([geometric(0.1, 1), geometric(0.1, 1)], 1e-8)).toEqual([1, 1]);
  });

  test("let the simplex end where the populations do: Σ w n ≤ N allows each mode the quanta it needs", () => {
    for (const tolerance of [1e-6, 1e-10]) {
      const ratios = [0.3, 0.05, 0.002];
      const weights = modeWeights(
        ratios.map((x) => geometric(x, 1)),
        tolerance,
      );
      const needed = ratios.map((x) => Math.log(0.3 * tolerance) / Math.log(x));
      const most = Math.max(...needed);
      weights.forEach((weight, k) => {
        expect(weight).toBeGreaterThanOrEqual(1);
        expect((weight / grain) % 1).toBe(0);
        expect(most / weight).toBeGreaterThanOrEqual(needed[k]);
      });
      expect(weights[0]).toBe(1);
      expect(weights[2]).toBeGreaterThan(weights[1]);
    }
  });

  test("of a mode that is never filled still allow it quanta", () => {
    const [filled, empty] = modeWeights([geometric(0.3, 1), Float64Array.of(1, 0, 0, 0)], 1e-8);
    expect(filled).toBe(1);
    expect(empty).toBeGreaterThan(5);
    expect(Number.isFinite(empty)).toBe(true);
  });
});

describe("cramped modes", () => {
  test("are those whose last allowed occupation is filled above the tolerance", () => {
    const shells = [geometric(0.5, 1), geometric(0.1, 1), geometric(1e-4, 1)];
    // Weight 3 and cutoff 7 allow 2 quanta: populations 0.25, 1e-2 and 1e-8 there.
    expect(crampedModes(() => shells, [3, 3, 3], 7, 1e-6)).toEqual([0, 1]);
    // A mode of weight 1 is not cramped by its weight.
    expect(crampedModes(() => shells, [1, 3, 3], 7, 1e-6)).toEqual([1]);
  });
});
