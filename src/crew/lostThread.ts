/** A thread of a crew that broke. */

/** Threads broke at a question, or none could be started; the message says why, and `cause` is what was thrown. */
export class LostThreadError extends Error {
  override readonly name = "LostThreadError";
  /** There was no memory left for it. */
  readonly outOfMemory: boolean;

  constructor(cause: Error) {
    super(cause.message, { cause });
    this.outOfMemory = "code" in cause && cause.code === "ERR_WORKER_OUT_OF_MEMORY";
  }
}
