import { expect, test } from "vitest";
import { FourierSums, fourierSum } from "../../src/algebra/fourierSum.ts";
import type { FourierTerms } from "../../src/algebra/fourierTerms.ts";
import { describeEachKind } from "../kernels/eachKind.ts";
import { random } from "../oracle/random.ts";

/** `count` terms with frequencies up to `fastest`, moduli that sum to about 1. */
function terms(seed: number, count: number, fastest: number, series = 3): FourierTerms {
  const from = random(seed);
  const numbers = (scale: number) => Float64Array.from({ length: count }, () => from.between(-scale, scale));
  const frequencies = numbers(fastest);
  return {
    ...{ count, frequencies },
    coefficients: Float64Array.from({ length: 4 * series * count }, () => from.between(-1 / count, 1 / count)),
  };
}

/** The sum as it is defined, at one time. */
function plainSum({ count, frequencies, coefficients }: FourierTerms, series: number, s: number, t: number) {
  let re = 0;
  let im = 0;
  for (let m = 0; m < count; m++) {
    for (const [part, sign] of [
      [0, -1],
      [2, 1],
    ]) {
      const at = 4 * (m * series + s) + part;
      const [r, i] = [coefficients[at], coefficients[at + 1]];
      const [cos, sin] = [Math.cos(frequencies[m] * t), sign * Math.sin(frequencies[m] * t)];
      re += r * cos - i * sin;
      im += r * sin + i * cos;
    }
  }
  return { re, im };
}

function largestError(given: FourierTerms, times: readonly number[], sums: ReturnType<typeof fourierSum>): number {
  let largest = 0;
  for (let s = 0; s < sums.length; s++) {
    times.forEach((t, at) => {
      const { re, im } = plainSum(given, sums.length, s, t);
      largest = Math.max(largest, Math.hypot(re - sums[s].re[at], im - sums[s].im[at]));
    });
  }
  return largest;
}

const grid = (count: number, first: number, step: number) => Array.from({ length: count }, (_, i) => first + i * step);
const scattered = (count: number, seed: number) => {
  const from = random(seed);
  return Array.from({ length: count }, () => from.between(-4, 9));
};

describeEachKind("a Fourier sum", () => {
  const lists: Record<string, number[]> = {
    "at few times": [0.3, -2, 7],
    "at equal steps": grid(601, 0, 0.1),
    "at as many times as half a power of two": grid(512, -5, 0.07),
    "backward in time": grid(100, 3, -0.11),
    "at steps longer than a turn": grid(64, 0, 13.7),
    "at times in no order": scattered(90, 1),
    "at a list in which one time is off the grid": [...grid(200, 0, 0.05), 3.333],
    "at one time, many times": grid(40, 2, 0),
  };
  for (const [name, times] of Object.entries(lists)) {
    test(`${name} is the sum of its terms`, () => {
      for (const [count, fastest] of [
        [300, 30],
        [1, 5],
        [40, 0.01],
      ]) {
        const late = Math.max(...times.map(Math.abs)) * fastest;
        for (const series of [1, 2, 3]) {
          const given = terms(count, count, fastest, series);
          // Rounding of the phases themselves grows with the number of turns.
          expect(largestError(given, times, fourierSum(given, series, times))).toBeLessThan(1e-13 + 4e-16 * late);
        }
      }
    });
  }

  test.each([false, true])(
    "takes terms from several places, with weights, and means the first `count`; some at last: %s",
    (last) => {
      const times = grid(301, 0, 0.1);
      const [a, b] = [terms(1, 50, 20), terms(2, 30, 10)];
      const sums = new FourierSums(3, times);
      sums.add(a, 0.25);
      sums.add({ ...b, count: 7 }, -2);
      sums.add({ ...b, count: 0 });
      const found = last ? sums.finish(b, -0.5) : sums.finish();
      for (const at of [0, 13, 300]) {
        const [x, y] = [plainSum(a, 3, 1, times[at]), plainSum({ ...b, count: 7 }, 3, 1, times[at])];
        const z = last ? plainSum(b, 3, 1, times[at]) : { re: 0, im: 0 };
        expect(found[1].re[at]).toBeCloseTo(0.25 * x.re - 2 * y.re - 0.5 * z.re, 12);
        expect(found[1].im[at]).toBeCloseTo(0.25 * x.im - 2 * y.im - 0.5 * z.im, 12);
      }
    },
  );

  test("of nothing is 0", () => {
    const none = { count: 0, frequencies: new Float64Array(0), coefficients: new Float64Array(0) };
    for (const { re, im } of fourierSum(none, 1, grid(50, 0, 1))) expect(Math.hypot(...re, ...im)).toBe(0);
  });
});
