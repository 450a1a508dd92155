/** What the bench tells of the examples. */

import type { SizeCost, Stages } from "./stages.ts";

/** An example; times are medians. */
export interface Benched {
  readonly name: string;
  /** Seconds until the code is loaded: Node's own start, for the most part. */
  readonly start: number;
  readonly cold: Stages;
  readonly warm: Stages;
  /** Peak resident memory in bytes; an idle process of Node takes some 45 MB of it. */
  readonly memory: number;
  readonly sizes: readonly SizeCost[];
}

export interface BenchDocument {
  readonly schema: "bosonize/bench@1";
  readonly runtime: string;
  readonly processor: string;
  readonly repeats: number;
  readonly examples: readonly Benched[];
}
