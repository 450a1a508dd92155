/** Errors on their way from thread to thread. */

import { ImpossibleRunError, TooLargeError } from "../dynamics/errors.ts";
import type { ErrorText } from "./messages.ts";

/** In these words engines say that there is no memory left. */
const noMemory = /allocation failed|could not allocate|unable to grow|memory size exceeded|out of memory/i;

/** Where memory runs out while a run is computed, the run is too large. */
export function textOf(error: unknown): ErrorText {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  if (!(error instanceof RangeError && noMemory.test(message))) return { name, message, stack };
  return {
    name: "TooLargeError",
    message: `There is no memory left (${message}). Fewer or earlier times, or a larger tolerance, need less.`,
    stack,
  };
}

/** The error as it was thrown, of its own class where a caller may want to know. */
export function errorOf({ name, message, stack }: ErrorText): Error {
  if (name === "TooLargeError") return new TooLargeError(message);
  if (name === "ImpossibleRunError") return new ImpossibleRunError(message);
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
