import { expect, test } from "vitest";
import { expand, propagate, spectrum } from "../../../src/dynamics/spectral/spectral.ts";
import { spectralMeans } from "../../../src/dynamics/spectral/spectralMeans.ts";
import { applySparse, type SparseMatrix, zeroVector } from "../../../src/fock/sparse.ts";
import { random, randomHermitian } from "../../oracle/random.ts";

/** Blocks side by side, all entries of each. */
function blocks(seed: number, sizes: readonly number[]): SparseMatrix {
  const from = random(seed);
  const rowStart = [0];
  const column: number[] = [];
  const re: number[] = [];
  const im: number[] = [];
  let first = 0;
  for (const size of sizes) {
    const h = randomHermitian(from, size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        column.push(first + j);
        re.push(h.re[i * size + j]);
        im.push(h.im[i * size + j]);
      }
      rowStart.push(column.length);
    }
    first += size;
  }
  return {
    ...{ rows: first, cols: first, rowStart: Int32Array.from(rowStart), column: Int32Array.from(column) },
    ...{ re: Float64Array.from(re), im: Float64Array.from(im) },
  };
}

test("means from pairs of eigenvectors are those of the kets themselves, at few times and at many", () => {
  const sizes = [3, 5, 1];
  const h = blocks(1, sizes);
  const whole = spectrum(h, [Int32Array.of(0, 1, 2), Int32Array.of(3, 4, 5, 6, 7), Int32Array.of(8)]);
  const kets = [
    { states: [0, 4], re: [0.6, 0], im: [0, 0.8] },
    { states: [8, 6], re: [1, -1], im: [0.5, 0] },
  ];
  const weights = [0.3, 0.7];
  const a = blocks(2, sizes);
  const d = Float64Array.from({ length: 9 }, (_, i) => i - 3.5);
  const expansions = kets.map((ket) => expand(whole, ket));
  for (const count of [3, 80]) {
    const times = Array.from({ length: count }, (_, t) => 0.37 * t - 1);
    const found = spectralMeans(whole, expansions, weights, [a, d], times);
    times.forEach((t, place) => {
      let [ofA, ofD] = [0, 0];
      expansions.forEach((expansion, k) => {
        const ket = zeroVector(9);
        propagate(expansion, [t], ket.re, ket.im);
        const image = zeroVector(9);
        applySparse(a, ket, image);
        for (let i = 0; i < 9; i++) {
          ofA += weights[k] * (ket.re[i] * image.re[i] + ket.im[i] * image.im[i]);
          ofD += weights[k] * d[i] * (ket.re[i] ** 2 + ket.im[i] ** 2);
        }
      });
      expect(Math.abs(found[0][place] - ofA)).toBeLessThan(2e-13);
      expect(Math.abs(found[1][place] - ofD)).toBeLessThan(2e-13);
    });
  }
});
