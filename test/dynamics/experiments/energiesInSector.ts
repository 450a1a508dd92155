/** Energies of a single sector, and what is proved of them. */

import { expect } from "vitest";
import { watched } from "../../../src/dynamics/experiments/energies.ts";
import { accounting } from "../../../src/dynamics/experiments/energyAccounts.ts";
import { columnsOf } from "../../../src/dynamics/experiments/energyColumns.ts";
import type { Family } from "../../../src/dynamics/families/family.ts";
import { Stage } from "../../../src/dynamics/stage/stage.ts";
import type { Model, Size } from "../../../src/model/types.ts";

/** The numbers of the one sector of a family in a space of so many quanta, in the user's unit. */
export function energiesInSector(model: Model, size: Size, family: Family, cutoff: number, tolerance: number) {
  expect(family.axes).toBe(0);
  const experiment = accounting(model, size);
  const stage = new Stage(watched(model), family, tolerance, 2 ** 30, experiment);
  const { rho, boundAt, proved } = stage.part({ points: [{ point: [], weight: 1 }], cutoff, enough: 0 });
  expect(proved).toBe(true);
  const { unit } = experiment;
  const { count } = columnsOf(model);
  const at = (place: number) => Array.from({ length: count }, (_, c) => unit * rho.re[place * rho.dimension ** 2 + c]);
  return { at, bounds: [...boundAt].map((bound) => unit * bound) };
}
