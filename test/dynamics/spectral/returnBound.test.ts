import { describe, expect, test } from "vitest";
import { matrix } from "../../../src/algebra/matrix.ts";
import { maxDifference } from "../../../src/algebra/series.ts";
import { evolve, problemOf } from "../../../src/dynamics/evolve.ts";
import type { Ket } from "../../../src/dynamics/sector/evolution.ts";
import { returningFlux, secondOrder } from "../../../src/dynamics/spectral/returnBound.ts";
import { expand, spectrum } from "../../../src/dynamics/spectral/spectral.ts";
import { leakCurves, leakedUntil, leakRates, spectralLeak } from "../../../src/dynamics/spectral/spectralLeak.ts";
import { spectral } from "../../../src/dynamics/stage/propagator.ts";
import { assemble, assembleLeak } from "../../../src/fock/assemble.ts";
import type { SparseMatrix } from "../../../src/fock/sparse.ts";
import { zeroVector } from "../../../src/fock/sparse.ts";
import { dualBound, dualFlux } from "../../oracle/dualBound.ts";
import { type CutCase, cutCase, cutSpace } from "../cutCases.ts";

const vacuum = ({ h, ket }: CutCase): Ket[] => [{ weight: 1, levels: ket, occupations: h.modes.map(() => 0) }];

/** The flux of a mixture, and for each time the bound that follows from nothing else, and what has leaked of each ket at most. */
function judged(h: CutCase["h"], kets: readonly Ket[], cutoff: number, times: readonly number[]) {
  const problem = problemOf(cutSpace(h, cutoff), h, kets, times, true);
  const { basis, matrix, subspaces, weights } = problem;
  const whole = spectrum(matrix, subspaces);
  const leaks = spectralLeak(problem.leak as SparseMatrix, whole);
  const expansions = problem.kets.map((ket) => expand(whole, ket));
  const span = Math.max(...times.map(Math.abs));
  const flux = returningFlux({ basis, leaks, expansions, weights }, span);
  const curves = [-1, 1].map((sign) => leakCurves(leaks, expansions, sign * span, { certified: true }));
  const leaked = times.map((t) => curves[t < 0 ? 0 : 1].map((curve) => leakedUntil(curve, t)));
  const squares = [-1, 1].map((sign) => flux.squares(sign * span));
  const bounds = times.map((t, i) => {
    const way = Math.abs(t);
    const known = leaked[i].reduce((sum, x, k) => sum + weights[k] * x * x, 0);
    const integral = squares[t < 0 ? 0 : 1].reduce((sum, x, k) => sum + weights[k] * way * x, 0);
    return secondOrder(basis.system, Math.min(known, integral), way, flux.back);
  });
  return { bounds, leaked, squares, span, rates: leakRates(leaks, expansions) };
}

/** What a run proves of itself at each time, first order and the true error, with what rounding makes of it. */
function proved(h: CutCase["h"], kets: readonly Ket[], cutoff: number, times: readonly number[]) {
  const { rho, info } = evolve(cutSpace(h, cutoff), h, kets, times, spectral());
  const truth = evolve(cutSpace(h, cutoff + 9), h, kets, times, spectral());
  const n2 = h.dimension ** 2;
  const errors = times.map((_, t) => {
    const at = (x: Float64Array) => x.subarray(t * n2, (t + 1) * n2);
    const part = (of: typeof rho) => ({ ...of, times: [0], re: at(of.re), im: at(of.im) });
    return maxDifference(part(rho), part(truth.rho));
  });
  const bounds = info.boundAt?.() ?? new Float64Array(0);
  const cost = info.cost?.() ?? Number.NaN;
  return { bounds, errors, leaked: info.leaked, cost, rounding: info.propagation + truth.info.propagation };
}

