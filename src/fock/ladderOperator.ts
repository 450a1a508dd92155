/** H without a matrix, where the space has no holes: the numbers that the kernel of assembly/lanczos.ts takes. */

import type { ArraySource, LadderOperator } from "../kernels/krylovKernels.ts";
import type { Basis } from "./basis.ts";
import type { BosonHamiltonian } from "./hamiltonian.ts";
import { isProductOperator, ratio } from "./productOperator.ts";

/** True if every Fock state has all levels of S, nothing hops, and all operators are real. */
export function isLadderOperator(basis: Basis, h: BosonHamiltonian): boolean {
  return h.hoppings.length === 0 && isProductOperator(basis, h);
}

/** Sizes in bytes of the arrays of `ladderOperator`. */
export function ladderOperatorSizes(basis: Basis, h: BosonHamiltonian): number[] {
  const { fockCount, modes, system: n } = basis;
  const pairs = fockCount * modes;
  const terms = h.ladders.length;
  const totals = mostQuanta(basis) + 2;
  return [
    ...[2 * pairs, 4 * pairs, 4 * pairs, 8 * fockCount, 8 * n * n, 12 * terms, 4 * terms, 8 * terms],
    ...[8 * n * n * terms, 8 * totals, 4 * modes, 8 * totals * h.groups.length, 8 * (6 * n + 8 + h.groups.length)],
  ];
}

/** The operator in arrays of `arrays`. Couplings that are multiples of one another share an operator on S. */
export function ladderOperator(basis: Basis, h: BosonHamiltonian, arrays: ArraySource): LadderOperator {
  const { fockCount, modes, system: n } = basis;
  const occupations = arrays.shorts(fockCount * modes);
  const lowered = arrays.ints(fockCount * modes);
  const raised = arrays.ints(fockCount * modes);
  occupations.set(basis.occupations.subarray(0, fockCount * modes));
  lowered.set(basis.lowered);
  raised.set(basis.raised);
  const energies = arrays.floats(fockCount);
  for (let f = 0; f < fockCount; f++) {
    let sum = 0;
    for (let k = 0; k < modes; k++) sum += h.modes[k].frequency * occupations[f * modes + k];
    energies[f] = sum;
  }
  const onSystem = arrays.floats(n * n);
  onSystem.set(h.system.re);
  const shared = multiples(h);
  const terms = arrays.ints(3 * h.ladders.length);
  const mode = arrays.ints(h.ladders.length);
  const factor = arrays.floats(h.ladders.length);
  const operators = arrays.floats(n * n * h.ladders.length);
  let entry = 0;
  shared.forEach(({ operator, entries }, r) => {
    terms[3 * r] = entry;
    for (const one of entries) {
      mode[entry] = one.mode;
      factor[entry++] = one.factor;
    }
    terms[3 * r + 1] = entry;
    terms[3 * r + 2] = symmetric(operator, n) ? 1 : 0;
    operators.set(operator, r * n * n);
  });
  const totals = mostQuanta(basis) + 2;
  const roots = arrays.floats(totals);
  for (let count = 0; count < totals; count++) roots[count] = Math.sqrt(count);
  const groupOf = arrays.ints(modes);
  groupOf.set(h.modes.map(({ group }) => group));
  const limited = h.groups.some(({ filled, step }) => filled !== 1 || step !== 0);
  const supply = arrays.floats(limited ? totals * h.groups.length : 0);
  if (limited) {
    h.groups.forEach(({ filled, step, capacity }, g) => {
      for (let count = 0; count < totals; count++) {
        supply[g * totals + count] = count >= capacity ? 0 : Math.sqrt(Math.max(0, filled - step * count));
      }
    });
  }
  const scratch = arrays.floats(6 * n + 8 + h.groups.length);
  return {
    ...{ kind: "ladders", fockCount, system: n, modes, occupations, lowered, raised, energies, onSystem },
    ...{ termCount: shared.length, terms, mode, factor, operators, roots },
    ...{ groupCount: h.groups.length, groupOf, supply, totals, scratch },
  };
}

/** Most quanta of any Fock state. */
function mostQuanta({ fockCount, modes, occupations }: Basis): number {
  let most = 0;
  for (let f = 0; f < fockCount; f++) {
    let sum = 0;
    for (let k = 0; k < modes; k++) sum += occupations[f * modes + k];
    if (sum > most) most = sum;
  }
  return most;
}

interface Shared {
  readonly operator: Float64Array;
  readonly entries: { mode: number; factor: number }[];
}

function multiples(h: BosonHamiltonian): Shared[] {
  const found: Shared[] = [];
  for (const { mode, coupling } of h.ladders) {
    const size = Math.max(...coupling.re.map(Math.abs));
    if (size === 0) continue;
    const known = found.find(({ operator }) => ratio(coupling.re, operator, size) !== null);
    const factor = known === undefined ? 1 : (ratio(coupling.re, known.operator, size) as number);
    if (known === undefined) found.push({ operator: coupling.re, entries: [{ mode, factor }] });
    else known.entries.push({ mode, factor });
  }
  return found;
}

function symmetric(o: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) if (o[i * n + j] !== o[j * n + i]) return false;
  return true;
}
