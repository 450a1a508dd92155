/** The files of a result: the document, arrays, a table, figures. */

import { csv } from "../io/csv.ts";
import type { ResultDocument } from "../io/document.ts";
import { documentText } from "../io/documentText.ts";
import { npz } from "../io/npz.ts";
import { atomicFiles } from "./atomicFile.ts";
import { figureFiles, type ThemeChoice } from "./figureFiles.ts";
import { resultFigure, usualFigures } from "./resultFigures.ts";

/** Figures by the names of their files, which other threads may still be painting. */
export type Figures = Promise<Readonly<Record<string, string | Uint8Array>>>;

/** The figures that need no run: begun while the runs are computed, they are ready when those are. */
export function figuresOfModel(document: ResultDocument, theme: ThemeChoice): Figures {
  return figuresOf({ ...document, runs: [] }, theme);
}

/** The figures that need runs. */
export function figuresOfRuns(document: ResultDocument, theme: ThemeChoice): Figures {
  return figuresOf({ ...document, modes: [] }, theme);
}

function figuresOf(document: ResultDocument, theme: ThemeChoice): Figures {
  const drawings = usualFigures(document).map((kind) => resultFigure(document, kind));
  return drawings.length === 0 ? Promise.resolve({}) : figureFiles(drawings, theme);
}

/** Writes the result and these figures, and gives the names of the files. */
export async function writeResult(
  folder: string,
  document: ResultDocument,
  figures: readonly Figures[],
): Promise<string[]> {
  const data = atomicFiles(folder, {
    "result.json": documentText(document),
    "result.npz": npz(document),
    "result.csv": csv(document),
  });
  const drawn: Record<string, string | Uint8Array> = Object.assign({}, ...(await Promise.all(figures)));
  const names = atomicFiles(folder, drawn);
  const ofFormat = (ending: string) => names.filter((name) => name.endsWith(ending));
  return [...data, ...ofFormat(".svg"), ...ofFormat(".png")];
}
