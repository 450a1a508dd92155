/** Fourier sums in WebAssembly; the twins are in src/algebra/gridSums.ts and fourierTransform.ts. */

import { arenaBytes, withArena } from "./arena.ts";
import { kernels } from "./module.ts";

/** Terms, and how they are spread over a grid; see `spreadTerms` of assembly/fourier.ts. */
export interface Spreading {
  readonly count: number;
  readonly series: number;
  readonly frequencies: Float64Array;
  readonly coefficients: Float64Array;
  readonly weight: number;
  /** Points of the grid, and beyond it to each side. */
  readonly points: number;
  readonly margin: number;
  /** The window: points to each side, degree of its polynomials, and their table. */
  readonly half: number;
  readonly degree: number;
  readonly table: Float64Array;
  readonly turnsOfPlace: number;
  readonly rootsOfPhase: number;
  readonly roots: Float64Array;
}

/** Adds the terms to the grid. False where there are no kernels: nothing is done then. */
export function spreadKernel(spreading: Spreading, grid: Float64Array): boolean {
  const fast = kernels();
  if (fast === null) return false;
  const { count, series, half, table, roots } = spreading;
  const numbers = [count, 4 * series * count, table.length, roots.length, grid.length, 2 * half + 4 + 4 * series];
  return withArena(fast.memory, arenaBytes(...numbers.map((length) => 8 * length)), (arena) => {
    const copied = (from: Float64Array, length = from.length) => {
      const to = arena.floats(length);
      to.set(length === from.length ? from : from.subarray(0, length));
      return to.byteOffset;
    };
    const frequencies = copied(spreading.frequencies, count);
    const coefficients = copied(spreading.coefficients, 4 * series * count);
    const pointers = [copied(table), copied(roots)] as const;
    const sums = arena.floats(grid.length);
    sums.set(grid);
    fast.run.spreadTerms(
      ...([count, series, spreading.points, spreading.margin, half, spreading.degree] as const),
      ...([spreading.turnsOfPlace, spreading.rootsOfPhase, spreading.weight, frequencies, coefficients] as const),
      ...pointers,
      ...([sums.byteOffset, arena.take(numbers[5] * 8)] as const),
    );
    grid.set(sums);
    return true;
  });
}

/** The passes of a Fourier transform in place, in bit-reversed order. False where there are no kernels. */
export function transformKernel(re: Float64Array, im: Float64Array, cos: Float64Array, sin: Float64Array): boolean {
  const fast = kernels();
  if (fast === null) return false;
  const n = re.length;
  return withArena(fast.memory, arenaBytes(8 * n, 8 * n, 8 * n, 8 * n), (arena) => {
    const [r, i, c, s] = [re, im, cos, sin].map((from) => {
      const to = arena.floats(n);
      to.set(from);
      return to;
    });
    fast.run.transformPasses(n, r.byteOffset, i.byteOffset, c.byteOffset, s.byteOffset);
    re.set(r);
    im.set(i);
    return true;
  });
}
