import { expect, test } from "vitest";
import { powerSpectrum, type SpectralWindow, spectralWindows } from "../../src/observables/powerSpectrum.ts";

const delays = Array.from({ length: 501 }, (_, t) => 0.1 * t);
const signal = (of: (t: number) => [number, number]) => ({
  re: delays.map((t) => of(t)[0]),
  im: delays.map((t) => of(t)[1]),
});

test("of a decaying oscillation is a Lorentzian at its frequency", () => {
  // (1/π) Re ∫ e^{−γτ − iω₀τ + iωτ} = (γ/π)/((ω − ω₀)² + γ²), but for e^{−γT} and the steps.
  const [gamma, w0] = [0.4, 1.7];
  const { frequencies, values } = powerSpectrum(
    delays,
    signal((t) => [Math.exp(-gamma * t) * Math.cos(w0 * t), -Math.exp(-gamma * t) * Math.sin(w0 * t)]),
    "none",
  );
  frequencies.forEach((w, k) => {
    if (Math.abs(w) > 5) return;
    expect(Math.abs(values[k] - gamma / Math.PI / ((w - w0) ** 2 + gamma ** 2))).toBeLessThan(1.5e-3);
  });
});

test.each(Object.keys(spectralWindows) as SpectralWindow[])(
  "is the sum that defines it, its area is C(0), its lines as wide as it says: %s",
  (window) => {
    const c = signal((t) => [0.3 + Math.cos(2 * t), -Math.sin(2 * t)]);
    const { frequencies, values, resolution } = powerSpectrum(delays, c, window);
    for (const k of [3, 500, 1111]) {
      let sum = 0;
      delays.forEach((t, i) => {
        const weight = spectralWindows[window](i / 500) * (i === 0 || i === 500 ? 0.5 : 1);
        sum += 0.1 * weight * (c.re[i] * Math.cos(frequencies[k] * t) - c.im[i] * Math.sin(frequencies[k] * t));
      });
      expect(values[k]).toBeCloseTo(sum / Math.PI, 11);
    }
    const step = frequencies[1] - frequencies[0];
    expect(values.reduce((sum, value) => sum + value * step, 0)).toBeCloseTo(1.3, 10);
    const top = values.indexOf(Math.max(...values));
    expect(Math.abs(frequencies[top] - 2)).toBeLessThan(step);
    const above = values.filter((value, k) => Math.abs(frequencies[k] - 2) < 1 && value > values[top] / 2).length;
    expect(Math.abs(above * step - resolution)).toBeLessThan(2 * step);
  },
);

test("needs even delays from 0 on", () => {
  for (const bad of [
    [0, 1],
    [1, 2, 3],
    [0, 1, 3],
    [0, -1, -2],
  ]) {
    const zero = { re: bad, im: bad };
    expect(() => powerSpectrum(bad, zero)).toThrow("evenly spaced from 0");
  }
});
