import { describe, expect, test } from "vitest";
import { maxDifference } from "../../src/algebra/series.ts";
import { evolve, problemOf } from "../../src/dynamics/evolve.ts";
import { expand, spectrum } from "../../src/dynamics/spectral/spectral.ts";
import { leakCurves, leakedUntil, spectralLeak } from "../../src/dynamics/spectral/spectralLeak.ts";
import { spectral } from "../../src/dynamics/stage/propagator.ts";
import { assemble, assembleLeak } from "../../src/fock/assemble.ts";
import type { SparseMatrix } from "../../src/fock/sparse.ts";
import { zeroVector } from "../../src/fock/sparse.ts";
import { dualBound, dualFlux, leakedWithin } from "../oracle/dualBound.ts";
import { type CutCase, cutCase, cutSpace } from "./cutCases.ts";

/** The bound, the first-order bound and the true error (with what rounding makes of it) at a time, G taken up to `span`. */
function judged({ h, ket }: CutCase, cutoff: number, t: number, span = t, weights?: readonly number[]) {
  const space = cutSpace(h, cutoff, weights);
  const { basis, pattern } = space;
  const start = [{ weight: 1, levels: ket, occupations: new Array<number>(h.modes.length).fill(0) }];
  const { rho, info } = evolve(space, h, start, [t], spectral());
  const truth = evolve(cutSpace(h, cutoff + 9), h, start, [t], spectral(), {});
  const vector = zeroVector(basis.dimension);
  for (let s = 0; s < h.dimension; s++) {
    vector.re[basis.indexOf[s]] = ket.re[s];
    vector.im[basis.indexOf[s]] = ket.im[s];
  }
  const flux = dualFlux(basis, assemble(basis, pattern, h), assembleLeak(basis, pattern, h), span);
  return {
    bound: dualBound(flux, vector, [t], [info.leaked])[0],
    leaked: info.leaked,
    error: maxDifference(rho, truth.rho),
    rounding: info.propagation + truth.info.propagation,
  };
}

describe("flux forwards times flux backwards", () => {
  test("is never below the true error nor above the first-order bound, and far below that at late times too", () => {
    const gains: number[] = [];
    for (let seed = 0; seed < 100; seed++) {
      for (const t of [0.5, -3, 9, 20]) {
        const { bound, leaked, error, rounding } = judged(cutCase(seed, 1), 3 + (seed % 7), t);
        expect(bound, `seed ${seed}, t = ${t}`).toBeGreaterThanOrEqual(error - rounding);
        expect(bound).toBeLessThanOrEqual(leaked);
        if (Math.abs(t) >= 9 && leaked > 1e-5 && leaked < 1e-3) gains.push(leaked / bound);
      }
    }
    expect(gains.length).toBeGreaterThan(10);
    gains.sort((a, b) => a - b);
    expect(gains[gains.length >> 1]).toBeGreaterThan(50);
  });

  test("holds for two modes, weighted or not, and for the last time's G at earlier times", () => {
    for (let seed = 0; seed < 5; seed++) {
      for (const weights of [undefined, [1, 1.5]]) {
        const { bound, error, rounding } = judged(cutCase(seed, 2), 3, 2, 5, weights);
        expect(bound, `seed ${seed}`).toBeGreaterThanOrEqual(error - rounding);
      }
    }
  });

  test("is of second order: t^{2n + 2} at short times, as the error, where the first-order bound is t^{n + 1}", () => {
    const cutoff = 2;
    for (let seed = 0; seed < 12; seed++) {
      const [early, late] = [0.05, 0.1].map((t) => judged(cutCase(seed, 1), cutoff, t));
      expect(Math.abs(Math.log2(late.leaked / early.leaked) - (cutoff + 1))).toBeLessThan(0.2);
      expect(Math.abs(Math.log2(late.bound / early.bound) - (2 * cutoff + 2))).toBeLessThan(0.4);
    }
  });

  test("falls faster than the first-order bound as the cutoff is raised: at t = 5 by a power of it well above 1", () => {
    const powers: number[] = [];
    for (let seed = 0; seed < 40; seed++) {
      const [low, high] = [5, 8].map((cutoff) => judged(cutCase(seed, 1), cutoff, 5));
      if (low.leaked > 0.03 || high.leaked < 3e-6) continue;
      powers.push(Math.log(high.bound / low.bound) / Math.log(high.leaked / low.leaked));
    }
    expect(powers.length).toBeGreaterThan(5);
    // Not 2: a state that an operator on S has kicked spreads over more quanta on its way back.
    expect(Math.min(...powers)).toBeGreaterThan(1.4);
    expect(Math.max(...powers)).toBeLessThan(2.1);
  });

  test("needs no integral in steps: the flux forwards is bounded in closed form, however long the way", () => {
    for (let seed = 0; seed < 30; seed++) {
      const { h, ket } = cutCase(seed, 1);
      for (const t of [2, -7]) {
        const space = cutSpace(h, 6);
        const { basis, pattern } = space;
        const problem = problemOf(space, h, [{ weight: 1, levels: ket, occupations: [0] }], [t], true);
        const whole = spectrum(problem.matrix, problem.subspaces);
        const leaks = spectralLeak(problem.leak as SparseMatrix, whole);
        const steps = leakedUntil(leakCurves(leaks, [expand(whole, problem.kets[0])], t)[0], t);
        const flux = dualFlux(basis, assemble(basis, pattern, h), assembleLeak(basis, pattern, h), t);
        const vector = zeroVector(basis.dimension);
        for (let s = 0; s < h.dimension; s++) {
          vector.re[basis.indexOf[s]] = ket.re[s];
          vector.im[basis.indexOf[s]] = ket.im[s];
        }
        const closed = leakedWithin(flux, vector);
        expect(closed, `seed ${seed}, t = ${t}`).toBeGreaterThanOrEqual(steps * 0.98);
        expect(closed, `seed ${seed}, t = ${t}`).toBeLessThan(5 * steps + 1e-6);
      }
    }
  });

  test("is 0 where nothing has leaked", () => {
    const { h, ket } = cutCase(1, 1);
    const { basis, pattern } = cutSpace(h, 3);
    const flux = dualFlux(basis, assemble(basis, pattern, h), assembleLeak(basis, pattern, h), 1);
    const vector = zeroVector(basis.dimension);
    vector.re.set(ket.re);
    vector.im.set(ket.im);
    expect([...dualBound(flux, vector, [0, 1], [0, 0])]).toEqual([0, 0]);
  });
});
