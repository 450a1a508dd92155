/** The memory that WebAssembly kernels work on, lent out for one computation at a time. */

import type { KernelMemory } from "./module.ts";

const pageBytes = 65536;
/** Nothing lives at address 0. */
const firstByte = 1024;
/** Every array starts on a line of the cache. */
const alignment = 64;

/** The kernels' memory cannot grow to what a computation needs. */
export class KernelMemoryError extends RangeError {
  override readonly name = "KernelMemoryError";
  readonly bytes: number;
  constructor(bytes: number) {
    super(
      `the kernels cannot have ${Math.ceil(bytes / 2 ** 20)} MiB of memory: this machine, or the limit of 4 GiB, refuses`,
    );
    this.bytes = bytes;
  }
}

let lent = false;

/**
 * Calls `use` with an arena of `bytes` bytes (see `arenaBytes`), and takes them back when it ends. One at a time: the memory
 * grows only before the arrays are made, since growing it would cut them off. Throws KernelMemoryError if it cannot grow.
 */
export function withArena<T>(memory: KernelMemory, bytes: number, use: (arena: Arena) => T): T {
  if (lent) throw new Error("the kernels' memory is already in use");
  const need = Math.ceil((firstByte + bytes) / pageBytes);
  const have = memory.buffer.byteLength / pageBytes;
  if (need > have) {
    try {
      memory.grow(need - have);
    } catch {
      throw new KernelMemoryError(bytes);
    }
  }
  lent = true;
  try {
    return use(new Arena(memory.buffer, firstByte + bytes));
  } finally {
    lent = false;
  }
}

/** The bytes that arrays of these sizes, in bytes, take in an arena. */
export function arenaBytes(...sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + aligned(size), 0);
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

export class Arena {
  private readonly buffer: ArrayBufferLike;
  private readonly end: number;
  private next = firstByte;

  constructor(buffer: ArrayBufferLike, end: number) {
    this.buffer = buffer;
    this.end = end;
  }

  /** An array with whatever is in the memory; its `byteOffset` is the pointer for a kernel. */
  floats(length: number): Float64Array {
    return new Float64Array(this.buffer, this.take(8 * length), length);
  }

  ints(length: number): Int32Array {
    return new Int32Array(this.buffer, this.take(4 * length), length);
  }

  /** The pointer to `bytes` bytes. */
  take(bytes: number): number {
    const at = this.next;
    this.next += aligned(bytes);
    if (this.next > this.end) throw new RangeError(`an arena of ${this.end - firstByte} bytes is too small`);
    return at;
  }
}
