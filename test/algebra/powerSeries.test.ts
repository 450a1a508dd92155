import { expect, test } from "vitest";
import {
  type PowerSeries,
  seriesAt,
  seriesExp,
  seriesPower,
  seriesProduct,
  seriesQuotient,
  seriesSinCos,
  seriesTanh,
} from "../../src/algebra/powerSeries.ts";

/** 0.7 + x/2 − x²/3 + x³/5, and what becomes of it, against the function itself. */
const inner = Float64Array.from({ length: 24 }, (_, k) => [0.7, 0.5, -1 / 3, 0.2][k] ?? 0);
const other = Float64Array.from({ length: 24 }, (_, k) => [1.3, -0.4, 0.6][k] ?? 0);

test.each<[string, PowerSeries, (a: number, b: number) => number]>([
  ["product", seriesProduct(inner, other), (a, b) => a * b],
  ["quotient", seriesQuotient(inner, other), (a, b) => a / b],
  ["exp", seriesExp(inner), (a) => Math.exp(a)],
  ["sin", seriesSinCos(inner).sin, (a) => Math.sin(a)],
  ["cos", seriesSinCos(inner).cos, (a) => Math.cos(a)],
  ["tanh", seriesTanh(inner), (a) => Math.tanh(a)],
  ["square root", seriesPower(inner, 0.5), (a) => Math.sqrt(a)],
  ["inverse cube", seriesPower(inner, -3), (a) => a ** -3],
  ["fifth power", seriesPower(inner, 5), (a) => a ** 5],
])("the series of a %s is that of the function", (_, series, f) => {
  for (const x of [0, 0.1, -0.15, 0.2]) {
    expect(seriesAt(series, x)).toBeCloseTo(f(seriesAt(inner, x), seriesAt(other, x)), 11);
  }
});

test("powers 0 and 1 of a series that begins with 0 are 1 and the series", () => {
  const x = Float64Array.from([0, 1, 0, 0]);
  expect([...seriesPower(x, 0)]).toEqual([1, 0, 0, 0]);
  expect([...seriesPower(x, 1)]).toEqual([0, 1, 0, 0]);
  expect([...seriesPower(x, 3)]).toEqual([0, 0, 0, 1]);
});
