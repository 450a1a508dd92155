/** The approach of finite M to the limit, measured: what `bosonize converge` reports. */

import { eigh } from "../algebra/hermitian.ts";
import { type MatrixSeries, matrixAt } from "../algebra/series.ts";
import { dephasing } from "../dynamics/closed/nondemolition.ts";
import { approachCoefficient } from "../limits/approachCoefficient.ts";
import { convergence, type PowerLaw } from "../limits/convergence.ts";
import { type Fluctuations, fluctuations } from "../limits/fluctuations.ts";
import { type Measurement, type RequiredSize, requiredSize } from "../limits/requiredSize.ts";
import { type RequiredSizeAt, requiredSizeAt, upTo } from "../limits/requiredSizeAt.ts";
import { thirdMoments } from "../limits/thirdMoments.ts";
import type { Model, Observable } from "../model/types.ts";
import { compareSeries, traceDistance } from "../observables/distance.ts";
import { type ObservableSeries, observe } from "../observables/observe.ts";
import { allAsked } from "./everySize.ts";
import { magnitude, sizeText } from "./quantities.ts";
import { complain } from "./say.ts";
import type { Solver } from "./solver.ts";
import { exitCode } from "./stop.ts";

/** M at which the distribution of the fluctuation operator is shown: of several kinds of sites, so many of the first one. */
export const distributionSizes = [1, 2, 4, 16, 64, 256];

/** Sizes from which the coefficient is found where there is a closed form. */
const closedFormSizes = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/** The coefficient of M^exponent at each time, and how far it may be off. */
export interface Coefficients {
  readonly values: Float64Array;
  readonly uncertainty: number;
  readonly sizes: readonly number[];
}

/** Everything that was found. */
export interface Approach {
  readonly model: Model;
  /** Of the observable that is compared; undefined for the trace distance of ρ_S. */
  readonly observable?: Observable;
  /** At the sizes asked for. */
  readonly measurements: readonly Measurement[];
  /** In search of M*. */
  readonly searched: readonly Measurement[];
  readonly law: PowerLaw | null;
  readonly expectedExponent: -1 | -0.5;
  readonly required: readonly (RequiredSize & { readonly epsilon: number })[];
  /** Distance at each time ≈ coefficient · M^expectedExponent; null where too few sizes were measured. */
  readonly coefficients: Coefficients | null;
  /** M*(ε, t) at each time of the model: the distance is within ε at all times of the model up to t. */
  readonly requiredUpTo: readonly { readonly epsilon: number; readonly sizes: readonly RequiredSizeAt[] }[];
  /** Of v_1 over the sites that have it: of several kinds, those of the first one alone. */
  readonly distributions: Fluctuations;
}

/** ρ_S(t), and how far an entry may be off. */
interface Found {
  readonly rho: MatrixSeries;
  readonly error: number;
}

export interface Wanted {
  readonly sizes: readonly number[];
  readonly epsilons: readonly number[];
  readonly observable?: Observable;
  readonly memory: number;
}

/** Measures. Throws what the solver throws. */
export async function approach(solver: Solver, model: Model, wanted: Wanted): Promise<Approach> {
  const { sizes, epsilons, observable, memory } = wanted;
  const series = async (size: number): Promise<Found> => {
    const run = await solver.simulate(model, size, { memory });
    if (!run.error.converged) {
      complain(`M = ${sizeText(size)}: the tolerance was not met (error ${magnitude(run.error.estimate)}).`);
      process.exitCode = exitCode.toleranceNotMet;
    }
    return { rho: run.rho, error: run.error.estimate };
  };
  const [askedLimit, ...askedSizes] = allAsked([Number.POSITIVE_INFINITY, ...sizes].map(series));
  const limit = await askedLimit;
  const known = new Map<number, Found & { readonly distances: Float64Array }>();
  const distanceAt = async (size: number, asked = series(size)): Promise<number> => {
    const found = await asked;
    const distances = distancesOf(found.rho, limit.rho, model, observable);
    known.set(size, { ...found, distances });
    return Math.max(...distances);
  };
  for (const [s, size] of sizes.entries()) await distanceAt(size, askedSizes[s]);
  const measured = () =>
    [...known]
      .map(([size, { distances }]) => ({ size, distance: Math.max(...distances) }))
      .sort((a, b) => a.size - b.size);
  const required: Approach["required"][number][] = [];
  for (const epsilon of epsilons) {
    required.push({
      epsilon,
      ...(await requiredSize(epsilon, (size) => distanceAt(size), { measured: measured() })),
    });
  }
  // What was measured in search of M* crowds around it, and would draw the fitted line there.
  const measurements = measured().filter(({ size }) => sizes.includes(size));
  const expectedExponent = thirdMoments(model).exponent;
  const all = measured().map(({ size }) => size);
  const expanded = new Map<number, Found>(known);
  // In closed form any size costs next to nothing, and is good to rounding: the coefficient as well, then.
  if (dephasing(model) !== null) {
    for (const size of closedFormSizes) if (!known.has(size)) expanded.set(size, await series(size));
  } else {
    for (const size of all) if (!sizes.includes(size)) expanded.delete(size);
  }
  const farthest = all.map((size) => upTo(model.times, known.get(size)?.distances ?? []));
  return {
    model,
    ...(observable && { observable }),
    measurements,
    searched: measured().filter(({ size }) => !sizes.includes(size)),
    law: convergence(
      measurements.map(({ size }) => size),
      measurements.map(({ distance }) => distance),
      10 * model.tolerance,
    ),
    expectedExponent,
    required,
    coefficients: coefficientsOf(expanded, { limit, model, observable, exponent: expectedExponent }),
    requiredUpTo: epsilons.map((epsilon) => ({
      epsilon,
      sizes: model.times.map((_, t) =>
        requiredSizeAt(
          epsilon,
          all,
          farthest.map((distances) => distances[t]),
          expectedExponent,
        ),
      ),
    })),
    distributions: fluctuations({ ...model, reservoirs: model.reservoirs.slice(0, 1) }, distributionSizes),
  };
}

