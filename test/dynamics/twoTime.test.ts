import { describe, expect, test } from "vitest";
import { diagonal, identity, type Matrix, matrix } from "../../src/algebra/matrix.ts";
import { maxDifference } from "../../src/algebra/series.ts";
import { ImpossibleRunError } from "../../src/dynamics/errors.ts";
import { simulate } from "../../src/dynamics/simulate.ts";
import { correlationWith, twoTime } from "../../src/dynamics/twoTime.ts";
import { asModel } from "../oracle/plainModel.ts";
import { random, randomMatrix } from "../oracle/random.ts";
import { randomModel } from "../oracle/randomModel.ts";
import { severalReservoirs } from "../oracle/severalReservoirs.ts";
import { twoTimeBruteForce } from "../oracle/twoTimeBruteForce.ts";

const infinity = Number.POSITIVE_INFINITY;

function largest(a: { re: Float64Array; im: Float64Array }, b: { re: Float64Array; im: Float64Array }): number {
  return a.re.reduce((most, re, t) => Math.max(most, Math.hypot(re - b.re[t], a.im[t] - b.im[t])), 0);
}

const raise = matrix([
  [0, 1],
  [0, 0],
]);
const lower = matrix([
  [0, 0],
  [1, 0],
]);

describe("two-time correlations", () => {
  test("are those of the full tensor product, for random models and operators, delays of either sign", () => {
    for (let seed = 0; seed < 10; seed++) {
      const { model, kind } = randomModel(seed, { couplings: 1 + (seed % 2), siteDimension: 2 + (seed % 2) });
      const n = model.system.dimension;
      const from = random(seed + 50);
      const [first, then] = [randomMatrix(from, n), randomMatrix(from, n)];
      const at = seed % 3 === 0 ? 0 : seed % 3 === 1 ? 0.9 : -0.6;
      const size = kind.siteDimension === 2 ? 3 : 2;
      const exact = twoTimeBruteForce(model, size, { first, at, then }, model.times);
      const { rho, error } = twoTime(model, size, { operator: first, at }, { tolerance: 1e-10 });
      expect(largest(correlationWith(then, rho), exact), `seed ${seed}`).toBeLessThan(1e-8);
      expect(error.converged, `seed ${seed}`).toBe(true);
    }
  });

  test("where B breaks what H conserves are right as well: an exchange of excitations", () => {
    for (const operator of [raise, lower]) {
      const { model } = randomModel(3, { siteDimension: 2, dims: [2], rotated: false, state: "mixed", couplings: 1 });
      const exchange = {
        ...model,
        system: { ...model.system, hamiltonian: diagonal([0.4, -0.4]) },
        reservoirs: [
          {
            ...model.reservoirs[0],
            site: { dimension: 2, hamiltonian: diagonal([1, 0]), state: diagonal([0.3, 0.7]) },
            couplings: [{ system: scaled(lower, 0.4), site: raise, offset: { re: 0, im: 0 } }],
          },
        ],
        meanField: { ...model.meanField, kept: false, matters: false },
      };
      const then = operator === raise ? lower : raise;
      const exact = twoTimeBruteForce(exchange, 4, { first: operator, at: 1.3, then }, exchange.times);
      const { rho } = twoTime(exchange, 4, { operator, at: 1.3 }, { tolerance: 1e-11 });
      expect(largest(correlationWith(then, rho), exact)).toBeLessThan(1e-9);
    }
  });

  test("of several reservoirs are those of the full tensor product of all their sites", () => {
    for (const seed of [1, 2, 4]) {
      const numbers = [2, 1];
      const model = severalReservoirs(seed, numbers, { dims: [2], couplings: 1, times: [0, 0.8, -0.5] }, [2, 3]);
      const from = random(seed);
      const [first, then] = [randomMatrix(from, 2), randomMatrix(from, 2)];
      const exact = twoTimeBruteForce(model, 3, { first, at: 0.7, then }, model.times, numbers);
      const { rho } = twoTime(model, 3, { operator: first, at: 0.7 }, { tolerance: 1e-11 });
      expect(largest(correlationWith(then, rho), exact), `seed ${seed}`).toBeLessThan(1e-9);
    }
  });

  test("of an S that something is done to from outside, or of a chain cut off, are refused", () => {
    const model = exchangeWithVacuum(0.3, [0, 1]);
    const protocol = {
      ...{ pulses: [{ at: 0.5, unitary: identity(2) }], scan: false, drives: [], decays: [] },
      trajectories: { seed: 1, most: 10, always: false },
    };
    expect(() => twoTime({ ...model, protocol }, infinity, { operator: raise, at: 0 })).toThrow(ImpossibleRunError);
    expect(() => twoTime({ ...model, form: "chain" }, infinity, { operator: raise, at: 0 })).toThrow("is chain");
  });

  test("with B = 1 are ρ_S(t + τ), in the limit as well", () => {
    for (const seed of [2, 5]) {
      const { model } = randomModel(seed, {
        siteDimension: 2,
        dims: [2],
        centring: "subtract",
        times: [0, 0.5, 2, -1],
      });
      const { rho } = twoTime(model, infinity, { operator: identity(2), at: 0.7 }, { tolerance: 1e-7 });
      const later = simulate({ ...model, times: model.times.map((t) => t + 0.7) }, infinity, { tolerance: 1e-9 });
      expect(maxDifference(rho, later.rho)).toBeLessThan(2e-7);
    }
  });

  test("of a qubit at resonance with a vacuum mode: ⟨σ₋(τ) σ₊(0)⟩ from the ground state is cos gτ e^{−iωτ}", () => {
    // One pure level of the sites: F is one mode in its vacuum. ⟨down| U†σ₋U σ₊|down⟩, |down, 0⟩ at energy −ω/2.
    const g = 0.3;
    const model = exchangeWithVacuum(g, [0, 1, 2.5, 7]);
    const { rho, error } = twoTime(model, infinity, { operator: raise, at: 0.4 });
    expect(error.bound).not.toBeNull();
    const found = correlationWith(lower, rho);
    model.times.forEach((t, k) => {
      expect(found.re[k]).toBeCloseTo(Math.cos(g * t) * Math.cos(t), 8);
      expect(found.im[k]).toBeCloseTo(-Math.cos(g * t) * Math.sin(t), 8);
    });
  });

  test("keep their bound: two runs differ by no more than the bounds say", () => {
    const { model } = randomModel(9, {
      siteDimension: 2,
      state: "pure",
      dims: [2],
      centring: "subtract",
      times: [1, 3],
    });
    const operator = randomMatrix(random(1), 2);
    const rough = twoTime(model, infinity, { operator, at: 1 }, { tolerance: 1e-4 });
    const fine = twoTime(model, infinity, { operator, at: 1 }, { tolerance: 1e-9 });
    expect(rough.error.bound).not.toBeNull();
    expect(maxDifference(rough.rho, fine.rho)).toBeLessThanOrEqual((rough.error.bound ?? 0) + 1e-9);
  });

  test("depend on t, as no regression from ρ_S(t) alone would have it", () => {
    const model = exchangeWithVacuum(0.8, [0, 1.5]);
    const excited = { ...model, system: { ...model.system, state: diagonal([1, 0]) } };
    // After half a Rabi period S is in its ground state again, but the mode holds the quantum: |up, 1⟩ then turns √2 faster.
    const early = correlationWith(lower, twoTime(model, infinity, { operator: raise, at: 0 }).rho);
    const late = correlationWith(lower, twoTime(excited, infinity, { operator: raise, at: Math.PI / 2 / 0.8 }).rho);
    model.times.forEach((t, k) => {
      const [alone, held] = [Math.cos(0.8 * t), Math.cos(0.8 * t) * Math.cos(Math.SQRT2 * 0.8 * t)];
      expect(early.re[k]).toBeCloseTo(alone * Math.cos(t), 8);
      expect(late.re[k]).toBeCloseTo(held * Math.cos(t), 8);
      expect(late.im[k]).toBeCloseTo(-held * Math.sin(t), 8);
    });
  });
});

function scaled(a: Matrix, factor: number): Matrix {
  return { ...a, re: a.re.map((x) => factor * x), im: a.im.map((x) => factor * x) };
}

function exchangeWithVacuum(g: number, times: readonly number[]) {
  return asModel({
    name: "exchange",
    dims: [2],
    systemHamiltonian: diagonal([0.5, -0.5]),
    systemState: diagonal([0, 1]),
    siteHamiltonian: diagonal([1, 0]),
    siteState: diagonal([0, 1]),
    couplings: [{ system: scaled(lower, g), site: raise, hc: "added" }],
    center: "error",
    times,
    sizes: [infinity],
    tolerance: 1e-9,
  });
}
