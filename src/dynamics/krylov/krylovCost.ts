/** What Krylov windows take, before they are begun. */

/** Memory for the vectors of a window; their matrix comes on top. */
const mostBytes = 1.5 * 2 ** 30;

/** More vectors save few applications, and cost more than those where kets are formed. */
const mostReal = 256;
const mostComplex = 48;
const fewest = 6;

/** See `KrylovOptions.worth`: the root of 25 · (seconds of an application)/(seconds of forming a ket from one vector). */
export const worthVectors = 36;

/** How many vectors a window of real and one of complex vectors may have in a space of `rows` joint states. */
export function krylovDimensions(rows: number): readonly [real: number, complex: number] {
  const fitting = (numbers: number) => Math.max(fewest, Math.floor(mostBytes / (8 * numbers * rows)) - 1);
  return [Math.min(mostReal, fitting(1)), Math.min(mostComplex, fitting(2))];
}

/** Bytes of the vectors of a window, and of what stands beside them: kets in the making, pairs of states, layers. */
export function krylovBytes(rows: number): number {
  const [real, complex] = krylovDimensions(rows);
  return 8 * rows * Math.max(real + 1, 2 * (complex + 1)) + besideVectors * rows;
}

const besideVectors = 68;

/** Most bytes of the vectors of a window. */
export const mostVectorBytes = mostBytes;

/** What the cost depends on. */
export interface KrylovShape {
  /** Joint states. */
  readonly rows: number;
  /** Entries of H. */
  readonly entries: number;
  /** N if every Fock state has all levels and H is real: then N² entries are one number. */
  readonly block: number;
  /** About half the width of the spectrum that the start explores. */
  readonly radius: number;
}

export interface KrylovCost {
  readonly applications: number;
  readonly seconds: number;
  /** At most, for H and all vectors. */
  readonly bytes: number;
}

/** Seconds on one core of a 2020s machine, `npm run bench -- apply` and a profile of 924 to 3432 states. */
const secondsPerEntry = 0.5e-9;
const secondsPerState = 4e-9;
const secondsPerKetEntry = 1e-9;
const secondsPerTime = 12e-6;

/** The cost of `kets` kets at `times` times, the farthest at `farthest` (its modulus). */
export function krylovCost(
  { rows, entries, block, radius }: KrylovShape,
  kets: number,
  times: number,
  farthest: number,
): KrylovCost {
  const [, complex] = krylovDimensions(rows);
  const density = times / Math.max(farthest, 1e-300);
  const vectors = Math.min(complex, Math.max(16, worthVectors * Math.sqrt(radius / density)));
  const applications = kets * (12 + radius * farthest * (1 + 25 / vectors));
  const stored = entries / block ** 2;
  // A block is worth about as much as two entries, N = 2.
  const applying =
    applications * (secondsPerEntry * (block > 1 ? 2 * stored * (block / 2) : entries) + secondsPerState * rows);
  const forming = kets * times * (secondsPerTime + secondsPerKetEntry * 0.6 * vectors * rows);
  return {
    applications,
    seconds: applying + forming,
    bytes: 12 * stored + krylovBytes(rows),
  };
}
