/** The distribution of the fluctuation operator M^{−1/2} Σ v^[m] in ρ^{⊗M}, and how it becomes Gaussian. */

import { eigh } from "../algebra/hermitian.ts";
import type { Matrix } from "../algebra/matrix.ts";
import { add, adjoint, hermitianDefect, inBasis, maxAbs, scale } from "../algebra/matrix.ts";
import { siteNumbers } from "../model/siteNumbers.ts";
import type { Coupling, Model } from "../model/types.ts";
import { convergence, type PowerLaw } from "./convergence.ts";
import type { Atoms, SumDistribution } from "./independentSum.ts";
import { latticeSpacing, merge, secondMoment, sumDistributions } from "./independentSum.ts";
import { kolmogorovDistance } from "./normal.ts";

/** What is measured on a site. */
export interface SiteQuadrature {
  /** d × d, Hermitian, of mean 0, in the user's basis. */
  readonly operator: Matrix;
  /** "v" if v_q is Hermitian and taken as it is, "quadrature" for (e^{−iφ} v + e^{iφ} v†)/√2. */
  readonly kind: "v" | "quadrature";
}

export interface Fluctuation extends SumDistribution {
  /** sup_x |P(X ≤ x) − normal|. */
  readonly distance: number;
  /** What Berry and Esseen prove it not to exceed: 0.469 E|x|³/(σ³ √M) (Shevtsova, Inf. Appl. 7(1), 124, 2013). */
  readonly bound: number;
}

export interface Fluctuations extends SiteQuadrature {
  /** q, from 1. */
  readonly coupling: number;
  /** tr(ρ x²), for every M, and of the normal distribution in the limit. */
  readonly variance: number;
  /** tr(ρ x³)/variance^{3/2}, of one site. */
  readonly skewness: number;
  /** In the order of the sizes asked for; without those at which no site has v_q. */
  readonly distributions: readonly Fluctuation[];
  /** √M · distance as M → ∞ (Esseen, Acta Math. 77, 1, 1945): (|skewness|/6 + h/2σ)/√(2π), h the spacing of values. */
  readonly asymptotic: number;
  /** Measured approach; null if fewer than two sizes show one. */
  readonly approach: PowerLaw | null;
}

/**
 * v_q if it is Hermitian, its quadrature at the angle φ (default 0) if not. Throws RangeError if there is no such
 * coupling.
 */
export function siteQuadrature(model: Model, coupling: number, angle = 0): SiteQuadrature {
  return quadratureOf(ownerOf(model, coupling).given.site, angle);
}

/** The reservoir, from 0, that a coupling belongs to; couplings are counted from 1 through all of them. */
function ownerOf(model: Model, coupling: number): { given: Coupling; reservoir: number } {
  const all = model.reservoirs.flatMap(({ couplings }, reservoir) => couplings.map((given) => ({ given, reservoir })));
  const found = all[coupling - 1];
  if (found === undefined) {
    throw new RangeError(`there is no coupling ${coupling}: they are numbered from 1 to ${all.length}.`);
  }
  return found;
}

function quadratureOf(v: Matrix, angle: number): SiteQuadrature {
  if (hermitianDefect(v) <= 1e-12 * maxAbs(v)) return { operator: v, kind: "v" };
  const turned = scale(v, { re: Math.cos(angle) * Math.SQRT1_2, im: -Math.sin(angle) * Math.SQRT1_2 });
  return { operator: add(turned, adjoint(turned)), kind: "quadrature" };
}

/**
 * Distributions for the sizes given (integers from 1 to 2^20), the limiting variance, and the approach to the limit.
 * `coupling` counts from 1 (default 1); `angle` is that of the quadrature where v_q is not Hermitian. Throws RangeError
 * for sizes and couplings that do not exist. Of several reservoirs, the sum runs over the M_r of the M sites that have v_q,
 * and is scaled by M_r^{−1/2}; where M_r = 0 there is no sum, and nothing is said of that size.
 */
export function fluctuations(
  model: Model,
  sizes: readonly number[],
  { coupling = 1, angle = 0 }: { coupling?: number; angle?: number } = {},
): Fluctuations {
  const { given, reservoir } = ownerOf(model, coupling);
  const { operator, kind } = quadratureOf(given.site, angle);
  const one = spectralDistribution(operator, model.reservoirs[reservoir].site.state);
  const variance = secondMoment(one);
  const sigma = Math.sqrt(variance);
  const moment = (power: (x: number) => number) =>
    one.values.reduce((sum, x, j) => sum + one.probabilities[j] * power(x / sigma), 0);
  // Without fluctuations there is one value, 0, and the limit is the same.
  const still = one.values.length === 1;
  const skewness = still ? 0 : moment((x) => x ** 3);
  const third = still ? 0 : moment((x) => Math.abs(x) ** 3);
  const spacing = latticeSpacing(one.values);
  const numberAt = (size: number) => siteNumbers(model.reservoirs, size)[reservoir];
  const present = sizes.filter((size) => numberAt(size) !== 0);
  const distributions = sumDistributions(one, present.map(numberAt)).map(
    (distribution, i): Fluctuation => ({
      ...distribution,
      size: present[i],
      distance: still ? 0 : kolmogorovDistance(distribution, variance),
      bound: (0.469 * third) / Math.sqrt(distribution.size),
    }),
  );
  return {
    coupling,
    operator,
    kind,
    variance,
    skewness,
    distributions,
    asymptotic: still ? 0 : (Math.abs(skewness) / 6 + spacing / (2 * sigma)) / Math.sqrt(2 * Math.PI),
    approach: convergence(
      present,
      distributions.map(({ distance }) => distance),
    ),
  };
}

/**
 * Eigenvalues of x and how likely they are in ρ, values that only rounding tells apart being one; the mean is set to
 * 0.
 */
export function spectralDistribution(x: Matrix, state: Matrix): Atoms {
  const { values, vectors } = eigh(x);
  const weights = inBasis(state, vectors);
  const n = values.length;
  const likely = Array.from(values, (value, j): [number, number] => [value, weights.re[j * n + j]]).filter(
    ([, p]) => p > 1e-14,
  );
  const { values: distinct, probabilities } = merge(likely, 1e-12 * maxAbs(x));
  const total = probabilities.reduce((sum, p) => sum + p, 0);
  const mean = distinct.reduce((sum, value, j) => sum + (probabilities[j] * value) / total, 0);
  return { values: distinct.map((value) => value - mean), probabilities: probabilities.map((p) => p / total) };
}
