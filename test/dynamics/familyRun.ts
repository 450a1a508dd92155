/** ρ_S(t) of a family of sectors at a given cutoff and with given nodes: `simulate` without its choices. */

import type { MatrixSeries } from "../../src/algebra/series.ts";
import { averagePoints } from "../../src/dynamics/average/average.ts";
import type { NodeChoice } from "../../src/dynamics/average/rules.ts";
import type { Family } from "../../src/dynamics/families/family.ts";
import { Stage } from "../../src/dynamics/stage/stage.ts";
import type { Model } from "../../src/model/types.ts";

export interface FamilyRun {
  readonly rho: MatrixSeries;
  readonly dimension: number;
  readonly sectors: number;
  readonly complete: boolean;
  /** Proved bound on each entry of ρ_S, of the cutoff and the propagator. */
  readonly bound: number;
}

/**
 * The average with the same choice on each axis; by default the exact sum over all sectors. The propagator may err by
 * 3 % of `tolerance`.
 */
export function familyRun(
  model: Model,
  family: Family,
  cutoff: number,
  choice: NodeChoice = { nodes: Number.POSITIVE_INFINITY },
  tolerance = 1e-11,
): FamilyRun {
  const stage = new Stage(model, family, tolerance, 2 ** 30);
  const choices = Array.from({ length: family.axes }, () => choice);
  const { points } = averagePoints(family, choices, 0);
  const { rho, leaked, propagation } = stage.part({ points, cutoff, enough: 0 });
  const complete = stage.completeAt(cutoff);
  return { rho, dimension: stage.dimension, sectors: points.length, complete, bound: leaked + propagation };
}
