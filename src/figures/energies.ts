/** Energies against time: where what S loses goes. */

import type { DocumentRun, ResultDocument } from "../io/document.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { escapeText } from "./text.ts";
import { timePanels } from "./timePanels.ts";

/** What the parts are called on their axes; heats into single transitions follow under their own names. */
const labels: Readonly<Record<string, string>> = {
  system: "energy of S",
  interaction: "energy of the interaction",
  reservoir: "heat into the reservoir",
  work: "work of drives",
  pulses: "work of pulses",
  decay: "energy brought by decay",
};

/** What is 0 unless something is done to S from outside. */
const outside = ["work", "pulses", "decay"];

/** A panel for each part that the runs list, but for what is done from outside where nothing is; more panels than these are left out. */
const mostPanels = 8;

/** Energies are in the model's unit. Throws RangeError if there is none. */
export function energiesFigure(document: ResultDocument, options: FigureOptions = {}): Figure {
  const names = Object.keys(document.runs[0]?.observables ?? {});
  const moves = (name: string) =>
    !outside.includes(name) ||
    document.runs.some(({ observables }) => realOf(observables[name]).some((value) => value !== 0));
  const quantities = names
    .filter(moves)
    .slice(0, mostPanels)
    .map((name) => ({
      label: escapeText(labels[name] ?? name),
      values: (run: DocumentRun) => realOf(run.observables[name]),
    }));
  return timePanels(document, "energies", quantities, options);
}

function realOf(values: DocumentRun["observables"][string]): readonly number[] {
  return values as readonly number[];
}
