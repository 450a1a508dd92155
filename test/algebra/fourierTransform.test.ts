import { expect, test } from "vitest";
import { fourierTransform } from "../../src/algebra/fourierTransform.ts";
import { describeEachKind } from "../kernels/eachKind.ts";
import { random, randomMatrix } from "../oracle/random.ts";

describeEachKind("the discrete Fourier transform", () => {
  test("is the sum that defines it", () => {
    for (const n of [4, 8, 64, 256]) {
      const { re, im } = randomMatrix(random(n), n, 1);
      const [xr, xi] = [re.slice(), im.slice()];
      fourierTransform(re, im);
      for (let k = 0; k < n; k++) {
        let sr = 0;
        let si = 0;
        for (let l = 0; l < n; l++) {
          const [cos, sin] = [Math.cos((2 * Math.PI * k * l) / n), -Math.sin((2 * Math.PI * k * l) / n)];
          sr += xr[l] * cos - xi[l] * sin;
          si += xr[l] * sin + xi[l] * cos;
        }
        expect(Math.hypot(re[k] - sr, im[k] - si)).toBeLessThan(1e-13 * n);
      }
    }
  });

  test("keeps the sum of squares, times the length (Parseval)", () => {
    const n = 4096;
    const { re, im } = randomMatrix(random(5), n, 1);
    const before = Math.hypot(...re, ...im);
    fourierTransform(re, im);
    expect(Math.hypot(...re, ...im) / (before * Math.sqrt(n))).toBeCloseTo(1, 13);
  });

  test("refuses lengths that are no powers of two", () => {
    for (const n of [0, 1, 2, 3, 12]) {
      expect(() => fourierTransform(new Float64Array(n), new Float64Array(n))).toThrow(/power of two/);
    }
  });
});
