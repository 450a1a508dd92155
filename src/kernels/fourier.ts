/** Fourier sums in WebAssembly; the twins are in src/algebra/gridSums.ts and fourierTransform.ts. */

import { type Arena, arenaBytes, withArena } from "./arena.ts";
import { type Kernels, kernels } from "./module.ts";

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

/** What becomes of a grid in the end; see `sumsOfGrid` of assembly/fourier.ts. */
export interface GridTransform {
  /** Times. */
  readonly count: number;
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  readonly reversed: Uint32Array;
  readonly undo: Float64Array;
}

/** Adds the terms to the grid. False where there are no kernels: nothing is done then. */
export function spreadKernel(spreading: Spreading, grid: Float64Array): boolean {
  const fast = kernels();
  if (fast === null) return false;
  return withArena(fast.memory, spreadingBytes(spreading, grid.length), (arena) => {
    const own = arena.floats(grid.length);
    own.set(grid);
    spread(fast, arena, spreading, own);
    grid.set(own);
    return true;
  });
}

/**
 * Adds the terms to what is on the grid of `size` numbers, null for nothing, and gives the sums: of each series the real parts at all
 * times, then the imaginary parts. The grid itself stays as it was. Null where there are no kernels.
 */
export function sumsKernel(
  spreading: Spreading,
  grid: Float64Array | null,
  size: number,
  { count, cos, sin, reversed, undo }: GridTransform,
): Float64Array | null {
  const fast = kernels();
  if (fast === null) return null;
  const { series, points, margin } = spreading;
  const sums = new Float64Array(2 * series * count);
  const bytes = arenaBytes(4 * points, ...[points, points, points, points, count, sums.length].map((n) => 8 * n));
  return withArena(fast.memory, spreadingBytes(spreading, size) + bytes, (arena) => {
    const own = arena.floats(size);
    if (grid === null) own.fill(0);
    else own.set(grid);
    spread(fast, arena, spreading, own);
    const places = arena.ints(points);
    places.set(reversed);
    const tables = [cos, sin, undo].map((table) => {
      const to = arena.floats(table.length);
      to.set(table);
      return to.byteOffset;
    });
    const room = [arena.floats(points).byteOffset, arena.floats(points).byteOffset];
    const found = arena.floats(sums.length);
    fast.run.sumsOfGrid(
      ...[series, points, margin, count, own.byteOffset, places.byteOffset, ...tables, ...room, found.byteOffset],
    );
    sums.set(found);
    return sums;
  });
}

function spreadingBytes({ count, series, half, table, roots }: Spreading, grid: number): number {
  const numbers = [count, 4 * series * count, table.length, roots.length, 2 * half + 4 + 4 * series, grid];
  return arenaBytes(...numbers.map((length) => 8 * length));
}

function spread(fast: Kernels, arena: Arena, spreading: Spreading, grid: Float64Array): void {
  const { count, series, half, table, roots } = spreading;
  if (count === 0) return;
  const copied = (from: Float64Array, length = from.length) => {
    const to = arena.floats(length);
    to.set(length === from.length ? from : from.subarray(0, length));
    return to.byteOffset;
  };
  fast.run.spreadTerms(
    ...([count, series, spreading.points, spreading.margin, half, spreading.degree] as const),
    ...([spreading.turnsOfPlace, spreading.rootsOfPhase, spreading.weight] as const),
    ...([copied(spreading.frequencies, count), copied(spreading.coefficients, 4 * series * count)] as const),
    ...([copied(table), copied(roots), grid.byteOffset, arena.take(8 * (2 * half + 4 + 4 * series))] as const),
  );
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
