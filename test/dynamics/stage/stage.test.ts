import { describe, expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { TooLargeError } from "../../../src/dynamics/errors.ts";
import { limitFamily } from "../../../src/dynamics/families/limitFamily.ts";
import { purifiedFamily } from "../../../src/dynamics/families/purifiedFamily.ts";
import { unshared } from "../../../src/dynamics/sharing/shared.ts";
import { Stage } from "../../../src/dynamics/stage/stage.ts";
import { randomModel } from "../../oracle/randomModel.ts";

const { model } = randomModel(4, {
  siteDimension: 3,
  state: "pure",
  dims: [2],
  nondemolition: false,
  times: [0.4, -1],
});

describe("a stage", () => {
  test("expects the dimension that it then has, where every state can be reached", () => {
    const family = limitFamily(model);
    for (const cutoff of [2, 5, 9]) {
      const expected = new Stage(model, family, 1e-8, 2 ** 30).expectedDimension(cutoff);
      const stage = new Stage(model, family, 1e-8, 2 ** 30);
      const { dimension, entries } = unshared(stage.attempt([], cutoff, [0.4]), stage);
      expect(dimension).toBe(expected);
      expect(stage.dimension).toBe(dimension);
      expect(entries).toBeLessThanOrEqual(stage.expectedEntries(cutoff));
      expect(entries).toBeGreaterThan(0.4 * stage.expectedEntries(cutoff));
    }
  });

  test("extrapolates the shape of a larger space from a smaller one", () => {
    const small = new Stage(model, limitFamily(model), 1e-8, 2 ** 30);
    unshared(small.attempt([], 4, [0.4]), small);
    const large = new Stage(model, limitFamily(model), 1e-8, 2 ** 30);
    unshared(large.attempt([], 12, [0.4]), large);
    const [guess, real] = [small.expectedShape(12), large.expectedShape(12)];
    if (guess === null || real === null) throw new Error("a space was built, and has a shape");
    expect(guess.rows).toBe(real.rows);
    expect(guess.entries / real.entries).toBeCloseTo(1, 0);
    expect(guess.cubes / real.cubes).toBeCloseTo(1, 0);
    expect(guess.radius / real.radius).toBeGreaterThan(0.5);
    expect(guess.radius / real.radius).toBeLessThan(2);
  });

  test("finds the same ρ_S with weighed modes, once the cutoff is high enough", () => {
    const equal = new Stage(model, limitFamily(model), 1e-8, 2 ** 30);
    const weighed = new Stage(model, limitFamily(model), 1e-8, 2 ** 30);
    weighed.weighModes([1, 1.5]);
    const times = [0.4, -1];
    const [a, b] = [unshared(equal.attempt([], 18, times), equal), unshared(weighed.attempt([], 24, times), weighed)];
    expect(weighed.pattern.weights).toEqual([1, 1.5]);
    expect(maxDifference(a.rho, b.rho)).toBeLessThan(1e-9);
  });

  test("refuses a space beyond its memory before it is built, with the numbers", () => {
    const stage = new Stage(model, limitFamily(model), 1e-8, 2 ** 18);
    expect(() => unshared(stage.attempt([], 400, [0.4]), stage)).toThrow(TooLargeError);
    expect(() => unshared(stage.attempt([], 400, [0.4]), stage)).toThrow(
      /more than \d+ states and 262 kB .*, and 262 kB may be used/,
    );
    // What was refused leaves the stage able to do less.
    expect(unshared(stage.attempt([], 2, [0.4]), stage).dimension).toBe(12);
  });

  test("holds a ket for each state in the mixture of S and each start of the bosons", () => {
    const mixed = randomModel(4, { siteDimension: 2, dims: [3], pureSystem: false }).model;
    expect(new Stage(mixed, purifiedFamily(mixed, 4), 1e-8, 2 ** 30).ketCount).toBe(3);
    const pure = randomModel(4, { siteDimension: 2, dims: [3], pureSystem: true }).model;
    expect(new Stage(pure, purifiedFamily(pure, 4), 1e-8, 2 ** 30).ketCount).toBe(1);
  });
});
