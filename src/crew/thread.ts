/** A thread of a crew as the crew sees it: what a page's or Node's Worker has in common. */

import type { Order, Report } from "./messages.ts";

export interface Thread {
  post(order: Order, transfer: ArrayBuffer[]): void;
  /** `onFailure` is called where the thread ends though it was not told to, or cannot be reached. */
  listen(onReport: (report: Report) => void, onFailure: (error: Error) => void): void;
  /** Ends the thread at once, whatever it does. */
  end(): void;
}

/** A Worker of a page, as far as it is needed. */
export interface PageWorker {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "error", listener: (event: { readonly message?: string }) => void): void;
  addEventListener(type: "messageerror", listener: () => void): void;
  terminate(): void;
}

/** A Worker of node:worker_threads, as far as it is needed. */
export interface NodeWorker {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  on(type: "message", listener: (data: unknown) => void): unknown;
  on(type: "error", listener: (error: Error) => void): unknown;
  on(type: "messageerror", listener: (error: Error) => void): unknown;
  on(type: "exit", listener: (code: number) => void): unknown;
  terminate(): unknown;
}

/** A Worker in which `bosonize/worker` runs, as a thread for a crew. */
export function threadOf(worker: PageWorker | NodeWorker): Thread {
  return {
    post: (order, transfer) => worker.postMessage(order, transfer),
    listen: (onReport, onFailure) => {
      if ("on" in worker) {
        worker.on("message", (data) => onReport(data as Report));
        worker.on("error", onFailure);
        worker.on("messageerror", onFailure);
        worker.on("exit", (code) =>
          onFailure(new Error(`a thread that computes ended by itself (exit code ${code}).`)),
        );
        return;
      }
      worker.addEventListener("message", ({ data }) => onReport(data as Report));
      worker.addEventListener("error", ({ message = "it could not be loaded" }) =>
        onFailure(new Error(`a thread that computes failed: ${message}`)),
      );
      worker.addEventListener("messageerror", () => onFailure(new Error("a message of a thread could not be read.")));
    },
    end: () => void worker.terminate(),
  };
}
