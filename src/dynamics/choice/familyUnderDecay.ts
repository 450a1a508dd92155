/** Sectors over several variables, or purified sites in a single one, where S decays. */

import type { Model, Size } from "../../model/types.ts";
import type { Experiment } from "../experiments/experiment.ts";
import { existing, type NamedFamily } from "../families/familyNamed.ts";
import { expectedCost } from "./expectedCost.ts";

/**
 * What counts is what a joint density matrix takes in each sector, and first that it fits: trajectories meet no small tolerance,
 * and what is asked beside ρ_S(t) cannot be had of them. A small trial of each says.
 */
export function familyUnderDecay(
  model: Model,
  size: Size,
  grouped: NamedFamily,
  tolerance: number,
  memory: number,
  experiment?: Experiment,
): NamedFamily {
  if (grouped.family.axes === 0) return grouped;
  const purified = existing("purified", model, size, tolerance);
  const [many, one] = [grouped, purified].map(({ family }) =>
    expectedCost(model, family, tolerance, memory, experiment),
  );
  if (one === null || many === null) return one === null ? grouped : purified;
  if (one.sampled !== many.sampled) return one.sampled ? grouped : purified;
  return one.seconds <= many.seconds ? purified : grouped;
}
