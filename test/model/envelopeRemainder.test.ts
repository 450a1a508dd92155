import { describe, expect, test } from "vitest";
import { seriesAt } from "../../src/algebra/powerSeries.ts";
import { type Envelope, envelopeAt, envelopeSeries } from "../../src/model/envelope.ts";
import { envelopeOf } from "../../src/model/envelopeOf.ts";
import { envelopeRemainder, envelopeWalk } from "../../src/model/envelopeRemainder.ts";
import { random } from "../oracle/random.ts";

const degree = 12;

/** Largest distance from the Taylor polynomial within h, on a grid, beyond rounding. */
function off(envelope: Envelope, t: number, h: number): number {
  const series = envelopeSeries(envelope, t, degree + 1, t);
  let most = 0;
  for (let i = -200; i <= 200; i++) {
    const x = (h * i) / 200;
    const [f, slope] = envelopeSeries(envelope, t + x, 2, t);
    const size = series.reduce((sum, c, k) => sum + Math.abs(c) * h ** k, 0);
    const rounding = 1e-300 + 1e-13 * (Math.abs(f) + size) + 1e-15 * Math.abs(slope * (t + x));
    most = Math.max(most, Math.abs(f - seriesAt(series, x)) - rounding);
  }
  return most;
}

const texts = [
  "3",
  "t^3 - 2 * t",
  "t^20",
  "cos(3*t) - sin(t^2)",
  "gaussian(t, 0.7, 0.03)",
  "5 * gaussian(3 * t, 2, 0.01) * cos(20 * t) + gaussian(t, 1, 0.2)",
  "exp(-t^3) * t",
  "exp(-100 * (1 - cos(t - 0.3)))",
  "gaussian(cos(3*t), 0.2, 0.05)",
  "tanh((t - 0.5)/0.02)",
  "tanh(3 * t) * tanh(gaussian(t, 1, 0.1))",
  "tanh(exp(t) - 2)",
  "1/(0.01 + (t - 0.8)^2)",
  "t/(2 + cos(5 * t))",
  "1/(1 + exp(-(t - 0.6)/0.01))",
  "(1 + t^2)^0.5 - (2 + sin(t))^(-1.5)",
  "sqrt(3 + t)",
  "t^(-2)",
  "sin(7 * (t - 0.4))/(t - 0.4)",
  "2/(t - 3)",
  "step(t, 0.2) * gaussian(t, 0.5, 0.01)",
];

describe("the remainder of an envelope", () => {
  test.each(texts)("%s: is never less than what its polynomial is off", (text) => {
    const envelope = envelopeOf(text);
    const from = random(texts.indexOf(text) + 1);
    let proved = 0;
    for (let trial = 0; trial < 60; trial++) {
      const t = from.between(-0.5, 1.5);
      const h = 10 ** from.between(-3.5, 0);
      const bound = envelopeRemainder(envelope, t, degree, t)(h);
      if (bound < Number.POSITIVE_INFINITY) proved++;
      expect(off(envelope, t, h), `t = ${t}, h = ${h}`).toBeLessThanOrEqual(bound);
    }
    expect(proved).toBeGreaterThan(15);
  });

  test("is nothing where the envelope is a line, a parabola or a table", () => {
    const table: Envelope = { kind: "table", times: [0, 1], values: [2, -1] };
    for (const envelope of [envelopeOf("2 - 3*t"), envelopeOf("t*t/2"), table])
      expect(envelopeRemainder(envelope, 0.3, 2, 0.3)(50)).toBe(0);
  });

  test("is proved no better than is enough, and is sharp where more is asked for", () => {
    const remainder = envelopeRemainder(envelopeOf("cos(2*t)"), 0, 30, 0);
    expect(remainder(2, 1e-3)).toBeLessThan(1e-3);
    // Not much more than 4^31/31!.
    expect(remainder(2)).toBeLessThan(20 * (4 ** 31 / 8.2228e33));
  });

  test("is unbounded beyond a pole, and where both of a quotient vanish only one of them does", () => {
    expect(envelopeRemainder(envelopeOf("1/(t - 1)"), 0, 30, 0)(1.01)).toBe(Number.POSITIVE_INFINITY);
    expect(envelopeRemainder(envelopeOf("cos(t - 1)/(t - 1)"), 0, 30, 0)(1.01)).toBe(Number.POSITIVE_INFINITY);
    expect(envelopeRemainder(envelopeOf("sin(t - 1)/(t - 1)"), 0, 30, 0)(1.01)).toBeLessThan(1e-15);
  });
});

describe("a walk along an envelope", () => {
  const walk = (text: string, from: number, to: number) =>
    envelopeWalk(envelopeOf(text), from, to, { degree: 30, most: 1000, shortest: 1e-11 });

  test("comes to the top of a bell, however narrow, in few steps, either way", () => {
    for (const width of [0.2, 0.01, 1e-3, 1e-6]) {
      for (const [from, to] of [
        [0, 4],
        [4, 0],
      ]) {
        const { times, stopped } = walk(`gaussian(t, 1.234, ${width})`, from, to);
        expect(stopped).toBeNull();
        expect([times[0], times[times.length - 1]]).toEqual([from, to]);
        expect(times.length).toBeLessThan(80);
        const nearest = Math.min(...times.map((t) => Math.abs(t - 1.234)));
        expect(nearest).toBeLessThan(2 * width);
      }
    }
  });

  test("stands at each step and corner", () => {
    const { times } = walk("cos(t) * step(t, 0.3) + step(t, 0.30001)", 0, 4);
    expect(times).toEqual(expect.arrayContaining([0.3, 0.30001]));
  });

  test("ends before what is not smooth, or asks for too many steps", () => {
    for (const text of ["1/(t - 2)^2", "sqrt((t - 2)^2)", "sqrt(2 - t)"]) {
      const { times, stopped } = walk(text, 0, 4);
      expect(stopped, text).toBe("rough");
      expect(times[times.length - 1]).toBeCloseTo(2, 6);
      expect(times.length).toBeLessThan(200);
    }
    expect(walk("cos(1e5 * t)", 0, 4).stopped).toBe("long");
    expect(envelopeAt(envelopeOf("cos(1e5 * t)"), 0)).toBe(1);
  });
});
