/** What few nodes miss of an average over a number of sites, which is binomial (docs/certificates.md, section 6). */

import { binomialWeight } from "../../algebra/binomialWeight.ts";
import { binomial, orthonormalPolynomials, type Rule } from "../../algebra/gauss.ts";
import { mostCounted } from "./family.ts";
import { type Magnitude, type Missed, normalised, ofStates, roundedSums } from "./missed.ts";

/** n of `trials` sites, each with probability p. */
export interface Trials {
  readonly trials: number;
  readonly p: number;
}

/** How a function F of n depends on it, up to time t. */
export interface Differences {
  /**
   * Bound on (Σ_{j ≥ m} |c_j|²)^{1/2}, c_j the coefficients of F in the polynomials orthonormal to the distribution; less than that
   * may be proved of a single c_m.
   */
  coefficient(m: number): number;
  /** Bound on what F changes from one n to the next. */
  readonly step: number;
  /** How large F is, where it is no state: of that no rule misses more than 1 of an entry. */
  readonly whole?: number;
}

/** Degrees to which a rule's own errors are looked at. */
const mostDegrees = 64;

/**
 * What a rule misses: c_j times what it makes of the polynomial of degree j, which should be 0, and for degrees from m on at most
 * (Σ_{j ≥ m} |c_j|²)^{1/2} Σ_i |q_i| w_i^{−1/2}, since the squares of all polynomials at n sum to 1/w_n. The best m is taken.
 */
export function missedByRule(
  { trials, p }: Trials,
  { nodes, weights }: Rule,
  differences: (t: number) => Differences,
): (t: number) => number {
  const mean = trials * p;
  const whole = nodes.every((node) => Math.abs(node + mean - Math.round(node + mean)) < 1e-3);
  const exact = trials < mostCounted;
  if (exact && !whole) return () => Number.POSITIVE_INFINITY;
  const degrees = Math.min(mostDegrees, trials + 1);
  const signed = new Float64Array(degrees);
  const moduli = new Float64Array(degrees);
  let beyond = 0;
  let modulus = 0;
  const measure = binomial(trials, p);
  nodes.forEach((node, i) => {
    orthonormalPolynomials(measure, degrees, node).forEach((value, j) => {
      signed[j] += weights[i] * value;
      moduli[j] += Math.abs(weights[i] * value);
    });
    beyond += Math.abs(weights[i]) / Math.sqrt(binomialWeight(trials, p, node + mean));
    modulus += Math.abs(weights[i]);
  });
  // The recurrence rounds a few times for each degree.
  const made = signed.map((value, j) => Math.abs(value) + 8 * (j + 1) * Number.EPSILON * moduli[j]);
  return (t) => {
    const { coefficient, step, whole } = differences(t);
    let least = Number.POSITIVE_INFINITY;
    for (let m = 1, below = 0; m < degrees; m++) {
      const size = coefficient(m);
      least = Math.min(least, below + size * beyond);
      below += size * made[m];
      if (!(below < least)) break;
    }
    const most = whole === undefined ? 1 : (1 + modulus) * whole;
    return Math.min(most, least + (exact ? 0 : modulus * step)) + roundedSums * (whole ?? 1);
  };
}

/** √(C(N, m) (pq)^m): what the m-th difference of F is multiplied by in c_m. */
export function coefficientScale({ trials, p }: Trials, m: number): number {
  let product = 1;
  for (let i = 0; i < m; i++) product *= ((trials - i) / (i + 1)) * p * (1 - p);
  return Math.sqrt(Math.max(0, product));
}

/**
 * What couples one site to S, in the mean: less at most by `still` if it starts in one way and not in the other and has not acted on S
 * before, and by `moved` if it has.
 */
export interface SiteForce {
  readonly still: number;
  readonly moved: number;
}

/**
 * For sites of which n start in one way and the others in another, `rate(t)` bounding what each of several sites changes if it
 * starts in the one and not in the other way: m-th differences of ρ_S are at most rate^m.
 */
