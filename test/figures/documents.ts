/** Result documents made by hand: a qubit whose oscillation is damped, and revives the earlier the smaller M is. */

import { matrix } from "../../src/algebra/matrix.ts";
import { type MatrixSeries, zeroSeries } from "../../src/algebra/series.ts";
import type { Run } from "../../src/dynamics/run.ts";
import { documentRun, type ObservableSeries, type ResultDocument, resultDocument } from "../../src/io/document.ts";
import type { Observable } from "../../src/model/types.ts";
import type { Mode } from "../../src/reservoir/modes.ts";

export interface Recipe {
  readonly name?: string;
  readonly times?: readonly number[];
  readonly sizes?: readonly number[];
  readonly modes?: readonly Mode[];
  readonly meanField?: boolean;
}

export const observables: readonly Observable[] = [
  {
    kind: "expectation",
    name: "sz",
    operator: matrix([
      [1, 0],
      [0, -1],
    ]),
    hermitian: true,
  },
  {
    kind: "expectation",
    name: "coherence",
    operator: matrix([
      [0, 0],
      [1, 0],
    ]),
    hermitian: false,
  },
  { kind: "measure", name: "purity", measure: "purity", parts: [] },
];

/** The two modes of a site with levels 0 and 1, populations 0.7 and 0.3, coupled by 0.15 σ₋ ⊗ σ₊ + H.c. */
export const qubitModes: readonly Mode[] = [
  {
    k: 1,
    l: 2,
    reservoir: 1,
    population: 0.7,
    frequency: 1,
    coupling: matrix([
      [0, 0],
      [0.15 * Math.sqrt(0.7), 0],
    ]),
  },
  {
    k: 2,
    l: 1,
    reservoir: 1,
    population: 0.3,
    frequency: -1,
    coupling: matrix([
      [0, 0.15 * Math.sqrt(0.3)],
      [0, 0],
    ]),
  },
];

export function evenTimes(to: number, points: number): number[] {
  return Array.from({ length: points }, (_, i) => (to * i) / (points - 1));
}

export function makeDocument(recipe: Recipe = {}): ResultDocument {
  const times = recipe.times ?? evenTimes(60, 601);
  const sizes = recipe.sizes ?? [10, 100, 1000, Number.POSITIVE_INFINITY];
  const run = (size: number) => {
    const made = makeRun(times, size);
    return documentRun(made, observe(made.rho));
  };
  return resultDocument({
    spec: { name: recipe.name ?? "qubit exchanging excitations with a spin bath", sizes, tolerance: 1e-8 },
    observables,
    times,
    modes: recipe.modes ?? qubitModes,
    runs: sizes.map(run),
    ...(recipe.meanField ? { meanField: { ...run(3), method: "mean-field" as const } } : {}),
    version: "0.1.0",
    runtime: "node v20.19.0",
  });
}

/** A state on or in the Bloch sphere at every time, which depends on M as the real ones do. */
export function makeRun(times: readonly number[], size: number): Run {
  const rho = zeroSeries(times, 2);
  times.forEach((t, i) => {
    const slowed = 1 + 0.9 / Math.sqrt(size);
    const g = 0.3 * slowed;
    const envelope = Math.exp(-Math.abs(t) / 25);
    const z = 0.35 * Math.cos(g * t) * envelope - 0.35 + 0.6 / size;
    const r = 0.5 * Math.exp(-Math.abs(t) / 20) * Math.cos(0.5 * g * t);
    rho.re.set([(1 + z) / 2, r * Math.cos(t), r * Math.cos(t), (1 - z) / 2], 4 * i);
    rho.im.set([0, -r * Math.sin(t), r * Math.sin(t), 0], 4 * i);
  });
  return {
    size,
    rho,
    error: {
      tolerance: 1e-8,
      estimate: 3.1e-9,
      bound: 1.2e-6,
      converged: true,
      boundAt: Float64Array.from(times, (t) => 2e-8 * Math.abs(t)),
      parts: { truncation: 3e-9, propagation: 1e-13, average: 1e-10 },
    },
    method: "fock",
    path: "minimal form, spectral",
    cost: {
      modes: 2,
      cutoff: 24,
      dimension: 50,
      sectors: size === Number.POSITIVE_INFINITY ? 1 : 9,
      applications: 0,
      seconds: 0.004,
    },
    warnings: [],
  };
}

function observe(rho: MatrixSeries): Record<string, ObservableSeries> {
  const at = (entry: number, part: Float64Array) => Float64Array.from(rho.times, (_, t) => part[4 * t + entry]);
  const [p, q, re, im] = [at(0, rho.re), at(3, rho.re), at(1, rho.re), at(1, rho.im)];
  return {
    sz: { kind: "real", values: p.map((x, t) => x - q[t]) },
    coherence: { kind: "complex", re, im },
    purity: { kind: "real", values: p.map((x, t) => x ** 2 + q[t] ** 2 + 2 * (re[t] ** 2 + im[t] ** 2)) },
  };
}
