/** `bosonize plot`: draws the figures of a result again, in other colours, formats, or of other quantities. */

import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Command, Option } from "commander";
import type { ResultDocument } from "../io/document.ts";
import { readDocument } from "../io/readDocument.ts";
import { atomicFiles, requireFolder } from "./atomicFile.ts";
import { type Format, figureFiles, type ThemeChoice } from "./figureFiles.ts";
import { place, themeOption } from "./options.ts";
import { type FigureKind, figureKinds, resultFigure, usualFigures } from "./resultFigures.ts";
import { answer } from "./say.ts";
import { exitCode, Stop } from "./stop.ts";

const help = `
Examples:
  bosonize plot out/model/result.json --theme dark             the usual figures, for a dark slide
  bosonize plot out/model/result.json --observable sz          one observable only
  bosonize plot out/model/result.json --figure coherences      the moduli of the off-diagonal entries of ρ_S
  bosonize plot out/model/result.json --figure bounds          what is proved of the error, against time
  bosonize plot out/model/result.json --format svg --out talk  for a talk, to be scaled`;

interface Options {
  readonly out?: string;
  readonly figure?: readonly FigureKind[];
  readonly observable?: readonly string[];
  readonly format: Format | "both";
  readonly theme: ThemeChoice;
}

export function plot(program: Command): void {
  program
    .command("plot")
    .summary("draw the figures of a result again")
    .description("Draws the figures of a result again: other colours, formats, observables. Nothing is computed.")
    .argument("<result>", "a result.json that bosonize run has written")
    .option("-o, --out <folder>", "where to write (default: beside the result)", place)
    .addOption(new Option("-f, --figure <kind...>", "which figures").choices([...figureKinds]))
    .option("--observable <name...>", "draw these observables only")
    .addOption(new Option("--format <format>", "file format").choices(["svg", "png", "both"]).default("both"))
    .addOption(themeOption())
    .addHelpText("after", help)
    .action(action);
}

async function action(file: string, options: Options): Promise<void> {
  const document = readResult(file);
  const kinds = options.figure ?? (options.observable === undefined ? usualFigures(document) : ["dynamics"]);
  const formats: Format[] = options.format === "both" ? ["svg", "png"] : [options.format];
  const folder = options.out ?? dirname(file);
  requireFolder(folder);
  const drawings = kinds.map((kind) => resultFigure(document, kind, options.observable));
  const files = await figureFiles(drawings, options.theme, formats).catch((error: unknown) => {
    if (error instanceof RangeError) throw new Stop(exitCode.wrongInput, error.message);
    throw error;
  });
  answer(`Wrote ${atomicFiles(folder, files).join(", ")} in ${folder}`);
}

function readResult(file: string): ResultDocument {
  try {
    return readDocument(readFileSync(file, "utf8"));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : message;
    const help = "`bosonize run model.yaml` writes a result.json to draw.";
    throw new Stop(exitCode.wrongInput, `cannot read ${file}: ${reason.replace(/([^.?])$/, "$1.")} ${help}`);
  }
}
