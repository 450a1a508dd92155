/** Indices of an entry of ρ, as subscripts. */

import type { Markup } from "./text.ts";

/** Such as ₀₁; with a comma between numbers of two digits, which then stand in brackets: (10, 3). */
export function levelLabel(i: number, j: number): Markup {
  if (i > 9 || j > 9) return `(${i}, ${j})`;
  return String.fromCodePoint(0x2080 + i, 0x2080 + j);
}
