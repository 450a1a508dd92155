import { expect, test } from "vitest";
import { seriesAt } from "../../src/algebra/powerSeries.ts";
import { type Envelope, envelopeAt, envelopeBreaks, envelopeSeries } from "../../src/model/envelope.ts";
import { envelopeOf } from "../../src/model/envelopeOf.ts";

test.each([
  "0.3 * cos(2*t) * gaussian(t, 3, 1.5)",
  "tanh(t - 2) / (1 + t^2) - sqrt(t + 9)",
  "exp(-t/3) * sin(t)^3 + t",
])("the Taylor series of %s is the function nearby", (text) => {
  const envelope = envelopeOf(text);
  for (const t of [-1, 0, 2.5]) {
    const series = envelopeSeries(envelope, t, 30, t);
    for (const x of [-0.2, 0.1, 0.25]) {
      expect(seriesAt(series, x)).toBeCloseTo(envelopeAt(envelope, t + x), 11);
    }
  }
});

const table: Envelope = { kind: "table", times: [0, 1, 3], values: [2, 4, -2] };

test("a table has straight lines between its points and is constant beyond them", () => {
  expect([-5, 0, 0.5, 1, 2, 3, 9].map((t) => envelopeAt(table, t))).toEqual([2, 2, 3, 4, 1, -2, -2]);
  expect([...envelopeSeries(table, 1, 3, 0.5)]).toEqual([4, 2, 0]);
  expect([...envelopeSeries(table, 1, 3, 2)]).toEqual([4, -3, 0]);
});

test("jumps and corners are known, and each side has its own series", () => {
  const envelope = envelopeOf("step(t, 2) * t + step(t, -1)");
  expect(envelopeBreaks(envelope)).toEqual([-1, 2]);
  expect(envelopeBreaks(table)).toEqual([0, 1, 3]);
  expect(envelopeAt(envelope, 2)).toBe(3);
  expect(envelopeAt(envelope, 2, 1.9)).toBe(1);
});
