import { describe, expect, test } from "vitest";
import { eigh } from "../../src/algebra/hermitian.ts";
import { adjoint, type Matrix, multiply } from "../../src/algebra/matrix.ts";
import { maxDifference } from "../../src/algebra/series.ts";
import { evolve } from "../../src/dynamics/evolve.ts";
import { spectral } from "../../src/dynamics/stage/propagator.ts";
import { assemble, assembleLeak } from "../../src/fock/assemble.ts";
import type { Basis } from "../../src/fock/basis.ts";
import type { SparseMatrix } from "../../src/fock/sparse.ts";
import { shellBound, shellRates } from "../oracle/shellBound.ts";
import { type CutCase, cutCase, cutSpace } from "./cutCases.ts";

function shellsOf(basis: Basis): Int32Array {
  return Int32Array.from(basis.fock, (f) => Math.floor(basis.heights[f] + 1e-9));
}

const grid = [0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 5, 9];

/** The bound, the first-order bound and the true error (with what rounding makes of it) at the times of the grid. */
function judged({ h, ket }: CutCase, cutoff: number, times: readonly number[] = grid, weights?: readonly number[]) {
  const space = cutSpace(h, cutoff, weights);
  const start = [{ weight: 1, levels: ket, occupations: new Array<number>(h.modes.length).fill(0) }];
  const leaked: number[] = [];
  const populations: Float64Array[] = [];
  let rounding = 0;
  const runs = times.map((t) => {
    const { rho, info } = evolve(space, h, start, [t], spectral(), { bound: true, lookAt: times.map((_, i) => i) });
    leaked.push(info.leaked);
    populations.push(info.filling().shells);
    rounding = Math.max(rounding, info.propagation);
    return rho;
  });
  const { basis, pattern } = space;
  const rates = shellRates(assemble(basis, pattern, h), assembleLeak(basis, pattern, h), shellsOf(basis));
  const bound = shellBound({ rates, times, leaked, populations: populations.map((row) => [...row]) });
  const { rho: truth, info } = evolve(cutSpace(h, cutoff + 8), h, start, times, spectral(), {});
  const n2 = h.dimension ** 2;
  const errors = times.map((_, i) => {
    const part = (x: Float64Array) => x.slice(i * n2, (i + 1) * n2);
    const there = { ...runs[i], times: [0], re: part(truth.re), im: part(truth.im) };
    return maxDifference({ ...runs[i], times: [0] }, there);
  });
  return { bound, leaked, errors, rounding: rounding + info.propagation };
}

