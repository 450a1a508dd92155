/**
 * What is proved of energies under drives, or where S decays. Work and what decay brings are integrals that are computed, but H changes by
 * nothing else: so they are wrong, together, by what the balance is open by, and by what all else in it is wrong by
 * (docs/certificates.md, section 5, "Energies").
 */

import type { Own } from "./energyColumns.ts";
import type { EnergyErrors } from "./energyProof.ts";

/** The numbers at a place in the list of times. */
export interface Balance {
  readonly system: number;
  readonly interaction: number;
  readonly heats: readonly number[];
  readonly work: number;
  readonly pulses: number;
  readonly decay: number;
}

/** All of them, in what was put down. */
function balanceAt({ numbers, columns, parts }: Own, place: number): Balance {
  const number = (c: number) => numbers.re[place * numbers.dimension ** 2 + c];
  return {
    system: number(columns.system),
    interaction: number(columns.interaction),
    heats: parts.heat.map((_, g) => number(columns.heat + g)),
    work: number(columns.work),
    pulses: number(columns.pulses),
    decay: number(columns.decay),
  };
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

  /** What the worst number is off by at most at each of the times, of which one is 0: the balance begins there. */
  all(own: Own): Float64Array {
    const { times } = own.problem;
    const first = times.indexOf(0);
    if (first < 0) return new Float64Array(times.length).fill(Number.POSITIVE_INFINITY);
    const begun = balanceAt(own, first);
    return Float64Array.from(times, (_, place) => this.at(place, balanceAt(own, place), first, begun));
  }

  /** At a place; `first`: that of t = 0. */
  private at(place: number, balance: Balance, first: number, atFirst: Balance): number {
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

function owned({ system, interaction, heats, work, pulses, decay }: Balance): number {
  return heats.reduce((sum, heat) => sum + heat, system + interaction - work - pulses - decay);
}

function size({ system, interaction, heats, work, pulses, decay }: Balance): number {
  return [system, interaction, work, pulses, decay, ...heats].reduce((sum, x) => sum + Math.abs(x), 0);
}
