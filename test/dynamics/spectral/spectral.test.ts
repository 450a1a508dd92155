import { describe, expect, test } from "vitest";
import { norm } from "../../../src/algebra/matrix.ts";
import { sparseKet } from "../../../src/dynamics/sector/sparseKet.ts";
import { expand, propagate, spectrum } from "../../../src/dynamics/spectral/spectral.ts";
import { components, inRealGauge, realGauge } from "../../../src/fock/components.ts";
import { applySparse, type SparseMatrix, zeroVector } from "../../../src/fock/sparse.ts";
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
        const expansion = expand(spectrum(matrix, components(h)), sparseKet(start));
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
    const expansion = expand(spectrum(h, components(h)), sparseKet(start));
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
    const expansion = expand(spectrum(h, components(h)), { states: [0, 1], re: [0.6, 0.8], im: [0, 0] });
    for (const turns of [1, 100, 10000]) {
      const [re, im] = [new Float64Array(2), new Float64Array(2)];
      propagate(expansion, [2 * Math.PI * turns], re, im);
      expect(Math.hypot(re[0] - 0.6, re[1] - 0.8, im[0], im[1])).toBeLessThan(1e-14 * (1 + 5 * turns));
    }
  });
});
