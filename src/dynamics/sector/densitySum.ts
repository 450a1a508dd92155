/** ρ_S(t) as a weighted sum over sectors: the average of model → sectors → evolve each → average. */

import { FourierSums } from "../../algebra/fourierSum.ts";
import { addSeries, type MatrixSeries, zeroSeries } from "../../algebra/series.ts";
import { PairTerms, seriesOf } from "../spectral/pairTerms.ts";

/** So many terms are gathered before they are spread over the times. */
const manyTerms = 4096;

/** Room for the terms of one sum after the other. */
let spare: PairTerms | null = null;

function pairTerms(system: number, allowed: number): PairTerms {
  const terms = spare?.system === system ? spare : new PairTerms(system);
  spare = null;
  terms.restart(allowed);
  return terms;
}

export class DensitySum {
  private readonly series: MatrixSeries;
  /** Pairs of eigenvectors of all sectors go into one Fourier sum, which is formed once. */
  private pairs: { readonly terms: PairTerms; readonly sums: FourierSums } | null = null;

  private readonly allowed: number;

  /** Nothing yet, at the given times, of N × N matrices, any entry of which may be off by `allowed` for each unit of weight. */
  constructor(times: readonly number[], system: number, allowed = 0) {
    this.series = zeroSeries(times, system);
    this.allowed = allowed;
  }

  /** Bound on what was left out of any entry, once the sum is formed. */
  dropped = 0;

  addSeries(series: MatrixSeries, weight: number): void {
    addSeries(this.series, series, weight);
  }

  /** Calls `add` with what takes pairs of eigenvectors. */
  addPairs(add: (pairs: PairTerms) => void): void {
    const { dimension: n, times } = this.series;
    this.pairs ??= { terms: pairTerms(n, this.allowed), sums: new FourierSums(seriesOf(n).length, times) };
    add(this.pairs.terms);
    if (this.pairs.terms.count >= manyTerms) this.spread();
  }

  private spread(): void {
    this.pairs?.sums.add(this.pairs.terms);
    this.pairs?.terms.clear();
  }

  /** The sum; to be called once. */
  finish(): MatrixSeries {
    const { series, pairs } = this;
    if (pairs === null) return series;
    const { dimension: n } = series;
    const { constant, dropped } = pairs.terms;
    this.dropped = dropped;
    const sums = pairs.sums.finish(pairs.terms);
    const add = (to: Float64Array, a: number, b: number, sign: number, still: number, from: Float64Array) => {
      const stride = n * n;
      for (let t = 0, at = a * n + b; t < from.length; t++, at += stride) to[at] += sign * (still + from[t]);
    };
    seriesOf(n).forEach((one, s) => {
      if ("diagonal" in one) {
        const [first, second] = one.diagonal;
        add(series.re, first, first, 1, constant.re[first * (n + 1)], sums[s].re);
        if (second !== undefined) add(series.re, second, second, 1, constant.re[second * (n + 1)], sums[s].im);
      } else {
        const { a, b } = one;
        add(series.re, a, b, 1, constant.re[a * n + b], sums[s].re);
        add(series.re, b, a, 1, constant.re[a * n + b], sums[s].re);
        add(series.im, a, b, 1, constant.im[a * n + b], sums[s].im);
        add(series.im, b, a, -1, constant.im[a * n + b], sums[s].im);
      }
    });
    spare = pairs.terms;
    return series;
  }
}
