/** Which figures a result has. */

import { boundsFigure } from "../figures/bounds.ts";
import { coherencesFigure } from "../figures/coherences.ts";
import { dynamicsFigure } from "../figures/dynamics.ts";
import { populationsFigure } from "../figures/populations.ts";
import { spectrumFigure } from "../figures/spectrum.ts";
import type { ResultDocument } from "../io/document.ts";
import type { Draw } from "./figureFiles.ts";

export const figureKinds = ["dynamics", "populations", "coherences", "spectrum", "bounds"] as const;

export type FigureKind = (typeof figureKinds)[number];

/** What `run` draws: the observables, or the populations if there are none, against time, and the modes of F. */
export function usualFigures(document: ResultDocument): FigureKind[] {
  const kinds: FigureKind[] = [];
  const drawable = document.runs.length > 0 && document.times.length > 1;
  if (drawable) kinds.push(Object.keys(document.observables).length > 0 ? "dynamics" : "populations");
  if (document.modes.length > 0) kinds.push("spectrum");
  return kinds;
}

/** `observables` are the names to draw; all if there are none. */
export function resultFigure(document: ResultDocument, kind: FigureKind, observables: readonly string[] = []): Draw {
  const chosen = observables.length > 0 ? { observables } : {};
  switch (kind) {
    case "dynamics":
      return (theme) => dynamicsFigure(document, { theme, ...chosen });
    case "populations":
      return (theme) => populationsFigure(document, { theme });
    case "coherences":
      return (theme) => coherencesFigure(document, { theme });
    case "spectrum":
      return (theme) => spectrumFigure(document, { theme });
    case "bounds":
      return (theme) => boundsFigure(document, { theme });
  }
}
