/** Two-time correlations of S against the delay, and their spectra. */

import type { DocumentRun, ResultDocument } from "../io/document.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { escapeText, italic } from "./text.ts";
import { timePanels } from "./timePanels.ts";

/** Real and imaginary part of C(τ), a curve for each size: the runs list them as `re` and `im`, the times are delays. */
export function correlationFigure(document: ResultDocument, name: string, options: FigureOptions = {}): Figure {
  const quantities = (["re", "im"] as const).map((part) => ({
    label: `${part === "re" ? "Re" : "Im"} ${escapeText(name)}`,
    values: (run: DocumentRun) => run.observables[part] as readonly number[],
  }));
  return timePanels(document, "correlation", quantities, {
    ...options,
    axis: `delay ${italic("τ")}  (1/energy, ħ = 1)`,
  });
}

/** S(ω), a curve for each size: the runs list it as `spectrum`, the times are frequencies. */
export function powerSpectrumFigure(document: ResultDocument, name: string, options: FigureOptions = {}): Figure {
  const quantity = {
    label: `spectrum of ${escapeText(name)}`,
    values: (run: DocumentRun) => run.observables.spectrum as readonly number[],
  };
  return timePanels(document, "power-spectrum", [quantity], {
    ...options,
    axis: `frequency ${italic("ω")}  (energy, ħ = 1)`,
  });
}
