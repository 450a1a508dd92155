import { expect, test } from "vitest";
import { type Generator, taylorWindows, windowAt } from "../../../src/dynamics/controlled/taylorWindows.ts";
import { ImpossibleRunError } from "../../../src/dynamics/errors.ts";
import type { ComplexVector } from "../../../src/fock/sparse.ts";
import { envelopeSeries } from "../../../src/model/envelope.ts";
import { envelopeOf } from "../../../src/model/envelopeOf.ts";
import { envelopeRemainder } from "../../../src/model/envelopeRemainder.ts";
import { envelopeRounding } from "../../../src/model/envelopeRounding.ts";

/** y′ = −i (a + f(t)) y, solved by a phase. */
function phase(a: number, text: string): Generator {
  const times = (s: number) => (y: ComplexVector, out: ComplexVector) => {
    out.re[0] = s * y.im[0];
    out.im[0] = -s * y.re[0];
  };
  const series = (t: number, length: number, inside: number) => envelopeSeries(envelopeOf(text), t, length, inside);
  const remainder = (t: number, degree: number, inside: number) =>
    envelopeRemainder(envelopeOf(text), t, degree, inside);
  const rounding = (t: number, inside: number) => envelopeRounding(envelopeOf(text), t, inside);
  return {
    rows: 1,
    size: a,
    weight: 1,
    multiply: times(a),
    terms: [{ size: 1, series, remainder, rounding, multiply: times(1) }],
  };
}

const start = { re: Float64Array.of(1), im: Float64Array.of(0) };

test.each([
  ["3 * cos(2*t)", (t: number) => 1.5 * Math.sin(2 * t)],
  ["t^3 - t", (t: number) => t ** 4 / 4 - t ** 2 / 2],
  ["20 * exp(-50*t^2)", null],
] as const)(
  "a phase under %s is right all along, forwards and backwards, and the error told is not less",
  (text, area) => {
    for (const to of [4, -3]) {
      const info = { applications: 0, error: 0 };
      let worst = 0;
      const end = taylorWindows(phase(2.5, text), start, 0, to, 1e-11, info, (window) => {
        for (const x of [0.3 * window.end, window.end]) {
          const t = window.from + x * window.unit;
          if (area === null) continue;
          const y = windowAt(window, x);
          const exact = 2.5 * t + area(t);
          worst = Math.max(worst, Math.hypot(y.re[0] - Math.cos(exact), y.im[0] + Math.sin(exact)));
        }
        return undefined;
      });
      if (area === null) {
        // The whole bell on one side: 20 √(π/50)/2.
        const exact = 2.5 * to + Math.sign(to) * 10 * Math.sqrt(Math.PI / 50);
        worst = Math.hypot(end.re[0] - Math.cos(exact), end.im[0] + Math.sin(exact));
      }
      expect(worst).toBeLessThan(1e-10);
      expect(worst).toBeLessThan(info.error + 1e-13);
    }
  },
);

test("a visitor may stop on the way", () => {
  let seen = 0;
  taylorWindows(phase(50, "0"), start, 0, 10, 1e-9, { applications: 0, error: 0 }, () => ++seen < 3);
  expect(seen).toBe(3);
});

test("a drive that grows beyond all bounds is told, with the time", () => {
  const run = () =>
    taylorWindows(phase(1, "1/(1 - t)^2"), start, 0, 2, 1e-9, { applications: 0, error: 0 }, () => true);
  expect(run).toThrow(ImpossibleRunError);
});

/** Windows from 0 to `to`, broken at the times between; the largest distance from the exact phase at any window's end. */
function follow(text: string, area: (t: number) => number, between: readonly number[], to: number, rate = 1e-11) {
  const info = { applications: 0, error: 0 };
  let windows = 0;
  let off = 0;
  let y: ComplexVector = start;
  let from = 0;
  for (const end of [...between, to]) {
    y = taylorWindows(phase(0.3, text), y, from, end, rate, info, (window) => {
      windows++;
      const t = window.from + window.end * window.unit;
      const at = windowAt(window, window.end);
      const exact = 0.3 * t + area(t) - area(0);
      off = Math.max(off, Math.hypot(at.re[0] - Math.cos(exact), at.im[0] + Math.sin(exact)));
      return undefined;
    });
    from = end;
  }
  return { windows, off, info };
}

const bell = (t: number, at: number, width: number) =>
  width * Math.sqrt(Math.PI / 2) * erf((t - at) / (width * Math.SQRT2));

/** By its series, and beyond 6 by its limit. */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

