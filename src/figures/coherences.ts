/** Coherences |ρ_ij(t)|, i ≠ j. */

import type { ResultDocument } from "../io/document.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { levelLabel } from "./levelLabel.ts";
import { type Quantity, timePanels } from "./timePanels.ts";

export interface CoherencesOptions extends FigureOptions {
  /** Pairs of levels of S, from 0; default the eight pairs i < j whose modulus grows largest. */
  readonly pairs?: readonly (readonly [number, number])[];
}

/** A panel for each pair, in the basis in which the user gave S. Throws RangeError for a pair that S lacks. */
export function coherencesFigure(document: ResultDocument, options: CoherencesOptions = {}): Figure {
  const dimension = document.runs[0]?.rho[0]?.length ?? 0;
  const inside = (i: number): boolean => Number.isInteger(i) && i >= 0 && i < dimension;
  const pairs = options.pairs ?? largestPairs(document, dimension);
  const quantities = pairs.map(([i, j]): Quantity => {
    if (!inside(i) || !inside(j)) {
      throw new RangeError(`(${i}, ${j}) is no entry of ρ, whose levels are 0 to ${dimension - 1}.`);
    }
    return {
      label: `coherence  |ρ${levelLabel(i, j)}|`,
      values: ({ rho }) => rho.map((rows) => Math.hypot(rows[i][j][0], rows[i][j][1])),
    };
  });
  return timePanels(document, "coherences", quantities, options);
}

function largestPairs(document: ResultDocument, dimension: number): [number, number][] {
  const found: { pair: [number, number]; largest: number }[] = [];
  for (let i = 0; i < dimension; i++) {
    for (let j = i + 1; j < dimension; j++) {
      let largest = 0;
      for (const { rho } of document.runs) {
        for (const rows of rho) largest = Math.max(largest, Math.hypot(rows[i][j][0], rows[i][j][1]));
      }
      found.push({ pair: [i, j], largest });
    }
  }
  const chosen = found.sort((a, b) => b.largest - a.largest).slice(0, 8);
  return chosen.map(({ pair }) => pair).sort(([a, b], [c, d]) => a - c || b - d);
}
