import { describe, expect, test } from "vitest";
import { arenaBytes } from "../../src/kernels/arena.ts";
import { type ArraySource, type KrylovKernels, withKrylovKernels } from "../../src/kernels/krylovKernels.ts";
import { selectKernels } from "../../src/kernels/module.ts";
import { random } from "../oracle/random.ts";

const bytes = 4_000_000;

/** What `use` gives with the kernels and with their twins, on the same random numbers: `fill` fills in order. */
function both(
  seed: number,
  use: (kernels: KrylovKernels, arrays: ArraySource, fill: (a: Float64Array) => Float64Array) => number[],
): [number[], number[]] {
  const once = () => {
    const from = random(seed);
    return withKrylovKernels(bytes, (kernels, arrays) =>
      use(kernels, arrays, (a) => a.map((_, i) => (a[i] = from.normal()))),
    );
  };
  const fast = once();
  selectKernels("javascript");
  const slow = once();
  selectKernels("wasm");
  return [fast, slow];
}

function expectEqual([fast, slow]: [number[], number[]]): void {
  expect(fast.length).toBe(slow.length);
  expect(fast.every(Number.isFinite)).toBe(true);
  const scale = Math.max(1, ...slow.map(Math.abs));
  fast.forEach((x, i) => {
    expect(Math.abs(x - slow[i])).toBeLessThanOrEqual(1e-13 * scale);
  });
}

/** A list of `length` numbers of a source, filled. */
const fresh = (arrays: ArraySource, fill: (a: Float64Array) => unknown, length: number): Float64Array => {
  const a = arrays.floats(length);
  fill(a);
  return a;
};

describe("a kernel equals its twin", () => {
  test("where H is stored in rows, for real and complex H and vectors", () => {
    for (const [seed, real, width] of [
      [1, true, 1],
      [2, true, 2],
      [3, false, 2],
    ] as const) {
      const n = 61;
      expectEqual(
        both(seed, (kernels, arrays, fill) => {
          const from = random(seed);
          const counts = Array.from({ length: n }, () => from.integer(0, 9));
          const entries = counts.reduce((sum, count) => sum + count, 0);
          const rowStart = arrays.ints(n + 1);
          rowStart[0] = 0;
          counts.forEach((count, i) => {
            rowStart[i + 1] = rowStart[i] + count;
          });
          const column = arrays.ints(entries);
          for (let e = 0; e < entries; e++) column[e] = from.integer(0, n - 1);
          const re = fresh(arrays, fill, entries);
          const im = fresh(arrays, fill, real ? 0 : entries);
          const [x, z, y] = [0, 1, 2].map(() => fresh(arrays, fill, n * width));
          const overlap = kernels.step({ kind: "rows", rows: n, rowStart, column, re, im }, width, x, z, y, 0.7, 0.3);
          const norm = kernels.subtractScaled(y, x, 0.4);
          return [overlap, norm, ...y];
        }),
      );
    }
  });

  test("where kets are formed at some times, traced, and weighed", () => {
    for (const [seed, width, times, mirrored] of [
      [4, 1, 2, false],
      [5, 2, 8, false],
      [6, 1, 14, false],
      [7, 2, 32, false],
      [8, 1, 12, true],
      [9, 2, 12, true],
      [10, 2, 32, true],
    ] as const) {
      const states = 10;
      const size = 7;
      expectEqual(
        both(seed, (kernels, arrays, fill) => {
          const stride = 32;
          const apart = 8 * 5;
          const room = {
            vectors: fresh(arrays, fill, size * apart),
            apart,
            ...{ yRe: fresh(arrays, fill, size * stride), yIm: fresh(arrays, fill, size * stride), stride, times },
            ...{ re: fresh(arrays, fill, states * times), im: fresh(arrays, fill, states * times) },
            ...{ rhoRe: arrays.floats(4 * times).fill(0), rhoIm: arrays.floats(4 * times).fill(0) },
          };
          const from = 4;
          const to = from + states;
          kernels.combine(room, size, width, from, to, mirrored);
          const list = arrays.ints(12);
          list.set([5, 5, 0, 6, 9, 1, 7, 7, 3, 12, 13, 2]);
          const phases = { cos: fresh(arrays, fill, 4), sin: fresh(arrays, fill, 4) };
          // |φ_i|² has no phase.
          for (const k of [0, 2]) [phases.cos[k], phases.sin[k]] = [1, 0];
          kernels.reduce({ list, ...phases }, 0, 3, from, room);
          kernels.reduce({ list, cos: arrays.floats(0), sin: arrays.floats(0) }, 1, 4, from, room);
          const layer = arrays.ints(to);
          for (let i = 0; i < to; i++) layer[i] = i % 3;
          const sums = arrays.floats(3 * times).fill(0);
          kernels.populations(from, to, layer, room, sums);
          return [...room.re, ...room.im, ...room.rhoRe, ...room.rhoIm, ...sums];
        }),
      );
    }
  });

  test("where y moves along its chain", () => {
    for (const size of [1, 2, 3, 17]) {
      expectEqual(
        both(size, (kernels, arrays, fill) => {
          const count = 9;
          const site = () => fresh(arrays, fill, 2 * size);
          const room = {
            ...{ alpha: fresh(arrays, fill, size), beta: fresh(arrays, fill, size) },
            coefficients: fresh(arrays, fill, count),
            ...{
              y: site(),
              spare: site(),
              spare2: site(),
              even: site(),
              odd: site(),
              last: fresh(arrays, fill, 2 * count),
            },
          };
          kernels.chainStep(room, size, 0.2, 6, count);
          return [...room.even, ...room.odd, ...room.last];
        }),
      );
    }
  });

  test("and both take their arrays from one place", () => {
    expect(withKrylovKernels(arenaBytes(80), (_, arrays) => arrays.floats(10).length)).toBe(10);
  });
});
