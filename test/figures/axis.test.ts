import fc from "fast-check";
import { expect, test } from "vitest";
import { extent, linearAxis, logAxis, powerLabel, sizeText } from "../../src/figures/axis.ts";
import { plainText } from "../../src/figures/text.ts";

const finite = fc.double({ min: -1e12, max: 1e12, noNaN: true });

test("every label of a linear axis is the number that stands there", () => {
  fc.assert(
    fc.property(finite, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (from, length) => {
      fc.pre(length > 1e-9 * Math.abs(from));
      const axis = linearAxis([from, from + length], [100, 900], { ticks: 6 });
      const factor = axis.factor === "" ? 1 : 10 ** Number(numeral(axis.factor).replace("×10", ""));
      for (const { at, label } of axis.ticks) {
        const value = from + ((at - 100) / 800) * length;
        expect(Math.abs(Number(numeral(label)) * factor - value)).toBeLessThan(1e-3 * length + 1e-12 * Math.abs(value));
      }
      expect(axis.ticks.length).toBeGreaterThan(2);
    }),
  );
});

test("numbers too large or too small to be read share a power of ten", () => {
  const small = linearAxis([0, 3e-7], [0, 100], { ticks: 3 });
  expect(plainText(small.factor)).toBe("×10−7");
  expect(small.ticks.map(({ label }) => label)).toEqual(["0", "1", "2", "3"]);
  expect(plainText(linearAxis([0, 2e6], [0, 100], { ticks: 3 }).factor)).toBe("×106");
  expect(linearAxis([0, 2e4], [0, 100], { ticks: 3 }).factor).toBe("");
});

test("powers of ten of a logarithmic axis are labelled so, and stand at equal distances", () => {
  const axis = logAxis([1e-6, 1e-1], [500, 0]);
  const labelled = axis.ticks.filter(({ label }) => label !== "");
  expect(labelled.map(({ label }) => plainText(label))).toEqual(
    ["−6", "−5", "−4", "−3", "−2", "−1"].map((n) => `10${n}`),
  );
  labelled.forEach(({ at }, i) => {
    expect(at).toBeCloseTo(500 - 100 * i, 6);
  });
});

test("less than a decade still has labels, many decades do not crowd", () => {
  const short = logAxis([2.5, 8], [0, 300]).ticks.filter(({ label }) => label !== "");
  expect(short.map(({ label }) => label)).toEqual(["5"]);
  const long = logAxis([1, 1e23], [0, 300]).ticks.filter(({ label }) => label !== "");
  expect(long.length).toBeGreaterThan(2);
  long.slice(1).forEach(({ at }, i) => {
    expect(at - long[i].at).toBeGreaterThan(40);
  });
});

test("powers and sizes in words", () => {
  expect([powerLabel(1, 0), powerLabel(5, 1), powerLabel(1, 3)]).toEqual(["1", "50", "1000"]);
  expect(plainText(powerLabel(2, -4))).toBe("2×10−4");
  expect([sizeText(10), sizeText(Number.POSITIVE_INFINITY)]).toEqual(["10", "∞"]);
  expect(plainText(sizeText(1e9))).toBe("109");
  expect(plainText(sizeText(2.5e7))).toBe("2.5×107");
  expect(plainText(sizeText(1e23))).toBe("1023");
});

test("an extent holds all values, with its margin", () => {
  expect(extent([3, -1, 2], 0)).toEqual([-1, 3]);
  expect(extent([0, 10], 0.1)).toEqual([-1, 11]);
});

function numeral(label: string): string {
  return plainText(label).replaceAll("−", "-").replaceAll(",", "");
}
