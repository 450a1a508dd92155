/** What states of S lead to where something is done to S from outside: conserved charges of H need not survive it. */

import type { Matrix } from "../../algebra/matrix.ts";
import { adjoint, multiply } from "../../algebra/matrix.ts";
import type { Pattern } from "../../fock/hamiltonian.ts";
import type { Protocol } from "../../model/types.ts";

/** The pattern with the operators of a protocol: it says which states can be reached, not where H has entries. */
export function reachOf(pattern: Pattern, protocol: Protocol | undefined): Pattern {
  if (protocol === undefined) return pattern;
  const system = pattern.system.slice();
  const allow = ({ re, im }: Matrix) => {
    for (let e = 0; e < system.length; e++) if (re[e] !== 0 || im[e] !== 0) system[e] = 1;
  };
  for (const { unitary } of protocol.pulses) {
    allow(unitary);
    allow(adjoint(unitary));
  }
  for (const { operator } of protocol.drives) allow(operator);
  for (const { operator } of protocol.decays) {
    allow(operator);
    allow(multiply(adjoint(operator), operator));
  }
  return { ...pattern, system };
}
