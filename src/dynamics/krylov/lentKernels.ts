/** The kernels of Krylov windows, lent out for a space. */

import { KernelMemoryError } from "../../kernels/arena.ts";
import { type ArraySource, type KrylovKernels, withKrylovKernels } from "../../kernels/krylovKernels.ts";
import { partsFor } from "../../kernels/parts.ts";
import { TooLargeError } from "../errors.ts";

/** Calls `use` with kernels and the source of their arrays, `bytes` at most. Throws TooLargeError with numbers. */
export function lentKernels<T>(
  states: number,
  bytes: number,
  use: (kernels: KrylovKernels, arrays: ArraySource) => T,
): T {
  try {
    return withKrylovKernels(bytes, use, partsFor(states));
  } catch (error) {
    if (!(error instanceof KernelMemoryError)) throw error;
    throw new TooLargeError(
      `${states} joint states need ${Math.ceil(bytes / 2 ** 20)} MiB for Krylov windows, which this machine, or the limit of 4 GiB, refuses. Lower the cutoff or the number of modes.`,
    );
  }
}
