/** The result document: everything one `bosonize run` found, as plain data that JSON can hold. */

import type { Matrix } from "../algebra/matrix.ts";
import type { MatrixSeries } from "../algebra/series.ts";
import type { Cost, Method, Run, RunError } from "../dynamics/run.ts";
import type { Observable, Size } from "../model/types.ts";
import type { Mode } from "../reservoir/modes.ts";
import { plain, sha256OfJson } from "./canonicalJson.ts";

/** A complex number, [re, im]. */
export type ComplexPair = readonly [number, number];

/** Rows of a matrix. */
export type MatrixRows = readonly (readonly ComplexPair[])[];

/** M, with "inf" for the limit, which JSON has no number for. */
export type SizeLabel = number | "inf";

/** Values of one observable at each time: real numbers, or [re, im] where its operator is not Hermitian. */
export type ObservableValues = readonly number[] | readonly ComplexPair[];

/** Whether an observable's values are real numbers. */
export function isReal(values: ObservableValues): values is readonly number[] {
  return values.length === 0 || typeof values[0] === "number";
}

/** What an observable is, for whoever labels an axis with it. */
export interface ObservableDescription {
  /** "expectation" for tr(A ρ_S(t)), else the measure: "purity", "entropy", … */
  readonly meaning: string;
  readonly complex: boolean;
}

export interface DocumentMode {
  /** Levels of a site, from 1, energies ascending. */
  readonly k: number;
  readonly l: number;
  /** Whose sites: index into the model's reservoirs, from 1; 1 if left out. */
  readonly reservoir?: number;
  readonly frequency: number;
  /** L of (18), N × N. */
  readonly coupling: MatrixRows;
}

/** The error of a run; in `boundAt` null where nothing is proved, and left out by versions that did not know it. */
export interface DocumentError extends Omit<RunError, "boundAt"> {
  readonly boundAt?: readonly (number | null)[] | null;
}

export interface DocumentRun {
  readonly size: SizeLabel;
  /** ρ_S as rho[t][i][j], in the basis in which the user gave the system. */
  readonly rho: readonly MatrixRows[];
  readonly observables: Readonly<Record<string, ObservableValues>>;
  readonly error: DocumentError;
  readonly method: Method;
  readonly path: string;
  readonly cost: Cost;
  readonly warnings: readonly string[];
}

/** The document's schema name, with its version. */
export const resultSchema = "bosonize/result@1";

export interface ResultDocument {
  readonly schema: typeof resultSchema;
  /** The model as the user wrote it, defaults filled in. */
  readonly model: Readonly<Record<string, unknown>>;
  readonly times: readonly number[];
  /** (16)-(18), by k, then l. */
  readonly modes: readonly DocumentMode[];
  readonly runs: readonly DocumentRun[];
  /** By the names under which the runs list their values. */
  readonly observables: Readonly<Record<string, ObservableDescription>>;
  /** The V that was really used, in words, a line each. */
  readonly interaction?: readonly string[];
  /** The run with coupling ∝ 1/M, physics section 5, where the model asks for it. */
  readonly meanField?: DocumentRun;
  /** True if the computation was interrupted: sizes are missing. */
  readonly partial?: true;
  readonly reproduce: {
    readonly bosonize: string;
    readonly runtime: string;
    /** SHA-256 of the model in canonical JSON, hexadecimal. */
    readonly modelHash: string;
  };
}

/** The values of one observable, as observables are computed. */
export type ObservableSeries =
  | { readonly kind: "real"; readonly values: ArrayLike<number> }
  | { readonly kind: "complex"; readonly re: ArrayLike<number>; readonly im: ArrayLike<number> }
  | {
      readonly kind: "vector";
      /** Such as x, y, z: component c of observable o is listed as `o.c`. */
      readonly components: readonly string[];
      /** One series a component. */
      readonly values: readonly ArrayLike<number>[];
    };

/** What a document is made of. */
export interface ResultParts {
  /** The model as the user wrote it, defaults filled in: plain data. */
  readonly spec: object;
  readonly observables: readonly Observable[];
  readonly times: readonly number[];
  readonly modes: readonly Mode[];
  /** From `documentRun`, or from an earlier document that is being completed. */
  readonly runs: readonly DocumentRun[];
  readonly meanField?: DocumentRun;
  readonly interaction?: readonly string[];
  readonly partial?: boolean;
  /** Of bosonize. */
  readonly version: string;
  /** Such as "node v20.19.0". */
  readonly runtime: string;
}

