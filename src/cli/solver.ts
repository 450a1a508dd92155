/**
 * Runs in threads of their own: Ctrl-C is heard at once however long a step takes, and meanwhile this thread loads what
 * writes the files.
 */

import { Worker } from "node:worker_threads";
import { Crew } from "../crew/crew.ts";
import { threadOf } from "../crew/thread.ts";
import type { FirstAction } from "../dynamics/experiments/experiment.ts";
import type { Progress, Run } from "../dynamics/run.ts";
import type { SimulateOptions } from "../dynamics/simulate.ts";
import type { Model, Size } from "../model/types.ts";
import { progressDisplay } from "./progress.ts";
import { complain, sentence } from "./say.ts";
import { exitCode } from "./stop.ts";

/** Ctrl-C was pressed. */
export class Interrupted extends Error {}

/** Any number of runs may be asked for at once: the threads share them. */
export interface Solver {
  /** ρ_S(t) for one size. Rejects with what `simulate` throws, or with Interrupted. */
  readonly simulate: (model: Model, size: Size, options: SimulateOptions) => Promise<Run>;
  /** R(τ) of two-time correlations, in the place of ρ_S(t): `twoTimeRun`. */
  readonly twoTime: (model: Model, size: Size, first: FirstAction, options: SimulateOptions) => Promise<Run>;
  /** Energies in the place of ρ_S(t): `energyRun`. */
  readonly energies: (model: Model, size: Size, options: SimulateOptions) => Promise<Run>;
  readonly meanField: (model: Model) => Promise<Run>;
  /** Nothing more will be asked: lets the threads end by themselves. Ctrl-C is still heard. */
  readonly finish: () => void;
  /** The same, and Ctrl-C ends the process at once again. */
  readonly close: () => void;
}

let early: Worker | undefined;

/**
 * Starts a thread before it is known whether the arguments are right: a thread takes as long to start as it takes to read
 * them and the model. If nobody wants it, it does not keep the process.
 */
export function prepareSolver(): void {
  early = solverThread();
  early.unref();
}

function solverThread(): Worker {
  return new Worker(new URL("../../bin/thread.js", import.meta.url), { workerData: { bundle: "solverThread" } });
}

/** At most so many threads, the first one ready by the time a model has been read. With `quiet` no progress is shown. */
export function startSolver({ quiet, threads }: { readonly quiet?: boolean; readonly threads: number }): Solver {
  const display = progressDisplay();
  const crew = new Crew({
    threads,
    start: () => {
      const thread = early ?? solverThread();
      early = undefined;
      thread.ref();
      return threadOf(thread);
    },
    onLoss: ({ message }) => {
      display.clear();
      complain(`A thread that computes broke: ${sentence(message)} What it was at begins anew.`);
    },
  });
  /** Runs that are asked for and not there yet: the progress of the first of them is shown. */
  const pending = new Set<symbol>();
  let interrupted = false;

  const onSignal = (): void => {
    // A second Ctrl-C means: now.
    if (interrupted) process.exit(exitCode.interrupted);
    interrupted = true;
    crew.stop(new Interrupted());
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);

  const watched = async (ask: (onProgress: (progress: Progress) => void) => Promise<Run>): Promise<Run> => {
    if (interrupted) throw new Interrupted();
    const run = Symbol("run");
    pending.add(run);
    try {
      return await ask((progress) => {
        const [first] = pending;
        if (quiet !== true && first === run) display.show(progress);
      });
    } finally {
      pending.delete(run);
      display.clear();
    }
  };
  return {
    simulate: (model, size, options) => watched((onProgress) => crew.simulate(model, size, { ...options, onProgress })),
    twoTime: (model, size, first, options) =>
      watched((onProgress) => crew.twoTime(model, size, first, { ...options, onProgress })),
    energies: (model, size, options) => watched((onProgress) => crew.energies(model, size, { ...options, onProgress })),
    meanField: (model) => watched((onProgress) => crew.meanField(model, { onProgress })),
    // A thread that ends by itself, unlike one that is ended, keeps its compiled form for the next process.
    finish: () => crew.close(),
    close: () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
      crew.close();
    },
  };
}
