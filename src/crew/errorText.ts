/** Errors on their way from thread to thread. */

import { ImpossibleRunError, TooLargeError } from "../dynamics/errors.ts";
import type { ErrorText } from "./messages.ts";

export function textOf(error: unknown): ErrorText {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { name, message, stack };
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