/** The document of these parts. Throws RangeError, with the path, if the model holds a NaN. */
export function resultDocument(parts: ResultParts): ResultDocument {
  const names = new Set(parts.runs.flatMap((run) => Object.keys(run.observables)));
  return {
    schema: resultSchema,
    model: plain(parts.spec, "model") as Readonly<Record<string, unknown>>,
    times: [...parts.times],
    modes: parts.modes.map(({ k, l, reservoir, frequency, coupling }) => ({
      k,
      l,
      reservoir,
      frequency,
      coupling: matrixRows(coupling),
    })),
    runs: parts.runs,
    observables: Object.fromEntries([...names].map((name) => [name, description(name, parts.observables)])),
    ...(parts.interaction === undefined ? {} : { interaction: parts.interaction }),
    ...(parts.meanField === undefined ? {} : { meanField: parts.meanField }),
    ...(parts.partial === true ? { partial: true as const } : {}),
    reproduce: {
      bosonize: parts.version,
      runtime: parts.runtime,
      modelHash: sha256OfJson(parts.spec),
    },
  };
}

/**
 * A run as the document holds it. `observed` are its observables by name; vectors become one entry a component.
 * Throws RangeError if two names become the same.
 */
export function documentRun(run: Run, observed: Readonly<Record<string, ObservableSeries>>): DocumentRun {
  const observables: Record<string, ObservableValues> = {};
  for (const [name, series] of Object.entries(observed)) {
    for (const [listed, values] of listedValues(name, series)) {
      if (Object.hasOwn(observables, listed)) {
        throw new RangeError(`two observables are listed as \`${listed}\`: rename one under \`observe\`.`);
      }
      observables[listed] = values;
    }
  }
  const { bound, boundAt } = run.error;
  // A bound that is not finite proves nothing, and JSON could not hold it.
  const finite = (x: number) => (Number.isFinite(x) ? x : null);
  return {
    size: sizeLabel(run.size),
    rho: seriesRows(run.rho),
    observables,
    error: {
      ...run.error,
      bound: bound === null ? null : finite(bound),
      boundAt: boundAt === null ? null : Array.from(boundAt, finite),
    },
    method: run.method,
    path: run.path,
    cost: run.cost,
    warnings: run.warnings,
  };
}

export function sizeLabel(size: Size): SizeLabel {
  return size === Number.POSITIVE_INFINITY ? "inf" : size;
}

/** The inverse of `sizeLabel`. */
export function sizeOf(label: SizeLabel): Size {
  return label === "inf" ? Number.POSITIVE_INFINITY : label;
}

/** A size as part of a name in a file: 1000, 1e23, inf. */
export function sizeSuffix(label: SizeLabel): string {
  return String(label).replace("+", "");
}

/** The model's name; "model" if it has none. */
export function modelName(document: ResultDocument): string {
  const { name } = document.model;
  return typeof name === "string" && name.trim() !== "" ? name.trim() : "model";
}

function matrixRows(a: Matrix): ComplexPair[][] {
  return rowsFrom(a.re, a.im, 0, a.rows, a.cols);
}

function seriesRows(series: MatrixSeries): ComplexPair[][][] {
  const n = series.dimension;
  return series.times.map((_, t) => rowsFrom(series.re, series.im, t * n * n, n, n));
}

function rowsFrom(re: Float64Array, im: Float64Array, from: number, rows: number, cols: number): ComplexPair[][] {
  const result: ComplexPair[][] = [];
  for (let i = 0; i < rows; i++) {
    const row: ComplexPair[] = [];
    for (let j = 0; j < cols; j++) {
      const at = from + i * cols + j;
      row.push([re[at], im[at]]);
    }
    result.push(row);
  }
  return result;
}

function listedValues(name: string, series: ObservableSeries): [string, ObservableValues][] {
  if (series.kind === "real") return [[name, Array.from(series.values)]];
  if (series.kind === "complex") {
    const { re, im } = series;
    return [[name, Array.from(re, (x, t): ComplexPair => [x, im[t]])]];
  }
  return series.components.map((component, c) => [`${name}.${component}`, Array.from(series.values[c])]);
}

/** What the listed name stands for: an observable, or one component of it. */
function description(listed: string, observables: readonly Observable[]): ObservableDescription {
  const found =
    observables.find(({ name }) => name === listed) ?? observables.find(({ name }) => listed.startsWith(`${name}.`));
  if (found === undefined) return { meaning: "value", complex: false };
  if (found.kind === "measure") return { meaning: found.measure, complex: false };
  return { meaning: "expectation", complex: !found.hermitian };
}
