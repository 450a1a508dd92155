/** Where two threads meet that share a step: what is asked, what is done, and the arguments of the second half. */

import type { SharedMemory } from "./sharedKernels.ts";

export interface Desk {
  /** Counts steps; −1 ends the second thread. */
  readonly asked: Int32Array;
  /** The last step whose second half is done. */
  readonly done: Int32Array;
  readonly overlap: Float64Array;
  readonly work: Float64Array;
}

const workLength = 16;
export const deskBytes = 3 * 64 + 8 * workLength;

/** What different threads write to is on different lines of the cache. */
export function deskAt({ buffer }: SharedMemory, at: number): Desk {
  return {
    asked: new Int32Array(buffer, at, 1),
    done: new Int32Array(buffer, at + 64, 1),
    overlap: new Float64Array(buffer, at + 128, 1),
    work: new Float64Array(buffer, at + 192, workLength),
  };
}

/** Some tenths of a millisecond. */
const spins = 100_000;

/** Spins, then waits, until a word is no longer `value`. */
export function awaitChange(word: Int32Array, value: number): void {
  for (let i = 0; i < spins; i++) if (Atomics.load(word, 0) !== value) return;
  Atomics.wait(word, 0, value);
}
