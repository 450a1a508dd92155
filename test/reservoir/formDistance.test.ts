import { describe, expect, test } from "vitest";
import { adjoint, type Matrix, matrix, norm, scale } from "../../src/algebra/matrix.ts";
import { matrixAt, maxDifference } from "../../src/algebra/series.ts";
import { traceDistance } from "../../src/observables/distance.ts";
import { correlationDifference, formDistance, formDistanceUntil } from "../../src/reservoir/formDistance.ts";
import { minimalForm } from "../../src/reservoir/minimal.ts";
import { type BosonMode, standardModes } from "../../src/reservoir/modes.ts";
import { vacuumModesOfMinimal } from "../../src/reservoir/spectralWeight.ts";
import { type Random, random, randomHermitian, randomMatrix } from "../oracle/random.ts";
import { randomModel } from "../oracle/randomModel.ts";
import { modesDynamics } from "./modesDynamics.ts";

const sigmax = matrix([
  [0, 1],
  [1, 0],
]);

describe("the bound on replacing F", () => {
  test("holds: entries and trace distance of ρ_S move less, for lists that differ in every way", () => {
    const ratios: number[] = [];
    for (let seed = 0; seed < 200; seed++) {
      const from = random(seed);
      const n = from.integer(2, 3);
      const system = randomHermitian(from, n);
      const a = randomList(from, n, from.integer(1, 2));
      const b = changed(from, a);
      const ket = randomKet(from, n);
      const t = from.pick([0.3, 1, -3]);
      const [one, other] = [a, b].map((modes) => modesDynamics(system, modes, ket, [t], 6));
      const cut = one.leaked + other.leaked;
      const bound = formDistance(a, b, t);
      expect(maxDifference(one.rho, other.rho), `seed ${seed}`).toBeLessThanOrEqual(bound + cut);
      // The trace distance is half the trace norm.
      expect(traceDistance(matrixAt(one.rho, 0), matrixAt(other.rho, 0)), `seed ${seed}`).toBeLessThanOrEqual(
        bound + cut,
      );
      ratios.push(bound / maxDifference(one.rho, other.rho));
    }
    ratios.sort((x, y) => x - y);
    // How tight it is: the constants leave no room, and the typical case is within an order of magnitude.
    expect(ratios[0]).toBeLessThan(1.3);
    expect(ratios[100]).toBeLessThan(10);
  });

  test("is 2 ∫(T − τ)|ΔC| for one Hermitian coupling of norm 1, in closed form for a mode added", () => {
    const mode = { frequency: 0.7, coupling: scale(sigmax, 0.2) };
    for (const time of [0.1, 2, 11]) {
      const exact = 0.2 ** 2 * time ** 2;
      expect(formDistance([], [mode], time) / exact).toBeGreaterThanOrEqual(1);
      expect(formDistance([], [mode], time) / exact).toBeLessThan(1.001);
    }
  });

  test("up to every time, from one integration, is not below the bound for that time alone, and close to it", () => {
    for (let seed = 0; seed < 20; seed++) {
      const from = random(seed);
      const [a, b] = [2, 3].map((count) => randomList(from, 2, count));
      const until = formDistanceUntil(a, b, -6);
      for (const t of [0.3, -1.1, 2, -5, 6]) {
        expect(until(t)).toBeGreaterThanOrEqual(formDistance(a, b, t) * (1 - 1e-12));
        expect(until(t)).toBeLessThanOrEqual(formDistance(a, b, 6));
        if (Math.abs(t) > 1) expect(until(t)).toBeLessThan(1.1 * formDistance(a, b, t));
      }
      expect(until(0)).toBe(0);
      expect(until(6)).toBe(formDistance(a, b, 6));
    }
  });

  test("is known up to the last time, whatever rounding makes of its pieces", () => {
    const from = random(7);
    const [a, b] = [randomList(from, 2, 2), randomList(from, 2, 3)];
    for (let i = 0; i < 40; i++) {
      const span = 0.01 + 8 * from.uniform();
      expect(formDistanceUntil(a, b, span)(span)).toBe(formDistance(a, b, span));
    }
  });

  test("is linear in the difference, symmetric, obeys the triangle inequality, and grows with time", () => {
    for (let seed = 0; seed < 30; seed++) {
      const from = random(seed);
      const [a, b, c] = [2, 3, 4].map((count) => randomList(from, 2, count));
      const bound = (x: readonly BosonMode[], y: readonly BosonMode[], t = 2) => formDistance(x, y, t);
      expect(bound(a, b)).toBeCloseTo(bound(b, a), 12);
      expect(bound(a, c)).toBeLessThanOrEqual(2 * (bound(a, b) + bound(b, c)));
      expect(bound(a, b, 1)).toBeLessThan(bound(a, b, 2));
      expect(bound(a, b, -2)).toBe(bound(a, b, 2));
      const louder = (list: readonly BosonMode[]) => list.map((m) => ({ ...m, coupling: scale(m.coupling, 3) }));
      expect(bound(louder(a), louder(b)) / bound(a, b)).toBeCloseTo(9, 9);
    }
  });

  test("is nothing but rounding between two forms of the same F, and 0 without modes or time", () => {
    for (let seed = 0; seed < 60; seed++) {
      const { model } = randomModel(seed);
      const paper = standardModes(model);
      const minimal = vacuumModesOfMinimal(minimalForm(model));
      expect(formDistance(paper, minimal, 3)).toBeLessThan(1e-12);
      expect(correlationDifference(paper, minimal, [0, 1, -4])).toBeLessThan(1e-13);
      expect(formDistance(paper, minimal, 0)).toBe(0);
    }
    expect(formDistance([], [], 5)).toBe(0);
  });
});

