/**
 * Finite M for two-level sites: blocks of total spin j = M/2 − s, each a single boson with a thermal start; the
 * counterpart of the thermal oscillator (physics section 4, "two-level sites").
 */

import { binomialWeight } from "../../algebra/binomialWeight.ts";
import { binomial, discrete, type Recurrence } from "../../algebra/gauss.ts";
import { addTo, copy, type Matrix, scale, subtract } from "../../algebra/matrix.ts";
import type { Model } from "../../model/types.ts";
import { transitions } from "../../reservoir/transitions.ts";
import { type Axis, type Family, mostCounted, vanishes } from "./family.ts";
import { heatOfModes, meanQuanta } from "./heat.ts";
import { missedOfBlocks } from "./missedOfBlocks.ts";
import { gainOfTiltedSpins, rateOfTiltedSpin } from "./siteRates.ts";
import { geometricStarts, geometricSum } from "./start.ts";

/** More starting states in a block than this cost more than a second mode. */
const mostStarts = 200;

/** Up to this many blocks the rules are made for their very weights; beyond, for the binomial ones. */
const mostBlocksListed = 500;

/** Then j = 0 must be this many deviations away, where the blocks end but the binomial distribution does not. */
const farFromEmpty = 7;

/** The blocks of `size` sites, or null if sites have more levels, start in one, or are too hot for few blocks. */
export function spinBlockFamily(model: Model, size: number, tolerance: number): Family | null {
  const t = transitions(model);
  if (t.levels !== 2 || t.populations.some((p) => p === 0)) return null;
  const [g, e] = t.populations[0] >= t.populations[1] ? [0, 1] : [1, 0];
  const p = t.populations[e];
  const x = p / t.populations[g];
  const deviation = Math.sqrt(size * p * (1 - p));
  const listed = size / 2 + 1 <= mostBlocksListed;
  if (!listed && size * (0.5 - p) < farFromEmpty * deviation) return null;
  if (size > mostStarts && x ** mostStarts > 0.03 * tolerance) return null;
  const root = Math.sqrt(size);
  const difference: Matrix = subtract(t.operators[e][e], t.operators[g][g]);
  const coupling = t.operators[e][g];
  const frequency = t.energies[e] - t.energies[g];
  const base = copy(model.system.hamiltonian);
  if (model.meanField.kept) addTo(base, model.meanField.operator, root);
  /** 2j, which need not be a whole number where the block is a node of a rule. */
  const twiceSpinAt = ([deviationOfS]: readonly number[]) => size * (1 - 2 * p) - 2 * deviationOfS;
  const capacityAt = (point: readonly number[]) =>
    size < mostCounted ? Math.round(twiceSpinAt(point)) : twiceSpinAt(point);
  // A block weighs C(M, s) − C(M, s − 1) times its Σ xⁿ: this over the binomial weight of s.
  const density = (point: readonly number[]) => {
    const twiceSpin = twiceSpinAt(point);
    // Whole numbers come with rounding errors.
    if (twiceSpin < -0.5) return 0;
    const s = 0.5 * (size - twiceSpin);
    return ((twiceSpin + 1) / (size - s + 1)) * geometricSum(x, twiceSpin);
  };
  const mean = size * p;
  const blocks = listed
    ? listedBlocks(size, mean, x, 0.003 * tolerance, (s) => binomialWeight(size, p, s) * density([s - mean]))
    : {
        ...{ measure: binomial(size, p), deviation, counts: binomialCounts(size, p) },
        density: (value: number) => density([value]),
        missed: missedOfBlocks({ trials: size, p }, rateOfTiltedSpin(t, size), gainOfTiltedSpins(t, size)),
      };
  return {
    path: "blocks of total spin, averaged",
    axes: 1,
    axis: () => blocks,
    ...(listed ? {} : { density }),
    hamiltonian: (point) => {
      const capacity = Math.max(0, capacityAt(point));
      const system = copy(base);
      addTo(system, difference, point[0] / root);
      return {
        dimension: model.system.dimension,
        system,
        modes: [{ frequency, group: 0 }],
        groups: [{ filled: 1 - 2 * p - (2 * point[0]) / size, step: 1 / size, capacity }],
        ladders: vanishes(coupling) ? [] : [{ mode: 0, coupling }],
        hoppings: vanishes(difference) ? [] : [{ to: 0, from: 0, operator: scale(difference, 1 / root) }],
      };
    },
    starts: (point) =>
      geometricStarts([x], 0.03 * tolerance, point === undefined ? size : Math.max(0, capacityAt(point))),
    heat: heatOfModes([{ frequency, coupling }], {
      frequency,
      inSectors: meanQuanta(x, size),
      omitted: meanQuanta(x, size, geometricStarts([x], 0.03 * tolerance, size).length - 1),
    }),
    capacity: size,
    exactSectors: Math.floor(size / 2) + 1,
  };
}

function binomialCounts(trials: number, p: number): Axis["counts"] {
  return { mean: trials * p, trials, weight: (n) => binomialWeight(trials, p, n) };
}

/**
 * The axis of s = 0, 1, … ⌊M/2⌋ with the blocks' own weights, which may end abruptly at j = 0, where the blocks are small.
 */
function listedBlocks(size: number, mean: number, x: number, negligible: number, weight: (s: number) => number): Axis {
  const trials = Math.floor(size / 2);
  const all = Array.from({ length: trials + 1 }, (_, s) => ({ value: s - mean, weight: weight(s) }));
  const atoms = all.filter((atom) => atom.weight > 1e-18);
  const values = atoms.map((atom) => atom.value);
  const weights = atoms.map((atom) => atom.weight);
  const room = (s: number) => size - 2 * s;
  // A start with 2j quanta weighs x^2j.
  const abrupt = weight(trials) * x ** room(trials) > negligible;
  const counts = { mean, trials, weight, ...(abrupt ? { room } : {}) };
  const total = weights.reduce((sum, one) => sum + one, 0);
  const average = (of: (value: number) => number) =>
    atoms.reduce((sum, { value, weight: one }) => sum + one * of(value), 0) / total;
  const centre = average((value) => value);
  const deviation = Math.sqrt(average((value) => (value - centre) ** 2));
  // Where few blocks are summed one by one nobody asks for their polynomials.
  let measure: Recurrence | null = null;
  return {
    get measure() {
      measure ??= discrete(values, weights);
      return measure;
    },
    deviation,
    counts,
  };
}
