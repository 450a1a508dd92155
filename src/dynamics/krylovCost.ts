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
