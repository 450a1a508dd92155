/** One sector of a random model, cut off too low on purpose: what its bounds say, and how wrong it is. */

import { eigh } from "../src/algebra/hermitian.ts";
import { evolve, problemOf } from "../src/dynamics/evolve.ts";
import { type Family, familyPattern } from "../src/dynamics/families/family.ts";
import { familyNamed } from "../src/dynamics/families/familyNamed.ts";
import type { Evolution, Ket, Space } from "../src/dynamics/sector/evolution.ts";
import type { Problem } from "../src/dynamics/sector/problem.ts";
import { expand, spectralRounding, spectrum } from "../src/dynamics/spectral/spectral.ts";
import { leakCurves, leakedUntil, spectralLeak } from "../src/dynamics/spectral/spectralLeak.ts";
import { krylovWindows, type Propagator, spectral } from "../src/dynamics/stage/propagator.ts";
import type { Pattern } from "../src/fock/hamiltonian.ts";
import { reachableBasis } from "../src/fock/reachableBasis.ts";
import type { Model } from "../src/model/types.ts";
import { type Random, random } from "../test/oracle/random.ts";
import { randomModel } from "../test/oracle/randomModel.ts";
import { type Compared, largestDifferences } from "./compared.ts";

/** Joint states at most, of the space that is cut off too low and of the one that stands for the truth. */
const mostStates = { low: 100, high: 220 };

const timeLists = [
  [0, 0.1, 0.2, -0.4],
  [0, 0.5, 1, -1.5, 2.5],
  [0, 1, 3, 6, 10],
  [0, -5, -20, 40],
];

/** Both propagators, each to first and to second order where there are both, at every time. */
export function cutCase(seed: number): readonly Compared[] {
  const from = random(seed);
  const levels = from.pick([2, 2, 3, 4]);
  const { model } = randomModel(seed, {
    dims: [from.integer(2, 4)],
    siteDimension: levels,
    couplings: from.integer(1, 2),
    state:
      levels === 2 ? from.pick(["pure", "mixed", "mixed"] as const) : from.pick(["pure", "rank-deficient"] as const),
    centring: "subtract",
    degenerate: false,
    nondemolition: false,
    strength: from.between(0.2, 1),
    times: from.pick(timeLists),
  });
  const size = from.pick([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 3, 12]);
  const limit = size === Number.POSITIVE_INFINITY;
  const wanted = limit ? from.pick(["minimal", "thermal"] as const) : from.pick(["sites", "blocks"] as const);
  // Starts with many quanta in several modes make spaces that are too large even at their lowest.
  for (const name of [wanted, limit ? ("minimal" as const) : ("sites" as const)]) {
    const family = familyNamed(name, model, size, 1e-6)?.family;
    if (family === undefined) continue;
    const compared = judged(seed, model, family, pointOf(family, from), from);
    if (compared !== null) return compared;
  }
  return [];
}

/** A sector that has some weight. */
function pointOf(family: Family, from: Random): readonly number[] {
  const point: number[] = [];
  for (let i = 0; i < family.axes; i++) {
    const { counts, deviation } = family.axis(i, point);
    const off = deviation * from.between(-1.5, 1.5);
    point.push(
      counts === undefined ? off : Math.min(counts.trials, Math.max(0, Math.round(counts.mean + off))) - counts.mean,
    );
  }
  return point;
}

function judged(
  seed: number,
  model: Model,
  family: Family,
  point: readonly number[],
  from: Random,
): readonly Compared[] | null {
  const pattern = familyPattern(family);
  const kets = ketsOf(model, family, point, pattern.modes);
  const quanta = Math.max(...kets.map(({ occupations }) => occupations.reduce((sum, n) => sum + n, 0)));
  let cutoff = quanta + from.integer(1, 5);
  let low = spaceOf(pattern, kets, cutoff);
  while (low.basis.dimension > mostStates.low && cutoff > quanta + 1) low = spaceOf(pattern, kets, --cutoff);
  if (low.basis.dimension > mostStates.low) return null;
  let high = low;
  for (let more = 2; more <= 24; more += 2) {
    const next = spaceOf(pattern, kets, cutoff + more);
    if (next.basis.dimension > mostStates.high) break;
    high = next;
    if (next.basis.complete) break;
  }
  const h = family.hamiltonian(point);
  const at = (space: Space, propagator: Propagator) =>
    evolve(space, h, kets, model.times, propagator, { bound: true, certified: true });
  const truth = at(high, spectral());
  const compared = (label: Compared["label"], evolution: Evolution, bounds = boundsOf(evolution)): Compared => ({
    ...{ seed, label, times: model.times },
    errors: largestDifferences(evolution.rho, truth.rho),
    bounds,
    slack: boundsOf(truth),
  });
  const diagonalised = at(low, spectral());
  return [
    compared("diagonalised, first order", diagonalised, firstOrder(problemOf(low, h, kets, model.times, true))),
    compared("diagonalised, second order", diagonalised),
    compared("Krylov windows", at(low, krylovWindows({ tolerance: from.pick([1e-6, 1e-9, 1e-12]) }))),
  ];
}

/** What leaks until each of the times, as sharp as it can be had, and rounding. */
function firstOrder({ matrix, subspaces, leak, kets, weights, times }: Problem): Float64Array {
  const whole = spectrum(matrix, subspaces);
  const rounding = spectralRounding(whole.blocks, Math.max(...times.map(Math.abs)));
  if (leak === null) return new Float64Array(times.length).fill(rounding);
  const leaks = spectralLeak(leak, whole);
  const expansions = kets.map((ket) => expand(whole, ket));
  const ways = [-1, 1].map((sign) =>
    leakCurves(leaks, expansions, sign * Math.max(0, ...times.map((t) => sign * t)), { certified: true }),
  );
  return Float64Array.from(times, (t) =>
    ways[t < 0 ? 0 : 1].reduce((sum, curve, k) => sum + weights[k] * leakedUntil(curve, t), rounding),
  );
}

function boundsOf({ info }: Evolution): Float64Array {
  if (info.boundAt === null) throw new RangeError("a bound was asked for");
  return info.boundAt();
}

function spaceOf(pattern: Pattern, kets: readonly Ket[], cutoff: number): Space {
  const levels = Array.from({ length: pattern.dimension }, (_, s) => s);
  const starts = kets.map(({ occupations }) => ({ occupations, levels }));
  return { basis: reachableBasis(pattern, starts, cutoff), pattern, matrix: null };
}

/** Every state of S in the mixture with every start of the bosons. */
function ketsOf(model: Model, family: Family, point: readonly number[], modes: number): readonly Ket[] {
  const n = model.system.dimension;
  const { values, vectors } = eigh(model.system.state);
  const starts = family.starts?.(point) ?? [{ weight: 1, occupations: new Array<number>(modes).fill(0) }];
  return starts.flatMap(({ weight, occupations }) =>
    [...values.keys()]
      .filter((j) => values[j] > 1e-15)
      .map((j) => ({
        weight: weight * values[j],
        levels: {
          re: Float64Array.from({ length: n }, (_, i) => vectors.re[i * n + j]),
          im: Float64Array.from({ length: n }, (_, i) => vectors.im[i * n + j]),
        },
        occupations,
      })),
  );
}
