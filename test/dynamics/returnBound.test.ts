import { describe, expect, test } from "vitest";
import { maxDifference } from "../../src/algebra/series.ts";
import { evolve, type Ket, problemOf, spectral } from "../../src/dynamics/evolve.ts";
import { returnBound } from "../../src/dynamics/returnBound.ts";
import { expand, spectrum } from "../../src/dynamics/spectral.ts";
import { leakCurves, leakedUntil, type SpectralLeak, spectralLeak } from "../../src/dynamics/spectralLeak.ts";
import { assemble, assembleLeak } from "../../src/fock/assemble.ts";
import type { SparseMatrix } from "../../src/fock/sparse.ts";
import { zeroVector } from "../../src/fock/sparse.ts";
import { dualBound, dualFlux } from "../oracle/dualBound.ts";
import { type CutCase, cutCase, cutSpace } from "./cutCases.ts";

const vacuum = ({ h, ket }: CutCase): Ket[] => [{ weight: 1, levels: ket, occupations: h.modes.map(() => 0) }];

/** The bound of a mixture at some times, what has leaked of it, and the true error (with what rounding makes of it). */
function judged(h: CutCase["h"], kets: readonly Ket[], cutoff: number, times: readonly number[]) {
  const space = cutSpace(h, cutoff);
  const { basis } = space;
  const problem = problemOf(space, h, kets, times, true);
  const whole = spectrum(problem.matrix, problem.subspaces);
  const leaks: SpectralLeak = spectralLeak(problem.leak as SparseMatrix, whole);
  const expansions = problem.kets.map((ket) => expand(whole, ket));
  const { weights } = problem;
  const curves = [-1, 1].map((sign) => leakCurves(leaks, expansions, sign * Math.max(...times.map(Math.abs))));
  const leaked = times.map((t) => curves[t < 0 ? 0 : 1].map((curve) => leakedUntil(curve, t)));
  const squares = leaked.map((own) => own.reduce((sum, x, k) => sum + weights[k] * x * x, 0));
  const bounds = returnBound({ basis, whole, leaks, expansions, weights, times }, Float64Array.from(squares));
  const { rho, info } = evolve(space, h, kets, times, spectral());
  const truth = evolve(cutSpace(h, cutoff + 9), h, kets, times, spectral());
  const n2 = h.dimension ** 2;
  const errors = times.map((_, t) => {
    const at = (x: Float64Array) => x.subarray(t * n2, (t + 1) * n2);
    const part = (of: typeof rho) => ({ ...of, times: [0], re: at(of.re), im: at(of.im) });
    return maxDifference(part(rho), part(truth.rho));
  });
  return { bounds, leaked, errors, rounding: info.propagation + truth.info.propagation };
}

describe("what has leaked, times what would leak on the way back", () => {
  const times = [0, 0.5, -3, 9, 20];

  test("is never below the true error, and far below what has leaked, late as well as early", () => {
    const gains: number[] = [];
    for (let seed = 0; seed < 60; seed++) {
      const one = cutCase(seed, seed % 6 === 0 ? 2 : 1);
      const { bounds, leaked, errors, rounding } = judged(one.h, vacuum(one), 3 + (seed % 5), times);
      times.forEach((t, i) => {
        expect(bounds[i], `seed ${seed}, t = ${t}`).toBeGreaterThanOrEqual(errors[i] - rounding);
        if (Math.abs(t) >= 9 && leaked[i][0] > 1e-5 && leaked[i][0] < 1e-3) gains.push(leaked[i][0] / bounds[i]);
      });
    }
    gains.sort((a, b) => a - b);
    expect(gains.length).toBeGreaterThan(10);
    expect(gains[gains.length >> 1]).toBeGreaterThan(20);
  });

  test("holds for mixtures of kets, bosons in other states than the vacuum among them", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { h, ket } = cutCase(seed, 1);
      const other = cutCase(seed + 100, 1).ket;
      const turned = other.re.length === h.dimension ? other : ket;
      const kets = [
        { weight: 0.6, levels: ket, occupations: [0] },
        { weight: 0.3, levels: turned, occupations: [0] },
        { weight: 0.1, levels: ket, occupations: [1] },
      ];
      const { bounds, errors, rounding } = judged(h, kets, 4 + (seed % 4), times);
      errors.forEach((error, i) => {
        expect(bounds[i], `seed ${seed}, t = ${times[i]}`).toBeGreaterThanOrEqual(error - rounding);
      });
    }
  });

  test("is within an order of magnitude of the bound that knows all of G, of which it takes the diagonal", () => {
    const ratios: number[] = [];
    for (let seed = 0; seed < 30; seed++) {
      const one = cutCase(seed, 1);
      const { h, ket } = one;
      const space = cutSpace(h, 6);
      const { basis, pattern } = space;
      const start = zeroVector(basis.dimension);
      for (let s = 0; s < h.dimension; s++) {
        start.re[basis.indexOf[s]] = ket.re[s];
        start.im[basis.indexOf[s]] = ket.im[s];
      }
      const flux = dualFlux(basis, assemble(basis, pattern, h), assembleLeak(basis, pattern, h), 9);
      const { bounds, leaked } = judged(h, vacuum(one), 6, [9]);
      const [dual] = dualBound(flux, start, [9], leaked[0]);
      if (dual < leaked[0][0]) ratios.push(bounds[0] / dual);
    }
    ratios.sort((a, b) => a - b);
    expect(ratios[0]).toBeGreaterThan(0.9);
    expect(ratios[ratios.length >> 1]).toBeLessThan(10);
  });

  test("is of second order: t^{2n + 2} at short times", () => {
    for (let seed = 0; seed < 10; seed++) {
      const one = cutCase(seed, 1);
      const [early, late] = [0.05, 0.1].map((t) => judged(one.h, vacuum(one), 2, [t]).bounds[0]);
      expect(Math.abs(Math.log2(late / early) - 6)).toBeLessThan(0.6);
    }
  });
});
