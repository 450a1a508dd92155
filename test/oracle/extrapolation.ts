/** y′ = f(t, y) by the midpoint rule and extrapolation (Gragg, Bulirsch, Stoer): order 16, nothing shared with the library. */

const rows = [2, 4, 6, 8, 10, 12, 14, 16];

export type Derivative = (t: number, y: Float64Array) => Float64Array;

/** y at `to`, in so many equal steps. */
export function extrapolate(
  derivative: Derivative,
  start: Float64Array,
  from: number,
  to: number,
  steps: number,
): Float64Array {
  let y = start;
  const h = (to - from) / steps;
  for (let s = 0; s < steps; s++) {
    const t = from + s * h;
    let table: Float64Array[] = [];
    rows.forEach((n, k) => {
      const next = [midpoint(derivative, y, t, h, n)];
      for (let j = 1; j <= k; j++) {
        const ratio = (n / rows[k - j]) ** 2 - 1;
        next.push(next[j - 1].map((x, i) => x + (x - table[j - 1][i]) / ratio));
      }
      table = next;
    });
    y = table[rows.length - 1];
  }
  return y;
}

function midpoint(derivative: Derivative, y: Float64Array, t: number, h: number, n: number): Float64Array {
  const step = h / n;
  let before = y;
  let slope = derivative(t, y);
  let now = y.map((x, i) => x + step * slope[i]);
  for (let k = 1; k < n; k++) {
    slope = derivative(t + k * step, now);
    const last = before;
    const after = last.map((x, i) => x + 2 * step * slope[i]);
    before = now;
    now = after;
  }
  slope = derivative(t + h, now);
  return now.map((x, i) => 0.5 * (x + before[i] + step * slope[i]));
}
