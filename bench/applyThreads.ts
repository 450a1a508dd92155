/** A step by one thread, and by two that take its parts (src/kernels/team.ts). */

import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type Invitation, summonBy } from "../src/kernels/team.ts";

/** Rounds of each, in turns: the least is taken. */
const rounds = 4;

/** A row of the table: what it is, milliseconds of one thread and of two, their ratio, what two move as a share of a copy. */
export async function applyOfTwoThreads(
  name: readonly string[],
  seconds: () => number,
  shareOfCopy: (seconds: number) => string,
  bundle: string,
): Promise<string[]> {
  const worker = new Worker(join(bundle, "applyHand.mjs"));
  await once(worker, "message");
  let [one, two] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round++) {
    one = Math.min(one, seconds());
    summonBy({ invite: (invitation: Invitation) => worker.postMessage(invitation), dismiss: () => {} });
    two = Math.min(two, seconds());
    summonBy(null);
    await once(worker, "message");
  }
  await worker.terminate();
  return [...name, (1e3 * one).toFixed(3), (1e3 * two).toFixed(3), (one / two).toFixed(2), shareOfCopy(two)];
}
