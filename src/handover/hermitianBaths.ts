/** F as baths with one Hermitian operator each, for solvers that know nothing else. */

import { eigh } from "../algebra/hermitian.ts";
import { add, type Matrix, maxAbs, norm, scale, traceOfProduct, zeros } from "../algebra/matrix.ts";
import { frequencyGroups } from "../reservoir/minimal.ts";
import type { BosonMode } from "../reservoir/modes.ts";
import type { HermitianBath } from "./handover.ts";

/** Relative to the largest entry: smaller ones are rounding errors. */
const rounding = 1e-11;

/** Operators of norm 1 that differ by less are one: F is off by no more than twice this, relative to itself. */
const sameDirection = 1e-10;

/** Why there are no such baths: at this frequency the field X of the modes is not a sum of Hermitian Q ⊗ (number). */
export interface NotHermitian {
  readonly frequency: number;
  /** An operator L that no phase makes Hermitian. */
  readonly coupling: Matrix;
}

/**
 * Baths Q ⊗ X with the two-point data of these vacuum modes, or where it fails. In a basis of Hermitian operators of S, J_ω
 * must be real: its eigenvectors are then Hermitian operators. L = σ₋ is the simplest case where it is not.
 */
export function hermitianBaths(modes: readonly BosonMode[]): readonly HermitianBath[] | NotHermitian {
  const baths: { operator: Matrix; exponents: { frequency: number; weight: number }[] }[] = [];
  for (const { frequency, modes: group } of frequencyGroups(modes)) {
    const basis = hermitianBasis(group[0].coupling.rows);
    const weight = zeros(basis.length);
    for (const { coupling } of group) {
      const c = basis.map((b) => traceOfProduct(b, coupling));
      for (let i = 0; i < basis.length; i++) {
        for (let j = 0; j < basis.length; j++) {
          weight.re[i * basis.length + j] += c[i].re * c[j].re + c[i].im * c[j].im;
          weight.im[i * basis.length + j] += c[i].im * c[j].re - c[i].re * c[j].im;
        }
      }
    }
    const largest = maxAbs(weight);
    if (weight.im.some((x) => Math.abs(x) > rounding * largest)) {
      return { frequency, coupling: group[0].coupling };
    }
    const { values, vectors } = eigh({ ...weight, im: new Float64Array(weight.im.length) });
    values.forEach((value, r) => {
      if (value <= rounding * largest) return;
      const operator = basis.reduce(
        (sum, b, i) => add(sum, b, vectors.re[i * basis.length + r]),
        zeros(group[0].coupling.rows),
      );
      const known = baths.find((bath) => parallel(bath.operator, operator));
      if (known === undefined) baths.push({ operator, exponents: [{ frequency, weight: value }] });
      else known.exponents.push({ frequency, weight: value });
    });
  }
  return baths.map(tidied);
}

export function isNotHermitian(found: readonly HermitianBath[] | NotHermitian): found is NotHermitian {
  return "frequency" in found;
}

/** Both of norm 1. Their overlap would not do: it is 1 to 1e-10 for directions that are 1e-5 apart, and so would F be. */
function parallel(a: Matrix, b: Matrix): boolean {
  return Math.min(norm(add(a, b, -1)), norm(add(a, b))) < sameDirection;
}

/** Q scaled to a largest entry of 1, which reads best; the weights take the factor. */
function tidied({ operator, exponents }: HermitianBath): HermitianBath {
  const largest = maxAbs(operator);
  const at = operator.re.findIndex((x, i) => Math.hypot(x, operator.im[i]) > 0.999 * largest);
  const factor = (operator.re[at] < 0 ? -1 : 1) / largest;
  const scaled = scale(operator, factor);
  return {
    operator: { ...scaled, re: scaled.re.map(clean), im: scaled.im.map(clean) },
    exponents: exponents.map(({ frequency, weight }) => ({ frequency, weight: weight / factor ** 2 })),
  };
}

function clean(x: number): number {
  if (Math.abs(x) < rounding) return 0;
  const round = Math.round(x);
  return Math.abs(x - round) < rounding ? round : x;
}

/** N² Hermitian operators with tr(B_α B_β) = δ_αβ. */
function hermitianBasis(n: number): Matrix[] {
  const basis: Matrix[] = [];
  const unit = (set: (b: Matrix) => void): void => {
    const b = zeros(n);
    set(b);
    basis.push(scale(b, 1 / norm(b)));
  };
  for (let i = 0; i < n; i++) {
    unit((b) => {
      b.re[i * n + i] = 1;
    });
    for (let j = i + 1; j < n; j++) {
      unit((b) => {
        b.re[i * n + j] = 1;
        b.re[j * n + i] = 1;
      });
      unit((b) => {
        b.im[i * n + j] = 1;
        b.im[j * n + i] = -1;
      });
    }
  }
  return basis;
}
