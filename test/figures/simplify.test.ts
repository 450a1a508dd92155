import fc from "fast-check";
import { expect, test } from "vitest";
import { simplify } from "../../src/figures/simplify.ts";

const walk = fc
  .array(fc.tuple(fc.double({ min: 0.05, max: 4, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true })), {
    minLength: 1,
    maxLength: 200,
  })
  .map((steps) => {
    let [atX, atY] = [0, 0];
    const points = steps.map(([dx, dy]) => {
      atX += dx;
      atY += dy * dx;
      return [atX, atY];
    });
    return { x: points.map(([x]) => x), y: points.map(([, y]) => y) };
  });

test("every point left out lies within a fraction of a pixel of the path", () => {
  fc.assert(
    fc.property(walk, ({ x, y }) => {
      const path = simplify({ x, y });
      x.forEach((value, i) => {
        let after = 0;
        while (after < path.x.length - 1 && path.x[after] < value) after++;
        const before = Math.max(after - 1, 0);
        const share = after === before ? 0 : (value - path.x[before]) / (path.x[after] - path.x[before]);
        const drawn = path.y[before] + share * (path.y[after] - path.y[before]);
        expect(Math.abs(drawn - y[i])).toBeLessThan(0.1201);
      });
      expect([path.x[0], path.x[path.x.length - 1]]).toEqual([x[0], x[x.length - 1]]);
    }),
  );
});

test("a straight line keeps its ends, a corner is kept exactly", () => {
  const x = Array.from({ length: 101 }, (_, i) => i);
  expect(simplify({ x, y: x.map((i) => 3 * i) })).toEqual({ x: [0, 100], y: [0, 300] });
  expect(simplify({ x, y: x.map((i) => Math.abs(i - 40) * 5) })).toEqual({ x: [0, 40, 100], y: [200, 0, 300] });
});

test("a sine of 601 points takes a third of them at most", () => {
  const x = Array.from({ length: 601 }, (_, i) => 1.4 * i);
  expect(simplify({ x, y: x.map((at) => 150 * Math.sin(at / 50)) }).x.length).toBeLessThan(200);
});

test("points above each other are all kept", () => {
  expect(simplify({ x: [1, 1, 1], y: [0, 5, 2] })).toEqual({ x: [1, 1, 1], y: [0, 5, 2] });
});
