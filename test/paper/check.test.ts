import { describe, expect, test } from "vitest";
import { type Check, check, digits, type Expected, numberText } from "../../src/paper/check.ts";

const made = (measure: number, expected: Expected, unit?: string): Check =>
  check({ id: "(1)", claim: "c", between: "b", measure, expected, ...(unit === undefined ? {} : { unit }) });

describe("a check", () => {
  test("holds on its bound and fails just beyond it", () => {
    expect(made(1e-10, { atMost: 1e-10 }).holds).toBe(true);
    expect(made(1.001e-10, { atMost: 1e-10 }).holds).toBe(false);
    expect(made(0.5, { atLeast: 0.5 }).holds).toBe(true);
    expect(made(0.499, { atLeast: 0.5 }).holds).toBe(false);
    expect(made(3, { exactly: 3 }).holds).toBe(true);
    expect(made(4, { exactly: 3 }).holds).toBe(false);
    expect(made(-1.02, { near: -1, within: 0.03 }).holds).toBe(true);
    expect(made(-1.04, { near: -1, within: 0.03 }).holds).toBe(false);
  });

  test("never holds for a measure that is not a number", () => {
    const all: Expected[] = [{ atMost: 1 }, { atLeast: 0 }, { exactly: 0 }, { near: 0, within: 1 }];
    for (const expected of all) expect(made(Number.NaN, expected).holds).toBe(false);
  });

  test("says what is expected of it", () => {
    expect(made(0, { atMost: 1e-10 }).expected).toBe("≤ 1e−10");
    expect(made(0, { atLeast: 0.01 }).expected).toBe("≥ 0.01");
    expect(made(0, { exactly: 54 }).expected).toBe("= 54");
    expect(made(0, { near: -0.5, within: 0.03 }).expected).toBe("−0.5 ± 0.03");
  });
});

test("digits are counted for differences only, and 16 is the most", () => {
  expect(digits(made(2.3e-12, { atMost: 1e-10 }))).toBe(11);
  expect(digits(made(0, { atMost: 1e-10 }))).toBe(16);
  expect(digits(made(0.3, { atLeast: 0.1 }))).toBeNull();
  expect(digits(made(-1, { near: -1, within: 0.1 }, "exponent of M"))).toBeNull();
});

test("numbers are short, with a minus sign that is one", () => {
  expect([-1, 0.49537, 2.34e-12, 5.6e23, 1000].map(numberText)).toEqual(["−1", "0.495", "2e−12", "6e23", "1000"]);
});
