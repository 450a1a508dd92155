/** The distribution of (x_1 + … + x_M)/√M for independent x_m that are equally distributed on finitely many values. */

/** Values, ascending, and their probabilities. */
export interface Atoms {
  readonly values: Float64Array;
  readonly probabilities: Float64Array;
}

export interface SumDistribution extends Atoms {
  readonly size: number;
  /**
   * Null: every value and its probability are exact up to rounding; tails less likely than 1e-22 in all are left out.
   * Otherwise the entries are bins, each with the value in its middle, and these are the edges: one more than entries.
   */
  readonly edges: Float64Array | null;
  /** What the possible values are multiples of, but for a constant; 0 if they are not equally spaced. */
  readonly spacing: number;
}

/** Largest M. */
export const largestSum = 2 ** 20;

/** Most values that are listed one by one, for values that are not equally spaced. */
const mostAtoms = 2 ** 17;
/** Largest number of equally spaced values that are listed one by one. */
const widestLattice = 2 ** 15;
/** Bins the range of one x is divided into where there are more values, and most bins that the sum is kept in. */
const firstBins = 1024;
const mostBins = 4096;
/** Tails less likely than this are left out; what is left out of x_1 + … + x_m counts M/m times. */
const negligible = 1e-22;
/** Finest lattice that is looked for: spacings in the range of the values of one x. */
const finestLattice = 64;

/**
 * The distributions of M^{−1/2} Σ x_m for every M in `sizes`, for x of mean 0 with the given values and probabilities.
 * Equally spaced values (every spin, every two-level site) are convolved exactly; others are enumerated exactly as
 * long as they are few, and binned when they are not. Throws RangeError for a size that is no integer from 1 to 2^20.
 */
export function sumDistributions(one: Atoms, sizes: readonly number[]): SumDistribution[] {
  for (const size of sizes) {
    if (!Number.isInteger(size) || size < 1 || size > largestSum) {
      throw new RangeError(`a distribution can be computed for sizes from 1 to ${largestSum}, but not for ${size}.`);
    }
  }
  const spacing = latticeSpacing(one.values);
  const exact = spacing > 0 ? latticeSums(onLattice(one, spacing), Number.POSITIVE_INFINITY) : null;
  const inBins = latticeSums(onLattice(one, (one.values[one.values.length - 1] - one.values[0]) / firstBins), mostBins);
  return sizes.map((size) => {
    if (exact !== null && latticeWidth(one, spacing, size) <= widestLattice) return asAtoms(exact(size), size);
    if (multisets(size, one.values.length) <= mostAtoms) return enumerated(one, size);
    return asBins(inBins(size), size, secondMoment(one), spacing);
  });
}

/** Σ p x². */
export function secondMoment({ values, probabilities }: Atoms): number {
  return values.reduce((sum, x, j) => sum + probabilities[j] * x * x, 0);
}

/**
 * The largest h for which all values are x_0 + integer · h; Infinity for a single value, 0 if there is none that goes
 * into the range of the values at most 64 times.
 */
export function latticeSpacing(values: Float64Array): number {
  const first = values[0];
  const range = values[values.length - 1] - first;
  if (range === 0) return Number.POSITIVE_INFINITY;
  for (let steps = values.length - 1; steps <= finestLattice; steps++) {
    const h = range / steps;
    if (values.every((x) => Math.abs((x - first) / h - Math.round((x - first) / h)) < 1e-10 * steps)) return h;
  }
  return 0;
}

/** How many of the equally spaced values of the sum are not negligible. */
function latticeWidth(one: Atoms, spacing: number, size: number): number {
  if (spacing === Number.POSITIVE_INFINITY) return 1;
  const all = (size * (one.values[one.values.length - 1] - one.values[0])) / spacing;
  return Math.min(all, (25 * Math.sqrt(size * secondMoment(one))) / spacing);
}

/** The number of ways to choose M of n values, repetition allowed. */
function multisets(size: number, values: number): number {
  let count = 1;
  for (let k = 1; k < values; k++) count = (count * (size + k)) / k;
  return count;
}

/** Probabilities of start, start + step, … */
interface Lattice {
  readonly start: number;
  readonly step: number;
  readonly probabilities: Float64Array;
}

/** The values on a lattice of the given step; a value between two points is shared by them so that its mean stays. */
function onLattice({ values, probabilities }: Atoms, step: number): Lattice {
  const start = values[0];
  if (!(step > 0 && step < Number.POSITIVE_INFINITY)) return { start, step: 1, probabilities: Float64Array.of(1) };
  const at = values.map((x) => (x - start) / step);
  const shared = new Float64Array(Math.ceil(at[at.length - 1] - onPoint) + 1);
  at.forEach((position, j) => {
    const below = Math.floor(position + onPoint);
    const part = Math.max(0, position - below);
    const exact = part < 2 * onPoint;
    shared[below] += probabilities[j] * (exact ? 1 : 1 - part);
    if (!exact) shared[below + 1] += probabilities[j] * part;
  });
  return { start, step, probabilities: shared };
}

/** Positions on a lattice, in steps, that differ by less than this are the same. */
const onPoint = 1e-8;

