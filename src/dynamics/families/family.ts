/** Sectors as a family of Hamiltonians over independent random variables: one description for every M in [1, ∞]. */

import type { Recurrence } from "../../algebra/gauss.ts";
import type { Matrix } from "../../algebra/matrix.ts";
import { type BosonHamiltonian, type Pattern, patternOf } from "../../fock/hamiltonian.ts";
import type { Heat } from "./heat.ts";
import type { Missed } from "./missed.ts";
import type { FockStart } from "./start.ts";

/** The distribution of one variable, once those before it have their values. */
export interface Axis {
  readonly measure: Recurrence;
  /** Standard deviation. */
  readonly deviation: number;
  /** For a variable that counts: value + mean is an integer n from 0 to trials, with probability weight(n). */
  readonly counts?: {
    readonly mean: number;
    readonly trials: number;
    weight(n: number): number;
    /**
     * Where the weights end while they are large, so that equal steps would see the edge and not converge fast: the quanta that
     * the sector of n can hold. Those that hold fewer than others need differ from them, and count each for itself.
     */
    room?(n: number): number;
  };
  /** The share of the variable in the family's density; 1 if left out. */
  density?(value: number): number;
  /** What an average over the variable is proved to miss, its density included; left out where nothing is. */
  readonly missed?: Missed;
}

/**
 * Beyond this number of trials a real number stands for the whole one next to it, from which doubles hardly tell it: the variable is
 * as good as continuous.
 */
export const mostCounted = 2 ** 50;

export interface Family {
  /** In words, for the report. */
  readonly path: string;
  /** Number of variables to average over; 0 means a single sector. */
  readonly axes: number;
  /** Variables are centred: 0 is the mean given those before. */
  axis(index: number, before: readonly number[]): Axis;
  /** The Hamiltonian of the sector at a point (one value for each axis). */
  hamiltonian(point: readonly number[]): BosonHamiltonian;
  /** What a point weighs beyond its axes' distributions; 1 if left out. A point of density 0 is no sector. */
  density?(point: readonly number[]): number;
  /** Fock states in which the bosons start; the vacuum if left out. Without a point: all those of any sector. */
  starts?(point?: readonly number[]): readonly FockStart[];
  /** What is proved of the energy of its quanta; left out where nothing is. */
  readonly heat?: Heat;
  /** Most excitations that any sector can hold; Infinity for free bosons. */
  readonly capacity: number;
  /** Of each group of modes, where that differs from one to the other. */
  readonly groupCapacities?: readonly number[];
  /** Number of sectors of the exact average; Infinity for a continuous one. */
  readonly exactSectors: number;
}

/** The pattern shared by all sectors of a family. Hamiltonians are linear in each variable, up to the ladder amplitudes. */
export function familyPattern(family: Family): Pattern {
  const origin = new Array<number>(family.axes).fill(0);
  const points = [origin];
  for (let i = 0; i < family.axes; i++) {
    for (const steps of [1, 2]) {
      const point = origin.slice();
      point[i] = steps * 0.618 * family.axis(i, origin).deviation;
      points.push(point);
    }
  }
  const pattern = patternOf(points.map((point) => family.hamiltonian(point)));
  return { ...pattern, capacities: pattern.capacities.map((_, g) => family.groupCapacities?.[g] ?? family.capacity) };
}

/** True if no entry is nonzero. */
export function vanishes(a: Matrix): boolean {
  return a.re.every((x) => x === 0) && a.im.every((x) => x === 0);
}

/**
 * A sector that has nothing special about it, as the one at the means may have: each axis 1.5 deviations off its mean. Not one
 * without any site in a level that few are in: less happens there than in all others.
 */
export function typicalPoint(family: Family): number[] {
  const point: number[] = [];
  for (let i = 0; i < family.axes; i++) {
    const { counts, deviation } = family.axis(i, point);
    if (counts === undefined || counts.trials > mostCounted) point.push(1.5 * deviation);
    else {
      const { mean, trials } = counts;
      const fewer = Math.floor(mean - 1.5 * deviation);
      point.push((fewer > 0 ? fewer : Math.min(trials, Math.ceil(mean + 1.5 * deviation))) - mean);
    }
  }
  return point;
}
