/** What stops a run before it starts. */

/** The run would not fit the memory or the time that it may use; the message has the numbers. */
export class TooLargeError extends Error {
  override readonly name = "TooLargeError";
}

/** Several random variables make more points than can be averaged over; another form may have fewer. */
export class TooManySectors extends TooLargeError {}

/** A space that would be evolved for longer than was allowed; the run may go on in another form. */
export class TakesLong extends Error {}

/** The run needs more memory than it may use beside others; alone it may fit. */
export class NeedsRoom extends Error {
  override readonly name = "NeedsRoom";
}

/** The model and the size do not go together, such as `center: keep` and M = ∞. */
export class ImpossibleRunError extends Error {
  override readonly name = "ImpossibleRunError";
}
