/** Spectra: Fourier transforms of two-time correlations. */

import { fourierTransform } from "../algebra/fourierTransform.ts";

/** What C(τ) is multiplied with before it is transformed, T being the last delay; all are 1 at τ = 0. */
export type SpectralWindow = "hann" | "gauss" | "none";

export const spectralWindows: Readonly<Record<SpectralWindow, (share: number) => number>> = {
  /** cos²(πτ/2T): ends at 0, so that no line has side lobes of more than 3 %. */
  hann: (share) => Math.cos((Math.PI * share) / 2) ** 2,
  /** exp(−(3τ/T)²/2): ends at 0.011; lines become Gaussians. */
  gauss: (share) => Math.exp(-((3 * share) ** 2) / 2),
  /** Lines that have not decayed by T get side lobes. */
  none: () => 1,
};

export interface PowerSpectrum {
  /** Ascending, evenly spaced, from −π/Δτ up. */
  readonly frequencies: Float64Array;
  /** S(ω) = (1/π) Re ∫_0^T w(τ) C(τ) e^{iωτ} dτ. */
  readonly values: Float64Array;
  /** Full width at half maximum of a line that does not decay, as the window makes it. */
  readonly resolution: number;
}

/** Frequencies are as dense as if the delays went on, with zeros, this much farther. */
const padding = 4;

/**
 * S(ω) = (1/π) Re ∫_0^T w(τ) C(τ) e^{iωτ} dτ by the trapezoidal rule and one fast Fourier transform. A C(τ) ∝ e^{−iω₀τ}
 * has its line at ω₀; for C(τ) = ⟨A(t+τ)A†(t)⟩ of a stationary state this is the whole transform, from −∞ to ∞, over
 * 2π. Its integral over all ω is Re C(0). `delays` are the τ, evenly spaced from 0 on. Throws RangeError if they are not.
 */
export function powerSpectrum(
  delays: readonly number[],
  correlation: { readonly re: ArrayLike<number>; readonly im: ArrayLike<number> },
  window: SpectralWindow = "hann",
): PowerSpectrum {
  const last = delays.length - 1;
  const step = evenStep(delays);
  let n = 4;
  while (n < padding * delays.length) n *= 2;
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  const shape = spectralWindows[window];
  for (let t = 0; t <= last; t++) {
    const weight = shape(t / last) * (t === 0 || t === last ? 0.5 : 1);
    // The transform has e^{−iωτ}: of the conjugate, it is the conjugate of the one with e^{iωτ}.
    re[t] = weight * correlation.re[t];
    im[t] = -weight * correlation.im[t];
  }
  fourierTransform(re, im);
  const frequencies = Float64Array.from({ length: n }, (_, k) => ((k - n / 2) * 2 * Math.PI) / (n * step));
  const values = Float64Array.from({ length: n }, (_, k) => (re[(k + n / 2) % n] * step) / Math.PI);
  return { frequencies, values, resolution: lineWidth(shape, delays[last]) };
}

function evenStep(delays: readonly number[]): number {
  const step = delays[1] - delays[0];
  const slack = 1e-9 * Math.abs(delays[delays.length - 1]);
  const even = delays.every((delay, t) => Math.abs(delay - t * step) <= slack);
  if (delays.length < 3 || delays[0] !== 0 || !(step > 0) || !even) {
    throw new RangeError(
      "a spectrum needs delays that are evenly spaced from 0 on, three at least, such as 0:100:1001.",
    );
  }
  return step;
}

/** Where ∫ w(τ) cos ωτ dτ has fallen to half of what it is at ω = 0, twice. */
function lineWidth(shape: (share: number) => number, duration: number): number {
  const points = 400;
  const line = (x: number): number => {
    let sum = 0;
    for (let i = 0; i < points; i++) sum += shape((i + 0.5) / points) * Math.cos((x * (i + 0.5)) / points);
    return sum;
  };
  const half = line(0) / 2;
  let [low, high] = [0, 2 * Math.PI];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (line(middle) > half) low = middle;
    else high = middle;
  }
  return (2 * low) / duration;
}