export function missedOfCounts(sites: Trials, rate: (t: number) => number, force: (t: number) => SiteForce): Missed {
  const { trials, p } = sites;
  const deviation = Math.sqrt(trials * p * (1 - p));
  const forceAt = (t: number, { forces = 0 }: Magnitude): SiteForce => {
    if (forces === 0) return noForce;
    const { still, moved } = force(t);
    return { still: forces * still, moved: forces * moved };
  };
  return {
    byRule: (rule, magnitudes = ofStates) => {
      const farthest = rule.nodes.reduce((most, node) => Math.max(most, Math.abs(node)), deviation);
      return missedByRule(sites, rule, (t) => {
        const y = rate(t);
        const magnitude = magnitudes(t);
        const { still, moved } = forceAt(t, magnitude);
        const { each } = magnitude;
        const whole = magnitude.whole + still * deviation;
        const most = magnitude.whole + still * farthest;
        const own = still + moved;
        return {
          coefficient: (m) =>
            coefficientScale(sites, m) * (y ** m * (whole + m * each) + (own === 0 ? 0 : m * y ** (m - 1) * own)),
          step: y * (most + each) + own,
          ...(magnitudes !== ofStates && { whole: most }),
        };
      });
    },
    byLattice:
      (spacing, magnitudes = ofStates) =>
      (t) => {
        const magnitude = magnitudes(t);
        const { still, moved } = forceAt(t, magnitude);
        const whole = magnitude.whole + still * deviation;
        // Numbers that vanish are not missed.
        if (whole === 0) return 0;
        const shares = { each: magnitude.each / whole, still: still / whole, moved: moved / whole };
        return whole * latticeOfCounts(sites, Math.round(spacing), rate(t), shares);
      },
  };
}

const noForce: SiteForce = { still: 0, moved: 0 };

/** Smaller terms than this are not worth a loop. */
const negligible = 1e-18;

/**
 * A lattice of step h sees the averages of ρ_S zⁿ, z = e^{2πir/h}, 0 < r < h, as if they were the one with z = 1. Each is that of
 * sites which start in an operator of trace c = q + pz, and is at most the N-th power of what is proved of one site. `apart`: what
 * belongs to a site by itself, as a share of the whole.
 */
function latticeOfCounts(
  { trials, p }: Trials,
  step: number,
  each: number,
  apart: SiteForce & { readonly each: number },
): number {
  if (step <= 1) return 0;
  const q = 1 - p;
  let sum = 0;
  for (let r = 1; 2 * r <= step; r++) {
    const angle = (2 * Math.PI * r) / step;
    const both = 2 * r === step ? 1 : 2;
    const { log, change } = ofSite(p, q, angle, each);
    const changed = Math.min(1, change * each * Math.exp(-log));
    sum += both * Math.exp(trials * log) * (1 + trials * changed * apart.each);
    const own = change * apart.moved + 2 * p * q * Math.sin(0.5 * angle) * apart.still;
    if (own > 0) sum += both * Math.exp((trials - 1) * log) * trials * own;
    // From here on what is missed falls, and so do these: |z − 1| ≤ θ and |c|² ≤ 1 − 4pq θ²/π².
    const slope = p * q * angle * (angle * (2 / Math.PI ** 2) - each * Math.exp(0.5));
    const most = 1 + trials * (apart.each + 2 * apart.moved + apart.still);
    const rest = step * Math.exp(-(trials - 1) * slope) * most;
    if (slope > 0 && rest < negligible) return normalised(sum + rest) + roundedSums;
    if (sum > 1) return Number.POSITIVE_INFINITY;
  }
  return normalised(sum) + roundedSums;
}

/**
 * The logarithm of |c − u| + |u| + |pz − u| · each, and |pz − u|: u of the operator is taken as a state, pz − u as a change, and u is
 * chosen near where that is least.
 */
function ofSite(p: number, q: number, angle: number, each: number): { readonly log: number; readonly change: number } {
  // c = q + pz, by its modulus and its phase less pθ, without loss of digits at small angles.
  const versine = 2 * Math.sin(0.5 * angle) ** 2;
  const [cRe, cIm] = [1 - p * versine, p * Math.sin(angle)];
  const logC = 0.5 * Math.log1p(-2 * p * q * versine);
  const shift = Math.min(p * q * each, p * q * angle);
  // |q − iη| + |p + iη| − 1, η the shift.
  const moduli = shift ** 2 / (Math.hypot(q, shift) + q) + shift ** 2 / (Math.hypot(p, shift) + p);
  // pz − c(p + iη) = pq(z − 1) − iηc.
  const changeRe = -p * q * versine + shift * cIm;
  const changeIm = p * q * Math.sin(angle) - shift * cRe;
  const change = Math.hypot(changeRe, changeIm);
  const log = Math.log1p(Math.expm1(logC) + Math.exp(logC) * moduli + change * each);
  return { log, change };
}
