/** Numbers of an experiment as its user knows them, for the sentences of warnings and errors. */

import type { Experiment } from "./experiment.ts";

/** What numbers of a run are to be multiplied with: those of an experiment are found in a unit of its own. */
export function unitOf({ experiment }: { readonly experiment?: Experiment }): number {
  return experiment?.unit ?? 1;
}

/** A tolerance that was divided by the unit, without the rounding of that. */
export function inUsersUnit(tolerance: number, unit: number): number {
  return Number((unit * tolerance).toPrecision(12));
}
