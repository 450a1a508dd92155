import { describe, expect, test } from "vitest";
import { zeroSeries } from "../../src/algebra/series.ts";
import { firstTimes, withWitnesses } from "../../src/dynamics/witnessTimes.ts";

describe("witness times", () => {
  test("fill the way from 0 to a late time, of either sign", () => {
    for (const times of [[5], [0, 5], [-5], [4.9, 5], [-2, 5]]) {
      const all = withWitnesses(times);
      expect(all.slice(0, times.length)).toEqual(times);
      const [first, last] = [Math.min(0, ...times), Math.max(0, ...times)];
      expect(Math.min(0, ...all)).toBe(first);
      expect(Math.max(0, ...all)).toBe(last);
      const sorted = [0, ...all].sort((a, b) => a - b);
      const gap = Math.max(...sorted.slice(1).map((t, i) => t - sorted[i]));
      expect(gap).toBeLessThanOrEqual((last - first) / 16);
    }
  });

  test("are not needed where the times themselves leave no gap", () => {
    const times = Array.from({ length: 61 }, (_, i) => i);
    expect(withWitnesses(times)).toBe(times);
    expect(withWitnesses([0])).toEqual([0]);
  });

  test("are cut off again", () => {
    const series = zeroSeries([1, 2, 3], 2);
    series.re.forEach((_, i) => {
      series.re[i] = i;
    });
    const first = firstTimes(series, [1]);
    expect(first.times).toEqual([1]);
    expect([...first.re]).toEqual([0, 1, 2, 3]);
    expect(first.im.length).toBe(4);
  });
});
