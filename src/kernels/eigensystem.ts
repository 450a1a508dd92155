/** Eigensystems by the WebAssembly kernels. Their twins are in the room `algebra`, which calls these. */

import { arenaBytes, withArena } from "./arena.ts";
import { kernels } from "./module.ts";

/**
 * Eigensystem of a real symmetric matrix (n × n, lower triangle read, kept): values ascending, eigenvector i in row i of
 * `rows`. Null where the twin is to be used. Throws Error for NaN or Infinity among the entries.
 */
export function kernelSymmetric(n: number, a: Float64Array): { values: Float64Array; rows: Float64Array } | null {
  const fast = kernels();
  if (fast === null) return null;
  const { run, memory } = fast;
  const scratch = run.eigensystemScratch(n, 0);
  const bytes = arenaBytes(8 * n * n, 8 * n * n, 8 * n, scratch);
  return withArena(memory, bytes, (arena) => {
    const matrix = arena.floats(n * n);
    const rows = arena.floats(n * n);
    const values = arena.floats(n);
    matrix.set(a);
    const pointers = [matrix.byteOffset, values.byteOffset, rows.byteOffset] as const;
    settled(run.symmetricEigensystem(n, n, ...pointers, arena.take(scratch)));
    return { values: values.slice(), rows: rows.slice() };
  });
}

/** The same for a complex Hermitian matrix: eigenvector i has real parts in row i of `re`, imaginary parts in `im`. */
export function kernelHermitian(
  n: number,
  re: Float64Array,
  im: Float64Array,
): { values: Float64Array; re: Float64Array; im: Float64Array } | null {
  const fast = kernels();
  if (fast === null) return null;
  const { run, memory } = fast;
  const scratch = run.eigensystemScratch(n, 1);
  const bytes = arenaBytes(8 * n * n, 8 * n * n, 8 * n * n, 8 * n * n, 8 * n, scratch);
  return withArena(memory, bytes, (arena) => {
    const [matrixRe, matrixIm, rowsRe, rowsIm] = Array.from({ length: 4 }, () => arena.floats(n * n));
    const values = arena.floats(n);
    matrixRe.set(re);
    matrixIm.set(im);
    const input = [matrixRe.byteOffset, matrixIm.byteOffset, values.byteOffset] as const;
    const output = [rowsRe.byteOffset, rowsIm.byteOffset] as const;
    settled(run.hermitianEigensystem(n, n, ...input, ...output, arena.take(scratch)));
    return { values: values.slice(), re: rowsRe.slice(), im: rowsIm.slice() };
  });
}

function settled(code: number): void {
  if (code !== 0) throw new Error("tridiagonal eigensystem: no convergence");
}
