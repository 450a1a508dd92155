/** Files that are there whole or not at all. */

import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { exitCode, Stop } from "./stop.ts";

/**
 * Writes to a temporary name in the same folder, which is made if need be, and renames: whoever reads the file finds the
 * old one or the new one. Throws Stop if the place cannot be written to. The threads that write asynchronously are busy
 * with pictures just then, and loading that part of Node takes longer than writing.
 */
export function atomicFile(path: string, content: string | Uint8Array): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    discard(temporary);
    const { message } = error as Error;
    throw new Stop(exitCode.wrongInput, `cannot write ${path}: ${message}. --out DIR chooses another place.`);
  }
}

/** Several files of a folder, by name; gives the names. */
export function atomicFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): string[] {
  for (const [name, content] of Object.entries(files)) atomicFile(join(folder, name), content);
  return Object.keys(files);
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // What is said is why the file could not be written.
  }
}
