import { expect, test } from "vitest";
import { revivals } from "../../src/observables/revivals.ts";

const times = [0, 1, 2, 3, 4, 5, 6, 7, 8];

test("every rise counts, the highest top is named, and where the first begins", () => {
  const found = revivals(times, [1, 0.5, 0.2, 0.4, 0.6, 0.3, 0.1, 0.2, 0.2], 1e-3);
  expect(found.total).toBeCloseTo(0.5, 14);
  expect(found).toMatchObject({ count: 2, highest: { time: 4, value: 0.6 }, begins: 2 });
});

test("noise is no revival, neither on the way down nor at a top", () => {
  expect(revivals(times, [1, 0.5, 0.50001, 0.3, 0.30001, 0.2, 0.1, 0, 0], 1e-3)).toEqual({
    ...{ total: 0, count: 0, highest: null, begins: null },
  });
  const shaken = revivals(times, [1, 0, 0.5, 0.4999, 0.7, 0.6999, 0.7, 0.2, 0.1], 1e-3);
  expect(shaken.count).toBe(1);
  expect(shaken.total).toBeCloseTo(0.7, 12);
});
