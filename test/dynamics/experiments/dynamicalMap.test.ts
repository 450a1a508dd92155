import { describe, expect, test } from "vitest";
import { applyMap } from "../../../src/algebra/choi.ts";
import { identity, matrix } from "../../../src/algebra/matrix.ts";
import { matrixAt, maxDifference, zeroSeries } from "../../../src/algebra/series.ts";
import { dynamicalMap, withReference } from "../../../src/dynamics/experiments/dynamicalMap.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { envelopeOf } from "../../../src/model/envelopeOf.ts";
import type { Model } from "../../../src/model/types.ts";
import { memory } from "../../../src/observables/memory.ts";
import { bruteForce } from "../../oracle/bruteForce.ts";
import { controlledBruteForce, sitesOf } from "../../oracle/controlledBruteForce.ts";
import { random, randomHermitian, randomMatrix, randomState, randomUnitary } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { withReservoir } from "../../oracle/withReservoir.ts";

const startingIn = (model: Model, state: Model["system"]["state"]): Model => ({
  ...model,
  system: { ...model.system, state },
});

const leftAlone = {
  ...{ pulses: [], scan: false, drives: [], decays: [] },
  trajectories: { seed: 1, most: 10, always: false },
};
const lower = matrix([
  [0, 0],
  [1, 0],
]);
const driven = (t: number) => Math.cos(3 * t);

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

  test("is that of the full tensor product under pulses, a drive and decay", () => {
    for (const [seed, size] of [
      [2, 1],
      [5, 2],
    ]) {
      const times = [0, 0.6, 1.2];
      const { model: plain } = randomModel(seed, { siteDimension: 2, dims: [2], strength: 0.7, times });
      const from = random(seed + 31);
      const pulses = [0, 0.9].map((at) => ({ at, unitary: randomUnitary(from, 2) }));
      const drives = [{ operator: randomHermitian(from, 2), envelope: envelopeOf("cos(3*t)"), f: driven }];
      const decays = [{ operator: randomMatrix(from, 2), rate: 0.4 }];
      for (const done of [{ pulses }, { pulses, drives }, { pulses, drives, decays }]) {
        const model: Model = { ...plain, protocol: { ...leftAlone, ...done } };
        const { rho, error, path } = dynamicalMap(model, size, { tolerance: 1e-10 });
        expect(error.converged, path).toBe(true);
        const state = randomState(from, 2, 1);
        const start = startingIn(model, state);
        const exact = controlledBruteForce(start, sitesOf(start, size), done, times);
        expect(maxDifference(mapped(rho, state), exact), `seed ${seed}, ${path}`).toBeLessThan(1e-8);
      }
    }
  });

  test("of a qubit that decays alone never gives back; that of experiments of their own is refused", () => {
    const { model: plain } = randomModel(2, { siteDimension: 2, dims: [2], times: [0, 0.5, 1, 2] });
    const decays = [{ operator: lower, rate: 0.5 }];
    const alone = withReservoir(plain, { couplings: [] });
    const protocol = { ...leftAlone, decays };
    const { rho } = dynamicalMap({ ...alone, protocol }, 1, { tolerance: 1e-10 });
    const found = memory(rho, plain.system.state, [2], 1e-10);
    expect(found.backflow?.measure).toBeLessThan(1e-9);
    expect(found.divisibility.steps.every(({ verdict }) => verdict === "divisible")).toBe(true);
    const scan = { ...leftAlone, scan: true, pulses: [{ at: 0.5, unitary: identity(2) }] };
    expect(() => withReference({ ...plain, protocol: scan })).toThrow("an experiment of its own");
  });

  test("is refused for a system that is too large", () => {
    const { model } = randomModel(0, { dims: [17], siteDimension: 2, couplings: 1 });
    expect(() => withReference(model)).toThrow("at most 16 levels, but S has 17");
  });
});
