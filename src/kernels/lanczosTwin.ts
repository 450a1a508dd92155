/** The readable twins of assembly/lanczos.ts, rows.ts and products.ts. */

import type { ProductOperator, RowOperator } from "./stepOperator.ts";

/** y = σ H x − γ z for H in compressed rows; gives ⟨x|y⟩. */
export function rowsTwin(
  h: RowOperator,
  width: number,
  x: Float64Array,
  z: Float64Array,
  y: Float64Array,
  sigma: number,
  gamma: number,
): number {
  const real = h.im.length === 0;
  let overlap = 0;
  for (let i = 0; i < h.rows; i++) {
    let re = 0;
    let im = 0;
    for (let e = h.rowStart[i]; e < h.rowStart[i + 1]; e++) {
      const j = h.column[e] * width;
      re += h.re[e] * x[j];
      if (width === 2) im += h.re[e] * x[j + 1];
      if (!real) {
        re -= h.im[e] * x[j + 1];
        im += h.im[e] * x[j];
      }
    }
    const at = i * width;
    y[at] = sigma * re - gamma * z[at];
    overlap += y[at] * x[at];
    if (width === 1) continue;
    y[at + 1] = sigma * im - gamma * z[at + 1];
    overlap += y[at + 1] * x[at + 1];
  }
  return overlap;
}

/** The same for a sum of products of operators on S and on the bosons. */
export function productsTwin(
  h: ProductOperator,
  width: number,
  x: Float64Array,
  z: Float64Array,
  y: Float64Array,
  sigma: number,
  gamma: number,
): number {
  const { system: n, fockCount } = h;
  const numbers = n * width;
  let overlap = 0;
  for (let f = 0; f < fockCount; f++) {
    const own = f * numbers;
    for (let s = 0; s < n; s++) {
      for (let c = 0; c < width; c++) {
        const at = own + s * width + c;
        let sum = h.energies[f] * x[at];
        for (let t = 0; t < n; t++) sum += h.onSystem[s * n + t] * x[own + t * width + c];
        for (let r = 0; r < h.termCount; r++) {
          const row = r * (fockCount + 1) + f;
          for (let e = h.rowStart[row]; e < h.rowStart[row + 1]; e++) {
            for (let t = 0; t < n; t++) {
              sum += h.operators[(r * n + s) * n + t] * h.values[e] * x[h.column[e] * numbers + t * width + c];
            }
          }
        }
        y[at] = sigma * sum - gamma * z[at];
        overlap += y[at] * x[at];
      }
    }
  }
  return overlap;
}

/** y −= s x; gives ‖y‖². */
export function subtractScaledTwin(y: Float64Array, x: Float64Array, s: number): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    y[i] -= s * x[i];
    sum += y[i] * y[i];
  }
  return sum;
}
