import { describe, expect, test } from "vitest";
import { sampleTimes } from "../../src/dynamics/sampleTimes.ts";

describe("sampled times", () => {
  test("are all of them if they are few, in the order given", () => {
    expect(sampleTimes([3, -1, 2], 5)).toEqual([3, -1, 2]);
    expect(sampleTimes([], 5)).toEqual([]);
  });

  test("have the extremes among them, and are spread over the others", () => {
    const times = Array.from({ length: 601 }, (_, i) => 40 - i * 0.1);
    for (const count of [2, 8, 48]) {
      const few = sampleTimes(times, count);
      expect(few.length).toBe(count);
      expect(Math.max(...few)).toBe(40);
      expect(Math.min(...few)).toBe(40 - 600 * 0.1);
      expect(few).toEqual([...few].sort((a, b) => b - a));
      const gaps = few.slice(1).map((t, i) => few[i] - t);
      expect(Math.max(...gaps) / Math.min(...gaps)).toBeLessThan(count === 48 ? 1.1 : 1.02);
    }
  });

  test("count a time that was given twice as two", () => {
    expect(sampleTimes([0, 1, 1], 3)).toEqual([0, 1, 1]);
  });
});
