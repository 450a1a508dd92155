import { describe, expect, test } from "vitest";
import { arenaBytes, KernelMemoryError, withArena } from "../../src/kernels/arena.ts";

/** A memory of at most `most` pages. */
function memory(most: number) {
  const pages = { buffer: new ArrayBuffer(65536), grow };
  function grow(count: number): number {
    const had = pages.buffer.byteLength / 65536;
    if (had + count > most) throw new RangeError("Maximum memory size exceeded");
    pages.buffer = new ArrayBuffer(65536 * (had + count));
    return had;
  }
  return pages;
}

describe("the arena", () => {
  test("lends arrays that do not overlap, grown to what was asked for", () => {
    const pages = memory(64);
    const bytes = arenaBytes(8 * 20_000, 4 * 7, 4 * 3, 8 * 5);
    withArena(pages, bytes, (arena) => {
      const a = arena.floats(20_000).fill(1);
      const b = arena.ints(7).fill(2);
      const c = arena.ints(3).fill(3);
      const d = arena.floats(5).fill(4);
      expect([a, b, c, d].map((x) => [...x].reduce((sum, y) => sum + y, 0))).toEqual([20_000, 14, 9, 20]);
      expect([a, b, c, d].every((x) => x.byteOffset % 64 === 0 && x.byteOffset > 0)).toBe(true);
      expect(() => arena.floats(1)).toThrow("too small");
    });
    expect(pages.buffer.byteLength).toBe(3 * 65536);
    withArena(pages, 8, () => expect(pages.buffer.byteLength).toBe(3 * 65536));
  });

  test("is for one at a time, and free again after an error", () => {
    const pages = memory(4);
    expect(() => withArena(pages, 8, () => withArena(pages, 8, () => 0))).toThrow("already in use");
    expect(withArena(pages, 8, () => 5)).toBe(5);
  });

  test("says what it was asked for when the memory cannot grow", () => {
    const pages = memory(4);
    const ask = () => withArena(pages, 3 * 2 ** 30, () => 0);
    expect(ask).toThrow(KernelMemoryError);
    expect(ask).toThrow("3072 MiB");
    expect(withArena(pages, 8, () => 5)).toBe(5);
  });
});