describe("the difference of two correlation functions", () => {
  test("is the largest entry of Σ vec(L) vec(L)† e^{−iωt}", () => {
    for (let seed = 0; seed < 20; seed++) {
      const from = random(seed);
      const a = randomList(from, 2, 3);
      const b = randomList(from, 2, 2);
      const t = 1.3;
      let largest = 0;
      for (let i = 0; i < 4; i++) {
        for (let j = 0; j < 4; j++) {
          let [re, im] = [0, 0];
          for (const [list, sign] of [
            [a, 1],
            [b, -1],
          ] as const) {
            for (const { frequency, coupling: l } of list) {
              const [x, y] = [l.re[i] * l.re[j] + l.im[i] * l.im[j], l.im[i] * l.re[j] - l.re[i] * l.im[j]];
              re += sign * (x * Math.cos(frequency * t) + y * Math.sin(frequency * t));
              im += sign * (y * Math.cos(frequency * t) - x * Math.sin(frequency * t));
            }
          }
          largest = Math.max(largest, Math.hypot(re, im));
        }
      }
      expect(correlationDifference(a, b, [0, t])).toBeGreaterThanOrEqual(largest * (1 - 1e-12));
      expect(correlationDifference(a, b, [t])).toBeCloseTo(largest, 12);
    }
  });
});

function randomCoupling(from: Random, n: number): Matrix {
  const raw = from.uniform() < 0.5 ? randomHermitian(from, n) : randomMatrix(from, n);
  return scale(raw, from.between(0.05, 0.3) / norm(raw));
}

/** Modes with one coupling up to factors, or with unrelated ones. */
function randomList(from: Random, n: number, count: number): BosonMode[] {
  const common = from.uniform() < 0.5 ? randomCoupling(from, n) : null;
  return Array.from({ length: count }, () => ({
    frequency: from.between(-2, 2),
    coupling: common === null ? randomCoupling(from, n) : scale(common, from.between(0.2, 1.5)),
  }));
}

/** A little slower or faster, weaker or stronger, one mode less, all turned into their adjoints, or something else. */
function changed(from: Random, list: readonly BosonMode[]): BosonMode[] {
  switch (from.integer(0, 4)) {
    case 0:
      return list.map((mode) => ({ ...mode, frequency: mode.frequency + from.between(-0.1, 0.1) }));
    case 1:
      return list.map((mode) => ({ ...mode, coupling: scale(mode.coupling, from.between(0.8, 1.2)) }));
    case 2:
      return list.slice(0, -1);
    case 3:
      return list.map((mode) => ({ ...mode, coupling: adjoint(mode.coupling) }));
    default:
      return randomList(from, list[0].coupling.rows, 2);
  }
}

function randomKet(from: Random, n: number) {
  const { re, im } = randomMatrix(from, n, 1);
  const length = Math.hypot(...re, ...im);
  return { re: re.map((x) => x / length), im: im.map((x) => x / length) };
}
