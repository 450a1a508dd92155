/** What stops a run before it starts. */

import type { Model } from "../model/types.ts";

/** The run would not fit the memory or the time that it may use; the message has the numbers. */
export class TooLargeError extends Error {
  override readonly name = "TooLargeError";
}

/** Several random variables make more points than can be averaged over; another form may have fewer. */
export class TooManySectors extends TooLargeError {}

/** The model and the size do not go together, such as `center: keep` and M = ∞. */
export class ImpossibleRunError extends Error {
  override readonly name = "ImpossibleRunError";
}

/** Throws ImpossibleRunError if something is done to S from outside, which `what` does not know how to follow. */
export function refuseProtocol(model: Model, what: string): void {
  if (model.protocol === undefined) return;
  throw new ImpossibleRunError(
    `${what} does not know \`pulses\`, \`drive\` and \`decay\` yet, and would leave them out. Take them out of the model ` +
      "for it; `bosonize run` takes them.",
  );
}
