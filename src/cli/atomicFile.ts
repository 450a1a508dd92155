/** Files that are there whole or not at all. */

import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { exitCode, Stop } from "./stop.ts";
import { reasonOf } from "./systemReason.ts";

const usualAdvice = "--out DIR chooses another place.";

/**
 * Writes to a temporary name in the same folder, which is made if need be, and renames: whoever reads the file finds the
 * old one or the new one. Throws Stop, which ends with the advice, if the place cannot be written to. The threads that write
 * asynchronously are busy with pictures just then, and loading that part of Node takes longer than writing.
 */
export function atomicFile(path: string, content: string | Uint8Array, advice = usualAdvice): void {
  replaceAll([{ path, content }], advice);
}

/** Several files of a folder, by name: all of them, or none is replaced. Gives the names. */
export function atomicFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): string[] {
  replaceAll(
    Object.entries(files).map(([name, content]) => ({ path: join(folder, name), content })),
    usualAdvice,
  );
  return Object.keys(files);
}

/** Throws Stop where nothing could be written into a folder, made or yet to be made: to be said before what takes long. */
export function requireFolder(folder: string, advice = usualAdvice): void {
  const there = nearest(folder);
  try {
    if (!statSync(there).isDirectory()) throw cannotWrite(folder, `${there} is a file, not a folder`, advice);
    accessSync(there, constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw cannotWrite(folder, `${there === folder ? "" : `${there}: `}${reasonOf(error)}`, advice);
  }
}

interface NewFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** All are written before the first is renamed: a full disk leaves what was there. */
function replaceAll(files: readonly NewFile[], advice: string): void {
  const temporary = files.map(({ path }) => join(dirname(path), `.${basename(path)}.${process.pid}.tmp`));
  let current = "";
  try {
    files.forEach(({ path, content }, f) => {
      current = path;
      makeFolder(dirname(path));
      writeFileSync(temporary[f], content);
    });
    files.forEach(({ path }, f) => {
      current = path;
      renameSync(temporary[f], path);
    });
  } catch (error) {
    for (const file of temporary) discard(file);
    throw cannotWrite(current, blocked(dirname(current)) ?? reasonOf(error), advice);
  }
}

/** `recursive` of Node's own never ends where a folder is there but nothing can be made in it, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have been faster.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** What is a file where a folder has to be; undefined if nothing is. */
function blocked(folder: string): string | undefined {
  const there = nearest(folder);
  try {
    return statSync(there).isDirectory() ? undefined : `${there} is a file, not a folder`;
  } catch {
    return undefined;
  }
}

/** The path itself, or the last folder on the way to it, that is there. */
function nearest(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearest(dirname(path));
}

function cannotWrite(path: string, reason: string, advice: string): Stop {
  return new Stop(exitCode.wrongInput, `cannot write ${path}: ${reason}. ${advice}`);
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // What is said is why the file could not be written.
  }
}
