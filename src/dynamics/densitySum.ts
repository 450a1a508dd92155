/** ρ_S(t) as a weighted sum over sectors: the average of model → sectors → evolve each → average. */

import { FourierSums } from "../algebra/fourierSum.ts";
import { addSeries, type MatrixSeries, zeroSeries } from "../algebra/series.ts";
import type { DensityPairs } from "./densitySpectral.ts";
import { seriesOf } from "./pairTerms.ts";

export class DensitySum {
  private readonly series: MatrixSeries;
  /** Pairs of eigenvectors of all sectors go into one Fourier sum, which is formed once. */
  private pairs: { readonly sums: FourierSums; readonly re: Float64Array; readonly im: Float64Array } | null = null;

  /** Nothing yet, at the given times, of N × N matrices. */
  constructor(times: readonly number[], system: number) {
    this.series = zeroSeries(times, system);
  }

  addSeries(series: MatrixSeries, weight: number): void {
    addSeries(this.series, series, weight);
  }

  addPairs(pairs: DensityPairs, weight: number): void {
    const { dimension: n, times } = this.series;
    this.pairs ??= {
      sums: new FourierSums(seriesOf(n).length, times),
      re: new Float64Array(n * n),
      im: new Float64Array(n * n),
    };
    this.pairs.sums.add(pairs, weight);
    for (let e = 0; e < n * n; e++) {
      this.pairs.re[e] += weight * pairs.constant.re[e];
      this.pairs.im[e] += weight * pairs.constant.im[e];
    }
  }

  /** The sum; to be called once. */
  finish(): MatrixSeries {
    const { series, pairs } = this;
    if (pairs === null) return series;
    const { dimension: n } = series;
    const sums = pairs.sums.finish();
    const add = (to: Float64Array, a: number, b: number, sign: number, constant: number, from: Float64Array) => {
      const stride = n * n;
      for (let t = 0, at = a * n + b; t < from.length; t++, at += stride) to[at] += sign * (constant + from[t]);
    };
    seriesOf(n).forEach((one, s) => {
      if ("diagonal" in one) {
        const [first, second] = one.diagonal;
        add(series.re, first, first, 1, pairs.re[first * (n + 1)], sums[s].re);
        if (second !== undefined) add(series.re, second, second, 1, pairs.re[second * (n + 1)], sums[s].im);
      } else {
        const { a, b } = one;
        add(series.re, a, b, 1, pairs.re[a * n + b], sums[s].re);
        add(series.re, b, a, 1, pairs.re[a * n + b], sums[s].re);
        add(series.im, a, b, 1, pairs.im[a * n + b], sums[s].im);
        add(series.im, b, a, -1, pairs.im[a * n + b], sums[s].im);
      }
    });
    return series;
  }
}
