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
          const overlap = kernels.step(
            { kind: "rows", rows: n, bounds: [0, n], rowStart, column, re, im },
            width,
            x,
            z,
            y,
            0.7,
            0.3,
          );
          const norm = kernels.subtractScaled(y, x, 0.4);
          return [overlap, norm, ...y];
        }),
      );
    }
  });

  test("where kets are formed at some times, traced, and weighed", () => {
    for (const [seed, width, times, mirrored, kind] of [
      [4, 1, 2, false, "plain"],
      [5, 2, 8, false, "phases"],
      [6, 1, 14, false, "whole"],
      [7, 2, 32, false, "plain"],
      [8, 1, 12, true, "phases"],
      [9, 2, 12, true, "plain"],
      [10, 2, 32, true, "whole"],
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
          const whole = kind === "whole";
          const list = arrays.ints(18);
          const cos = fresh(arrays, fill, kind === "phases" ? 6 : 0);
          const sin = fresh(arrays, fill, kind === "phases" ? 6 : 0);
          if (whole) list.set([4, 4, 0, 4, 5, 1, 5, 5, 3, 6, 6, 0, 6, 7, 1, 7, 7, 3]);
          else list.set([5, 5, 0, 6, 7, 1, 7, 7, 3, 8, 9, 2, 9, 9, 3, 11, 8, 1]);
          // |φ_i|² has no phase.
          if (kind === "phases") for (const k of [0, 2, 4]) [cos[k], sin[k]] = [1, 0];
          const blocks = arrays.ints(8);
          blocks.set(whole ? [4, 6, 0, 3, 6, 8, 3, 6] : [4, 8, 0, 3, 8, to, 3, 6]);
          const layerOf = arrays.ints(kind === "plain" ? 0 : to);
          const fock = arrays.ints(to);
          for (let i = 0; i < to; i++) fock[i] = whole ? i >> 1 : Math.floor(i / 4);
          for (let i = 0; i < layerOf.length; i++) layerOf[i] = i % 3;
          const populations = arrays.floats(3 * times).fill(0);
          const peaks = arrays.floats(to).fill(0);
          const looked = arrays.ints(2);
          looked.set([0, times - 1]);
          const pairs = { list, cos, sin };
          const seen = { layerOf, populations, looked, fock, peaks };
          kernels.form(room, size, width, mirrored, { blocks, bounds: [0, 2], pairs, whole, ...seen });
          return [...room.re, ...room.im, ...room.rhoRe, ...room.rhoIm, ...populations, ...peaks];
        }),
      );
    }
  });

  test("where one ket is formed, also in the place of the first vector", () => {
    for (const [seed, width, rows] of [
      [21, 1, 11],
      [22, 2, 11],
      [23, 1, 4],
      [24, 2, 3],
    ] as const) {
      expectEqual(
        both(seed, (kernels, arrays, fill) => {
          const [size, apart] = [5, 8 * 5];
          const vectors = fresh(arrays, fill, size * apart);
          const y = fresh(arrays, fill, 2 * size);
          const out = arrays.floats(2 * rows);
          kernels.superpose(vectors, apart, size, width, rows, y, out);
          if (width === 2) kernels.superpose(vectors, apart, size, width, rows, y, vectors);
          return [...out, ...vectors];
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
