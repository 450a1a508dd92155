import { expect, test } from "vitest";
import { difference, modulus, times, wick } from "../../src/paper/complexNumbers.ts";

const i = { re: 0, im: 1 };

test("i² = −1, |3 + 4i| = 5", () => {
  expect(times(i, i)).toEqual({ re: -1, im: 0 });
  expect(modulus({ re: 3, im: 4 })).toBe(5);
  expect(difference(i, { re: 1, im: 1 })).toEqual({ re: -1, im: 0 });
});

test("Wick's sum has (n − 1)!! terms, none for odd n", () => {
  const ones = () => ({ re: 1, im: 0 });
  expect([2, 3, 4, 6, 8].map((n) => wick(ones, n).re)).toEqual([1, 0, 3, 15, 105]);
});

test("for four letters it is c01 c23 + c02 c13 + c03 c12", () => {
  const c = (a: number, b: number) => ({ re: a + 2 * b, im: a - b });
  const term = (a: number, b: number, x: number, y: number) => times(c(a, b), c(x, y));
  const terms = [term(0, 1, 2, 3), term(0, 2, 1, 3), term(0, 3, 1, 2)];
  expect(wick(c, 4)).toEqual({
    re: terms.reduce((sum, { re }) => sum + re, 0),
    im: terms.reduce((sum, { im }) => sum + im, 0),
  });
});
