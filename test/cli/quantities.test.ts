import { expect, test } from "vitest";
import { complexQuantity, duration, magnitude, memory, quantity, sizeText } from "../../src/cli/quantities.ts";

test("a quantity has as many significant digits as asked, and powers of ten only when far from 1", () => {
  expect(quantity(0.123456)).toBe("0.1235");
  expect(quantity(-12.5)).toBe("-12.5");
  expect(quantity(1234567)).toBe("1.235e6");
  expect(quantity(-0.00012)).toBe("-1.2e-4");
  expect(quantity(0)).toBe("0");
  expect(quantity(Number.POSITIVE_INFINITY)).toBe("∞");
  expect(quantity(Number.NaN)).toBe("undefined");
});

test("an error is two digits and a power of ten, and says so when nothing is known", () => {
  expect(magnitude(3.14159e-9)).toBe("3.1e-9");
  expect(magnitude(0.5)).toBe("5.0e-1");
  expect(magnitude(null)).toBe("none");
  expect(magnitude(Number.POSITIVE_INFINITY)).toBe("∞");
});

test("a complex number leaves out what is zero", () => {
  expect(complexQuantity({ re: 0.5, im: 0 })).toBe("0.5");
  expect(complexQuantity({ re: 0, im: -1 })).toBe("-i");
  expect(complexQuantity({ re: 0.5, im: -0.25 })).toBe("0.5-0.25i");
  expect(complexQuantity({ re: 0.5, im: 1 })).toBe("0.5+i");
});

test("sizes are whole numbers up to a million, then powers of ten, and ∞", () => {
  expect(["10", "999999", "1e9", "∞"]).toEqual([10, 999999, 1e9, Number.POSITIVE_INFINITY].map(sizeText));
});

test("durations and memory take the unit that keeps them short", () => {
  expect([2e-5, 0.0123, 5.432, 300, 36000, 1e6, 3e7, 2e8, 1e15].map(duration)).toEqual([
    "20 µs",
    "12.3 ms",
    "5.43 s",
    "5 min",
    "10 h",
    "12 days",
    "350 days",
    "6.3 years",
    "3.2e7 years",
  ]);
  expect([0, 999, 1.5e6, 2e9].map(memory)).toEqual(["0 B", "999 B", "1.5 MB", "2 GB"]);
});
