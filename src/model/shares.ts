/** Shares of a whole, as written: positive numbers that sum to 1, or are divided by their sum. */

import type { Path, Report } from "./issue.ts";
import { mustBut, numberText, pathText } from "./issue.ts";

/** Sums this close to 1 are 1, but for rounding. */
const rounding = 1e-9;

/** The shares, summing to 1; undefined if one of them is not positive. What they sum to is said if it is not 1. */
export function normalisedShares(
  shares: readonly number[],
  pathOf: (index: number) => Path,
  path: Path,
  report: Report,
): number[] | undefined {
  const bad = shares.findIndex((share) => !(share > 0 && Number.isFinite(share)));
  if (bad >= 0) {
    const found = numberText(shares[bad]);
    report(mustBut(pathOf(bad), "be positive", `is ${found}`, { found, suggestion: "It is a part of all M sites." }));
    return undefined;
  }
  const sum = shares.reduce((total, share) => total + share, 0);
  if (Math.abs(sum - 1) > rounding) {
    report({
      path,
      severity: "warning",
      message: `The shares of \`${pathText(path)}\` sum to ${numberText(sum, 1)}, not to 1: each is divided by that.`,
      found: shares.map((share) => numberText(share)).join(", "),
      suggestion: "Fractions such as 1/3 may be written as they are.",
    });
  }
  return shares.map((share) => share / sum);
}
