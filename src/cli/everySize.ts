/** The runs of all sizes of a model, shared among threads: what several commands begin with. */

import type { Run } from "../dynamics/run.ts";
import type { Size } from "../model/types.ts";
import { type Expecting, forewarn } from "./expectation.ts";
import type { KeptRuns } from "./keptRuns.ts";
import { magnitude, sizeText } from "./quantities.ts";
import { complain } from "./say.ts";
import { type Solver, startSolver } from "./solver.ts";
import { exitCode } from "./stop.ts";

/**
 * Each run in the order of the sizes, or what the first of them threw; says what they are `expected` to take where that is
 * much, and which of the runs did not meet the tolerance.
 * Throws a Stop where the user interrupts; what is finished then is kept.
 */
export async function everySize(
  sizes: readonly Size[],
  options: { readonly quiet?: boolean; readonly threads: number; readonly memory: number },
  kept: KeptRuns,
  expected: Expecting,
  ask: (solver: Solver, size: Size) => Promise<Run>,
): Promise<Run[]> {
  const solver = kept.solver(startSolver(options));
  try {
    const runs: Run[] = [];
    const promises = allAsked(sizes.map((size) => ask(solver, size)));
    // Where a prediction fails, the run itself says why.
    if (options.quiet !== true) await forewarn(expected, sizes, options.memory).catch(() => undefined);
    for (const asked of promises) {
      const run = await asked;
      if (!run.error.converged) {
        complain(`M = ${sizeText(run.size)}: the tolerance was not met (error ${magnitude(run.error.estimate)}).`);
        process.exitCode = exitCode.toleranceNotMet;
      }
      runs.push(run);
    }
    return runs;
  } finally {
    solver.close();
  }
}

/** Promises to be awaited one after the other: a later one may fail before its turn comes. */
export function allAsked<T>(promises: readonly Promise<T>[]): readonly Promise<T>[] {
  for (const promise of promises) promise.catch(() => undefined);
  return promises;
}
