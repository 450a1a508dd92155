/**
 * The Kaiser-Bessel window by which the terms of a Fourier sum are spread over a grid (Fessler and Sutton, IEEE Trans. Signal
 * Process. 51, 560, 2003): of windows that are 0 beyond a few points it has nearly the narrowest transform, which is known.
 */

/** Degree of the polynomials for the window between two grid points: they are good to 1e-15 of its height. */
export const windowDegree = 13;

export interface SpreadingWindow {
  /** Grid points to each side of a term that it is spread over. */
  readonly half: number;
  /**
   * Coefficients of the window on the r-th point to the right, r < half, as a polynomial in y = 2x − 1 of a term that is x beyond
   * a grid point: those of r and r + 1 side by side, degree by degree. On the r-th point to the left it is the same in −y.
   */
  readonly table: Float64Array;
  /** ∫ window e^{−iκx} dx, x in grid points. */
  transform(kappa: number): number;
}

const known = new Map<number, SpreadingWindow>();

/** The window for grids with `atLeast` ≥ 2 points for each time: what it cuts off and folds over is 5e-15 of a term. */
export function spreadingWindow(atLeast: number): SpreadingWindow {
  // Few windows serve all grids.
  const oversampling = Math.floor(4 * atLeast) / 4;
  const found = known.get(oversampling);
  if (found !== undefined) return found;
  const half = Math.ceil(33 / (2 * Math.PI * Math.sqrt(1 - 1 / oversampling)));
  const shape = 2 * Math.PI * half * (1 - 1 / (2 * oversampling));
  const window: SpreadingWindow = {
    half,
    table: tableOf(half, shape),
    transform: (kappa) => {
      const root = Math.sqrt(shape ** 2 - (kappa * half) ** 2);
      return (half * (Math.exp(root - shape) - Math.exp(-root - shape))) / root;
    },
  };
  known.set(oversampling, window);
  return window;
}

/** The window on the points around a term that is x beyond a point: even and odd parts of each polynomial serve both sides. */
export function fillWindow(
  window: Float64Array,
  x: number,
  { half, table }: Pick<SpreadingWindow, "half" | "table">,
): void {
  const y = 2 * x - 1;
  for (let r = 0; r < half; r++) {
    const at = 2 * (r >> 1) * (windowDegree + 1) + (r & 1);
    let even = 0;
    let odd = 0;
    for (let k = windowDegree; k > 0; k -= 2) {
      odd = odd * y * y + table[at + 2 * k];
      even = even * y * y + table[at + 2 * k - 2];
    }
    window[half + r] = even + y * odd;
    window[half - 1 - r] = even - y * odd;
  }
}

function tableOf(half: number, shape: number): Float64Array {
  const length = windowDegree + 1;
  const table = new Float64Array(2 * Math.ceil(half / 2) * length);
  for (let r = 0; r < half; r++) {
    // The point r to the right is r + (1 − y)/2 away.
    const coefficients = polynomialOf((y) => kaiserBessel((r + 0.5 * (1 - y)) / half, shape));
    for (let k = 0; k < length; k++) table[2 * ((r >> 1) * length + k) + (r & 1)] = coefficients[k];
  }
  return table;
}

/** I₀(shape √(1 − z²)) e^{−shape}. */
function kaiserBessel(z: number, shape: number): number {
  const quarter = 0.25 * shape ** 2 * Math.max(0, 1 - z ** 2);
  let term = Math.exp(-shape);
  let sum = term;
  for (let k = 1; term > 1e-18 * sum; k++) {
    term *= quarter / k ** 2;
    sum += term;
  }
  return sum;
}

/** Coefficients of the polynomial that interpolates a function on [−1, 1] at Chebyshev's nodes. */
function polynomialOf(f: (y: number) => number): Float64Array {
  const length = windowDegree + 1;
  const angles = Array.from({ length }, (_, j) => (Math.PI * (j + 0.5)) / length);
  const values = angles.map((angle) => f(Math.cos(angle)));
  const sum = new Float64Array(length);
  // T_k and T_{k−1} in powers of y.
  let [chebyshev, before] = [new Float64Array(length), new Float64Array(length)];
  chebyshev[0] = 1;
  for (let k = 0; k < length; k++) {
    const mean = values.reduce((total, value, j) => total + value * Math.cos(k * angles[j]), 0) / length;
    for (let i = 0; i < length; i++) sum[i] += (k === 0 ? 1 : 2) * mean * chebyshev[i];
    const next = before.map((x, i) => (i === 0 ? 0 : (k === 0 ? 1 : 2) * chebyshev[i - 1]) - x);
    [chebyshev, before] = [next, chebyshev];
  }
  return sum;
}
