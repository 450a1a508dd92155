/** A thread that computes: questions, and parts of others', as the crew in the main thread asks. */

import { parentPort } from "node:worker_threads";
import { serve } from "../crew/hand.ts";
import type { Order } from "../crew/messages.ts";

/**
 * Milliseconds that the thread stays when nothing more is asked. Node 20 aborts the process if a thread ends while V8 still
 * compiles for it in the background, as it does right after a run (1 of some 200 processes on a busy machine).
 */
const rest = 60;

serve({
  send: (report, transfer) => parentPort?.postMessage(report, transfer),
  listen: (onOrder) => parentPort?.on("message", (order: Order) => onOrder(order)),
  close: () => setTimeout(() => parentPort?.close(), rest),
});
