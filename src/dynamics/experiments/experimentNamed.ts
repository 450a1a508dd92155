/** Experiments by name, so that one that a run asks for can be made again elsewhere. */

import { accounting } from "./energyAccounts.ts";
import type { Asked, Experiment } from "./experiment.ts";
import { acting } from "./twoTime.ts";

export function experimentNamed(asked: Asked): Experiment {
  return asked.kind === "twoTime" ? acting(asked.first, asked.protocol) : accounting(asked.model, asked.size);
}
