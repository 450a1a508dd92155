/**
 * Runs in a thread of their own: Ctrl-C is heard at once however long a step takes, and meanwhile this thread loads what
 * writes the files.
 */

import { Worker } from "node:worker_threads";
import { ImpossibleRunError, TooLargeError } from "../dynamics/errors.ts";
import type { FirstAction } from "../dynamics/experiment.ts";
import type { Run } from "../dynamics/run.ts";
import type { SimulateOptions } from "../dynamics/simulate.ts";
import type { Model, Size } from "../model/types.ts";
import { progressDisplay } from "./progress.ts";
import type { Question, Reply } from "./solverThread.ts";
import { exitCode } from "./stop.ts";

/** Ctrl-C was pressed. */
export class Interrupted extends Error {}

export interface Solver {
  /** ρ_S(t) for one size. Rejects with what `simulate` throws, or with Interrupted. One at a time. */
  readonly simulate: (model: Model, size: Size, options: SimulateOptions) => Promise<Run>;
  /** R(τ) of two-time correlations, in the place of ρ_S(t): `twoTimeRun`. */
  readonly twoTime: (model: Model, size: Size, first: FirstAction, options: SimulateOptions) => Promise<Run>;
  /** Energies in the place of ρ_S(t): `energyRun`. */
  readonly energies: (model: Model, size: Size, options: SimulateOptions) => Promise<Run>;
  readonly meanField: (model: Model) => Promise<Run>;
  /** Nothing more will be asked: lets the thread end by itself. Ctrl-C is still heard. */
  readonly finish: () => void;
  /** The same, and Ctrl-C ends the process at once again. */
  readonly close: () => void;
}

let early: Worker | undefined;

/**
 * Starts the thread before it is known whether the arguments are right: a thread takes as long to start as it takes to
 * read them and the model. If nobody wants it, it does not keep the process.
 */
export function prepareSolver(): void {
  early = solverThread();
  early.unref();
}

function solverThread(): Worker {
  return new Worker(new URL("../../bin/thread.js", import.meta.url), { workerData: { bundle: "solverThread" } });
}

/** The thread, ready by the time a model has been read. With `quiet` no progress is shown. */
export function startSolver(quiet: boolean): Solver {
  const thread = early ?? solverThread();
  early = undefined;
  thread.ref();
  let interrupted = false;
  let asked = false;
  let giveUp: ((reason: unknown) => void) | undefined;

  const onSignal = (): void => {
    // A second Ctrl-C means: now.
    if (interrupted) process.exit(exitCode.interrupted);
    interrupted = true;
    void thread.terminate();
    giveUp?.(new Interrupted());
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  thread.on("error", (error) => giveUp?.(error));

  const ask = async (question: Question): Promise<Run> => {
    if (interrupted) throw new Interrupted();
    asked = true;
    const display = progressDisplay();
    try {
      return await new Promise<Run>((resolve, reject) => {
        giveUp = reject;
        thread.removeAllListeners("message");
        thread.on("message", (reply: Reply) => {
          if (reply.kind === "run") resolve(reply.run);
          else if (reply.kind === "failure") reject(failure(reply));
          else if (!quiet) display.show(reply.progress);
        });
        thread.postMessage(question);
      });
    } finally {
      giveUp = undefined;
      display.clear();
    }
  };
  return {
    simulate: (model, size, options) => ask({ model, size, options }),
    twoTime: (model, size, first, options) => ask({ model, size, options, first }),
    energies: (model, size, options) => ask({ model, size, options, energies: true }),
    meanField: (model) => ask({ model, size: "mean-field", options: {} }),
    // A thread that ends by itself, unlike one that is ended, keeps its compiled form for the next process.
    finish: () => thread.postMessage("finish"),
    close: () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
      // One that computed must rest before it ends; one that did not has nothing to keep for the next process.
      if (asked) thread.postMessage("finish");
      else void thread.terminate();
    },
  };
}

/** The error as it was thrown: between threads only its text survives. */
function failure({ name, message, stack }: Extract<Reply, { kind: "failure" }>): Error {
  if (name === "TooLargeError") return new TooLargeError(message);
  if (name === "ImpossibleRunError") return new ImpossibleRunError(message);
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
