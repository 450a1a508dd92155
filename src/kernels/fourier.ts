/** Fourier sums in WebAssembly; the twins are in src/algebra/fourierSum.ts and fourierTransform.ts. */

import { arenaBytes, withArena } from "./arena.ts";
import { kernels } from "./module.ts";

interface Planar {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Terms as they are spread over a grid; see `spreadTerms` of assembly/fourier.ts. */
export interface SpreadTerms {
  readonly count: number;
  /** Grid points to each side. */
  readonly spread: number;
  readonly nearest: Int32Array;
  readonly own: Float64Array;
  readonly ratio: Float64Array;
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  readonly tail: Float64Array;
  readonly series: readonly { readonly plus: Planar; readonly minus: Planar }[];
  readonly negligible: number;
}

/** Adds the terms to the grids, one for each series. False where there are no kernels: nothing is done then. */
export function spreadKernel(terms: SpreadTerms, grids: readonly Planar[]): boolean {
  const fast = kernels();
  if (fast === null) return false;
  const { count, spread, series } = terms;
  const n = grids[0].re.length;
  const pad = spread + 1;
  const length = n + 2 * pad;
  const column = 8 * count;
  const bytes = arenaBytes(4 * count, column, column, column, column, 8 * (spread + 1), 32 * spread);
  const more = arenaBytes(4 * series.length * column, 16 * series.length * length);
  return withArena(fast.memory, bytes + more, (arena) => {
    const nearest = arena.ints(count);
    nearest.set(terms.nearest.subarray(0, count));
    const copied = (from: Float64Array) => {
      const to = arena.floats(from.length);
      to.set(from);
      return to.byteOffset;
    };
    const [own, ratio, cos, sin] = [terms.own, terms.ratio, terms.cos, terms.sin].map((x) =>
      copied(x.subarray(0, count)),
    );
    const tail = copied(terms.tail);
    const scratch = arena.floats(4 * spread).byteOffset;
    const coefficients = arena.floats(4 * series.length * count);
    series.forEach(({ plus, minus }, s) => {
      [plus.re, plus.im, minus.re, minus.im].forEach((part, q) => {
        coefficients.set(part.subarray(0, count), (4 * s + q) * count);
      });
    });
    const padded = arena.floats(2 * series.length * length).fill(0);
    fast.run.spreadTerms(
      count,
      spread,
      n,
      pad,
      series.length,
      nearest.byteOffset,
      own,
      ratio,
      cos,
      sin,
      tail,
      coefficients.byteOffset,
      padded.byteOffset,
      scratch,
      terms.negligible,
    );
    grids.forEach(({ re, im }, s) => {
      addFolded(re, padded, 2 * s * length, pad);
      addFolded(im, padded, (2 * s + 1) * length, pad);
    });
    return true;
  });
}

/** Adds a grid with margins, which belong to its other end. */
function addFolded(grid: Float64Array, padded: Float64Array, from: number, pad: number): void {
  const n = grid.length;
  for (let i = 0; i < n; i++) grid[i] += padded[from + pad + i];
  for (let i = 0; i < pad; i++) {
    grid[n - pad + i] += padded[from + i];
    grid[i] += padded[from + pad + n + i];
  }
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
