import { expect, test } from "vitest";
import { entanglementModel, multipleModesModel, qubitModel, siteEnergies } from "../../src/paper/examples.ts";
import { eigenbasis } from "../../src/reservoir/eigenbasis.ts";

test("the qubit's bath has the population w in |↓⟩, its lower level", () => {
  const { energies, populations } = eigenbasis(qubitModel({ w: 0.8, times: [0] }).reservoirs[0].site);
  expect([...energies]).toEqual([0, 1.1]);
  expect(populations[0]).toBeCloseTo(0.8, 15);
});

test("sites of the several-mode example have Q levels, of which the lowest is filled", () => {
  const { site, couplings } = multipleModesModel({ levels: 5, times: [0] }).reservoirs[0];
  expect(site.hamiltonian.re[4 * 5 + 4]).toBe(siteEnergies[4]);
  expect(site.state.re[0]).toBe(1);
  expect(couplings).toHaveLength(4);
});

test("two qubits are two parts, and a coupling ∝ 1/M is √M times weaker", () => {
  const [usual, weak] = [1, 4].map((weaker) => entanglementModel({ times: [0], weaker }));
  expect(usual.system.dims).toEqual([2, 2]);
  usual.reservoirs[0].couplings[0].system.re.forEach((x, i) => {
    expect(weak.reservoirs[0].couplings[0].system.re[i]).toBeCloseTo(x / 4, 15);
  });
});
