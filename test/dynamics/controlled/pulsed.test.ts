import { describe, expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { evolve } from "../../../src/dynamics/evolve.ts";
import { familyPattern } from "../../../src/dynamics/families/family.ts";
import { finiteFamily } from "../../../src/dynamics/families/finiteFamily.ts";
import { reachOf } from "../../../src/dynamics/sector/reach.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { krylovWindows, type Propagator, spectral, taylor } from "../../../src/dynamics/stage/propagator.ts";
import { Stage } from "../../../src/dynamics/stage/stage.ts";
import { reachableBasis } from "../../../src/fock/reachableBasis.ts";
import type { Model, Protocol } from "../../../src/model/types.ts";
import { controlledBruteForce, oscillatorsOf, sitesOf } from "../../oracle/controlledBruteForce.ts";
import { random, randomUnitary } from "../../oracle/random.ts";
import { randomModel } from "../../oracle/randomModel.ts";
import { forSeeds } from "../laws.ts";

const quiet = { drives: [], decays: [], trajectories: { seed: 1, most: 100, always: false } };

function pulsedModel(seed: number, times: readonly number[], ats: readonly number[], scan = false) {
  const { model: plain } = randomModel(seed, { dims: [2], siteDimension: 2, times, tolerance: 1e-11, strength: 0.7 });
  const from = random(seed + 77);
  const pulses = ats.map((at) => ({ at, unitary: randomUnitary(from, 2) }));
  const protocol: Protocol = { ...quiet, pulses, scan };
  const model: Model = { ...plain, protocol };
  return { model, pulses };
}

describe("pulses", () => {
  test("are those of the full tensor product, at times of both signs and at the pulses themselves", () => {
    forSeeds(4, 40, (seed) => {
      const times = [0, 0.5, 1.3, -0.4, -1.7, 2.2, 0.8];
      const { model, pulses } = pulsedModel(seed, times, [-1.1, -1.1, 0, 0.8, 0.8, 1.9]);
      for (const size of [1, 3]) {
        const exact = controlledBruteForce(model, sitesOf(model, size), { pulses }, times);
        const run = simulate(model, size);
        expect(maxDifference(run.rho, exact), `seed ${seed}, M = ${size}, ${run.path}`).toBeLessThan(1e-10);
        expect(run.error.converged).toBe(true);
      }
    });
  });

  test("at shares of each time make each time an experiment of its own", () => {
    forSeeds(2, 20, (seed) => {
      const times = [1.5, 0, 0.6];
      const { model, pulses } = pulsedModel(seed, times, [0, 0.3, 0.5, 1], true);
      const run = simulate(model, 2);
      times.forEach((t, place) => {
        const stretched = pulses.map(({ at, unitary }) => ({ at: at * t, unitary }));
        const exact = controlledBruteForce(model, sitesOf(model, 2), { pulses: stretched }, [t]);
        const own = { ...run.rho, times: [t], re: run.rho.re.slice(4 * place, 4 * place + 4) };
        const found = { ...own, im: run.rho.im.slice(4 * place, 4 * place + 4) };
        expect(maxDifference(found, exact), `seed ${seed}, t = ${t}`).toBeLessThan(1e-10);
      });
    });
  });

  test("are right in the limit M = ∞, and proved to be", () => {
    for (const seed of [3, 8]) {
      const times = [0.4, 0.9, 1.4];
      const kind = { dims: [2], siteDimension: 2, state: "pure", centring: "subtract", strength: 0.5 } as const;
      const { model: plain } = randomModel(seed, { ...kind, times, tolerance: 1e-9 });
      const pulses = [0.5, 0.9].map((at) => ({ at, unitary: randomUnitary(random(seed), 2) }));
      const model: Model = { ...plain, protocol: { ...quiet, pulses, scan: false } };
      const exact = controlledBruteForce(model, oscillatorsOf(model, 14), { pulses }, times);
      const run = simulate(model, Number.POSITIVE_INFINITY);
      const off = maxDifference(run.rho, exact);
      expect(off, run.path).toBeLessThan(1e-9);
      expect(run.error.bound).not.toBeNull();
    }
  });

  test("by Krylov or Taylor windows are those by diagonalisation", () => {
    const times = [0, 0.5, 0.9, 2, -1.2];
    const { model } = pulsedModel(5, times, [-0.7, 0, 0.9, 1.4]);
    const family = finiteFamily(model, 6);
    const stage = new Stage(model, family, 1e-10, 1e9);
    const pattern = reachOf(familyPattern(family), model.protocol);
    const basis = reachableBasis(pattern, [{ occupations: stage.pattern.groupOf.map(() => 0), levels: [0, 1] }], 6);
    const kets = [{ weight: 1, levels: { re: Float64Array.of(0.6, 0), im: Float64Array.of(0, 0.8) } }];
    const start = kets.map((ket) => ({ ...ket, occupations: stage.pattern.groupOf.map(() => 0) }));
    const by = (propagator: Propagator) => {
      const space = { basis, pattern: familyPattern(family), matrix: null };
      const h = family.hamiltonian(new Array(family.axes).fill(0));
      return evolve(space, h, start, times, propagator, { bound: true, lookAt: [1, 3] }, model.protocol);
    };
    const whole = by(spectral());
    for (const propagator of [krylovWindows({ dimension: 8, tolerance: 1e-11 }), taylor(1e-11)]) {
      const windows = by(propagator);
      expect(maxDifference(whole.rho, windows.rho), propagator.kind).toBeLessThan(1e-10);
      expect(windows.info.propagation).toBeLessThan(1e-10);
      expect(windows.info.proved).toBe(true);
      expect(windows.info.leaked).toBeLessThan(1.5 * whole.info.leaked + 1e-12);
      whole.info.filling().shells.forEach((x, k) => {
        expect(windows.info.filling().shells[k]).toBeCloseTo(x, 9);
      });
    }
  });
});
