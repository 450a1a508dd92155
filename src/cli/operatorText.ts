/** Operators as a reader would write them: 0.15 |1><0|. */

import { type Complex, entry, type Matrix, maxAbs } from "../algebra/matrix.ts";
import { complexQuantity } from "./quantities.ts";

/** More terms than this are too many to read. */
const mostTerms = 8;

/**
 * The operator as a sum over |i><j|, levels counted from 0 and, for several parts, one digit a part: 0.2 |0,1><1,1|.
 * Entries below 1e-12 of the largest are left out; an operator of more than eight terms is given by its size.
 */
export function operatorText(a: Matrix, dims: readonly number[] = [a.rows]): string {
  const largest = maxAbs(a);
  if (largest === 0) return "0";
  const terms: { i: number; j: number; value: Complex }[] = [];
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) {
      const value = cleaned(entry(a, i, j), 1e-12 * largest);
      if (value.re !== 0 || value.im !== 0) terms.push({ i, j, value });
    }
  }
  if (isMultipleOfIdentity(terms, a.rows)) return product(terms[0].value, "1");
  if (terms.length > mostTerms) {
    return `${a.rows} x ${a.cols} matrix, ${terms.length} entries, largest ${complexQuantity({ re: largest, im: 0 })}`;
  }
  return terms
    .map(({ i, j, value }) => product(value, `|${label(i, dims)}><${label(j, dims)}|`))
    .join(" + ")
    .replaceAll("+ -", "- ");
}

function isMultipleOfIdentity(terms: readonly { i: number; j: number; value: Complex }[], n: number): boolean {
  const first = terms[0]?.value;
  const same = (z: Complex): boolean => Math.hypot(z.re - first.re, z.im - first.im) <= 1e-12;
  return n > 1 && terms.length === n && terms.every(({ i, j, value }) => i === j && same(value));
}

function product(factor: Complex, operator: string): string {
  if (factor.im === 0 && factor.re === 1) return operator;
  if (factor.im === 0 && factor.re === -1) return `-${operator}`;
  const text = complexQuantity(factor);
  return factor.re !== 0 && factor.im !== 0 ? `(${text}) ${operator}` : `${text} ${operator}`;
}

function label(index: number, dims: readonly number[]): string {
  const digits: number[] = [];
  let rest = index;
  for (const dim of [...dims].reverse()) {
    digits.unshift(rest % dim);
    rest = Math.floor(rest / dim);
  }
  return digits.join(",");
}

function cleaned(z: Complex, small: number): Complex {
  return { re: Math.abs(z.re) <= small ? 0 : z.re, im: Math.abs(z.im) <= small ? 0 : z.im };
}
