import { expect, test } from "vitest";
import { requiredSizeAt, upTo } from "../../src/limits/requiredSizeAt.ts";

const sizes = [1, 10, 100, 1000];

test("of a power law is where it reaches ε, between sizes and beyond them", () => {
  const distances = sizes.map((size) => 0.5 * size ** -0.5);
  for (const [epsilon, kind] of [
    [0.1, "between"],
    [0.02, "between"],
    [0.001, "beyond"],
  ] as const) {
    expect(requiredSizeAt(epsilon, sizes, distances, -0.5)).toEqual({
      size: Math.ceil((0.5 / epsilon) ** 2 - 1e-6),
      kind,
    });
  }
  expect(requiredSizeAt(0.6, sizes, distances, -0.5)).toEqual({ size: 1, kind: "within" });
});

test("is beyond the last size that fails, whatever smaller ones do; a distance of 0 gives no more than its size", () => {
  expect(requiredSizeAt(0.1, sizes, [0.05, 0.2, 0.001, 0], -1).size).toBeGreaterThan(10);
  expect(requiredSizeAt(0.1, sizes, [0.5, 0.4, 0.2, 0], -1)).toEqual({ size: 1000, kind: "between" });
  expect(() => requiredSizeAt(0, sizes, [1, 1, 1, 1], -1)).toThrow("positive");
  expect(() => requiredSizeAt(0.1, [], [], -1)).toThrow("at least");
});

test("up to a time counts on the same side of 0, in any order", () => {
  expect([...upTo([2, 0, 1, -1, -3], [1, 0, 4, 2, 1])]).toEqual([4, 0, 4, 2, 2]);
});
