/** Standard output carries what was asked for; standard error everything that is said about it. */

import { fstatSync, writeSync } from "node:fs";
import { exitCode, Stop } from "./stop.ts";
import { reasonOf } from "./systemReason.ts";

let quiet = false;

/** With --quiet only errors and what was asked for are left. */
export function setQuiet(value: boolean): void {
  quiet = value;
}

/** A line of the answer, on standard output. */
export function answer(text: string): void {
  output(`${text}\n`);
}

/**
 * Standard output, all of it. Into a file Node writes once, however little of the text the disk takes, and says nothing of the
 * rest: here it is written until it is there. Throws Stop where it cannot be.
 */
export function output(text: string): void {
  if (!goesToFile()) {
    process.stdout.write(text);
    return;
  }
  const bytes = Buffer.from(text);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(1, bytes, written);
  } catch (error) {
    throw new Stop(exitCode.wrongInput, cannotAnswer(error));
  }
}

/** What to say where standard output takes no more. */
export function cannotAnswer(error: unknown): string {
  return `cannot write to standard output: ${reasonOf(error)}. What was written there is not whole.`;
}

/** A remark, on standard error. */
export function remark(text: string): void {
  if (!quiet) complain(text);
}

/** A warning or an error, on standard error, also with --quiet. */
export function complain(text: string): void {
  try {
    process.stderr.write(`${text}\n`);
  } catch {
    // Nobody can be told.
  }
}

function goesToFile(): boolean {
  const kind = fstatSync(1);
  return kind.isFile() || (kind.isCharacterDevice() && process.stdout.isTTY !== true);
}

/** Words from elsewhere with a full stop at their end. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
