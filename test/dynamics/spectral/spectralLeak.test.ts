import { describe, expect, test } from "vitest";
import { norm } from "../../../src/algebra/matrix.ts";

import { sparseKet } from "../../../src/dynamics/sector/sparseKet.ts";
import { type Expansion, expand, spectrum } from "../../../src/dynamics/spectral/spectral.ts";
import { components } from "../../../src/fock/components.ts";
import { applySparse, euclidean, type SparseMatrix, zeroVector } from "../../../src/fock/sparse.ts";
import { dense, sparse } from "../../fock/dense.ts";
import type { Ket } from "../../oracle/cholesky.ts";
import { random, randomHermitian, randomMatrix } from "../../oracle/random.ts";
import { taylorEvolve } from "../../oracle/taylor.ts";

/** Two random blocks, states of both interleaved. */
function twoBlocks(seed: number, n: number, real: boolean): SparseMatrix {
  const a = randomHermitian(random(seed), n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if ((i + j) % 2 === 1) a.re[i * n + j] = a.im[i * n + j] = 0;
  return sparse(real ? { ...a, im: new Float64Array(n * n) } : a);
}

import {
  leakCurves,
  leakedUntil,
  type SpectralLeak,
  spectralLeak,
} from "../../../src/dynamics/spectral/spectralLeak.ts";

const leakedNorm = (leak: SpectralLeak, expansion: readonly Expansion[], end: number, enough = 0, certified = false) =>
  leakedUntil(leakCurves(leak, [expansion], end, { enough, certified })[0], end);

describe("the leak of a spectral evolution", () => {
  const setting = (seed: number, n: number) => {
    const h = twoBlocks(seed, n, false);
    const leak = sparse(randomMatrix(random(seed), 4, n));
    const start = randomMatrix(random(seed + 1), n, 1);
    const blocks = spectrum(h, components(h));
    return { h, leak, start, expansion: expand(blocks, sparseKet(start)), leaks: spectralLeak(leak, blocks) };
  };

  test("is not below ∫‖leak φ‖ ds, and close to it on short ways", () => {
    for (const seed of [11, 12, 13]) {
      const { h, leak, start, expansion, leaks } = setting(seed, 9);
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
        const bound = leakedNorm(leaks, expansion, end);
        expect(bound).toBeGreaterThanOrEqual(exact * (1 - 1e-8));
        expect(bound).toBeLessThan(1.3 * exact);
        // At every time before, from the same windows.
        const [curve] = leakCurves(leaks, [expansion], end);
        let sum = 0;
        flux.forEach((x, i) => {
          if (i > 0) sum += (0.5 * (x + flux[i - 1]) * Math.abs(end)) / steps;
          expect(leakedUntil(curve, grid[i])).toBeGreaterThanOrEqual(sum * (1 - 1e-4));
        });
      }
    }
  });

  test("on long ways is still not below it", () => {
    const { h, leak, start, expansion, leaks } = setting(14, 9);
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
    expect(leakedNorm(leaks, expansion, end)).toBeGreaterThan(sum);
    // Where the bound is what counts it is close to it, too.
    const sharp = leakedNorm(leaks, expansion, end, 0, true);
    expect(sharp).toBeGreaterThan(sum * (1 - 1e-3));
    expect(sharp).toBeLessThan(1.2 * sum);
  });

  test("of nothing is 0", () => {
    const { expansion, leaks } = setting(15, 9);
    expect(leakedNorm(leaks, expansion, 0)).toBe(0);
    expect(leakedNorm({ ...leaks, rows: 0 }, expansion, 3)).toBe(0);
  });

  test("is not sharpened where the simple bound is enough, and never above it", () => {
    const { expansion, leaks } = setting(16, 9);
    const simple = leakedNorm(leaks, expansion, 0.5, Number.POSITIVE_INFINITY);
    const sharp = leakedNorm(leaks, expansion, 0.5);
    expect(sharp).toBeLessThan(simple);
    expect(leakedNorm(leaks, expansion, 0.5, simple)).toBe(simple);
    expect(leakedNorm(leaks, expansion, 0.5, 0.99 * simple)).toBe(sharp);
  });
});
