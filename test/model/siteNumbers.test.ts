import fc from "fast-check";
import { expect, test } from "vitest";
import { simulate } from "../../src/dynamics/simulate.ts";
import { fractions, roundedNumbers, siteNumbers } from "../../src/model/siteNumbers.ts";
import { soleReservoir } from "../../src/model/soleReservoir.ts";
import type { Reservoir } from "../../src/model/types.ts";
import { randomModel } from "../oracle/randomModel.ts";

const [only] = randomModel(1).model.reservoirs;

function shares(...list: number[]): Reservoir[] {
  const sum = list.reduce((total, share) => total + share, 0);
  return list.map((share) => ({ ...only, share: share / sum }));
}

test("shares of M that are whole numbers are taken as they are, however they were rounded", () => {
  expect(siteNumbers(shares(1, 2), 9)).toEqual([3, 6]);
  expect(siteNumbers(shares(...new Array<number>(7).fill(1)), 7e6)).toEqual(new Array(7).fill(1e6));
  expect(siteNumbers(shares(0.1, 0.7, 0.2), 10)).toEqual([1, 7, 2]);
});

test("others by largest remainders, the first where they are equal", () => {
  expect(siteNumbers(shares(1, 1, 1), 10)).toEqual([4, 3, 3]);
  expect(siteNumbers(shares(0.5, 0.3, 0.2), 7)).toEqual([4, 2, 1]);
  expect(siteNumbers(shares(0.9, 0.1), 1)).toEqual([1, 0]);
});

test("always sum to M, and are less than 1 from the shares of it", () => {
  const parts = fc.array(fc.double({ min: 1e-3, max: 1, noNaN: true }), { minLength: 2, maxLength: 9 });
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 1e6 }), (list, size) => {
      const reservoirs = shares(...list);
      const numbers = siteNumbers(reservoirs, size);
      expect(numbers.reduce((sum, count) => sum + count, 0)).toBe(size);
      numbers.forEach((count, r) => {
        expect(Math.abs(count - reservoirs[r].share * size)).toBeLessThan(1);
      });
    }),
  );
});

test("given one by one for a size are those; without end in the limit; no digits are asked for beyond those of a double", () => {
  const given = shares(1, 1).map((one, r) => ({ ...one, counts: new Map([[5, r === 0 ? 1 : 4]]) }));
  expect(siteNumbers(given, 5)).toEqual([1, 4]);
  expect(fractions(given, 5)).toEqual([0.2, 0.8]);
  expect(siteNumbers(shares(1, 3), Number.POSITIVE_INFINITY)).toEqual([
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  ]);
  expect(fractions(shares(1, 3), Number.POSITIVE_INFINITY)).toEqual([0.25, 0.75]);
  expect(siteNumbers(shares(1, 3), 1e23).map((count) => count / 1e22)).toEqual([
    expect.closeTo(2.5, 12),
    expect.closeTo(7.5, 12),
  ]);
});

test("the only reservoir is refused where there are several", () => {
  expect(soleReservoir({ reservoirs: [only] })).toBe(only);
  expect(() => soleReservoir({ reservoirs: [only, only] })).toThrow("one reservoir, but there are 2");
});

test("rounding is told, in the result as well", () => {
  expect(roundedNumbers(shares(1, 1, 1), 10)).toBe("4, 3, 3");
  expect(roundedNumbers(shares(1, 1, 1), 9)).toBeNull();
  expect(roundedNumbers(shares(1, 2), Number.POSITIVE_INFINITY)).toBeNull();
  const { model } = randomModel(1, { dims: [2], siteDimension: 2, centring: "centred" });
  const [one] = model.reservoirs;
  const halves = { ...model, reservoirs: [one, one].map((half) => ({ ...half, share: 0.5 })) };
  expect(simulate(halves, 3, { tolerance: 1e-4 }).warnings).toEqual([expect.stringContaining("rounded to 2, 1")]);
  expect(simulate(halves, 2, { tolerance: 1e-4 }).warnings).toEqual([]);
});
