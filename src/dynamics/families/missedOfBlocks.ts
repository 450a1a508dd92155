/** What few nodes miss of an average over blocks of total spin (docs/certificates.md, section 6). */

import { type Magnitudes, type Missed, ofStates } from "./missed.ts";
import { coefficientScale, missedByRule, type Trials } from "./missedOfCounts.ts";

/**
 * For blocks with N = M − 2s spins, s binomial with probability p, p/q = x: `rate(t)(r)` is what a spin changes that is tilted by
 * |ζ|² = r instead of being in a singlet. A block's thermal state is a mixture of tilted spins, each r with a weight that goes with
 * λ^N, λ = (1 + r)/(1 + r/x), times (N + 1)²/(M − s + 1). `gain(t)(r)`: how many quanta all spins together gain or lose.
 */
export function missedOfBlocks(
  blocks: Trials,
  rate: (t: number) => (r: number) => number,
  gain: (t: number) => (r: number) => number,
): Missed {
  const { trials: size, p } = blocks;
  const x = p / (1 - p);
  // Up to here differences are followed; beyond there is next to no weight.
  const last = Math.floor(size * (p + (0.5 - p) / 2));
  const fewest = size - 2 * last;
  const tilts = tiltsOf(x, fewest);
  const most = (2 * (size + 1) ** 2) / size;
  const differencesAt = (t: number, magnitudes: Magnitudes) => {
    const rateAt = rate(t);
    const { whole, each: quantum } = magnitudes(t);
    const gainAt = quantum === 0 ? () => 0 : gain(t);
    const each = Float64Array.from(tilts, ({ upTo, square, nextSquare }) => {
      const y = rateAt(upTo);
      return 1 - nextSquare + square * (2 * y + y * y);
    });
    // Leibniz' Σ_i m!/(m − i)! (2/M)^i each^{m − i}, which is each^m and m · 2/M times the one before it.
    const powers = Float64Array.from(tilts, ({ weight }) => weight);
    const products = new Float64Array(tilts.length);
    const sizes = Float64Array.from(tilts, ({ upTo }) => whole + quantum * gainAt(upTo));
    const sums: number[] = [];
    const inside = (m: number) => {
      while (sums.length <= m) {
        const factor = (2 * sums.length) / size;
        let sum = 0;
        for (let i = 0; i < powers.length; i++) {
          products[i] = powers[i] + factor * products[i];
          sum += products[i] * (sizes[i] + sums.length * quantum);
          powers[i] *= each[i];
        }
        sums.push(most * sum);
      }
      return sums[m];
    };
    return {
      coefficient: (m: number) => coefficientScale(blocks, m) * (inside(m) + whole * outside(blocks, last, m)),
      step: inside(1),
      ...(magnitudes !== ofStates && { whole }),
    };
  };
  return {
    byRule: (rule, magnitudes = ofStates) => sparing(missedByRule(blocks, rule, (t) => differencesAt(t, magnitudes))),
  };
}

/** Octaves below the latest time in which a bound is found anew. */
const octaves = 6;

/** One bound serves an octave of times: the one at its end. The first time that is asked for is the latest one. */
function sparing(missed: (t: number) => number): (t: number) => number {
  const known: number[] = [];
  let latest = 0;
  return (time) => {
    const t = Math.abs(time);
    if (t > latest) {
      latest = t;
      known.length = 0;
    }
    const octave = t === 0 ? octaves : Math.min(octaves, Math.floor(Math.log2(latest / t)));
    known[octave] ??= missed(latest / 2 ** octave);
    return known[octave];
  };
}

/** Tilts r from one number to the next: their weight, at most, and λ² at both ends. */
interface Tilt {
  readonly upTo: number;
  readonly weight: number;
  readonly square: number;
  readonly nextSquare: number;
}

/** Each tilt is so many times the one before; the first one and the last, in units of those that occur. */
const ratio = 1.1;
const firstTilt = 0.02;
const lastTilt = 400;

/** ∫ dr (1/x)(1 + r/x)⁻² λ^N of all r, in pieces. */
function tiltsOf(x: number, fewest: number): readonly Tilt[] {
  const unit = x / ((1 - x) * Math.max(1, fewest));
  const logLambda = (r: number) => Math.log1p(r) - Math.log1p(r / x);
  const tilts: Tilt[] = [];
  for (let from = 0, to = firstTilt * unit; ; from = to, to *= ratio) {
    const log = logLambda(from);
    const end = -fewest * log > lastTilt || from > 1e3;
    const upTo = end ? Number.POSITIVE_INFINITY : to;
    const share = end ? x / (x + from) : (x * (to - from)) / ((x + from) * (x + to));
    const weight = Math.exp(fewest * log) * share;
    tilts.push({ upTo, weight, square: Math.exp(2 * log), nextSquare: end ? x * x : Math.exp(2 * logLambda(to)) });
    if (end) return tilts;
  }
}

/** What blocks after the last that is followed may add: differences are at most 2^m there, 1/(1 − x) times a weight. */
function outside({ trials, p }: Trials, last: number, m: number): number {
  const left = trials - m;
  const a = (last - m) / left;
  if (a <= p) return Number.POSITIVE_INFINITY;
  const entropy = a * Math.log(a / p) + (1 - a) * Math.log((1 - a) / (1 - p));
  const x = p / (1 - p);
  return (Math.exp(-0.5 * left * entropy) * 2 ** m) / (1 - x);
}
