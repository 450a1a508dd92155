/** Work that a question has come to, as far as it is done. */

import type { Progress } from "../dynamics/run.ts";
import type { Part } from "../dynamics/sharing/part.ts";
import type { Offer } from "./messages.ts";

export class SharedWork {
  readonly offer: Offer;
  private readonly parts: (Part | undefined)[] = [];
  /** The first chunk that nobody has. */
  private next: number;
  /** When it was offered. */
  private readonly since = performance.now();
  /** Chunks, and sectors or trajectories, that are done. */
  private done = 0;
  private sectors = 0;

  constructor(offer: Offer) {
    this.offer = offer;
    this.next = offer.taken;
  }

  /** Chunks that nobody has. */
  get left(): number {
    return this.offer.chunks.length - this.next;
  }

  /** Seconds that these are expected to take. */
  get secondsLeft(): number {
    const { chunks, secondsEach } = this.offer;
    return secondsEach * chunks.slice(this.next).reduce((count, { points }) => count + points.length, 0);
  }

  /** The places of chunks for one of several threads: fewer towards the end, so that all are done at about the same time. */
  take(threads: number): readonly number[] {
    const count = Math.max(1, Math.floor(this.left / (2 * threads)));
    const places = Array.from({ length: count }, (_, c) => this.next + c);
    this.next += count;
    return places;
  }

  /** Takes the part of a chunk; undefined where the thread that has come to the work keeps it. */
  collect(place: number, part: Part | undefined): void {
    this.parts[place] = part;
    this.done++;
    const { points, only } = this.offer.chunks[place];
    this.sectors += only === undefined ? points.length : only.to - only.from;
  }

  /** Where the question stands. */
  get progress(): Progress {
    const { progress } = this.offer;
    const seconds = progress.seconds + (performance.now() - this.since) / 1000;
    const done = progress.stage === "cutoff" ? progress.done : progress.done + this.sectors;
    return { ...progress, done, seconds };
  }

  /** The parts of all chunks, once they are done; null before. */
  get finished(): readonly (Part | undefined)[] | null {
    const { chunks } = this.offer;
    return this.done < chunks.length ? null : Array.from(chunks, (_, place) => this.parts[place]);
  }
}
