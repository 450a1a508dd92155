/**
 * Finite M, exactly: sites that start in level k are bosons (k → l), and how many start there is random (Holstein and
 * Primakoff, Phys. Rev. 58, 1098, 1940, generalised to d levels; physics section 4).
 */

import { binomialWeight } from "../../algebra/binomialWeight.ts";
import { binomial } from "../../algebra/gauss.ts";
import { addTo, copy, scale, subtract } from "../../algebra/matrix.ts";
import { remembered } from "../../algebra/remembered.ts";
import type { Hopping, Ladder } from "../../fock/hamiltonian.ts";
import type { Model } from "../../model/types.ts";
import { type Transitions, transitions } from "../../reservoir/transitions.ts";
import { type Family, mostCounted, vanishes } from "./family.ts";
import { heatOfSites } from "./heat.ts";
import { missedOfCounts } from "./missedOfCounts.ts";
import { forceOfLevel, rateOfLevel, widthOnSite } from "./siteRates.ts";

/** Modes (k → l), levels from 0. */
interface Transition {
  readonly k: number;
  readonly l: number;
}

/** The sectors of a reservoir of `size` sites. */
export function finiteFamily(model: Model, size: number): Family {
  const t = transitions(model);
  const start = [...t.populations.keys()].filter((k) => t.populations[k] > 0);
  const modes = reachableTransitions(t, start);
  const index = (k: number, l: number) => modes.findIndex((mode) => mode.k === k && mode.l === l);
  const root = Math.sqrt(size);
  const ladders = modes.flatMap(({ k, l }, mode): Ladder[] => {
    const coupling = t.operators[l][k];
    return vanishes(coupling) ? [] : [{ mode, coupling }];
  });
  const hoppings = modes.flatMap(({ k, l }, to): Hopping[] => {
    const own = scale(subtract(t.operators[l][l], t.operators[k][k]), 1 / root);
    const others = modes
      .filter((mode) => mode.k === k && mode.l > l)
      .map((mode) => ({ to, from: index(k, mode.l), operator: scale(t.operators[l][mode.l], 1 / root) }));
    return [{ to, from: to, operator: own }, ...others].filter((hopping) => !vanishes(hopping.operator));
  });
  const lines = start.slice(0, -1).map((_, i) => alongLine(t, start, size, i));
  const base = copy(model.system.hamiltonian);
  if (model.meanField.kept) addTo(base, model.meanField.operator, root);
  return {
    path: start.length === 1 ? "Holstein-Primakoff modes" : "Holstein-Primakoff modes, averaged over the occupations",
    axes: start.length - 1,
    axis: (i, before) => {
      const { trials, p } = conditional(t, start, size, i, before);
      const counts = { mean: trials * p, trials, weight: (n: number) => binomialWeight(trials, p, n) };
      const missed = missedOfCounts({ trials, p }, lines[i].rate, lines[i].force);
      return { measure: binomial(trials, p), deviation: Math.sqrt(trials * p * (1 - p)), counts, missed };
    },
    hamiltonian: (point) => {
      const deviations = occupationDeviations(t, start, point);
      const system = copy(base);
      start.forEach((k, i) => {
        addTo(system, t.operators[k][k], deviations[i] / root);
      });
      return {
        dimension: model.system.dimension,
        system,
        modes: modes.map(({ k, l }) => ({ frequency: t.energies[l] - t.energies[k], group: start.indexOf(k) })),
        groups: start.map((k, i) => {
          const filled = Math.max(0, t.populations[k] + deviations[i] / size);
          return { filled, step: 1 / size, capacity: Math.round(filled * size) };
        }),
        ladders,
        hoppings,
      };
    },
    heat: heatOfSites(
      size,
      Math.max(...t.energies) - Math.min(...t.energies),
      remembered(() => widthOnSite(t)),
    ),
    capacity: size,
    exactSectors: compositions(size, start.length),
  };
}

/** Modes that the couplings can fill: directly, or by hopping from one that is filled. */
function reachableTransitions(t: Transitions, start: readonly number[]): Transition[] {
  return start.flatMap((k) => {
    const reached = new Set<number>();
    const queue = [k];
    for (let from = queue.pop(); from !== undefined; from = queue.pop()) {
      for (let l = 0; l < t.levels; l++) {
        if (l === k || reached.has(l) || vanishes(t.operators[l][from])) continue;
        reached.add(l);
        queue.push(l);
      }
    }
    return [...reached].sort((a, b) => a - b).map((l) => ({ k, l }));
  });
}

/** What a site changes, and what couples it to S by, if it starts in the i-th level and not in those after it. */
function alongLine(t: Transitions, start: readonly number[], size: number, i: number) {
  const after = start.slice(i + 1);
  const left = after.reduce((sum, level) => sum + t.populations[level], 0);
  const rest = after.map((level) => ({ level, share: t.populations[level] / left }));
  return { rate: rateOfLevel(t, size, start[i], rest), force: forceOfLevel(t, size, start[i], rest) };
}

/** The i-th occupation is binomial among the sites that the earlier ones leave. */
function conditional(t: Transitions, start: readonly number[], size: number, i: number, before: readonly number[]) {
  let left = 1;
  let shift = 0;
  for (let j = 0; j < i; j++) {
    // Earlier values are deviations from conditional means: the mean of what is left moves with them.
    const p = t.populations[start[j]] / left;
    shift = shift * (1 - p) - before[j];
    left -= t.populations[start[j]];
  }
  const trials = Math.max(0, size * left + shift);
  const whole = size < mostCounted ? Math.round(trials) : trials;
  return { trials: whole, p: Math.min(1, t.populations[start[i]] / left) };
}

/** M_k − M p_k for each start level, from the values of the axes. */
function occupationDeviations(t: Transitions, start: readonly number[], point: readonly number[]): Float64Array {
  const deviations: number[] = [];
  let left = 1;
  let shift = 0;
  for (let i = 0; i < start.length - 1; i++) {
    const p = t.populations[start[i]] / left;
    const own = shift * p + point[i];
    deviations.push(own);
    shift -= own;
    left -= t.populations[start[i]];
  }
  deviations.push(shift);
  return Float64Array.from(deviations);
}

/** The number of ways to share `size` sites among `levels` levels. */
function compositions(size: number, levels: number): number {
  let count = 1;
  for (let i = 1; i < levels; i++) count *= (size + i) / i;
  return Math.round(count);
}
