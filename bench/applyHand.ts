/** The second thread of bench/applyThreads.ts: does its half of a step each time the first one counts up. */

import { workerData } from "node:worker_threads";
import { awaitChange, type Desk, deskAt } from "./applyDesk.ts";
import { type SharedMemory, sharedKernels } from "./sharedKernels.ts";

const { memory, at } = workerData as { memory: SharedMemory; at: number };
const run = sharedKernels(memory);
const desk: Desk = deskAt(memory, at);
for (let round = 0; ; ) {
  awaitChange(desk.asked, round);
  round = Atomics.load(desk.asked, 0);
  if (round < 0) break;
  desk.overlap[0] = run.products(...desk.work);
  Atomics.store(desk.done, 0, round);
  Atomics.notify(desk.done, 0);
}
