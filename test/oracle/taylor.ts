/** e^{−itH}ψ by Taylor's series in steps: slow, and without any idea that could be shared with the library. */

import type { Ket } from "./cholesky.ts";

/** out = H ψ. */
export type Apply = (psi: Ket, out: Ket) => void;

/**
 * ψ(t) for each of the times (any order, any sign), handed to `visit` with the index of the time; ψ is reused.
 * `normBound` ≥ ‖H‖ sets the steps, ‖H‖τ ≤ 2, and the series is summed until its terms are below 1e-17 of ψ.
 */
export function taylorEvolve(
  apply: Apply,
  normBound: number,
  start: Ket,
  times: readonly number[],
  visit: (t: number, psi: Ket) => void,
): void {
  const indices = times.map((_, i) => i);
  const forward = indices.filter((i) => times[i] >= 0).sort((i, j) => times[i] - times[j]);
  const backward = indices.filter((i) => times[i] < 0).sort((i, j) => times[j] - times[i]);
  const size = start.re.length;
  let term: Ket = { re: new Float64Array(size), im: new Float64Array(size) };
  let next: Ket = { re: new Float64Array(size), im: new Float64Array(size) };
  for (const order of [forward, backward]) {
    const psi = { re: start.re.slice(), im: start.im.slice() };
    const scale = length(start);
    let now = 0;
    for (const index of order) {
      const interval = times[index] - now;
      const steps = Math.ceil((Math.abs(interval) * normBound) / 2);
      const tau = interval / Math.max(1, steps);
      for (let step = 0; step < steps; step++) {
        term.re.set(psi.re);
        term.im.set(psi.im);
        let largest = scale;
        for (let k = 1; largest > 1e-17 * scale; k++) {
          apply(term, next);
          const factor = tau / k;
          for (let i = 0; i < size; i++) {
            const re = factor * next.im[i];
            const im = -factor * next.re[i];
            next.re[i] = re;
            next.im[i] = im;
            psi.re[i] += re;
            psi.im[i] += im;
          }
          [term, next] = [next, term];
          largest = length(term);
        }
      }
      now = times[index];
      visit(index, psi);
    }
  }
}

function length(psi: Ket): number {
  let sum = 0;
  for (let i = 0; i < psi.re.length; i++) sum += psi.re[i] ** 2 + psi.im[i] ** 2;
  return Math.sqrt(sum);
}
