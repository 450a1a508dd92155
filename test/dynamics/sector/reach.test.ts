import { expect, test } from "vitest";
import { familyPattern } from "../../../src/dynamics/families/family.ts";
import { limitFamily } from "../../../src/dynamics/families/limitFamily.ts";
import { reachOf } from "../../../src/dynamics/sector/reach.ts";
import { reachableBasis } from "../../../src/fock/reachableBasis.ts";
import { defineModel } from "../../../src/model/validate.ts";

/** Exchange of excitations with sites that start down: the number of excitations is conserved. */
const spec = {
  system: { hamiltonian: "0.5 * sigmaz", state: "up" },
  reservoir: { hamiltonian: "proj(up)", state: "down" },
  couplings: [{ system: "0.1 * sigmam", site: "sigmap" }],
};
const start = [{ occupations: [0], levels: [0] }];

test.each([
  ["nothing", {}, 2],
  ["a pulse", { pulses: [{ at: 1, unitary: "sigmax" }] }, 12],
  ["a drive", { drive: [{ operator: "sigmax", envelope: 1 }] }, 12],
  // All but the empty state: nothing is lost.
  ["a pump", { decay: [{ operator: "sigmap", rate: 1 }] }, 11],
  ["a phase gate", { pulses: [{ at: 1, unitary: "sigmaz" }] }, 2],
  // One excitation, or none any more.
  ["decay", { decay: { T1: 3 } }, 3],
])("with %s S and the boson reach as many states as they should", (_, more, states) => {
  const model = defineModel({ ...spec, ...more });
  const pattern = familyPattern(limitFamily(model));
  const basis = reachableBasis(reachOf(pattern, model.protocol), start, 5);
  expect(basis.dimension).toBe(states);
});
