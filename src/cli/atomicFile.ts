/** Files that are there whole or not at all. */

import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { exitCode, Stop } from "./stop.ts";

/**
 * Writes to a temporary name in the same folder, which is made if need be, and renames: whoever reads the file finds the
 * old one or the new one. Throws Stop if the place cannot be written to.
 */
export async function atomicFile(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const { message } = error as Error;
    throw new Stop(exitCode.wrongInput, `cannot write ${path}: ${message}. --out DIR chooses another place.`);
  }
}

/** Several files of a folder, by name; gives the names. */
export async function atomicFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string[]> {
  await Promise.all(Object.entries(files).map(([name, content]) => atomicFile(join(folder, name), content)));
  return Object.keys(files);
}
