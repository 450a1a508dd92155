/** Curves of each size as a result document, which tables and figures are made from. */

import type { Run } from "../dynamics/run.ts";
import { documentRun, type ResultDocument, resultDocument } from "../io/document.ts";
import type { LoadedModel } from "./loadModel.ts";
import { version } from "./version.ts";

export interface SizeCurves {
  readonly run: Run;
  /** By name, a value at each place of the common axis. */
  readonly curves: Readonly<Record<string, ArrayLike<number>>>;
}

/** `axis` is what the curves are against: times, delays or frequencies. States of S are left out. */
export function curvesDocument(
  { spec }: LoadedModel,
  axis: ArrayLike<number>,
  sizes: readonly SizeCurves[],
): ResultDocument {
  const runs = sizes.map(({ run, curves }) => {
    const series = Object.entries(curves).map(([name, values]) => [name, { kind: "real" as const, values }]);
    const none = { times: [], dimension: run.rho.dimension, re: new Float64Array(0), im: new Float64Array(0) };
    return documentRun({ ...run, rho: none }, Object.fromEntries(series));
  });
  const times = Array.from(axis);
  const runtime = `node ${process.version}`;
  return resultDocument({ spec, observables: [], times, modes: [], runs, version, runtime });
}
