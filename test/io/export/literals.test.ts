import { expect, test } from "vitest";
import { matrix } from "../../../src/algebra/matrix.ts";
import {
  comment,
  complex,
  flatSeries,
  nonzeroEntries,
  paragraph,
  real,
  wrapped,
} from "../../../src/io/export/literals.ts";

test("numbers read back as they were", () => {
  for (const x of [0, -0, 1, -1.5, 1e-7, 1e22, 0.1 + 0.2, Math.PI]) expect(Number(real(x))).toBe(x === 0 ? 0 : x);
  expect(real(1e22)).toBe("1e22");
});

test("complex numbers as Python and Julia write them, zero parts left out", () => {
  expect(complex(0.5, 0, "python")).toBe("0.5");
  expect(complex(0, -0.2, "python")).toBe("-0.2j");
  expect(complex(-0.5, 0.25, "python")).toBe("-0.5+0.25j");
  expect(complex(1, -1e-3, "julia")).toBe("1-0.001im");
});

test("entries that are rounding errors are no entries", () => {
  const a = matrix([
    [0, [1e-17, 0.2]],
    [3e-17, -1],
  ]);
  expect(nonzeroEntries(a)).toEqual([
    { row: 0, column: 1, re: 0, im: 0.2 },
    { row: 1, column: 1, re: -1, im: 0 },
  ]);
});

test("long lists are wrapped, and nothing is lost", () => {
  const items = Array.from({ length: 100 }, (_, i) => String(i));
  const text = wrapped(items);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(113);
  expect(text.match(/\d+/g)).toEqual(items);
  expect(wrapped([])).toBe("");
});

test("a series is flat: times, rows, columns, then real and imaginary part, to 12 digits", () => {
  const series = {
    times: [0],
    dimension: 2,
    re: Float64Array.of(1 / 3, 2, 3, 4),
    im: Float64Array.of(0, 5, -6, 1e-18),
  };
  expect(flatSeries(series)).toEqual(["0.333333333333", "0", "2", "5", "3", "-6", "4", "0"]);
});

test("texts become lines of comment", () => {
  expect(paragraph("one two three four", 9)).toEqual(["one two", "three", "four"]);
  expect(comment("#", ["a", "", "b"])).toBe("# a\n#\n# b");
});