describe("what has leaked, times what would leak on the way back", () => {
  const times = [0, 0.5, -3, 9, 20];

  test("is never below the true error, and far below what has leaked, late as well as early", () => {
    const gains: number[] = [];
    for (let seed = 0; seed < 60; seed++) {
      const one = cutCase(seed, seed % 6 === 0 ? 2 : 1);
      const cutoff = 3 + (seed % 5);
      const { bounds, leaked } = judged(one.h, vacuum(one), cutoff, times);
      const run = proved(one.h, vacuum(one), cutoff, times);
      times.forEach((t, i) => {
        for (const bound of [bounds[i], run.bounds[i]]) {
          expect(bound, `seed ${seed}, t = ${t}`).toBeGreaterThanOrEqual(run.errors[i] - run.rounding);
        }
        if (Math.abs(t) >= 9 && leaked[i][0] > 1e-5 && leaked[i][0] < 1e-3) gains.push(leaked[i][0] / bounds[i]);
      });
      expect(run.cost).toBeGreaterThanOrEqual(Math.max(...run.errors) - run.rounding);
      expect(run.cost).toBeLessThanOrEqual(run.leaked);
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
      const cutoff = 4 + (seed % 4);
      const { bounds } = judged(h, kets, cutoff, times);
      const run = proved(h, kets, cutoff, times);
      run.errors.forEach((error, i) => {
        for (const bound of [bounds[i], run.bounds[i]]) {
          expect(bound, `seed ${seed}, t = ${times[i]}`).toBeGreaterThanOrEqual(error - run.rounding);
        }
      });
    }
  });

  test("gives away little more than an order of magnitude to the bound that knows all of G and the ket at each time", () => {
    const ratios: number[] = [];
    for (let seed = 0; seed < 30; seed++) {
      const one = cutCase(seed, 1);
      const { h, ket } = one;
      const { basis, pattern } = cutSpace(h, 6);
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
    expect(ratios[ratios.length >> 1]).toBeLessThan(30);
  });

  test("knows what leaks of each ket in closed form: never less than along the way, and by little more", () => {
    for (let seed = 0; seed < 30; seed++) {
      const one = cutCase(seed, 1 + (seed % 2));
      const { squares, leaked, span, rates } = judged(one.h, vacuum(one), 4, [-12, 12]);
      squares.forEach(([square], way) => {
        const integral = Math.sqrt(span * square);
        expect(integral, `seed ${seed}`).toBeGreaterThanOrEqual(leaked[way][0] * (1 - 1e-9));
        expect(integral).toBeLessThan(2 * leaked[way][0] + 1e-7 * span * rates[0]);
      });
    }
  });
});

describe("a run's bound", () => {
  test("is of second order at short times: t^{2n + 2}", () => {
    for (let seed = 0; seed < 10; seed++) {
      const one = cutCase(seed, 1);
      const bounds = [0.2, 0.4].map((t) => {
        const { bounds, rounding } = proved(one.h, vacuum(one), 2, [t]);
        return bounds[0] - rounding;
      });
      expect(Math.abs(Math.log2(bounds[1] / bounds[0]) - 6)).toBeLessThan(0.8);
    }
  });

  test("proves 1e-6 of a qubit and a mode up to t = 60 from 9 quanta on, where first order needs 11", () => {
    const h = {
      ...cutCase(0, 1).h,
      dimension: 2,
      system: matrix([
        [0.5, 0.3],
        [0.3, -0.5],
      ]),
      modes: [{ frequency: 1, group: 0 }],
      ladders: [
        {
          mode: 0,
          coupling: matrix([
            [0, 0.2],
            [0.2, 0],
          ]),
        },
      ],
    };
    const kets = [{ weight: 1, levels: { re: Float64Array.of(1, 0), im: new Float64Array(2) }, occupations: [0] }];
    const needed = (of: (run: ReturnType<typeof proved>) => number) => {
      for (let cutoff = 4; ; cutoff++) if (of(proved(h, kets, cutoff, [-60, 7, 60])) <= 1e-6) return cutoff;
    };
    expect([needed(({ leaked }) => leaked), needed(({ cost }) => cost)]).toEqual([11, 9]);
  });
});
