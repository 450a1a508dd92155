import { describe, expect, test } from "vitest";
import { ketWindows } from "../../../src/dynamics/controlled/ketWindows.ts";
import { applySparse, euclidean, zeroVector } from "../../../src/fock/sparse.ts";
import { sparse } from "../../fock/dense.ts";
import { random, randomMatrix } from "../../oracle/random.ts";
import { distance, slow, thinHermitian, unitVector } from "../../oracle/thinHermitian.ts";

describe("Krylov windows", () => {
  for (const direction of [1, -1]) {
    for (const tolerance of [1e-5, 1e-9, 1e-12]) {
      test(`keep the ket within ${tolerance}, and within their own bound, ${direction > 0 ? "forward" : "backward"}`, () => {
        for (const [seed, n, dimension] of [
          [1, 60, 12],
          [2, 200, 24],
          [3, 40, 32],
        ]) {
          const h = thinHermitian(seed, n, 5);
          const start = unitVector(seed, n);
          const times = [0, 0.1, 0.1, 1.7, 6].map((t) => direction * t);
          const expected = slow(h, start, times);
          let worst = 0;
          const visited: number[] = [];
          const info = ketWindows(h, null, start, times, { dimension, tolerance }, (t, state) => {
            visited.push(t);
            worst = Math.max(worst, distance(state, expected[t]));
          });
          expect(visited).toEqual([0, 1, 2, 3, 4]);
          const rounding = 2e-14;
          expect(worst).toBeLessThanOrEqual(tolerance + rounding);
          expect(worst).toBeLessThanOrEqual(info.propagation + rounding);
          expect(info.propagation).toBeLessThanOrEqual(2 * tolerance);
          expect(info.leaked).toBe(0);
        }
      });
    }
  }

  test("end at an invariant subspace: what does not move needs one vector", () => {
    const h = sparse({ rows: 3, cols: 3, re: Float64Array.of(2, 0, 0, 0, 1, 1, 0, 1, 1), im: new Float64Array(9) });
    const start = { re: Float64Array.of(1, 0, 0), im: new Float64Array(3) };
    const info = ketWindows(h, null, start, [100], { dimension: 3, tolerance: 1e-12 }, (_, { re, im }) => {
      expect(re[0]).toBeCloseTo(Math.cos(200), 12);
      expect(im[0]).toBeCloseTo(-Math.sin(200), 12);
    });
    expect(info.applications).toBe(1);
    // Rounding alone: of the phase 200, by some ulp.
    expect(info.propagation).toBeLessThan(1e-12);
  });

  test("keep a start that is not normalised as long as it is", () => {
    const h = thinHermitian(4, 30, 4);
    const unit = unitVector(4, 30);
    const start = { re: unit.re.map((x) => 0.01 * x), im: unit.im.map((x) => 0.01 * x) };
    ketWindows(h, null, start, [3], { dimension: 20, tolerance: 1e-12 }, (_, state) => {
      expect(euclidean(state)).toBeCloseTo(0.01, 13);
    });
  });

  test("bound the leak from above, closely: ∫‖leak φ(s)‖ ds", () => {
    for (const seed of [5, 6, 7]) {
      const n = 50;
      const h = thinHermitian(seed, n, 4);
      const leak = sparse(randomMatrix(random(seed), 3, n));
      const start = unitVector(seed, n);
      const end = 4;
      // The same integral by Simpson's rule on the kets of the Taylor series.
      const steps = 400;
      const grid = Array.from({ length: steps + 1 }, (_, i) => (end * i) / steps);
      const outside = zeroVector(3);
      const flux = slow(h, start, grid).map((state) => {
        applySparse(leak, state, outside);
        return euclidean(outside);
      });
      const exact = flux.reduce(
        (sum, x, i) => sum + (x * (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * end) / (3 * steps),
        0,
      );
      const info = ketWindows(h, leak, start, [end], { dimension: 24, tolerance: 1e-10 }, () => {});
      expect(info.leaked).toBeGreaterThanOrEqual(exact * (1 - 1e-9));
      // Each vector of a window is taken alone: no more than √dimension too much for random vectors.
      expect(info.leaked).toBeLessThan(6 * exact);
    }
  });

  test("state what they reached where the tolerance is below what double precision can reach", () => {
    const h = thinHermitian(8, 60, 6);
    const start = unitVector(8, 60);
    const [exact] = slow(h, start, [3]);
    let error = 0;
    const info = ketWindows(h, null, start, [3], { dimension: 8, tolerance: 1e-40 }, (_, state) => {
      for (let i = 0; i < 60; i++)
        error = Math.max(error, Math.hypot(state.re[i] - exact.re[i], state.im[i] - exact.im[i]));
    });
    expect(info.propagation).toBeGreaterThan(1e-40);
    expect(info.propagation).toBeLessThan(1e-12);
    expect(error).toBeLessThan(info.propagation + 1e-12);
  });

  test("agree with the dense exponential in a space as small as a window", () => {
    // e^{−iHt} for H = σ_y: a rotation.
    const h = sparse({ rows: 2, cols: 2, re: new Float64Array(4), im: Float64Array.of(0, -1, 1, 0) });
    ketWindows(
      h,
      null,
      { re: Float64Array.of(1, 0), im: new Float64Array(2) },
      [0.7],
      { dimension: 8, tolerance: 1e-12 },
      (_, s) => {
        expect(s.re[0]).toBeCloseTo(Math.cos(0.7), 14);
        expect(s.re[1]).toBeCloseTo(Math.sin(0.7), 14);
        expect(Math.hypot(...s.im)).toBeLessThan(1e-15);
      },
    );
  });
});
