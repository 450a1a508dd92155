/** How fast the finite reservoir approaches its limit, measured. */

import type { Size } from "../model/types.ts";

/** error ≈ coefficient · M^exponent. */
export interface PowerLaw {
  /** Negative if the error falls: −1/2 in general, −1 where third moments vanish; physics section 4. */
  readonly exponent: number;
  readonly coefficient: number;
  /** Standard error of the exponent from the scatter about the line; 0 for two points. */
  readonly uncertainty: number;
  /** The sizes that lie on the line, ascending: the asymptotic part. */
  readonly sizes: readonly Size[];
}

/** Errors may lie this far, in ln, from the line through the asymptotic part. */
const scatter = 0.01;

/**
 * Fits a power law to errors at several M by least squares on logarithms. Only the asymptotic part counts: as many of
 * the largest sizes as lie on one line within 1 %, and at least the two (of four or more: three) largest. Errors that
 * are not above `noise` (what the errors themselves are uncertain by) and infinite sizes are left out. Null if fewer
 * than two remain.
 */
export function convergence(sizes: readonly Size[], errors: readonly number[], noise = 0): PowerLaw | null {
  if (sizes.length !== errors.length) {
    throw new RangeError(`there must be one error for each size, but there are ${errors.length} for ${sizes.length}.`);
  }
  const points = [...new Map(sizes.map((size, i) => [size, errors[i]]))]
    .filter(([size, error]) => Number.isFinite(size) && error > noise && Number.isFinite(error))
    .sort(([a], [b]) => a - b);
  if (points.length < 2) return null;
  const fewest = points.length >= 4 ? 3 : 2;
  for (let from = 0; from < points.length - fewest; from++) {
    const line = lineThrough(points.slice(from));
    if (line.farthest <= scatter) return line.law;
  }
  return lineThrough(points.slice(points.length - fewest)).law;
}

function lineThrough(points: readonly (readonly [number, number])[]): { law: PowerLaw; farthest: number } {
  const n = points.length;
  const x = points.map(([size]) => Math.log(size));
  const y = points.map(([, error]) => Math.log(error));
  const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / n;
  const [mx, my] = [mean(x), mean(y)];
  const sxx = x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
  const exponent = x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0) / sxx;
  const residuals = x.map((value, i) => y[i] - my - exponent * (value - mx));
  const squares = residuals.reduce((sum, r) => sum + r * r, 0);
  return {
    law: {
      exponent,
      coefficient: Math.exp(my - exponent * mx),
      uncertainty: n > 2 ? Math.sqrt(squares / (n - 2) / sxx) : 0,
      sizes: points.map(([size]) => size),
    },
    farthest: Math.max(...residuals.map(Math.abs)),
  };
}
