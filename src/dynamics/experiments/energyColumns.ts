/** What the accounts of a sector need, however it is evolved. */

import type { MatrixSeries } from "../../algebra/series.ts";
import type { ComplexVector } from "../../fock/sparse.ts";
import type { Model } from "../../model/types.ts";
import type { KetErrors } from "../controlled/jointKets.ts";
import { Populations } from "../sector/filling.ts";
import type { EvolutionInfo, Problem, Wanted } from "../sector/problem.ts";
import { ketAt } from "../sector/sparseKet.ts";
import { type EnergyBounds, mostError } from "./energyBounds.ts";
import type { EnergyLedger } from "./energyLedger.ts";
import { type EnergyParts, siteTransitions } from "./energyParts.ts";

/** Where each number stands. The last three are there only if something is done to S from outside. */
export interface Columns {
  readonly system: number;
  readonly interaction: number;
  /** Of the first transition. */
  readonly heat: number;
  readonly work: number;
  readonly pulses: number;
  readonly decay: number;
  readonly count: number;
}

export function columnsOf(model: Model): Columns {
  const after = 2 + siteTransitions(model).length;
  const count = model.protocol === undefined ? after : after + 3;
  return { system: 0, interaction: 1, heat: 2, work: after, pulses: after + 1, decay: after + 2, count };
}

export type Put = (place: number, column: number, value: number) => void;

/** What the accounts of a sector need. */
export interface Own {
  readonly problem: Problem;
  readonly parts: EnergyParts;
  readonly columns: Columns;
  readonly put: Put;
  readonly wanted: Wanted;
  /** By how much errors, in norm, are larger in a number. */
  readonly factors: EnergyBounds;
  /** What is put down. */
  readonly numbers: MatrixSeries;
}

/** What is known of drives: how errors count where they are left out, and the norms of their operators, in the unit. */
export interface Driven {
  readonly still: () => EnergyBounds;
  readonly norms: readonly number[];
}

/** Shows the populations of kets at the places that are looked at. */
export function onlookerFor({ basis }: Problem, lookAt: readonly number[]) {
  const populations = new Populations(basis, lookAt.length);
  const lookOf = new Map(lookAt.map((place, look) => [place, look]));
  const look = (ket: ComplexVector, places: readonly number[], weight: number) =>
    places.forEach((place, t) => {
      const at = lookOf.get(place);
      if (at === undefined) return;
      const state = ketAt(ket, t, places.length);
      populations.addAt(at, state.re, state.im, weight);
    });
  return { populations, lookOf, look };
}

export function addErrors(
  info: EvolutionInfo,
  weight: number,
  { leak, propagation }: EnergyBounds,
  error: KetErrors,
): void {
  info.leaked += weight * leak * error.leaked;
  info.propagation += weight * propagation * error.propagation;
  info.applications += error.applications;
  if (error.propagation > mostError) info.proved = false;
}

export function putEntry(
  put: Put,
  columns: Columns,
  place: number,
  weight: number,
  { driven, work, pulses, decay }: ReturnType<EnergyLedger["at"]>,
): void {
  put(place, columns.system, weight * driven);
  put(place, columns.work, weight * work);
  put(place, columns.pulses, weight * pulses);
  put(place, columns.decay, weight * decay);
}

export function worstOf(errors: readonly KetErrors[]): KetErrors {
  const worst = (of: "leaked" | "propagation") => Math.max(0, ...errors.map((error) => error[of]));
  const applications = errors.reduce((sum, error) => sum + error.applications, 0);
  return { leaked: worst("leaked"), propagation: worst("propagation"), applications };
}
