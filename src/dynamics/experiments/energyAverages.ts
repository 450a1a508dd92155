/**
 * What is proved of averages over sectors of energies, which have no bound as operators (docs/certificates.md, section 6, "Energies"):
 * quanta fill up no faster than S can feed them. ⟨V⟩ is what the balance leaves to it, or under pulses what quanta and fields can do.
 */

import { subtract, traceOfProduct } from "../../algebra/matrix.ts";
import { spectralNorm } from "../../algebra/singularValues.ts";
import { type Envelope, envelopeAt } from "../../model/envelope.ts";
import type { Model, Size } from "../../model/types.ts";
import { strengthOf } from "../../reservoir/frequencyGap.ts";
import type { Averaged } from "../average/averaged.ts";
import type { Family } from "../families/family.ts";
import type { Filled } from "../families/heat.ts";
import type { MagnitudesAt } from "../families/missed.ts";
import { siteTransitions } from "./energyParts.ts";
import { meanFieldAtFirst, meanFieldNorm } from "./meanFieldEnergy.ts";

/** Work of drives and what decay brings are integrals, of which the balance proves one, but not two. */
export function provedInAverages({ protocol }: Model): boolean {
  return protocol === undefined || protocol.drives.length === 0 || protocol.decays.length === 0;
}

/** Of E_S and the energy of all quanta together, hence of ⟨V⟩ as well, or where S is acted on of it too; null where nothing is known of them. */
export function energyMagnitudes(model: Model, family: Family, unit: number): MagnitudesAt | null {
  const { heat } = family;
  if (heat === undefined) return null;
  const { force } = heat;
  const quantum = siteTransitions(model).reduce((most, { frequency }) => Math.max(most, frequency), 0);
  const { forces, system } = timesCounted(model);
  if (forces > 0 && force === undefined) return null;
  return (before) => {
    const still = forces > 0 ? stillForce(model, family, before) : 0;
    return (t) => ({
      whole: (system(t) + forces * (still + (force?.inSectors(t) ?? 0)) + heat.inSectors(t)) / unit,
      each: quantum / unit,
      forces: forces / unit,
    });
  };
}

/** ‖V‖ as long as no site has acted on S, where variables have such values and those after them are at their means; fields count by themselves. */
function stillForce({ system }: Model, family: Family, before: readonly number[]): number {
  if (family.axes === 0 || family.axis(0, []).counts === undefined) return 0;
  const point = Array.from({ length: family.axes }, (_, i) => before[i] ?? 0);
  return spectralNorm(subtract(family.hamiltonian(point).system, system.hamiltonian));
}

/**
 * How many times ⟨V⟩ counts, and E_S at most, in any of the numbers: in E_S itself, in what all pulses do, which is ⟨H_S + V⟩ after each
 * less that before, and in what drives or decay bring, which is what the balance leaves to them. None where nothing is done to S: then
 * ⟨V⟩ is what the balance leaves to it.
 */
function timesCounted({ system, protocol }: Model): {
  readonly forces: number;
  readonly system: (t: number) => number;
} {
  const alone = spectralNorm(system.hamiltonian);
  if (protocol === undefined) return { forces: 0, system: () => alone };
  const { pulses, drives, decays, scan } = protocol;
  const jumps = 2 * pulses.length;
  if (drives.length === 0 && decays.length === 0) return { forces: jumps, system: () => jumps * alone };
  const norms = drives.map(({ operator }) => spectralNorm(operator));
  const driven = (t: number) =>
    drives.reduce((sum, { envelope }, j) => sum + norms[j] * largestBeside(envelope, t), alone);
  return {
    forces: 2 + jumps,
    system: (t) => pulses.reduce((sum, { at }) => sum + 2 * driven(scan ? at * t : at), driven(t) + driven(0)),
  };
}

/** |f| at a time, on either side of a jump. */
function largestBeside(envelope: Envelope, t: number): number {
  const aside = Number.EPSILON * Math.abs(t) + Number.MIN_VALUE;
  return Math.max(...[t - aside, t, t + aside].map((inside) => Math.abs(envelopeAt(envelope, t, inside))));
}

/** Where a number stands, and what it is divided by. */
interface Place {
  readonly unit: number;
  readonly system: number;
  readonly interaction: number;
}

/** What is off by weights that are left out, and by ⟨V⟩ as it is found from the balance; null where nothing is proved. */
export function energyBeyond(
  model: Model,
  size: Size,
  family: Family,
  averaged: Averaged,
  place: Place,
): ((t: number) => number) | null {
  const { sum, dropped } = averaged;
  const { heat } = family;
  if (family.axes === 0 && sum.omitted === 0) return () => 0;
  if (heat === undefined) return null;
  const { forces, system } = timesCounted(model);
  const atFirst = forces > 0 ? 0 : missedAtFirst(model, size, averaged, place);
  const force = forces > 0 ? forceAnywhere(model, size, family) : { inSectors: () => 0, omitted: () => 0 };
  if (atFirst === null || force === null) return null;
  const most = (of: keyof Filled, t: number) => system(t) + forces * force[of](t) + heat[of](t);
  return (t) => atFirst + (2 * dropped * most("inSectors", t) + sum.omitted * most("omitted", t)) / place.unit;
}

/** Fields that are left out are no stronger, on average over them: the nodes of no rule are farther off. */
const farthestField = 16;

/** |⟨V⟩| at most in sectors that are left out: of M sites, whatever they do, √M times that of one. */
function forceAnywhere(model: Model, size: Size, { heat }: Family): Filled | null {
  if (size < Number.POSITIVE_INFINITY) {
    const one = model.reservoirs.reduce((most, reservoir) => Math.max(most, strengthOf(reservoir)), 0);
    const most = Math.sqrt(size) * one + meanFieldNorm(model, size);
    return { inSectors: () => most, omitted: () => most };
  }
  const force = heat?.force;
  if (force === undefined) return null;
  return { inSectors: (t) => farthestField * force.inSectors(t), omitted: force.omitted };
}

/**
 * The energy that the sectors have on average stays as it is where nothing is done to S: what is wrong with it at t = 0, which is
 * known, is wrong with ⟨V⟩ at all times.
 */
function missedAtFirst(
  model: Model,
  size: Size,
  { sum }: Averaged,
  { unit, system, interaction }: Place,
): number | null {
  const first = sum.rho.times.indexOf(0);
  if (first < 0) return null;
  const found = (column: number) => sum.rho.re[first * sum.rho.dimension ** 2 + column];
  return (
    Math.abs(found(system) - meanAtFirst(model, model.system.hamiltonian) / unit) +
    Math.abs(found(interaction) - meanFieldAtFirst(model, size) / unit) +
    2 * sum.boundAt[first]
  );
}

function meanAtFirst({ system }: Model, operator: Model["system"]["hamiltonian"]): number {
  return traceOfProduct(operator, system.state).re;
}
