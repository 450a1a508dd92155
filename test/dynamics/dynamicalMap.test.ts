import { describe, expect, test } from "vitest";
import { applyMap } from "../../src/algebra/choi.ts";
import { matrixAt, maxDifference, zeroSeries } from "../../src/algebra/series.ts";
import { dynamicalMap, withReference } from "../../src/dynamics/dynamicalMap.ts";
import { simulate } from "../../src/dynamics/simulate.ts";
import type { Model } from "../../src/model/types.ts";
import { bruteForce } from "../oracle/bruteForce.ts";
import { random, randomState } from "../oracle/random.ts";
import { randomModel } from "../oracle/randomModel.ts";

const startingIn = (model: Model, state: Model["system"]["state"]): Model => ({
  ...model,
  system: { ...model.system, state },
});

/** Λ_t(state) at all times. */
function mapped(choi: ReturnType<typeof dynamicalMap>["rho"], state: Model["system"]["state"]) {
  const rho = zeroSeries(choi.times, state.rows);
  choi.times.forEach((_, t) => {
    const { re, im } = applyMap(matrixAt(choi, t), state);
    rho.re.set(re, t * re.length);
    rho.im.set(im, t * im.length);
  });
  return rho;
}

describe("the dynamical map", () => {
  test("takes any state of S to where the full tensor product takes it, at finite M", () => {
    for (let seed = 0; seed < 8; seed++) {
      const { model } = randomModel(seed, { siteDimension: 2, dims: [2 + (seed % 2)] });
      const { rho } = dynamicalMap(model, 3, { tolerance: 1e-11 });
      for (let k = 0; k < 2; k++) {
        const state = randomState(random(100 * seed + k), model.system.dimension, k + 1);
        const exact = bruteForce(startingIn(model, state), 3);
        expect(maxDifference(mapped(rho, state), exact), `seed ${seed}`).toBeLessThan(1e-9);
      }
    }
  });

  test("takes any state of S to where a run from it ends, in the limit, to the tolerance", () => {
    for (const seed of [1, 4, 6]) {
      const { model } = randomModel(seed, { siteDimension: 2, dims: [2], centring: "subtract", tolerance: 1e-7 });
      const { rho, error } = dynamicalMap(model, Number.POSITIVE_INFINITY);
      expect(error.converged).toBe(true);
      const state = randomState(random(seed), 2, 1);
      const alone = simulate(startingIn(model, state), Number.POSITIVE_INFINITY, { tolerance: 1e-10 });
      expect(maxDifference(mapped(rho, state), alone.rho)).toBeLessThan(1e-7);
    }
  });

  test("is refused for a system that is too large", () => {
    const { model } = randomModel(0, { dims: [17], siteDimension: 2, couplings: 1 });
    expect(() => withReference(model)).toThrow("at most 16 levels, but S has 17");
  });
});
