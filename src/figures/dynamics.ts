/** Observables against time. */

import type { DocumentRun, ObservableDescription, ObservableValues, ResultDocument } from "../io/document.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { escapeText, type Markup } from "./text.ts";
import { type Quantity, timePanels } from "./timePanels.ts";

export interface DynamicsOptions extends FigureOptions {
  /** Names of observables, a panel each; default all of the result. */
  readonly observables?: readonly string[];
  /** What is shown of a complex observable; default its modulus. */
  readonly part?: "modulus" | "real" | "imaginary";
}

/**
 * Observables against time, a curve for each size, the limit as the reference. Throws RangeError for an observable that
 * the result lacks, and if it has none.
 */
export function dynamicsFigure(document: ResultDocument, options: DynamicsOptions = {}): Figure {
  const available = Object.keys(document.observables);
  if (available.length === 0) {
    throw new RangeError("this result has no observables: name some under `observe`, or draw populations.");
  }
  const names = options.observables ?? available;
  for (const name of names) {
    if (!available.includes(name)) {
      throw new RangeError(`\`${name}\` is no observable of this result, which has ${available.join(", ")}.`);
    }
  }
  const part = options.part ?? "modulus";
  const quantities = names.map((name): Quantity => {
    const description = document.observables[name];
    return { label: label(name, description, part), values: (run) => realValues(run, name, part) };
  });
  return timePanels(document, "dynamics", quantities, options);
}

type Part = NonNullable<DynamicsOptions["part"]>;

function label(name: string, { meaning, complex }: ObservableDescription, part: Part): Markup {
  const text = escapeText(name);
  if (meaning === "entropy") return `${text}  (nat)`;
  if (meaning !== "expectation") return text;
  if (!complex) return `⟨${text}⟩`;
  return { modulus: `|⟨${text}⟩|`, real: `Re ⟨${text}⟩`, imaginary: `Im ⟨${text}⟩` }[part];
}

function realValues(run: DocumentRun, name: string, part: Part): number[] {
  const values: ObservableValues | undefined = run.observables[name];
  if (values === undefined) throw new RangeError(`the run of size ${run.size} lacks the observable \`${name}\`.`);
  return values.map((value) => {
    if (typeof value === "number") return value;
    return { modulus: Math.hypot(value[0], value[1]), real: value[0], imaginary: value[1] }[part];
  });
}
