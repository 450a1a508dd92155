/** Memory of the reservoir against time: what flows back, for each size M. */

import type { DocumentRun, ResultDocument } from "../io/document.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import type { Markup } from "./text.ts";
import { timePanels } from "./timePanels.ts";

/** Names under which the runs of the document list what is drawn, and what the axes are called. */
export const memoryQuantities = {
  distance: "trace distance, best pair",
  reference: "negativity, S and reference",
  parts: "negativity, parts of S",
  indivisible: "negative parts of steps, summed",
} as const satisfies Record<string, Markup>;

/**
 * A panel for each quantity that the runs have. A memoryless reservoir would let the first three fall only, and keep the
 * last at 0. Throws RangeError if there is none of them.
 */
export function memoryFigure(document: ResultDocument, options: FigureOptions = {}): Figure {
  const present = Object.entries(memoryQuantities).filter(([name]) =>
    document.runs.every(({ observables }) => Object.hasOwn(observables, name)),
  );
  const quantities = present.map(([name, label]) => ({
    label,
    values: (run: DocumentRun) => run.observables[name] as readonly number[],
  }));
  return timePanels(document, "memory", quantities, options);
}