/** At each time: trace distance, or the modulus of the difference of the observable (of a vector: its largest). */
function distancesOf(rho: MatrixSeries, limit: MatrixSeries, model: Model, observable?: Observable): Float64Array {
  if (observable === undefined) return compareSeries(traceDistance, rho, limit);
  const [a, b] = [rho, limit].map((series) => componentsOf(series, model, observable));
  return Float64Array.from(rho.times, (_, t) =>
    largest(
      a.map((values, c) => values[t] - b[c][t]),
      observable,
    ),
  );
}

/** Real and imaginary part are one number; components of a vector are several. */
function largest(differences: readonly number[], observable: Observable): number {
  return observable.kind === "expectation" ? Math.hypot(...differences) : Math.max(...differences.map(Math.abs));
}

function componentsOf(series: MatrixSeries, model: Model, observable: Observable): readonly Float64Array[] {
  const values: ObservableSeries = observe(series, [observable], model.system.dims)[observable.name];
  if (values.kind === "real") return [values.values];
  return values.kind === "complex" ? [values.re, values.im] : values.values;
}

/** The expansion of ρ_S, or of the observable, in M; then the distance that its leading term makes. */
function coefficientsOf(
  runs: ReadonlyMap<number, Found>,
  of: {
    readonly limit: Found;
    readonly model: Model;
    readonly observable: Observable | undefined;
    readonly exponent: -1 | -0.5;
  },
): Coefficients | null {
  const { limit, model, observable, exponent } = of;
  const flat = (series: MatrixSeries): Float64Array => {
    const parts = observable === undefined ? [series.re, series.im] : componentsOf(series, model, observable);
    return Float64Array.from(parts.flatMap((part) => [...part]));
  };
  const end = flat(limit.rho);
  const sorted = [...runs].sort(([a], [b]) => a - b);
  const sizes = sorted.map(([size]) => size);
  const differences = sorted.map(([, { rho }]) => flat(rho).map((value, k) => value - end[k]));
  const noise = sorted.map(([, { error }]) => error + limit.error);
  const found = approachCoefficient(sizes, differences, exponent, noise);
  if (found === null) return null;
  const count = model.times.length;
  const half = found.values.length / 2;
  const values = Float64Array.from(model.times, (_, t) => {
    if (observable !== undefined) {
      const parts = found.values.length / count;
      return largest(
        Array.from({ length: parts }, (_, c) => found.values[c * count + t]),
        observable,
      );
    }
    const leading = { ...limit.rho, re: found.values.subarray(0, half), im: found.values.subarray(half) };
    return eigh(matrixAt(leading, t)).values.reduce((sum, value) => sum + Math.abs(value), 0) / 2;
  });
  // The trace norm of an N × N matrix is at most N^{3/2} times its largest entry's modulus.
  const factor = observable === undefined ? (Math.SQRT2 * model.system.dimension ** 1.5) / 2 : Math.SQRT2;
  return { values, uncertainty: factor * found.uncertainty, sizes: found.sizes };
}
