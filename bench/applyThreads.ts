/** One step divided between two threads that share memory: measured here, and in no product (docs/architecture.md). */

import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { productOperator, productOperatorSizes } from "../src/fock/productOperator.ts";
import { arenaBytes } from "../src/kernels/arena.ts";
import type { ArraySource } from "../src/kernels/krylovKernels.ts";
import type { Case } from "./applyCase.ts";
import { awaitChange, deskAt, deskBytes } from "./applyDesk.ts";
import { sharedKernels, sharedMemory } from "./sharedKernels.ts";

const firstByte = 1024;

/** A row of the table: states, milliseconds of one thread and of two, their ratio, microseconds of a step without states. */
export async function applyOfTwoThreads({ byHeight: basis, h }: Case, bundle: string): Promise<string[]> {
  const length = 2 * basis.dimension;
  const operator = productOperatorSizes(basis, h);
  const vectors = [0, 1, 2, 3].map(() => 8 * length);
  const memory = sharedMemory(firstByte + deskBytes + 64 + arenaBytes(...operator, ...operator, ...vectors));
  let next = firstByte;
  const take = (bytes: number) => {
    const at = next;
    next = 64 * Math.ceil((at + bytes) / 64);
    return at;
  };
  const at = take(deskBytes);
  const desk = deskAt(memory, at);
  const arrays: ArraySource = {
    floats: (count) => new Float64Array(memory.buffer, take(8 * count), count),
    ints: (count) => new Int32Array(memory.buffer, take(4 * count), count),
  };
  const whole = productOperator(basis, h, arrays);
  const lower = productOperator(basis, h, arrays);
  const { fockCount } = basis;
  const half = halfOf(whole.rowStart, fockCount);
  // Pointers to the lower half's own states; what its columns lead to is counted from there, modulo 2³².
  for (let e = whole.rowStart[half]; e < whole.rowStart[fockCount]; e++) lower.column[e] -= half;
  const [x, z, y] = vectors.slice(1).map((bytes) => {
    const vector = new Float64Array(memory.buffer, take(bytes), length);
    for (let i = 0; i < length; i++) vector[i] = 1 / (i + 1);
    return vector.byteOffset;
  });
  const rows = (h: typeof whole, from: number, to: number) => [
    ...[to - from, 2, 2, h.energies.byteOffset + 8 * from, h.onSystem.byteOffset, 1, h.rowStart.byteOffset + 4 * from],
    ...[h.column.byteOffset, h.values.byteOffset, h.operators.byteOffset, h.scratch.byteOffset],
    ...[x, z, y].map((pointer) => pointer + 32 * from),
    ...[0.01, 0.5],
  ];
  const run = sharedKernels(memory);
  const worker = new Worker(join(bundle, "applyHand.mjs"), { workerData: { memory, at } });
  const divided = (own: readonly number[], others: readonly number[]) => {
    desk.work.set(others);
    const round = Atomics.add(desk.asked, 0, 1) + 1;
    Atomics.notify(desk.asked, 0);
    const overlap = run.products(...own);
    while (Atomics.load(desk.done, 0) !== round) awaitChange(desk.done, round - 1);
    return overlap + desk.overlap[0];
  };
  const alone = rows(whole, 0, fockCount);
  const [first, second] = [rows(whole, 0, half), rows(lower, half, fockCount)];
  const [none, nothing] = [rows(whole, 0, 0), rows(lower, 0, 0)];
  const least = [0, 1, 2].map(() => Number.POSITIVE_INFINITY);
  const repeats = basis.dimension > 100_000 ? 40 : 1000;
  for (let r = 0; r < repeats; r++) {
    let same = 0;
    [
      () => (same = run.products(...alone)),
      () => (same -= divided(first, second)),
      () => divided(none, nothing),
    ].forEach((step, i) => {
      const start = performance.now();
      step();
      least[i] = Math.min(least[i], performance.now() - start);
    });
    if (Math.abs(same) > 1e-9) throw new Error("halves are not the whole");
  }
  Atomics.store(desk.asked, 0, -1);
  Atomics.notify(desk.asked, 0);
  await worker.terminate();
  const [one, two, empty] = least;
  return [basis.dimension, one.toFixed(3), two.toFixed(3), (one / two).toFixed(2), (1e3 * empty).toFixed(1)].map(
    String,
  );
}

/** The Fock state with half of the work before it; a state without neighbours takes as long as some five of them. */
function halfOf(rowStart: Int32Array, fockCount: number): number {
  const before = (f: number) => rowStart[f] + 5 * f;
  let f = 0;
  while (2 * before(f) < before(fockCount)) f++;
  return f;
}
