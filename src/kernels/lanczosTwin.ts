/** The readable twins of assembly/lanczos.ts. */

import type { LadderOperator, ProductOperator, RowOperator } from "./krylovKernels.ts";

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

/** The same for a real H that is not stored: physics section 4 term by term. */
export function laddersTwin(
  h: LadderOperator,
  width: number,
  x: Float64Array,
  z: Float64Array,
  y: Float64Array,
  sigma: number,
  gamma: number,
): number {
  const { system: n, modes, occupations } = h;
  const numbers = n * width;
  const below = new Float64Array(numbers);
  const above = new Float64Array(numbers);
  const out = new Float64Array(numbers);
  const inGroup = new Float64Array(h.groupCount);
  let overlap = 0;
  for (let f = 0; f < h.fockCount; f++) {
    const own = f * numbers;
    const at = f * modes;
    inGroup.fill(0);
    for (let k = 0; k < modes; k++) inGroup[h.groupOf[k]] += occupations[at + k];
    const supply = (k: number, less: number) =>
      h.supply.length === 0 ? 1 : h.supply[h.groupOf[k] * h.totals + inGroup[h.groupOf[k]] - less];
    for (let s = 0; s < n; s++) {
      for (let c = 0; c < width; c++) {
        let sum = h.energies[f] * x[own + s * width + c];
        for (let t = 0; t < n; t++) sum += h.onSystem[s * n + t] * x[own + t * width + c];
        out[s * width + c] = sum;
      }
    }
    for (let r = 0; r < h.termCount; r++) {
      below.fill(0);
      above.fill(0);
      for (let e = h.terms[3 * r]; e < h.terms[3 * r + 1]; e++) {
        const k = h.mode[e];
        const down = h.lowered[at + k];
        const up = h.raised[at + k];
        for (let c = 0; c < numbers; c++) {
          if (down >= 0) {
            below[c] += h.factor[e] * h.roots[occupations[at + k]] * supply(k, 1) * x[down * numbers + c];
          }
          if (up >= 0) above[c] += h.factor[e] * h.roots[occupations[at + k] + 1] * supply(k, 0) * x[up * numbers + c];
        }
      }
      for (let s = 0; s < n; s++) {
        for (let t = 0; t < n; t++) {
          const down = h.operators[(r * n + s) * n + t];
          const up = h.operators[(r * n + t) * n + s];
          for (let c = 0; c < width; c++) out[s * width + c] += down * below[t * width + c] + up * above[t * width + c];
        }
      }
    }
    for (let c = 0; c < numbers; c++) {
      y[own + c] = sigma * out[c] - gamma * z[own + c];
      overlap += y[own + c] * x[own + c];
    }
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
