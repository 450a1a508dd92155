/** At which times a script is compared with bosonize. */

import { RefusedHandoverError } from "./handover.ts";

/** "model": some of the model's times. "grid": equal steps up to the last, for solvers with a fixed step. */
export type TimeChoice = "model" | "grid";

export interface CheckedTimes {
  /** Ascending, the first 0. */
  readonly times: number[];
  /** What was left out, in words; empty if nothing was. */
  readonly remark: string;
}

/** Throws RefusedHandoverError if no time is positive. */
export function checkedTimes(all: readonly number[], most: number, choice: TimeChoice): CheckedTimes {
  const positive = [...new Set(all.filter((t) => t > 0))].sort((a, b) => a - b);
  if (positive.length === 0) {
    throw new RefusedHandoverError("no time is later than 0, where S starts: give some with --times 0:10:101.");
  }
  const remarks: string[] = [];
  if (all.some((t) => t < 0)) remarks.push("times before 0 were left out");
  const last = positive[positive.length - 1];
  if (choice === "grid") {
    const steps = Math.min(most, positive.length);
    const times = Array.from({ length: steps + 1 }, (_, k) => (last * k) / steps);
    if (!sameTimes(times, [0, ...positive])) {
      remarks.push(`${times.length} times in equal steps instead of the model's ${all.length}`);
    }
    return { times, remark: remarks.join("; ") };
  }
  if (positive.length <= most) return { times: [0, ...positive], remark: remarks.join("; ") };
  const chosen = Array.from({ length: most }, (_, k) => positive[Math.round((k * (positive.length - 1)) / (most - 1))]);
  remarks.push(`${most + 1} of the model's ${all.length} times`);
  return { times: [0, ...chosen], remark: remarks.join("; ") };
}

/** But for rounding. */
function sameTimes(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((t, i) => Math.abs(t - b[i]) <= 1e-12 * a[a.length - 1]);
}