describe("the shell-resolved bound", () => {
  test("is never below the true error, never above the first-order bound; far below it where the time is short", () => {
    const gains: number[] = [];
    const slack: number[] = [];
    for (let seed = 0; seed < 60; seed++) {
      const cutoff = 2 + (seed % 4);
      const { bound, leaked, errors, rounding } = judged(cutCase(seed), cutoff);
      grid.forEach((t, i) => {
        expect(bound[i], `seed ${seed}, t = ${t}`).toBeGreaterThanOrEqual(errors[i] - rounding);
        expect(bound[i]).toBeLessThanOrEqual(leaked[i]);
        if (errors[i] > 1e-13 && t <= 1) {
          gains.push(leaked[i] / bound[i]);
          slack.push(bound[i] / errors[i]);
        }
      });
    }
    const median = (list: number[]) => list.sort((a, b) => a - b)[list.length >> 1];
    expect(median(gains)).toBeGreaterThan(10);
    expect(median(slack)).toBeLessThan(300);
  });

  test("is of second order: at short times it falls as t^{2n + 2}, as the error does, the flux as t^{n + 1} only", () => {
    const cutoff = 2;
    for (let seed = 0; seed < 10; seed++) {
      const [early, late] = [0.05, 0.1].map((end) => {
        const times = Array.from({ length: 8 }, (_, i) => (end * (i + 1)) / 8);
        const { bound, leaked, errors } = judged(cutCase(seed, 1), cutoff, times);
        return { bound: bound[7], leaked: leaked[7], error: errors[7] };
      });
      expect(Math.abs(Math.log2(late.leaked / early.leaked) - (cutoff + 1))).toBeLessThan(0.2);
      expect(Math.abs(Math.log2(late.bound / early.bound) - (2 * cutoff + 2))).toBeLessThan(0.4);
      if (early.error > 1e-13) {
        expect(Math.abs(Math.log2(late.error / early.error) - (2 * cutoff + 2))).toBeLessThan(0.4);
      }
    }
  });

  test("holds where modes are weighted, so that shells meet others than their neighbours", () => {
    for (let seed = 0; seed < 12; seed++) {
      const { bound, errors, rounding } = judged(cutCase(seed, 2), 4, grid, [1, 1.5 + (seed % 3)]);
      errors.forEach((error, i) => {
        expect(bound[i], `seed ${seed}, t = ${grid[i]}`).toBeGreaterThanOrEqual(error - rounding);
      });
    }
  });

  test("is 0 where nothing leaks", () => {
    const rates = [
      [0, 1, 0],
      [1, 0, 2],
      [0, 2, 0],
    ];
    const bound = shellBound({
      rates,
      times: [1, 2],
      leaked: [0, 0],
      populations: [
        [1, 1],
        [1, 1],
      ],
    });
    expect([...bound]).toEqual([0, 0]);
  });

  test("of one shell is the closed form: y = leaked · rate · t until it meets leaked", () => {
    const rates = [
      [0, 0.1],
      [0.1, 0],
    ];
    const problem = { rates, times: [3], leaked: [1e-3], populations: [[0.25]] };
    expect(shellBound(problem)[0]).toBeCloseTo(0.5 * 3e-4 + 0.5e-6, 12);
    expect(shellBound({ ...problem, times: [30] })[0]).toBeCloseTo(0.5e-3 + 0.5e-6, 12);
    expect(shellBound({ ...problem, populations: [[1]], times: [30] })[0]).toBe(1e-3);
  });
});

describe("the rates between shells", () => {
  test("are at least the norms of the blocks, and are them for one mode and one coupling of S", () => {
    for (let seed = 0; seed < 40; seed++) {
      const { h } = cutCase(seed);
      const { basis, pattern } = cutSpace(h, 4);
      const matrix = assemble(basis, pattern, h);
      const leak = assembleLeak(basis, pattern, h);
      const shells = shellsOf(basis);
      const rates = shellRates(matrix, leak, shells);
      expect(rates.length).toBe(6);
      for (let m = 0; m < 5; m++) {
        for (let l = 0; l < 5; l++) {
          if (m === l) continue;
          const exact = largestSingular(block(matrix, shells, m, l));
          expect(rates[m][l]).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
          expect(rates[m][l]).toBe(rates[l][m]);
          if (Math.abs(m - l) > 1) expect(rates[m][l]).toBe(0);
        }
      }
      const exact = largestSingular(block(leak, shells, null, 4));
      expect(rates[5][4]).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
    }
  });
});

function block(a: SparseMatrix, shells: Int32Array, m: number | null, l: number): Matrix {
  const dense = {
    rows: a.rows,
    cols: a.cols,
    re: new Float64Array(a.rows * a.cols),
    im: new Float64Array(a.rows * a.cols),
  };
  for (let i = 0; i < a.rows; i++) {
    if (m !== null && shells[i] !== m) continue;
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) {
      if (shells[a.column[e]] !== l) continue;
      dense.re[i * a.cols + a.column[e]] = a.re[e];
      dense.im[i * a.cols + a.column[e]] = a.im[e];
    }
  }
  return dense;
}

function largestSingular(a: Matrix): number {
  const { values } = eigh(multiply(adjoint(a), a));
  return Math.sqrt(Math.max(0, values[values.length - 1]));
}
