/** The normal distribution, and how far another one is from it. */

import type { SumDistribution } from "./independentSum.ts";

/**
 * Φ(x) for mean 0 and variance 1, to 1e-15: Φ(x) − ½ = φ(x) Σ x^{2n+1}/(2n+1)!! (Marsaglia, J. Stat. Softw. 11(4),
 * 2004).
 */
export function normalCumulative(x: number): number {
  if (x > 8.5) return 1;
  if (x < -8.5) return 0;
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (x * x) / (2 * n + 1);
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/**
 * Kolmogorov's distance sup_x |P(X ≤ x) − Φ(x/σ)| to the normal distribution of the given variance > 0. Where the
 * distribution is binned, the supremum is over the edges of the bins, and half a step of equally spaced values is
 * added: the cumulative probability is a staircase about the line through its edges.
 */
export function kolmogorovDistance(distribution: SumDistribution, variance: number): number {
  const { values, probabilities, edges, spacing } = distribution;
  const sigma = Math.sqrt(variance);
  let below = 0;
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const above = below + probabilities[i];
    if (edges === null) {
      const normal = normalCumulative(values[i] / sigma);
      largest = Math.max(largest, Math.abs(below - normal), Math.abs(above - normal));
    } else {
      const density = (probabilities[i] + (probabilities[i + 1] ?? 0)) / (2 * (edges[i + 1] - edges[i]));
      const smooth = Math.abs(above - normalCumulative(edges[i + 1] / sigma));
      largest = Math.max(largest, smooth + (density * spacing) / 2);
    }
    below = above;
  }
  return largest;
}
