/** The observables of a model, time by time. */

import type { Matrix } from "../algebra/matrix.ts";
import { partialTrace } from "../algebra/partialTrace.ts";
import type { MatrixSeries } from "../algebra/series.ts";
import { matrixAt } from "../algebra/series.ts";
import type { Expectation, Measure, Observable } from "../model/types.ts";
import { bloch } from "./bloch.ts";
import { concurrence } from "./concurrence.ts";
import { fidelity, traceDistance } from "./distance.ts";
import { entropy } from "./entropy.ts";
import { expectation } from "./expectation.ts";
import { negativity } from "./negativity.ts";
import { populations } from "./populations.ts";
import { purity } from "./purity.ts";

/** The values of one observable at the times of the series. */
export type ObservableSeries =
  | { readonly kind: "real"; readonly values: Float64Array }
  | { readonly kind: "complex"; readonly re: Float64Array; readonly im: Float64Array }
  | {
      readonly kind: "vector";
      /** x, y, z for the Bloch vector; 0, 1, … for populations. */
      readonly components: readonly string[];
      /** One series a component. */
      readonly values: readonly Float64Array[];
    };

/**
 * The observables of ρ_S(t), by name. `dims` are the dimensions of the parts of S. Throws RangeError where an observable
 * does not fit the system: a Bloch vector of something that is not a qubit, concurrence of something that is not two
 * qubits, negativity of a single part, a comparison with nothing.
 */
export function observe(
  series: MatrixSeries,
  observables: readonly Observable[],
  dims: readonly number[],
): Record<string, ObservableSeries> {
  return Object.fromEntries(
    observables.map((observable) => [
      observable.name,
      observable.kind === "expectation"
        ? expectationSeries(series, observable)
        : measureSeries(series, observable, dims),
    ]),
  );
}

function expectationSeries(series: MatrixSeries, { operator, hermitian }: Expectation): ObservableSeries {
  const re = new Float64Array(series.times.length);
  const im = new Float64Array(series.times.length);
  series.times.forEach((_, t) => {
    const value = expectation(operator, matrixAt(series, t));
    re[t] = value.re;
    im[t] = value.im;
  });
  return hermitian ? { kind: "real", values: re } : { kind: "complex", re, im };
}

function measureSeries(series: MatrixSeries, measure: Measure, dims: readonly number[]): ObservableSeries {
  const { parts } = measure;
  /** The state of the parts listed; of all S if none is. */
  const reduced = (state: Matrix) => (parts.length === 0 ? state : partialTrace(state, dims, parts));
  switch (measure.measure) {
    case "purity":
      return real(series, (state) => purity(reduced(state)));
    case "entropy":
      return real(series, (state) => entropy(reduced(state)));
    case "negativity":
      return real(series, (state) => negativity(state, dims, parts.length === 0 ? [0] : parts));
    case "concurrence":
      return real(series, (state) => concurrence(reduced(state)));
    case "bloch":
      return vector(series, ["x", "y", "z"], (state) => bloch(reduced(state)));
    case "populations": {
      const levels = parts.length === 0 ? series.dimension : parts.reduce((product, part) => product * dims[part], 1);
      const names = Array.from({ length: levels }, (_, k) => `${k}`);
      return vector(series, names, (state) => populations(reduced(state)));
    }
    case "trace-distance":
    case "fidelity": {
      const { reference } = measure;
      if (reference === undefined) {
        throw new RangeError(`\`observe.${measure.name}\` must name the state to compare with, but names none.`);
      }
      const compare = measure.measure === "fidelity" ? fidelity : traceDistance;
      return real(series, (state) => compare(state, reference));
    }
  }
}

function real(series: MatrixSeries, of: (state: Matrix) => number): ObservableSeries {
  return { kind: "real", values: Float64Array.from(series.times, (_, t) => of(matrixAt(series, t))) };
}

function vector(
  series: MatrixSeries,
  components: readonly string[],
  of: (state: Matrix) => ArrayLike<number>,
): ObservableSeries {
  const values = components.map(() => new Float64Array(series.times.length));
  series.times.forEach((_, t) => {
    const at = of(matrixAt(series, t));
    for (let c = 0; c < values.length; c++) values[c][t] = at[c];
  });
  return { kind: "vector", components, values };
}
