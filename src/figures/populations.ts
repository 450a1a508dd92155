/** Populations ρ_ii(t): how much of S is in each level. */

import type { ResultDocument } from "../io/document.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { levelLabel } from "./levelLabel.ts";
import { type Quantity, timePanels } from "./timePanels.ts";

export interface PopulationsOptions extends FigureOptions {
  /** Levels of S, from 0; default all, but no more than the first eight. */
  readonly levels?: readonly number[];
}

/** A panel for each level of S, in the basis in which the user gave S. Throws RangeError for a level that S lacks. */
export function populationsFigure(document: ResultDocument, options: PopulationsOptions = {}): Figure {
  const dimension = document.runs[0]?.rho[0]?.length ?? 0;
  const levels = options.levels ?? Array.from({ length: Math.min(dimension, 8) }, (_, i) => i);
  const quantities = levels.map((i): Quantity => {
    if (!(Number.isInteger(i) && i >= 0 && i < dimension)) {
      throw new RangeError(`level ${i} is none of S, whose levels are 0 to ${dimension - 1}.`);
    }
    return {
      label: `population  ρ${levelLabel(i, i)}`,
      values: ({ rho }) => rho.map((rows) => rows[i][i][0]),
    };
  });
  return timePanels(document, "populations", quantities, options);
}
