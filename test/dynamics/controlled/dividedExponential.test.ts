import { describe, expect, test } from "vitest";
import { gaussRule, uniform } from "../../../src/algebra/gauss.ts";
import type { Complex } from "../../../src/algebra/matrix.ts";
import { divided1, divided2 } from "../../../src/dynamics/controlled/dividedExponential.ts";
import { random } from "../../oracle/random.ts";

const rule = gaussRule(uniform, 24);

/** ∫_0^t f, in pieces on which the integrand turns little. */
function integral(f: (s: number) => Complex, t: number, rate: number): Complex {
  const pieces = Math.max(1, Math.ceil((Math.abs(t) * rate) / 4));
  const half = t / pieces / 2;
  let re = 0;
  let im = 0;
  for (let p = 0; p < pieces; p++) {
    rule.nodes.forEach((node, q) => {
      const value = f(half * (2 * p + 1 + node));
      re += rule.weights[q] * 2 * half * value.re;
      im += rule.weights[q] * 2 * half * value.im;
    });
  }
  return { re, im };
}

const phase = (x: number): Complex => ({ re: Math.cos(x), im: -Math.sin(x) });
const times = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re });
const away = (a: Complex, b: Complex) => Math.hypot(a.re - b.re, a.im - b.im);

/** Triples from equal over almost equal to far apart. */
const triples: [number, number, number][] = [
  [0, 0, 0],
  [1.7, 1.7, 1.7],
  [1, 1, 1 + 1e-9],
  [1, 1 + 1e-5, 1 - 1e-5],
  [0.3, 0.3, 4],
  [0.3, 4, 0.3],
  [5, -5, -5 + 1e-7],
  [-2, 0.1, 3],
];
const from = random(81);
for (let i = 0; i < 20; i++) triples.push([from.between(-4, 4), from.between(-4, 4), from.between(-4, 4)]);
const ways = [0, 1e-3, 0.5, 2, 9, -0.7, -6];

describe("divided differences of the exponential", () => {
  test("of first order are the integral of one perturbation, for all frequencies and both directions of time", () => {
    for (const [x, y] of triples) {
      for (const t of ways) {
        const slow = integral((s) => phase(x * (t - s) + y * s), t, 2 + Math.abs(x) + Math.abs(y));
        expect(away(divided1(x, y, t), slow)).toBeLessThanOrEqual(3e-15 * (1 + Math.abs(t)));
      }
    }
  });

  test("of second order are the integral of two", () => {
    for (const [x, y, z] of triples) {
      for (const t of ways) {
        // The inner integral is done by hand where that is safe, and by quadrature where y = z within rounding.
        const inner = (s: number): Complex => {
          if (Math.abs(y - z) * Math.abs(s) < 1) return integral((r) => phase(y * (s - r) + z * r), s, 3);
          const [a, b] = [phase(y * s), phase(z * s)];
          return { re: (a.im - b.im) / (z - y), im: (b.re - a.re) / (z - y) };
        };
        const rate = 2 + Math.abs(x) + Math.abs(y) + Math.abs(z);
        const slow = integral((s) => times(phase(x * (t - s)), inner(s)), t, rate);
        expect(away(divided2(x, y, z, t), slow), `${[x, y, z, t]}`).toBeLessThanOrEqual(1e-14 * t * t);
      }
    }
  });

  test("of second order know no order of their frequencies", () => {
    for (const [x, y, z] of triples) {
      const first = divided2(x, y, z, 1.3);
      for (const other of [divided2(y, x, z, 1.3), divided2(z, y, x, 1.3), divided2(y, z, x, 1.3)]) {
        expect(away(first, other)).toBeLessThan(3e-15);
      }
    }
  });

  test("change smoothly where the series hands over to the differences", () => {
    for (const spread of [0.999999, 1.000001]) {
      const low = divided2(0.2, 0.2 + 0.4 * spread, 0.2 + spread, 1);
      const slow = integral((s) => times(phase(0.2 * (1 - s)), divided1(0.2 + 0.4 * spread, 0.2 + spread, s)), 1, 4);
      expect(away(low, slow)).toBeLessThan(1e-15);
    }
  });
});
