/** Third moments of the site operators, which decide how fast the limit is approached. */

import type { Matrix } from "../algebra/matrix.ts";
import { adjoint, norm } from "../algebra/matrix.ts";
import type { Model, Reservoir } from "../model/types.ts";
import { degeneracyTolerance, eigenbasis, inEigenbasis } from "../reservoir/eigenbasis.ts";

export interface ThirdMoments {
  /**
   * Σ over pairs of Bohr frequencies of the modulus of that component of tr(ρ v(t_1) v(t_2) v(t_3)), the largest over
   * all words of v_q and v_q†. No third moment is larger at any times; where frequencies are incommensurate, this is
   * the supremum. Of several reservoirs, times the share of each: words that mix them have no third moment.
   */
  readonly largest: number;
  /** All third moments are 0 at all times. */
  readonly vanish: boolean;
  /** Exponent of M expected in the distance to the limit: −1 if they vanish, −1/2 in general; physics section 4. */
  readonly exponent: -1 | -0.5;
}

/** Components smaller than this, relative to the norms of the operators, are rounding errors. */
const rounding = 1e-12;

/**
 * The third moments of the centred site operators. As functions of t_1, t_2, t_3 they are sums of exponentials with
 * the frequencies (E_k − E_l, E_l − E_m, E_m − E_k), and vanish at all times exactly if each coefficient, that is the
 * sum of p_k [a]_kl [b]_lm [c]_mk over all k, l, m with the same frequencies, is 0: finitely many conditions, no times
 * to sample.
 */
export function thirdMoments(model: Model): ThirdMoments {
  const all = model.reservoirs.map((one) => ({ share: one.share, ...momentsOf(one) }));
  const vanish = all.every((one) => one.vanish);
  const largest = Math.max(...all.map((one) => (one.vanish ? 0 : one.share * one.largest)));
  return { largest, vanish, exponent: vanish ? -1 : -0.5 };
}

function momentsOf(reservoir: Reservoir): { largest: number; vanish: boolean } {
  const basis = eigenbasis(reservoir.site);
  const groups = frequencyPairs(basis.energies);
  const operators = reservoir.couplings.flatMap(({ site }) => {
    const inBasis = inEigenbasis(site, basis);
    return [inBasis, adjoint(inBasis)];
  });
  let largest = 0;
  let vanish = true;
  for (const a of operators) {
    for (const b of operators) {
      for (const c of operators) {
        const { sum, greatest } = components(basis.populations, a, b, c, groups);
        largest = Math.max(largest, sum);
        if (greatest > rounding * norm(a) * norm(b) * norm(c)) vanish = false;
      }
    }
  }
  return { largest, vanish };
}

interface FrequencyPairs {
  readonly count: number;
  /** Which pair of frequencies (k, l, m) belongs to, at index (k·d + l)·d + m. */
  readonly of: Int32Array;
}

function frequencyPairs(energies: Float64Array): FrequencyPairs {
  const d = energies.length;
  const scale = Math.max(...energies.map(Math.abs), Number.MIN_VALUE);
  const differences = Array.from({ length: d * d }, (_, i) => energies[Math.floor(i / d)] - energies[i % d]);
  const order = [...differences.keys()].sort((i, j) => differences[i] - differences[j]);
  const frequency = new Int32Array(d * d);
  let distinct = 0;
  order.forEach((i, rank) => {
    if (rank > 0 && differences[i] - differences[order[rank - 1]] > 4 * degeneracyTolerance * scale) distinct++;
    frequency[i] = distinct;
  });
  const numbers = new Map<number, number>();
  const of = new Int32Array(d ** 3);
  for (let i = 0; i < of.length; i++) {
    const pair = frequency[Math.floor(i / d)] * (distinct + 1) + frequency[i % (d * d)];
    const number = numbers.get(pair) ?? numbers.size;
    numbers.set(pair, number);
    of[i] = number;
  }
  return { count: numbers.size, of };
}

function components(
  populations: Float64Array,
  a: Matrix,
  b: Matrix,
  c: Matrix,
  groups: FrequencyPairs,
): { sum: number; greatest: number } {
  const d = populations.length;
  const re = new Float64Array(groups.count);
  const im = new Float64Array(groups.count);
  for (let k = 0; k < d; k++) {
    for (let l = 0; l < d; l++) {
      const [ar, ai] = [populations[k] * a.re[k * d + l], populations[k] * a.im[k * d + l]];
      if (ar === 0 && ai === 0) continue;
      for (let m = 0; m < d; m++) {
        const [x, y] = [l * d + m, m * d + k];
        const br = ar * b.re[x] - ai * b.im[x];
        const bi = ar * b.im[x] + ai * b.re[x];
        const group = groups.of[(k * d + l) * d + m];
        re[group] += br * c.re[y] - bi * c.im[y];
        im[group] += br * c.im[y] + bi * c.re[y];
      }
    }
  }
  let sum = 0;
  let greatest = 0;
  for (let i = 0; i < groups.count; i++) {
    const size = Math.hypot(re[i], im[i]);
    sum += size;
    greatest = Math.max(greatest, size);
  }
  return { sum, greatest };
}
