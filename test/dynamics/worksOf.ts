/** The work that a run comes to, and does itself. */

import type { Work } from "../../src/dynamics/sharing/work.ts";
import { type SimulateOptions, simulation } from "../../src/dynamics/simulate.ts";
import type { Model, Size } from "../../src/model/types.ts";

export function worksOf(model: Model, size: Size, options: SimulateOptions = {}): Work[] {
  const works: Work[] = [];
  for (const { work } of simulation(model, size, options)) if (work !== undefined) works.push(work);
  return works;
}
