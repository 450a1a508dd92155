/** One example from its text to its files, with the time of each stage. */

import { rm } from "node:fs/promises";
import { figuresOfModel, figuresOfRuns, writeResult } from "../src/cli/writeResult.ts";
import type { Run } from "../src/dynamics/run.ts";
import { meanFieldRun, simulation } from "../src/dynamics/simulate.ts";
import { type DocumentRun, documentRun, resultDocument, type SizeLabel, sizeLabel } from "../src/io/document.ts";
import { formatIssue, readModel } from "../src/model/read.ts";
import type { Model, Size } from "../src/model/types.ts";
import { observe } from "../src/observables/observe.ts";
import { standardModes } from "../src/reservoir/modes.ts";

/** Seconds for each stage, over all sizes. */
export interface Stages {
  /** Text → validated model. */
  readonly read: number;
  /** The form of the reservoir, and its cutoff: up to the last report of the stage "cutoff". */
  readonly plan: number;
  /** The nodes, and every sector at all times; closed forms are wholly here. */
  readonly evolve: number;
  /** Observables from ρ_S(t). */
  readonly observe: number;
  /** result.json, .npz, .csv, and the figures as SVG and PNG. */
  readonly files: number;
}

/** What one size took. */
export interface SizeCost {
  readonly size: SizeLabel;
  readonly path: string;
  readonly plan: number;
  readonly evolve: number;
  readonly modes: number;
  readonly cutoff: number;
  readonly dimension: number;
  readonly sectors: number;
  readonly applications: number;
  readonly converged: boolean;
}

export interface Pass {
  readonly stages: Stages;
  readonly sizes: readonly SizeCost[];
}

/** Takes the model through every stage; its files are written into `folder`, and removed. Throws Error for a model with errors. */
export async function passThrough(text: string, name: string, folder: string): Promise<Pass> {
  const clock = stopwatch();
  const { model, spec, issues } = readModel(text, name);
  if (model === undefined || spec === undefined) throw new Error(issues.map(formatIssue).join("\n"));
  const read = clock();

  const computed = model.sizes.map((size) => timedRun(model, size));
  const meanField = model.meanFieldRun ? meanFieldRun(model) : undefined;
  const evolveRest = clock() - computed.reduce((sum, { cost }) => sum + cost.plan + cost.evolve, 0);

  const runs = computed.map(({ run }) => observed(run, model));
  const meanFieldDocument = meanField === undefined ? {} : { meanField: observed(meanField, model) };
  const observeTime = clock();

  const document = await resultDocument({
    spec,
    observables: model.observables,
    times: model.times,
    modes: standardModes(model),
    runs,
    ...meanFieldDocument,
    version: "bench",
    runtime: `node ${process.version}`,
  });
  await writeResult(folder, document, [figuresOfModel(document, "light"), figuresOfRuns(document, "light")]);
  const files = clock();
  await rm(folder, { recursive: true });

  const sizes = computed.map(({ cost }) => cost);
  const plan = sizes.reduce((sum, cost) => sum + cost.plan, 0);
  const evolve = sizes.reduce((sum, cost) => sum + cost.evolve, evolveRest);
  return { stages: { read, plan, evolve, observe: observeTime, files }, sizes };
}

function timedRun(model: Model, size: Size): { run: Run; cost: SizeCost } {
  const began = performance.now();
  let planned = began;
  const steps = simulation(model, size);
  for (;;) {
    const step = steps.next();
    if (!step.done) {
      if (step.value.stage === "cutoff") planned = performance.now();
      continue;
    }
    const run = step.value;
    const { modes, cutoff, dimension, sectors, applications } = run.cost;
    const cost: SizeCost = {
      size: sizeLabel(size),
      path: run.path,
      plan: (planned - began) / 1000,
      evolve: (performance.now() - planned) / 1000,
      modes,
      cutoff,
      dimension,
      sectors,
      applications,
      converged: run.error.converged,
    };
    return { run, cost };
  }
}

function observed(run: Run, model: Model): DocumentRun {
  return documentRun(run, observe(run.rho, model.observables, model.system.dims));
}

/** Seconds since it was last asked. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}
