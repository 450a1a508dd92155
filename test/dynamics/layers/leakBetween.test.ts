import { expect, test } from "vitest";
import { leakBetween, longestGap } from "../../../src/dynamics/layers/leakBetween.ts";

const layers = (leak: number, spread: number, ...couplings: number[]) => ({
  layerOf: new Uint8Array(0),
  bandOf: new Uint8Array(0),
  leaks: Float64Array.of(leak),
  leak,
  spread,
  couplings: Float64Array.from(couplings),
});

/** ∫p_0 ds by the midpoint rule, of H = c σ_x + d σ_z on two states of which the first leaks, from the second at time 0. */
function exactly(
  c: number,
  d: number,
  from: number,
  h: number,
): { integral: number; norms: (t: number) => Float64Array } {
  const w = Math.hypot(c, d);
  const norms = (t: number) => {
    const first = Math.abs((c / w) * Math.sin(w * t));
    return Float64Array.of(first, Math.sqrt(1 - first * first));
  };
  const steps = 4000;
  let integral = 0;
  for (let i = 0; i < steps; i++) integral += (norms(from + ((i + 0.5) * h) / steps)[0] * h) / steps;
  return { integral, norms };
}

test("what leaks between moments: never less than what does, for two states that rotate, and seldom much more", () => {
  for (const [c, d] of [
    [0.9, 0],
    [0.2, 1],
    [0.01, 3],
  ]) {
    const of = layers(1.7, d, c);
    const gap = longestGap(of);
    let found = 0;
    let exact = 0;
    for (let t = 0; t < 8; t += gap) {
      const { integral, norms } = exactly(c, d, t, gap);
      const [left, right] = [norms(t), norms(t + gap)];
      const between = leakBetween(of, left, right, gap, 0.85 * (left[0] + right[0]));
      expect(between).toBeGreaterThanOrEqual(1.7 * integral * (1 - 1e-6));
      found += between;
      exact += 1.7 * integral;
    }
    expect(found).toBeLessThan(1.5 * exact);
  }
});

test("what leaks between moments: close moments add up to the trapezoidal rule", () => {
  const of = layers(2, 0.3, 0.4, 0.7);
  const [left, right] = [Float64Array.of(0.1, 0.2, 0.9), Float64Array.of(0.1 + 4e-6, 0.2, 0.9)];
  const h = 1e-4;
  expect(leakBetween(of, left, right, h, 0.2 + 4e-6)).toBeCloseTo(2 * h * (0.1 + 2e-6), 12);
  expect(leakBetween(of, left, right, 0, 0.2)).toBe(0);
});

test("what leaks between moments: without couplings and energies no gap is too long", () => {
  expect(longestGap(layers(1, 0, 0, 0))).toBe(Number.POSITIVE_INFINITY);
});
