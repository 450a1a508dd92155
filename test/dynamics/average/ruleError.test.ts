import { describe, expect, test } from "vitest";
import { type MatrixSeries, zeroSeries } from "../../../src/algebra/series.ts";
import { differencesOf, largestOf, ruleError } from "../../../src/dynamics/average/ruleError.ts";

const times = [0, 1, 2, 4, 8, 16];

function series(...entries: readonly ((t: number) => number)[]): MatrixSeries {
  const dimension = Math.sqrt(entries.length);
  const one = zeroSeries(times, dimension);
  times.forEach((time, t) => {
    entries.forEach((of, e) => {
      one.re[t * entries.length + e] = of(time);
    });
  });
  return one;
}

const nothing = series(() => 0);

describe("what a rule misses, from how rules differ", () => {
  test("is the difference where it does not fall, however small it is", () => {
    const small = differencesOf(
      series(() => 1e-5),
      nothing,
    );
    expect(ruleError(small, small, 3)).toBeCloseTo(1e-5, 12);
  });

  test("is a power of it where it falls, in units of what there was to be seen", () => {
    const before = differencesOf(
      series(() => 0.1),
      nothing,
    );
    const now = differencesOf(
      series(() => 1e-4),
      nothing,
    );
    expect(ruleError(now, before, 1)).toBeCloseTo(1e-4, 12);
    expect(ruleError(now, before, 2)).toBeCloseTo(2e-7, 14);
    expect(ruleError(now, before, 3)).toBeCloseTo(4e-10, 14);
    expect(ruleError(now, before, 3, 1)).toBeCloseTo(1e-10, 14);
  });

  test("mixes neither entries nor times", () => {
    const zero = () => 0;
    const none = series(zero, zero, zero, zero);
    // One entry falls, another one, which is small, does not.
    const before = differencesOf(
      series(
        () => 0.1,
        zero,
        zero,
        () => 1e-6,
      ),
      none,
    );
    const now = differencesOf(
      series(
        () => 1e-5,
        zero,
        zero,
        () => 1e-6,
      ),
      none,
    );
    expect(ruleError(now, before, 3)).toBeCloseTo(1e-6, 10);
    // There is much to be missed early, and little late, all of which is missed.
    const early = differencesOf(
      series((t) => (t <= 1 ? 0.3 : 1e-6)),
      nothing,
    );
    const late = differencesOf(
      series((t) => (t <= 1 ? 1e-6 : 1e-6)),
      nothing,
    );
    expect(ruleError(late, early, 3)).toBeCloseTo(1e-6, 10);
  });

  test("takes moduli, at the time 0 as well", () => {
    const turned: MatrixSeries = { ...nothing, re: nothing.re.map(() => 3), im: nothing.im.map(() => -4) };
    expect(largestOf(differencesOf(turned, nothing))).toBe(5);
    const first = series((t) => (t === 0 ? 2 : 0));
    expect(largestOf(differencesOf(first, nothing))).toBe(2);
  });
});
