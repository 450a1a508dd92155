/** Families of which either might take least: modes or a chain of as many, an average over sectors or purified sites. */

import type { Model, Size } from "../../model/types.ts";
import type { Experiment } from "../experiments/experiment.ts";
import { existing, type NamedFamily } from "../families/familyNamed.ts";
import { expectedCost, expectedSectors } from "./expectedCost.ts";
import { mayStandInChain, sectorsOfField, wholeChain } from "./wholeChain.ts";

export interface Rival {
  readonly named: NamedFamily;
  /** About how many sectors are averaged. */
  readonly sectors: number;
  /** So many times less than the others it has to take: what it will take is seen less well. */
  readonly reserve: number;
}

/** The modes of purified sites climb higher than small spaces show, and few sectors along one variable are seen well. */
const reserveOfPurified = 3;

/** What a run would start from first. */
export function rivals(
  model: Model,
  size: Size,
  grouped: NamedFamily,
  tolerance: number,
  certified: boolean,
  experiment: Experiment | undefined,
): readonly Rival[] {
  const alone = (named: NamedFamily, reserve = 1): Rival => ({ named, sectors: 1, reserve });
  if (size === Number.POSITIVE_INFINITY) {
    const inChain = !certified && mayStandInChain(grouped);
    if (!inChain) return [alone(grouped)];
    const sectors = grouped.family.axes === 0 ? 1 : sectorsOfField;
    return [grouped, wholeChain(model, tolerance)].map((named) => ({ named, sectors, reserve: 1 }));
  }
  const { axes } = grouped.family;
  if (axes === 0) return [alone(grouped)];
  const sectors = expectedSectors(grouped.family, model.times, tolerance, experiment);
  const averaged = { named: grouped, sectors, reserve: 1 };
  // ρ_S(t) alone is diagonalised in sectors along one variable, for all their kets and times together; and few nodes are proved.
  const plain = model.protocol === undefined && experiment === undefined;
  if (axes === 1 && (plain || certified)) return [averaged];
  const purified = alone(existing("purified", model, size, tolerance), axes === 1 ? reserveOfPurified : 1);
  // With three and more occupied levels, and with several reservoirs, the average has many sectors.
  return axes === 1 ? [averaged, purified] : [purified, averaged];
}

/** In the order of what they are expected to take by a look as far as is worth while. */
export function cheapestFirst(
  some: readonly Rival[],
  model: Model,
  tolerance: number,
  memory: number,
  experiment: Experiment | undefined,
): readonly Rival[] {
  const seconds = new Map(
    some.map((rival) => {
      const cost = expectedCost(model, rival.named.family, tolerance, memory, experiment);
      return [rival, rival.reserve * (cost?.seconds ?? Number.POSITIVE_INFINITY)];
    }),
  );
  return [...some].sort((a, b) => (seconds.get(a) as number) - (seconds.get(b) as number));
}
