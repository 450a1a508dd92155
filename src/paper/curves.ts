/** Curves against time that belong to several models, drawn as those of one result are. */

import type { Figure } from "../figures/figure.ts";
import type { ThemeName } from "../figures/theme.ts";
import { timePanels } from "../figures/timePanels.ts";
import { type DocumentRun, type ResultDocument, resultSchema, sizeLabel, sizeOf } from "../io/document.ts";

export interface Curves {
  readonly name: string;
  readonly title: string;
  readonly times: readonly number[];
  readonly sizes: readonly number[];
  /** A panel each: its label, and its values for each size. */
  readonly curves: readonly { readonly label: string; readonly values: (size: number) => ArrayLike<number> }[];
  /** The same panels for a coupling ∝ 1/M, drawn beside the sizes. */
  readonly meanField?: readonly ArrayLike<number>[];
}

export function curvesFigure({ name, title, times, sizes, curves, meanField }: Curves, theme: ThemeName): Figure {
  const document: ResultDocument = {
    schema: resultSchema,
    model: { name: title },
    times,
    modes: [],
    runs: sizes.map((size) => drawnRun(size, "fock")),
    observables: {},
    ...(meanField === undefined ? {} : { meanField: drawnRun(Number.POSITIVE_INFINITY, "mean-field") }),
    reproduce: { bosonize: "", runtime: "", modelHash: "" },
  };
  const quantities = curves.map(({ label, values }, c) => ({
    label,
    values: (run: DocumentRun) => (run.method === "mean-field" ? (meanField?.[c] ?? []) : values(sizeOf(run.size))),
  }));
  return timePanels(document, name, quantities, { theme });
}

/** A run of which only the size is drawn. */
function drawnRun(size: number, method: DocumentRun["method"]): DocumentRun {
  return {
    size: sizeLabel(size),
    rho: [],
    observables: {},
    error: {
      tolerance: 1e-6,
      estimate: 0,
      bound: null,
      boundAt: null,
      converged: true,
      parts: { truncation: 0, propagation: 0, average: 0 },
    },
    method,
    path: "",
    cost: { modes: 0, cutoff: 0, dimension: 0, sectors: 0, applications: 0, seconds: 0 },
    warnings: [],
  };
}
