/** A result as one .npz file, which `numpy.load` opens. */

import { type Zippable, zipSync } from "fflate";
import {
  type ComplexPair,
  type DocumentRun,
  isReal,
  type MatrixRows,
  type ResultDocument,
  sizeOf,
  sizeSuffix,
} from "./document.ts";
import { type NpyArray, npy } from "./npy.ts";

/**
 * The arrays `times` [t]; `sizes` [s], inf for the limit; for each size `rho_<size>` [t, i, j] and
 * `observable_<name>_<size>` [t] and `bound_<size>` [t] (the proved bound on every entry, NaN where nothing is proved), size being 1000, 1e23, inf or, for the mean-field run, meanfield; and of the modes of F
 * `mode_levels` [m, (k, l)], `mode_frequencies` [m] and `mode_couplings` [m, i, j]. Times are in the document's order.
 */
export function npz(document: ResultDocument): Uint8Array {
  const arrays: Record<string, NpyArray> = {
    times: reals(document.times),
    sizes: reals(document.runs.map(({ size }) => sizeOf(size))),
    ...modeArrays(document),
  };
  for (const run of document.runs) Object.assign(arrays, runArrays(run, sizeSuffix(run.size)));
  if (document.meanField !== undefined) Object.assign(arrays, runArrays(document.meanField, "meanfield"));
  return archive(arrays);
}

/**
 * Stored, not deflated: doubles shrink by a twentieth only, at ten times the cost. The date is fixed, so that equal
 * results are equal files.
 */
function archive(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const files: Zippable = {};
  for (const [name, array] of Object.entries(arrays)) files[`${name}.npy`] = npy(array);
  return zipSync(files, { level: 0, mtime: "1980-01-01T12:00:00" });
}

function runArrays(run: DocumentRun, suffix: string): Record<string, NpyArray> {
  const arrays: Record<string, NpyArray> = { [`rho_${suffix}`]: matrices(run.rho) };
  for (const [name, values] of Object.entries(run.observables)) {
    // A slash would make folders inside the archive.
    arrays[`observable_${name.replaceAll(/[/\\]/g, "_")}_${suffix}`] = isReal(values) ? reals(values) : pairs(values);
  }
  const { boundAt } = run.error;
  if (boundAt !== undefined && boundAt !== null) {
    arrays[`bound_${suffix}`] = reals(boundAt.map((bound) => bound ?? Number.NaN));
  }
  return arrays;
}

function modeArrays({ modes }: ResultDocument): Record<string, NpyArray> {
  const levels = Int32Array.from(modes.flatMap(({ k, l }) => [k, l]));
  return {
    mode_levels: { kind: "int32", shape: [modes.length, 2], values: levels },
    mode_frequencies: reals(modes.map(({ frequency }) => frequency)),
    mode_couplings: matrices(modes.map(({ coupling }) => coupling)),
  };
}

function reals(values: readonly number[]): NpyArray {
  return { kind: "float64", shape: [values.length], values: Float64Array.from(values) };
}

function pairs(values: readonly ComplexPair[]): NpyArray {
  const numbers = new Float64Array(2 * values.length);
  for (let t = 0; t < values.length; t++) {
    numbers[2 * t] = values[t][0];
    numbers[2 * t + 1] = values[t][1];
  }
  return { kind: "complex128", shape: [values.length], values: numbers };
}

function matrices(list: readonly MatrixRows[]): NpyArray {
  const n = list[0]?.length ?? 0;
  const values = new Float64Array(2 * list.length * n * n);
  let at = 0;
  for (let t = 0; t < list.length; t++) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const entry = list[t][i][j];
        values[at++] = entry[0];
        values[at++] = entry[1];
      }
    }
  }
  return { kind: "complex128", shape: [list.length, n, n], values };
}
