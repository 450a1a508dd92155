import { expect, test } from "vitest";
import { leakBetween, longestGap } from "../../src/dynamics/leakBetween.ts";

const layers = (leak: number, ...couplings: number[]) => ({
  layerOf: new Uint8Array(0),
  leak,
  couplings: Float64Array.from(couplings),
});

test("what leaks between moments: two coupled layers follow cosh and sinh", () => {
  const [leak, c, p, q, h] = [1.7, 0.6, 0.01, 0.3, 0.8];
  // p' = c q, q' = c p from (p, q): ∫p = (p sinh ch + q (cosh ch − 1))/c.
  const exact = (leak * (p * Math.sinh(c * h) + q * (Math.cosh(c * h) - 1))) / c;
  const found = leakBetween(layers(leak, c), Float64Array.of(p, q), 0, h);
  expect(found).toBeGreaterThanOrEqual(exact);
  expect(found).toBeLessThan(1.002 * exact);
});

test("what leaks between moments: both sides of a moment add up, and nothing leaks in no time", () => {
  const three = layers(2, 0.4, 0.7);
  const norms = Float64Array.of(0.1, 0.2, 0.9);
  const [before, after] = [leakBetween(three, norms, 0.3, 0), leakBetween(three, norms, 0, 0.5)];
  expect(leakBetween(three, norms, 0.3, 0.5)).toBeCloseTo(before + after, 15);
  expect(leakBetween(three, norms, 0, 0)).toBe(0);
});

test("what leaks between moments: the rotation of a real pair of layers is below it", () => {
  // H = c σ_x on two states, the first of which leaks: φ = (−i sin ct, cos ct).
  const c = 0.9;
  const gap = longestGap(layers(1, c));
  for (let t = 0; t < 8; t += gap) {
    const norms = Float64Array.of(Math.abs(Math.sin(c * t)), Math.abs(Math.cos(c * t)));
    let exact = 0;
    const steps = 200;
    for (let i = 0; i < steps; i++) exact += (Math.abs(Math.sin(c * (t + ((i + 0.5) * gap) / steps))) * gap) / steps;
    expect(leakBetween(layers(1, c), norms, 0, gap)).toBeGreaterThanOrEqual(exact);
  }
});

test("what leaks between moments: without couplings no gap is too long", () => {
  expect(longestGap(layers(1, 0, 0))).toBe(Number.POSITIVE_INFINITY);
});
