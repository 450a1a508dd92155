/**
 * Truncated power series Σ a_k x^k, each a Float64Array of the same length: what makes the Taylor coefficients of a function
 * exact from those of its parts (recurrences as in Griewank and Walther, Evaluating Derivatives, ch. 13).
 */

export type PowerSeries = Float64Array;

export function seriesProduct(a: PowerSeries, b: PowerSeries): PowerSeries {
  const c = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) {
    if (a[i] === 0) continue;
    for (let j = 0; i + j < a.length; j++) c[i + j] += a[i] * b[j];
  }
  return c;
}

/** a / b; not finite if b_0 = 0. */
export function seriesQuotient(a: PowerSeries, b: PowerSeries): PowerSeries {
  const c = new Float64Array(a.length);
  for (let k = 0; k < a.length; k++) {
    let sum = a[k];
    for (let j = 1; j <= k; j++) sum -= b[j] * c[k - j];
    c[k] = sum / b[0];
  }
  return c;
}

/** e^a: k y_k = Σ_j j a_j y_{k−j}. */
export function seriesExp(a: PowerSeries): PowerSeries {
  const y = new Float64Array(a.length);
  y[0] = Math.exp(a[0]);
  for (let k = 1; k < a.length; k++) y[k] = weightedSum(a, y, k);
  return y;
}

export function seriesSinCos(a: PowerSeries): { readonly sin: PowerSeries; readonly cos: PowerSeries } {
  const sin = new Float64Array(a.length);
  const cos = new Float64Array(a.length);
  sin[0] = Math.sin(a[0]);
  cos[0] = Math.cos(a[0]);
  for (let k = 1; k < a.length; k++) {
    sin[k] = weightedSum(a, cos, k);
    cos[k] = -weightedSum(a, sin, k);
  }
  return { sin, cos };
}

/** tanh a = y with y′ = (1 − y²) a′. */
export function seriesTanh(a: PowerSeries): PowerSeries {
  const y = new Float64Array(a.length);
  const slope = new Float64Array(a.length);
  y[0] = Math.tanh(a[0]);
  slope[0] = 1 - y[0] * y[0];
  for (let k = 1; k < a.length; k++) {
    y[k] = weightedSum(a, slope, k);
    for (let j = 0; j <= k; j++) slope[k] -= y[j] * y[k - j];
  }
  return y;
}

/** a^p: by products for whole p ≥ 0, else a y′ = p a′ y, which needs a_0 > 0. */
export function seriesPower(a: PowerSeries, p: number): PowerSeries {
  if (Number.isInteger(p) && p >= 0) {
    let y = new Float64Array(a.length);
    y[0] = 1;
    let square = a;
    for (let bits = p; bits > 0; bits = Math.floor(bits / 2)) {
      if (bits % 2 === 1) y = seriesProduct(y, square) as Float64Array<ArrayBuffer>;
      square = seriesProduct(square, square);
    }
    return y;
  }
  const y = new Float64Array(a.length);
  y[0] = a[0] ** p;
  for (let k = 1; k < a.length; k++) {
    let sum = 0;
    for (let j = 1; j <= k; j++) sum += (p * j - (k - j)) * a[j] * y[k - j];
    y[k] = sum / (k * a[0]);
  }
  return y;
}

/** (1/k) Σ_{j=1}^{k} j a_j y_{k−j}. */
function weightedSum(a: PowerSeries, y: PowerSeries, k: number): number {
  let sum = 0;
  for (let j = 1; j <= k; j++) sum += j * a[j] * y[k - j];
  return sum / k;
}

/** Σ a_k x^k. */
export function seriesAt(a: PowerSeries, x: number): number {
  let sum = 0;
  for (let k = a.length - 1; k >= 0; k--) sum = sum * x + a[k];
  return sum;
}