/** Distributions of x_1 + … + x_M; those of 1, 2, 4, … copies are computed once for all M. */
function latticeSums(one: Lattice, widest: number): (size: number) => Lattice {
  const doubled = [one];
  const product = (a: Lattice, b: Lattice) => narrowed(convolve(a, b), widest);
  return (size) => {
    let result: Lattice | undefined;
    for (let bit = 0; 2 ** bit <= size; bit++) {
      if (bit === doubled.length) doubled.push(product(doubled[bit - 1], doubled[bit - 1]));
      if (Math.floor(size / 2 ** bit) % 2 === 0) continue;
      result = result === undefined ? doubled[bit] : product(result, doubled[bit]);
    }
    return result as Lattice;
  };
}

function convolve(a: Lattice, b: Lattice): Lattice {
  if (a.step < b.step) return convolve(coarsened(a), b);
  if (b.step < a.step) return convolve(a, coarsened(b));
  const sum = new Float64Array(a.probabilities.length + b.probabilities.length - 1);
  for (let i = 0; i < a.probabilities.length; i++) {
    const p = a.probabilities[i];
    if (p === 0) continue;
    for (let j = 0; j < b.probabilities.length; j++) sum[i + j] += p * b.probabilities[j];
  }
  const { from, to } = withoutTails(sum);
  return { start: a.start + b.start + from * a.step, step: a.step, probabilities: sum.slice(from, to) };
}

function narrowed(lattice: Lattice, widest: number): Lattice {
  return lattice.probabilities.length > widest ? narrowed(coarsened(lattice), widest) : lattice;
}

/**
 * Every second point, the others shared by their neighbours: the mean stays, the variance grows by half a step
 * squared.
 */
function coarsened({ start, step, probabilities }: Lattice): Lattice {
  const coarse = new Float64Array(Math.floor(probabilities.length / 2) + 1);
  for (let i = 0; i < probabilities.length; i++) {
    const half = i >> 1;
    if (i % 2 === 0) coarse[half] += probabilities[i];
    else {
      coarse[half] += probabilities[i] / 2;
      coarse[half + 1] += probabilities[i] / 2;
    }
  }
  return { start, step: 2 * step, probabilities: coarse };
}

function asAtoms({ start, step, probabilities }: Lattice, size: number): SumDistribution {
  const kept = Array.from(probabilities.keys()).filter((i) => probabilities[i] > 0);
  return {
    size,
    values: Float64Array.from(kept, (i) => (start + i * step) / Math.sqrt(size)),
    probabilities: Float64Array.from(kept, (i) => probabilities[i]),
    edges: null,
    spacing: step / Math.sqrt(size),
  };
}

/** Sharing between points has made the distribution a little wider than it is; its true width is known. */
function asBins(
  { start, step, probabilities }: Lattice,
  size: number,
  variance: number,
  spacing: number,
): SumDistribution {
  const values = probabilities.map((_, i) => start + i * step);
  const stretch = Math.sqrt(variance / secondMoment({ values, probabilities }));
  const edges = Float64Array.from({ length: values.length + 1 }, (_, i) => (start + (i - 0.5) * step) * stretch);
  return { size, values: values.map((x) => x * stretch), probabilities, edges, spacing: spacing / Math.sqrt(size) };
}

/** Where the probabilities begin and end that are not a negligible tail. */
function withoutTails(probabilities: Float64Array): { from: number; to: number } {
  let from = 0;
  let to = probabilities.length;
  for (let tail = probabilities[from]; tail < negligible; tail += probabilities[from]) from++;
  for (let tail = probabilities[to - 1]; tail < negligible; tail += probabilities[to - 1]) to--;
  return { from, to };
}

/** Every multiset of values with its multinomial probability. */
function enumerated(one: Atoms, size: number): SumDistribution {
  const { values, probabilities } = one;
  const logFactorial = new Float64Array(size + 1);
  for (let k = 2; k <= size; k++) logFactorial[k] = logFactorial[k - 1] + Math.log(k);
  const logs = probabilities.map(Math.log);
  const sums: [number, number][] = [];
  const choose = (level: number, left: number, sum: number, log: number) => {
    if (level === values.length - 1) {
      const p = Math.exp(log + left * logs[level] - logFactorial[left] + logFactorial[size]);
      sums.push([(sum + left * values[level]) / Math.sqrt(size), p]);
      return;
    }
    for (let k = 0; k <= left; k++) {
      choose(level + 1, left - k, sum + k * values[level], log + k * logs[level] - logFactorial[k]);
    }
  };
  choose(0, size, 0, 0);
  sums.sort((a, b) => a[0] - b[0]);
  const merged = merge(sums, 1e-12 * Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1])));
  return { size, ...merged, edges: null, spacing: 0 };
}

/** One entry for values nearer than the tolerance. */
export function merge(sorted: readonly (readonly [number, number])[], tolerance: number): Atoms {
  const values: number[] = [];
  const probabilities: number[] = [];
  for (const [x, p] of sorted) {
    if (values.length > 0 && x - values[values.length - 1] <= tolerance) probabilities[probabilities.length - 1] += p;
    else {
      values.push(x);
      probabilities.push(p);
    }
  }
  return { values: Float64Array.from(values), probabilities: Float64Array.from(probabilities) };
}