test.each([0.2, 0.05, 0.02, 0.005, 0.002, 1e-4, 1e-6])(
  "a bell of width %d beside a slow generator is not passed over, wherever it stands",
  (width) => {
    for (const at of [0, 1e-3, 0.37, 2, 2 - width, 3.9999, 4, 4 + 2 * width]) {
      for (const between of [[], [1.01, 2 - 3 * width, 2, 2 + width]]) {
        const height = 0.4 / width;
        const text = `${height} * gaussian(t, ${at}, ${width})`;
        const { off, windows, info } = follow(text, (t) => height * bell(t, at, width), between, 4);
        expect(off, `${at}, ${between}`).toBeLessThan(1e-10);
        expect(off, `${at}, ${between}`).toBeLessThan(info.error + 1e-12);
        expect(windows).toBeLessThan(120);
      }
    }
  },
);

test.each<[string, (t: number) => number]>([
  ["5 * exp(-((t - 2.3)/0.004)^2)", (t) => 5 * bell(t, 2.3, 0.004 / Math.SQRT2)],
  ["0.01/(0.0001 + (t - 3)^2)", (t) => Math.atan(100 * (t - 3))],
  [
    "tanh((t - 1)/0.01) + 1",
    (t) => t + 0.01 * (Math.abs((t - 1) / 0.01) + Math.log1p(Math.exp(-Math.abs(200 * (t - 1))))),
  ],
  [
    "1/(1 + exp(-(t - 2)/0.01))",
    (t) => 0.01 * (Math.max(0, 100 * (t - 2)) + Math.log1p(Math.exp(-Math.abs(100 * (t - 2))))),
  ],
  [
    "9 * gaussian(t, 1, 0.02) + 80 * gaussian(t, 1.5, 0.003) - 20 * gaussian(3 * t, 9, 0.03)",
    (t) => 9 * bell(t, 1, 0.02) + 80 * bell(t, 1.5, 0.003) - 20 * bell(t, 3, 0.01),
  ],
  // The product of two bells is a bell between them.
  [
    "40 * gaussian(t, 1.99, 0.02) * gaussian(t, 2.02, 0.01)",
    (t) => 40 * Math.exp(-0.9) * bell(t, 2.014, Math.sqrt(8e-5)),
  ],
])("%s is followed, in one piece or begun on its flank", (text, area) => {
  for (const between of [[], [0.99, 1.01, 1.503, 2.1, 2.31, 3.02]]) {
    const { off, windows, info } = follow(text, area, between, 4);
    expect(off, `${between}`).toBeLessThan(1e-10);
    expect(off, `${between}`).toBeLessThan(info.error + 1e-12);
    expect(windows).toBeLessThan(300);
  }
});

test.each([
  ["50 * (1 + tanh((t - 17)/0.5))", (t: number) => 25 * Math.log1p(Math.exp(4 * (t - 17)))],
  ["40 * (2 + tanh((t - 9)/0.3) - tanh((t - 11)/0.3) - 2)", null],
] as const)(
  "%s, in which much cancels, is followed as far as double precision goes, and what that costs is told",
  (text, area) => {
    for (const rate of [1e-14, 1e-16, 1e-18]) {
      const info = { applications: 0, error: 0 };
      const end = taylorWindows(phase(0.1, text), start, 0, 18, rate, info, () => undefined);
      expect(info.error).toBeGreaterThan(18 * 1e-16);
      expect(info.error).toBeLessThan(1e-9);
      if (area === null) continue;
      const exact = 0.1 * 18 + area(18);
      expect(Math.hypot(end.re[0] - Math.cos(exact), end.im[0] + Math.sin(exact))).toBeLessThan(info.error + 1e-13);
    }
  },
);

test("a corner is refused at any rate, however much of its value is rounding", () => {
  for (const rate of [1e-9, 1e-15, 1e-18]) {
    const corner = phase(1, "1 + 0.001 * sqrt((t - 1)^2) - 1");
    const run = () => taylorWindows(corner, start, 0, 2, rate, { applications: 0, error: 0 }, () => undefined);
    expect(run).toThrow(/the drive is not smooth there/);
  }
});

test("a drive that grows smoothly, but beyond what windows can follow, is told before long", () => {
  const run = () =>
    taylorWindows(phase(1, "exp(t)"), start, 0, 40, 1e-9, { applications: 0, error: 0 }, () => undefined);
  expect(run).toThrow(/cannot be followed past t = .*: the drive is not smooth there, or grows beyond all bounds/);
  const strong = { applications: 0, error: 0 };
  taylorWindows(phase(1, "1e4"), start, 0, 10, 1e-6, strong, () => undefined);
  expect(strong.error).toBeLessThan(1.1e-5);
});

test("a drive that cannot be followed is told before long, with its place among the drives", () => {
  const { terms, ...rest } = phase(1, "sqrt((t - 1)^2)");
  const run = () =>
    taylorWindows(
      { ...rest, terms: [...phase(1, "1").terms, ...terms] },
      start,
      0,
      2,
      1e-9,
      { applications: 0, error: 0 },
      () => true,
    );
  expect(run).toThrow(/past t = 0\.99999.*drive\[1\]/);
});
