/**
 * What is proved of averages over sectors of energies, which have no bound as operators (docs/certificates.md, section 6, "Energies"):
 * quanta fill up no faster than S can feed them. ⟨V⟩ is what the balance leaves to it, or under pulses what quanta and fields can do.
 */

import { traceOfProduct } from "../../algebra/matrix.ts";
import { spectralNorm } from "../../algebra/singularValues.ts";
import type { Model, Size } from "../../model/types.ts";
import { strengthOf } from "../../reservoir/frequencyGap.ts";
import type { Averaged } from "../average/sectors.ts";
import type { Family } from "../families/family.ts";
import type { Filled } from "../families/heat.ts";
import type { Magnitudes } from "../families/missed.ts";
import { siteTransitions } from "./energyParts.ts";
import { meanFieldAtFirst, meanFieldNorm } from "./meanFieldEnergy.ts";

/** Drives and decay change the energy by integrals, of which nothing is proved in averages. */
export function provedInAverages({ protocol }: Model): boolean {
  return protocol === undefined || (protocol.drives.length === 0 && protocol.decays.length === 0);
}

/** Of E_S and the energy of all quanta together, hence of ⟨V⟩ as well, or under pulses of it too; null where nothing is known of them. */
export function energyMagnitudes(model: Model, { heat }: Family, unit: number): Magnitudes | null {
  if (heat === undefined) return null;
  const system = spectralNorm(model.system.hamiltonian);
  const quantum = siteTransitions(model).reduce((most, { frequency }) => Math.max(most, frequency), 0);
  const times = timesJumped(model);
  if (times === 0) return (t) => ({ whole: (system + heat.inSectors(t)) / unit, each: quantum / unit });
  const { force } = heat;
  if (force === undefined) return null;
  return (t) => ({
    whole: (times * (system + force.inSectors(t)) + heat.inSectors(t)) / unit,
    each: quantum / unit,
    forces: times / unit,
  });
}

/** How many times ⟨H_S + V⟩ counts in ⟨V⟩ or in what all pulses do, which is its value after each less that before; 0 without pulses. */
function timesJumped({ protocol }: Model): number {
  return 2 * (protocol?.pulses.length ?? 0);
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
  const system = spectralNorm(model.system.hamiltonian);
  const times = timesJumped(model);
  const atFirst = times > 0 ? 0 : missedAtFirst(model, size, averaged, place);
  const force = times > 0 ? forceAnywhere(model, size, family) : { inSectors: () => 0, omitted: () => 0 };
  if (atFirst === null || force === null) return null;
  const most = (of: keyof Filled, t: number) => system + times * (system + force[of](t)) + heat[of](t);
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
