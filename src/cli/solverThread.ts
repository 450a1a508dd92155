/** The thread that computes: one run after the other, as the main thread asks. */

import { parentPort } from "node:worker_threads";
import { energyRun } from "../dynamics/energies.ts";
import type { FirstAction } from "../dynamics/experiment.ts";
import type { Progress, Run } from "../dynamics/run.ts";
import { meanFieldRun, type SimulateOptions, simulation } from "../dynamics/simulate.ts";
import { twoTimeRun } from "../dynamics/twoTime.ts";
import type { Model, Size } from "../model/types.ts";

/** What is asked: a run of a size, or the mean-field run. */
export interface Question {
  readonly model: Model;
  readonly size: Size | "mean-field";
  readonly options: SimulateOptions;
  /** What acts on S first, where a two-time correlation is asked for and not ρ_S(t). */
  readonly first?: FirstAction;
  /** The energies are asked for, and not ρ_S(t). */
  readonly energies?: true;
}

/** What is answered: any number of times where it stands, then how it ended. */
export type Reply =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "run"; readonly run: Run }
  | { readonly kind: "failure"; readonly name: string; readonly message: string; readonly stack: string | undefined };

/**
 * Milliseconds that the thread stays when nothing more is asked. Node 20 aborts the process if a thread ends while V8 still
 * compiles for it in the background, as it does right after a run (1 of some 200 processes on a busy machine).
 */
const rest = 60;

/** Milliseconds between two reports. */
const reportInterval = 100;

parentPort?.on("message", (question: Question | "finish") => {
  if (question === "finish") {
    setTimeout(() => parentPort?.close(), rest);
    return;
  }
  try {
    const run = answerTo(question);
    send({ kind: "run", run }, [run.rho.re.buffer, run.rho.im.buffer]);
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    send({ kind: "failure", name, message, stack });
  }
});

function answerTo({ model, size, options, first, energies }: Question): Run {
  if (size === "mean-field") return meanFieldRun(model);
  const steps =
    first !== undefined
      ? twoTimeRun(model, size, first, options)
      : energies
        ? energyRun(model, size, options)
        : simulation(model, size, options);
  let lastReport = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    const now = performance.now();
    if (now - lastReport < reportInterval) continue;
    lastReport = now;
    send({ kind: "progress", progress: step.value });
  }
}

function send(reply: Reply, transfer: ArrayBufferLike[] = []): void {
  parentPort?.postMessage(reply, transfer as ArrayBuffer[]);
}
