/** An erratum: a printed formula that is off, and the corrected one that is not. */

import { type Check, check } from "./check.ts";

/** Both measured against the same thing. */
export interface Erratum {
  readonly number: number;
  readonly printed: string;
  readonly corrected: string;
  /** What both are compared with. */
  readonly against: string;
  readonly printedIsOff: number;
  readonly correctedIsOff: number;
  /** What was done with the printed formula, where it is not plain. */
  readonly how?: string;
  /** Default 10^-9. */
  readonly within?: number;
}

/** Errors of formulas are of order 1; anything above this is no rounding. */
const clearlyOff = 0.01;

/** Two checks: the printed formula must be off by more than rounding, the corrected one must agree. */
export function erratum(e: Erratum): Check[] {
  return [
    check({
      id: `erratum ${e.number}`,
      claim: `printed: ${e.printed}`,
      between: `the printed formula, and ${e.against}`,
      measure: e.printedIsOff,
      unit: "off by",
      expected: { atLeast: clearlyOff },
      ...(e.how === undefined ? {} : { note: e.how }),
    }),
    check({
      id: `erratum ${e.number}`,
      claim: `corrected: ${e.corrected}`,
      between: `the corrected formula, and ${e.against}`,
      measure: e.correctedIsOff,
      expected: { atMost: e.within ?? 1e-9 },
    }),
  ];
}
