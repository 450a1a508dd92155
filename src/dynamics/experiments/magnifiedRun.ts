/** A run whose numbers were found in a unit of their own, in the user's. */

import type { Run } from "../run.ts";

/** All numbers of a run, and all errors of them, times `unit`. `tolerance` is what was asked for, without rounding. */
export function magnifiedRun(run: Run, unit: number, tolerance: number): Run {
  if (unit === 1) return run;
  const { rho, error } = run;
  const { truncation, propagation, average } = error.parts;
  return {
    ...run,
    rho: { ...rho, re: rho.re.map((x) => unit * x), im: rho.im.map((x) => unit * x) },
    error: {
      ...error,
      tolerance,
      estimate: unit * error.estimate,
      bound: error.bound === null ? null : unit * error.bound,
      boundAt: error.boundAt?.map((bound) => unit * bound) ?? null,
      parts: { truncation: unit * truncation, propagation: unit * propagation, average: unit * average },
    },
  };
}
