/** A statement of the paper, put to the test. */

/** What the measured number must be for the statement to hold. */
export type Expected =
  | { readonly atMost: number }
  | { readonly atLeast: number }
  | { readonly exactly: number }
  | { readonly near: number; readonly within: number };

export interface Check {
  /** What it is about: "(12)", "erratum 6", "qubit". */
  readonly id: string;
  readonly claim: string;
  /** Who is compared with whom. */
  readonly between: string;
  readonly measure: number;
  /** What the number is: "largest difference", "exponent of M", "modes", … */
  readonly unit: string;
  /** The bound that it must satisfy, in signs. */
  readonly expected: string;
  readonly holds: boolean;
  /** What a reader should know besides. */
  readonly note?: string;
}

export interface CheckParts extends Pick<Check, "id" | "claim" | "between" | "measure" | "note"> {
  /** Default "largest difference". */
  readonly unit?: string;
  readonly expected: Expected;
}

/** The check with its verdict. A measure that is not a number never holds. */
export function check({ id, claim, between, measure, unit, expected, note }: CheckParts): Check {
  return {
    id,
    claim,
    between,
    measure,
    unit: unit ?? differenceUnit,
    expected: expectedText(expected),
    holds: satisfies(measure, expected),
    ...(note === undefined ? {} : { note }),
  };
}

/** Differences are shown with the number of digits in which both sides agree. */
const differenceUnit = "largest difference";

/** Decimal digits in which both sides of a comparison agree, absolutely; null where nothing is compared digit by digit. */
export function digits({ unit, measure, expected }: Check): number | null {
  if (unit !== differenceUnit || !expected.startsWith("≤")) return null;
  // Below the rounding of double precision a digit means nothing.
  return Math.min(16, Math.floor(-Math.log10(Math.max(measure, 1e-17))));
}

function satisfies(measure: number, expected: Expected): boolean {
  if ("atMost" in expected) return measure <= expected.atMost;
  if ("atLeast" in expected) return measure >= expected.atLeast;
  if ("exactly" in expected) return measure === expected.exactly;
  return Math.abs(measure - expected.near) <= expected.within;
}

function expectedText(expected: Expected): string {
  if ("atMost" in expected) return `≤ ${numberText(expected.atMost)}`;
  if ("atLeast" in expected) return `≥ ${numberText(expected.atLeast)}`;
  if ("exactly" in expected) return `= ${numberText(expected.exactly)}`;
  return `${numberText(expected.near)} ± ${numberText(expected.within)}`;
}

/** Whole numbers as they are, small ones as powers of ten, others with three digits. */
export function numberText(x: number): string {
  const size = Math.abs(x);
  if (Number.isInteger(x) && size < 1e6) return String(x).replace("-", "−");
  if (size < 1e-3 || size >= 1e6) return x.toExponential(0).replace("e+", "e").replaceAll("-", "−");
  return String(Number(x.toPrecision(3))).replace("-", "−");
}
