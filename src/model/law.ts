/** A distribution of a factor over the sites, and how few values stand for it. */

import { discrete, gaussRule, normal, type Recurrence, type Rule, uniform } from "../algebra/gauss.ts";

/** A probability density with mean `mean`, symmetric about it. */
export type Law =
  | { readonly kind: "normal"; readonly mean: number; readonly deviation: number; readonly cut?: number }
  | { readonly kind: "uniform"; readonly mean: number; readonly width: number }
  | { readonly kind: "lorentzian"; readonly mean: number; readonly width: number; readonly cut: number };

/** One of the values, and which share of the sites has it. */
export interface Atom {
  readonly value: number;
  readonly share: number;
}

/** Beyond this many deviations a normal distribution that is not cut off has nothing that double precision could see. */
const farthest = 9;

/** Points in which integrals over a law are taken, for recurrences: far more than any rule has nodes. */
const fine = 600;

/** Half the width of what the law allows. */
export function reach(law: Law): number {
  if (law.kind === "uniform") return law.width / 2;
  return law.kind === "normal" ? Math.min(law.cut ?? Number.POSITIVE_INFINITY, farthest * law.deviation) : law.cut;
}

/**
 * The Gauss rule of the law: `count` values and shares that give every average of a polynomial of degree < 2 count exactly.
 */
export function gaussAtoms(law: Law, count: number): Atom[] {
  const { measure, scale } = measureOf(law);
  const { nodes, weights } = gaussRule(measure, count);
  return Array.from(nodes, (node, i) => ({ value: law.mean + scale * node, share: weights[i] }));
}

/**
 * `count` equal steps h, for a normal law that is not cut off: they stand for it until 2π/h − τ is a few 1/deviation, when
 * they recur, while Gauss nodes do until a time that grows like √count. Tails that weigh less than `negligible` are left out. Null for other laws.
 */
export function evenAtoms(law: Law, count: number, negligible: number): Atom[] | null {
  if (law.kind !== "normal" || law.cut !== undefined) return null;
  const far = Math.min(farthest, Math.sqrt(2 * Math.log(1 / negligible)));
  const step = (2 * far) / count;
  const places = Array.from({ length: count }, (_, k) => (k - 0.5 * (count - 1)) * step);
  const weights = places.map((z) => Math.exp(-0.5 * z * z));
  const total = weights.reduce((sum, w) => sum + w, 0);
  return places.map((z, k) => ({ value: law.mean + law.deviation * z, share: weights[k] / total }));
}

function measureOf(law: Law): { measure: Recurrence; scale: number } {
  if (law.kind === "uniform") return { measure: uniform, scale: law.width / 2 };
  if (law.kind === "normal" && law.cut === undefined) return { measure: normal, scale: law.deviation };
  const { values, shares } = manyAtoms(law, fine);
  const scale = reach(law);
  const scaled = values.map((x) => (x - law.mean) / scale);
  return { measure: discrete(Array.from(scaled), Array.from(shares)), scale };
}

/** `count` values of equal shares: the mean of the law within each of its quantiles. */
export function quantileAtoms(law: Law, count: number): Atom[] {
  const half = reach(law);
  const edge = (k: number) => (k === 0 ? -half : k === count ? half : quantile(law, k / count));
  return Array.from({ length: count }, (_, k) => ({
    value: law.mean + meanBetween(law, edge(k), edge(k + 1), count),
    share: 1 / count,
  }));
}

/** x − mean below which the law has the probability p. */
function quantile(law: Law, p: number): number {
  if (law.kind === "uniform") return law.width * (p - 0.5);
  if (law.kind === "lorentzian") return 0.5 * law.width * Math.tan((2 * p - 1) * Math.atan((2 * law.cut) / law.width));
  const end = reach(law) / law.deviation;
  const wanted = Math.abs(p - 0.5) * 2 * belowNormal(end);
  let [low, high] = [0, end];
  for (let i = 0; i < 60; i++) {
    const middle = 0.5 * (low + high);
    if (belowNormal(middle) < wanted) low = middle;
    else high = middle;
  }
  return Math.sign(p - 0.5) * law.deviation * low;
}

/** The mean of x − mean where it lies between two neighbouring quantiles of `count`. */
function meanBetween(law: Law, from: number, to: number, count: number): number {
  if (law.kind === "uniform") return 0.5 * (from + to);
  if (law.kind === "lorentzian") {
    // ∫ x/(1 + x²) over the angle is −log cos.
    const log = (x: number) => 0.5 * Math.log1p(((2 * x) / law.width) ** 2);
    return (0.25 * law.width * count * (log(to) - log(from))) / Math.atan((2 * law.cut) / law.width);
  }
  const s = law.deviation;
  const norm = 2 * belowNormal(reach(law) / s);
  return (s * count * (Math.exp(-0.5 * (from / s) ** 2) - Math.exp(-0.5 * (to / s) ** 2))) / norm;
}

/** ∫ e^{−z²/2} from 0 to z. */
function belowNormal(z: number): number {
  shortRule ??= gaussRule(uniform, 48);
  const { nodes, weights } = shortRule;
  return z * weights.reduce((sum, w, i) => sum + w * Math.exp(-0.5 * (0.5 * z * (nodes[i] + 1)) ** 2), 0);
}

let shortRule: Rule | undefined;

/** The law in so many points that integrals over it are sums over them: Gauss-Legendre in x, or in the angle whose tangent is x where the law is a Lorentzian. */
export function manyAtoms(law: Law, count: number): { values: Float64Array; shares: Float64Array } {
  const { nodes, weights } = legendre(count);
  const far = reach(law);
  const half = law.kind === "lorentzian" ? Math.atan((2 * far) / law.width) : 1;
  const values = nodes.map(
    (u) => law.mean + (law.kind === "lorentzian" ? 0.5 * law.width * Math.tan(half * u) : far * u),
  );
  const shares = weights.map((w, i) =>
    law.kind === "normal" ? w * Math.exp(-0.5 * ((values[i] - law.mean) / law.deviation) ** 2) : w,
  );
  const total = shares.reduce((sum, w) => sum + w, 0);
  return { values, shares: shares.map((w) => w / total) };
}

let legendreRule: Rule | undefined;

function legendre(count: number): Rule {
  if (legendreRule?.nodes.length !== count) legendreRule = gaussRule(uniform, count);
  return legendreRule;
}
