/** The files of a result: the document, arrays, a table, figures. */

import { csv } from "../io/csv.ts";
import type { ResultDocument } from "../io/document.ts";
import { documentText } from "../io/documentText.ts";
import { npz } from "../io/npz.ts";
import { atomicFiles } from "./atomicFile.ts";
import { figureFiles, type ThemeChoice } from "./figureFiles.ts";
import { resultFigure, usualFigures } from "./resultFigures.ts";

/** Writes them and gives their names; no figures if there is no theme to draw them in. */
export async function writeResult(
  folder: string,
  document: ResultDocument,
  theme: ThemeChoice | undefined,
): Promise<string[]> {
  const drawings = theme === undefined ? [] : usualFigures(document).map((kind) => resultFigure(document, kind));
  // Pictures are painted by other threads meanwhile.
  const figures = drawings.length === 0 ? {} : figureFiles(drawings, theme ?? "light");
  const data = atomicFiles(folder, {
    "result.json": documentText(document),
    "result.npz": npz(document),
    "result.csv": csv(document),
  });
  return [...(await data), ...(await atomicFiles(folder, await figures))];
}
