/**
 * What is proved of energies under drives. Their work is an integral that is computed, but H changes by nothing but work: so it is
 * wrong by what the balance is open by, and by what all else in it is wrong by (docs/certificates.md, section 5, "Energies").
 */

import type { EnergyErrors } from "./energyProof.ts";

/** The numbers at a place in the list of times. */
export interface Balance {
  readonly system: number;
  readonly interaction: number;
  readonly heats: readonly number[];
  readonly work: number;
  readonly pulses: number;
}

export class DrivenBounds {
  private readonly sums: { system: number; interaction: number; heat: number; heats: number; kicks: number }[];

  constructor(times: number) {
    this.sums = Array.from({ length: times }, () => ({ system: 0, interaction: 0, heat: 0, heats: 0, kicks: 0 }));
  }

  /** A ket of a mixture. */
  add(place: number, weight: number, { system, interaction, heats, kicks }: EnergyErrors): void {
    const sum = this.sums[place];
    sum.system += weight * system;
    sum.interaction += weight * interaction;
    sum.heat += weight * Math.max(0, ...heats);
    sum.heats += weight * heats.reduce((all, one) => all + one, 0);
    sum.kicks += weight * kicks;
  }

  /** What the worst number is off by at most at a place; `first`: that of t = 0. */
  at(place: number, balance: Balance, first: number, atFirst: Balance): number {
    const { system, interaction, heat, heats, kicks } = this.sums[place];
    const begun = this.sums[first];
    const open = Math.abs(owned(balance) - owned(atFirst)) + rounding * (size(balance) + size(atFirst));
    const work =
      open + system + interaction + heats + kicks + begun.system + begun.interaction + begun.heats + begun.kicks;
    return Math.max(system, interaction, heat, kicks, work);
  }
}

/** A few units of it, for each number of a balance. */
const rounding = 16 * Number.EPSILON;

function owned({ system, interaction, heats, work, pulses }: Balance): number {
  return heats.reduce((sum, heat) => sum + heat, system + interaction - work - pulses);
}

function size({ system, interaction, heats, work, pulses }: Balance): number {
  return [system, interaction, work, pulses, ...heats].reduce((sum, x) => sum + Math.abs(x), 0);
}
