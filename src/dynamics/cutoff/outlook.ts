/** How much farther the shells of a sector go on to be filled than a truncated space shows. */

/** Cutoffs that may do. */
export interface Outlook {
  /** Less will hardly do. */
  readonly least: number;
  readonly likely: number;
  /** Hardly more is needed; null where shells fall so slowly that they do not tell. */
  readonly most: number | null;
}

/** The last shells that a space keeps hold what was turned back at its edge: the others are filled as in a larger one. */
const disturbed = 2;

/** Falls from shell to shell that are slower than this say little of where they end. */
const slowFall = 0.75;

/** Share of the tolerance that the last shell may hold in the end; cutoffs that were found to do lie about a quantum higher. */
const heldInTheEnd = 0.7;
const foundHigher = 0.75;

/** Where between the two ways to go on cutoffs were found: the slower a fall still is, the more it steepens. */
function towardsGeometric(fall: number): number {
  return Math.min(0.65, 1.3 * (1 - fall));
}

/** Beyond a geometric fall, for the distributions whose fall becomes slower: of the way from the last shell seen. */
const slowerYet = 1.3;

/**
 * From the populations of the shells up to a cutoff. What is seen of their fall goes on geometrically, as in a thermal state, or
 * becomes steeper like 1/n, as in a coherent one: there is more or less to come, and mostly something in between (measured over
 * models with 18 000 to 620 000 states).
 */
export function outlook(shells: Float64Array, cutoff: number, tolerance: number): Outlook {
  const last = shells.length - 1;
  const target = heldInTheEnd * tolerance;
  // Seen to the end, as it seems.
  const end = shells.findLastIndex((population) => population > target);
  if (end < last - disturbed) return exactly(cutoff - (last - Math.min(last, end + 1)));
  const edge = last - disturbed;
  if (edge < 2) return { least: cutoff + 1, likely: 2 * cutoff + 2, most: null };
  const held = pairAt(shells, edge) / 2;
  const from = cutoff - disturbed - 0.5;
  const fall = fallBefore(shells, edge);
  const steepening = Math.max(cutoff, whereSteepening(held, fall, from, target)) + foundHigher;
  if (fall > slowFall) return { least: steepening, likely: steepening, most: null };
  const geometric = Math.max(cutoff, from + Math.log(target / held) / Math.log(fall)) + foundHigher;
  return {
    least: steepening,
    likely: steepening + towardsGeometric(fall) * (geometric - steepening),
    most: from + slowerYet * (geometric - from),
  };
}

function exactly(cutoff: number): Outlook {
  return { least: cutoff, likely: cutoff, most: cutoff };
}

/** Parity may empty every second shell, so two are taken together. */
function pairAt(shells: Float64Array, n: number): number {
  return shells[n] + (n > 0 ? shells[n - 1] : 0);
}

/** Mean ratio of successive shells over the second half of those up to the edge: the straight line closest to their logarithms. */
function fallBefore(shells: Float64Array, edge: number): number {
  const first = Math.max(0, Math.min(edge - 2, Math.ceil(edge / 2)));
  const middle = (first + edge) / 2;
  let [products, squares] = [0, 0];
  for (let n = first; n <= edge; n++) {
    products += (n - middle) * Math.log(pairAt(shells, n));
    squares += (n - middle) ** 2;
  }
  return Math.exp(products / squares);
}

/** Steps in which a steepening fall is followed, in quanta, and where that ends. */
const stepOfFall = 0.25;
const farthest = 1e4;

/** Where populations end whose ratio falls like 1/n from here on. */
function whereSteepening(held: number, fall: number, from: number, target: number): number {
  let n = from;
  for (let population = held; population > target && n < farthest; n += stepOfFall) {
    population *= (fall * (from / (n + stepOfFall))) ** stepOfFall;
  }
  return n;
}
