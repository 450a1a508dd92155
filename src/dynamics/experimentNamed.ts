/** Experiments by name, so that one that a run asks for can be made again elsewhere. */

import { accounting } from "./energies.ts";
import type { Asked, Experiment } from "./experiment.ts";
import { acting } from "./twoTime.ts";

export function experimentNamed(asked: Asked): Experiment {
  return asked.kind === "twoTime" ? acting(asked.first) : accounting(asked.model, asked.size);
}
