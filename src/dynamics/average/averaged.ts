/** What an average over the sectors of a family comes to. */

import type { Account } from "../sharing/part.ts";
import type { Summed } from "../sharing/summed.ts";

export interface Averaged {
  readonly sum: Summed;
  /** All that was evolved for it. */
  readonly account: Account;
  readonly sectors: number;
  /** What the average is expected to be wrong by. */
  readonly estimate: number;
  /** Weight left out. */
  readonly dropped: number;
  /** What the average is proved to miss at most at a time; null where nothing is proved. */
  readonly missed: ((t: number) => number) | null;
}
