import { expect, test } from "vitest";
import { ImpossibleRunError } from "../../src/dynamics/errors.ts";
import { type Generator, taylorWindows, windowAt } from "../../src/dynamics/taylorWindows.ts";
import type { ComplexVector } from "../../src/fock/sparse.ts";
import { envelopeSeries } from "../../src/model/envelope.ts";
import { envelopeOf } from "../../src/model/envelopeOf.ts";

/** y′ = −i (a + f(t)) y, solved by a phase. */
function phase(a: number, text: string): Generator {
  const times = (s: number) => (y: ComplexVector, out: ComplexVector) => {
    out.re[0] = s * y.im[0];
    out.im[0] = -s * y.re[0];
  };
  const series = (t: number, length: number, inside: number) => envelopeSeries(envelopeOf(text), t, length, inside);
  return { rows: 1, size: a, weight: 1, multiply: times(a), terms: [{ size: 1, series, multiply: times(1) }] };
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
