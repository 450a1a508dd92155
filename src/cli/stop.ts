/** How a command ends. */

/** Exit codes, part of the contract. */
export const exitCode = {
  done: 0,
  /** It ran, but a tolerance was not met; the result stands, marked. */
  toleranceNotMet: 1,
  wrongInput: 2,
  /** It would not fit the memory or the time allowed. */
  tooLarge: 3,
  /** A mistake of this program. */
  defect: 70,
  interrupted: 130,
} as const;

/** Thrown to end the command with a message for the user and an exit code; an empty message says nothing. */
export class Stop extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = "Stop";
    this.code = code;
  }
}
