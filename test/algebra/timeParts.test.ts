import { describe, expect, test } from "vitest";
import { equallySpaced, farthestOf, spanOf, timeParts } from "../../src/algebra/timeParts.ts";

const spaced = (from: number, to: number, points: number) =>
  Array.from({ length: points }, (_, i) => from + ((to - from) * i) / (points - 1));

describe("parts of a list of times", () => {
  test("are the whole list where it is equally spaced but for rounding", () => {
    for (const [from, to, points] of [
      [0, 60, 601],
      [0, 150, 1501],
      [-7.3, 1e4 / 3, 4097],
      [5, -5, 100],
    ]) {
      const times = spaced(from, to, points);
      expect(timeParts(times)).toEqual([times]);
      expect(equallySpaced(times)?.count).toBe(points);
    }
  });

  test("are runs of equal steps and what is between them, in the list's order", () => {
    const runs = [spaced(0, 20, 201), [20.05, 20.4, 21], spaced(30, 60, 601), [60.01]];
    const parts = timeParts(runs.flat());
    expect(parts.flat()).toEqual(runs.flat());
    expect(parts).toEqual(runs);
    expect(parts.slice(0, 3).map((part) => equallySpaced(part) !== null)).toEqual([true, false, true]);
  });

  test("are one where no run is long", () => {
    const times = Array.from({ length: 90 }, (_, i) => Math.sqrt(i));
    expect(timeParts(times)).toEqual([times]);
    expect(timeParts([1])).toEqual([[1]]);
    expect(timeParts([])).toEqual([[]]);
  });
});

test("the last time is the farthest from 0, on either side", () => {
  expect(farthestOf([1, -3, 2])).toBe(3);
  expect(spanOf([1, -3, 2])).toEqual([-3, 2]);
  expect(spanOf([4, 5])).toEqual([0, 5]);
});
