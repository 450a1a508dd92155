/** The module that a Worker of a page, or of Node, runs to serve a crew: "bosonize/worker". */

import { type Port, serve } from "./hand.ts";
import type { Order } from "./messages.ts";

/** What a page's worker finds around it. */
interface PageScope {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: "message", listener: (event: { readonly data: Order }) => void): void;
  close(): void;
}

/** What a thread of Node finds. */
interface NodePort {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  on(type: "message", listener: (data: Order) => void): void;
  close(): void;
}

/** Node 20 aborts now and then if a thread ends while V8 still compiles for it in the background; see solverThread.ts. */
const rest = 60;

function portHere(): Port {
  const threads = (
    globalThis as { process?: { getBuiltinModule?(name: string): { parentPort: NodePort | null } | undefined } }
  ).process?.getBuiltinModule?.("node:worker_threads");
  if (threads?.parentPort != null) {
    const { parentPort } = threads;
    return {
      send: (report, transfer) => parentPort.postMessage(report, transfer),
      listen: (onOrder) => parentPort.on("message", onOrder),
      close: () => setTimeout(() => parentPort.close(), rest),
    };
  }
  const scope = globalThis as unknown as PageScope;
  if (typeof scope.postMessage !== "function") throw new Error("bosonize/worker is to be started as a Worker.");
  return {
    send: (report, transfer) => scope.postMessage(report, transfer),
    listen: (onOrder) => scope.addEventListener("message", ({ data }) => onOrder(data)),
    close: () => scope.close(),
  };
}

serve(portHere());
