import fc from "fast-check";
import { expect, test } from "vitest";
import { decimate } from "../../src/figures/decimate.ts";

const curve = fc.tuple(fc.integer({ min: 1, max: 2000 }), fc.integer()).map(([n, seed]) => {
  let state = seed | 0;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) / 2 ** 24;
  };
  let at = 0;
  const x = Array.from({ length: n }, () => {
    at += 0.01 + random() ** 4;
    return at;
  });
  return { x, y: x.map(() => random() - 0.5) };
});

test("the least and the greatest value of every column survive, and the ends of the curve", () => {
  fc.assert(
    fc.property(curve, fc.integer({ min: 2, max: 50 }), ({ x, y }, columns) => {
      const kept = decimate({ x, y }, columns);
      const columnOf = (value: number): number =>
        Math.floor((value - x[0]) * (columns / (x[x.length - 1] - x[0] || 1)));
      const extremes = (xs: ArrayLike<number>, ys: ArrayLike<number>): Map<number, [number, number]> => {
        const found = new Map<number, [number, number]>();
        for (let i = 0; i < xs.length; i++) {
          const [low, high] = found.get(columnOf(xs[i])) ?? [ys[i], ys[i]];
          found.set(columnOf(xs[i]), [Math.min(low, ys[i]), Math.max(high, ys[i])]);
        }
        return found;
      };
      expect(extremes(kept.x, kept.y)).toEqual(extremes(x, y));
      expect([kept.x[0], kept.y[0]]).toEqual([x[0], y[0]]);
      expect([kept.x[kept.x.length - 1], kept.y[kept.y.length - 1]]).toEqual([x[x.length - 1], y[y.length - 1]]);
    }),
  );
});

test("at most four points a column remain, in ascending order, each of the curve", () => {
  fc.assert(
    fc.property(curve, fc.integer({ min: 2, max: 50 }), ({ x, y }, columns) => {
      const kept = decimate({ x, y }, columns);
      expect(kept.x.length).toBeLessThanOrEqual(Math.max(4 * (columns + 1), 0));
      const points = new Set(x.map((value, i) => `${value} ${y[i]}`));
      Array.from(kept.x).forEach((value, i) => {
        expect(points.has(`${value} ${kept.y[i]}`)).toBe(true);
        if (i > 0) expect(value).toBeGreaterThan(kept.x[i - 1]);
      });
    }),
  );
});

test("a spike of one point among a hundred thousand is kept", () => {
  const x = Float64Array.from({ length: 100_000 }, (_, i) => i);
  const y = x.map((i) => (i === 54_321 ? 1 : 0));
  const kept = decimate({ x, y }, 800);
  expect(Array.from(kept.x).filter((_, i) => kept.y[i] === 1)).toEqual([54_321]);
  expect(kept.x.length).toBeLessThan(3210);
});

test("a short curve comes back as it is", () => {
  const short = { x: [0, 1, 2], y: [0, 5, 0] };
  expect(decimate(short, 100)).toBe(short);
});
