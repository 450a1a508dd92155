/** Where a long run stands: a line that is rewritten on a terminal, rare lines elsewhere, nothing for a short run. */

import type { Progress } from "../dynamics/run.ts";
import { duration, sizeText } from "./quantities.ts";
import { remark } from "./say.ts";

export interface ProgressDisplay {
  readonly show: (progress: Progress) => void;
  /** What is done, in words, after so many seconds. */
  readonly tell: (text: string, seconds: number) => void;
  /** Takes the line away. */
  readonly clear: () => void;
}

/** Seconds a run may take before anything is said. */
const patience = 1;

/** Seconds between two plain lines where there is no terminal. */
const plainInterval = 30;

const clearLine = "\r\u001b[K";

/** Shows the progress of one run on standard error. */
export function progressDisplay(): ProgressDisplay {
  const terminal = process.stderr.isTTY === true;
  let shown = false;
  let lastSaid = 0;
  const tell = (text: string, seconds: number) => {
    if (seconds < patience) return;
    if (terminal) {
      process.stderr.write(clearLine + text.slice(0, (process.stderr.columns || 80) - 1));
      shown = true;
    } else if (seconds - lastSaid >= plainInterval) {
      lastSaid = seconds;
      remark(text);
    }
  };
  return {
    show: (progress) => tell(describe(progress), progress.seconds),
    tell,
    clear: () => {
      if (shown) process.stderr.write(clearLine);
      shown = false;
    },
  };
}

function describe(p: Progress): string {
  const where =
    p.stage === "cutoff"
      ? `raising the cutoff: ${p.cutoff} quanta, dimension ${p.dimension}`
      : `${p.stage === "sectors" ? "sector" : "trajectory"} ${p.done} of ${p.total}, cutoff ${p.cutoff}, dimension ${p.dimension}`;
  return `M = ${sizeText(p.size)}: ${where}, ${duration(p.seconds)}`;
}
