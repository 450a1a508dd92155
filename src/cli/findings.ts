/** What a command found: an answer on the terminal, and files in a folder. */

import { atomicFiles } from "./atomicFile.ts";
import { type Draw, figureFiles, type ThemeChoice } from "./figureFiles.ts";
import { answer, remark } from "./say.ts";

export interface Findings {
  /** All numbers: with --json the answer, and the file `<name>.json`. */
  readonly document: object;
  readonly name: string;
  /** The answer, in tables. */
  readonly report: () => string;
  /** What else is written; not asked for where nothing is. */
  readonly files: () => FurtherFiles;
}

export interface FurtherFiles {
  /** CSV files by their names. */
  readonly tables: Readonly<Record<string, string>>;
  readonly drawings: readonly Draw[];
}

/** Those of `outputOptions`. */
export interface OutputOptions {
  readonly out?: string;
  readonly json?: true;
  readonly figures: boolean;
  readonly theme: ThemeChoice;
}

/** Answers, and writes the files, data first: it is there whatever becomes of the figures. */
export async function tell(findings: Findings, folder: string | undefined, options: OutputOptions): Promise<void> {
  const { document, name, report, files } = findings;
  answer(options.json ? JSON.stringify(document) : report());
  if (folder === undefined) return;
  const { tables, drawings } = files();
  const written = atomicFiles(folder, { [`${name}.json`]: `${JSON.stringify(document, null, 1)}\n`, ...tables });
  const figures = options.figures ? await figureFiles(drawings, options.theme) : {};
  const names = [...written, ...atomicFiles(folder, figures)];
  (options.json ? remark : answer)(`\nWrote ${names.join(", ")} in ${folder}`);
}
