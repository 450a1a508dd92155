import { describe, expect, test } from "vitest";
import { norm } from "../../src/algebra/matrix.ts";
import { expand, leakedNorm, propagate, spectrum } from "../../src/dynamics/spectral.ts";
import { components, inRealGauge, realGauge } from "../../src/fock/components.ts";
import { applySparse, euclidean, type SparseMatrix, zeroVector } from "../../src/fock/sparse.ts";
import { dense, sparse } from "../fock/dense.ts";
import type { Ket } from "../oracle/cholesky.ts";
import { random, randomHermitian, randomMatrix } from "../oracle/random.ts";
import { taylorEvolve } from "../oracle/taylor.ts";

/** Two random blocks, states of both interleaved. */
function twoBlocks(seed: number, n: number, real: boolean): SparseMatrix {
  const a = randomHermitian(random(seed), n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if ((i + j) % 2 === 1) a.re[i * n + j] = a.im[i * n + j] = 0;
  return sparse(real ? { ...a, im: new Float64Array(n * n) } : a);
}

const lists = {
  "in any order": [3, -0.2, 0, 1.4, 1.4],
  "equally spaced": Array.from({ length: 64 }, (_, i) => 0.1 * i - 2),
  "almost equally spaced": [0, 1, 2 + 1e-9, 3],
};

describe("spectral propagation", () => {
  for (const [name, times] of Object.entries(lists)) {
    test(`is the Taylor series at times ${name}, for real and complex matrices`, () => {
      for (const real of [true, false]) {
        const n = 17;
        const h = twoBlocks(real ? 1 : 2, n, real);
        const gauge = real ? realGauge(h) : null;
        const matrix = gauge === null ? h : inRealGauge(h, gauge);
        expect(matrix.im.length === 0).toBe(real);
        const start = randomMatrix(random(3), n, 1);
        const expansion = expand(spectrum(matrix, components(h)), start);
        const re = new Float64Array(n * times.length);
        const im = new Float64Array(n * times.length);
        propagate(expansion, times, re, im);
        const apply = (psi: Ket, out: Ket) => applySparse(h, psi, out);
        taylorEvolve(apply, norm(dense(h)), start, times, (t, psi) => {
          for (let i = 0; i < n; i++) {
            expect(Math.abs(re[i * times.length + t] - psi.re[i])).toBeLessThan(2e-13);
            expect(Math.abs(im[i * times.length + t] - psi.im[i])).toBeLessThan(2e-13);
          }
        });
      }
    });
  }

  test("leaves alone the blocks in which the ket is not", () => {
    const n = 10;
    const h = twoBlocks(4, n, false);
    const start = zeroVector(n);
    start.re[0] = 1;
    const expansion = expand(spectrum(h, components(h)), start);
    expect(expansion.length).toBe(1);
    const re = new Float64Array(n);
    const im = new Float64Array(n);
    propagate(expansion, [2], re, im);
    for (let i = 1; i < n; i += 2) expect([re[i], im[i]]).toEqual([0, 0]);
    expect(Math.hypot(...re, ...im)).toBeCloseTo(1, 13);
  });

  test("keeps its phases at late times: the ket comes back after an even number of turns", () => {
    // Integer eigenvalues: e^{−iHt} = 1 at every multiple of 2π.
    const h = sparse({ rows: 2, cols: 2, re: Float64Array.of(1, 2, 2, 4), im: new Float64Array(4) });
    const expansion = expand(spectrum(h, components(h)), { re: Float64Array.of(0.6, 0.8), im: new Float64Array(2) });
    for (const turns of [1, 100, 10000]) {
      const [re, im] = [new Float64Array(2), new Float64Array(2)];
      propagate(expansion, [2 * Math.PI * turns], re, im);
      expect(Math.hypot(re[0] - 0.6, re[1] - 0.8, im[0], im[1])).toBeLessThan(1e-14 * (1 + 5 * turns));
    }
  });
});

describe("the leak of a spectral evolution", () => {
  const setting = (seed: number, n: number) => {
    const h = twoBlocks(seed, n, false);
    const leak = sparse(randomMatrix(random(seed), 4, n));
    const start = randomMatrix(random(seed + 1), n, 1);
    return { h, leak, start, expansion: expand(spectrum(h, components(h)), start) };
  };

  test("is not below ∫‖leak φ‖ ds, and close to it on short ways", () => {
    for (const seed of [11, 12, 13]) {
      const { h, leak, start, expansion } = setting(seed, 9);
      for (const end of [0.5, -2]) {
        const steps = 300;
        const grid = Array.from({ length: steps + 1 }, (_, i) => (end * i) / steps);
        const flux = new Float64Array(steps + 1);
        const outside = zeroVector(4);
        const apply = (psi: Ket, out: Ket) => applySparse(h, psi, out);
        taylorEvolve(apply, norm(dense(h)), start, grid, (t, psi) => {
          applySparse(leak, psi, outside);
          flux[t] = euclidean(outside);
        });
        const exact = flux.reduce(
          (sum, x, i) => sum + (x * (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * Math.abs(end)) / (3 * steps),
          0,
        );
        const bound = leakedNorm(leak, expansion, end);
        expect(bound).toBeGreaterThanOrEqual(exact * (1 - 1e-8));
        expect(bound).toBeLessThan(1.3 * exact);
      }
    }
  });

  test("on long ways is still not below it", () => {
    const { h, leak, start, expansion } = setting(14, 9);
    const end = 200;
    const steps = 20000;
    const grid = Array.from({ length: steps + 1 }, (_, i) => (end * i) / steps);
    const outside = zeroVector(4);
    let sum = 0;
    taylorEvolve(
      (psi, out) => applySparse(h, psi, out),
      norm(dense(h)),
      start,
      grid,
      (_, psi) => {
        applySparse(leak, psi, outside);
        sum += (euclidean(outside) * end) / (steps + 1);
      },
    );
    expect(leakedNorm(leak, expansion, end)).toBeGreaterThan(sum);
  });

  test("of nothing is 0", () => {
    const { leak, expansion } = setting(15, 9);
    expect(leakedNorm(leak, expansion, 0)).toBe(0);
    expect(leakedNorm({ ...leak, rows: 0 }, expansion, 3)).toBe(0);
  });
});
