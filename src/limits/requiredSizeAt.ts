/** M*(ε, t) from distances that are known already, at every time. */

export interface RequiredSizeAt {
  /** The M from which on the distance is at most ε. */
  readonly size: number;
  /**
   * "between": interpolated between two measured sizes. "beyond": drawn on from the largest with the expected exponent.
   * "within": all sizes measured are within ε, so that M* is at most the smallest, `size`.
   */
  readonly kind: "between" | "beyond" | "within";
}

/**
 * Distances at ascending sizes; between two of them the distance is taken to be a power of M. Throws RangeError if ε is
 * not positive or there is no size.
 */
export function requiredSizeAt(
  epsilon: number,
  sizes: readonly number[],
  distances: readonly number[],
  exponent: number,
): RequiredSizeAt {
  if (!(epsilon > 0)) throw new RangeError(`the distance wanted must be positive, but is ${epsilon}.`);
  if (sizes.length === 0) throw new RangeError("M* needs a distance at one size at least, but there is none.");
  const above = distances.findLastIndex((distance) => !(distance <= epsilon));
  if (above < 0) return { size: sizes[0], kind: "within" };
  if (above === sizes.length - 1) {
    return { size: Math.ceil(sizes[above] * (distances[above] / epsilon) ** (-1 / exponent)), kind: "beyond" };
  }
  const [low, high] = [sizes[above], sizes[above + 1]];
  // A distance of 0 lies below every power: only that much is known.
  const fall = distances[above + 1] > 0 ? Math.log(distances[above] / distances[above + 1]) : Number.POSITIVE_INFINITY;
  const share = Math.log(distances[above] / epsilon) / fall;
  const size = fall === Number.POSITIVE_INFINITY ? high : low * (high / low) ** share;
  return { size: Math.min(high, Math.max(low + 1, Math.ceil(size * (1 - 1e-12)))), kind: "between" };
}

/** The largest value so far, from t = 0 outwards in either direction: D(t) becomes max over |s| ≤ |t| on the same side. */
export function upTo(times: readonly number[], values: ArrayLike<number>): Float64Array {
  const order = times.map((_, t) => t).sort((a, b) => Math.abs(times[a]) - Math.abs(times[b]));
  const largest = new Float64Array(times.length);
  const sofar = { past: 0, future: 0 };
  for (const t of order) {
    const side = times[t] < 0 ? "past" : "future";
    sofar[side] = Math.max(sofar[side], values[t]);
    largest[t] = sofar[side];
  }
  return largest;
}
