import { expect, test } from "vitest";
import { diagonal, matrix } from "../../src/algebra/matrix.ts";
import { simulate } from "../../src/dynamics/simulate.ts";
import { fieldPoints } from "../../src/handover/fieldNodes.ts";
import { chooseDepth, hierarchyExponents } from "../../src/handover/hierarchy.ts";
import { defineModel } from "../../src/model/validate.ts";

const sigmax = matrix([
  [0, 1],
  [1, 0],
]);

test("the exponents add up to C(t) = Σ g² e^{−iωt}", () => {
  const exponents = [
    { frequency: 1, weight: 0.04 },
    { frequency: -1, weight: 0.01 },
    { frequency: 2.5, weight: 0.09 },
  ];
  const found = hierarchyExponents([{ operator: sigmax, exponents }]);
  // Those of ±1 are the same two.
  expect(found).toHaveLength(4);
  for (const t of [0, 0.3, 2]) {
    let [re, im] = [0, 0];
    for (const { frequency, real, imaginary } of found) {
      // c e^{−iωt} + i (i c'') e^{−iωt} = (c − c'') e^{−iωt}.
      re += (real - imaginary) * Math.cos(frequency * t);
      im -= (real - imaginary) * Math.sin(frequency * t);
    }
    const expected = exponents.map(({ frequency, weight }) => [
      weight * Math.cos(frequency * t),
      -weight * Math.sin(frequency * t),
    ]);
    expect(re).toBeCloseTo(
      expected.reduce((sum, [x]) => sum + x, 0),
      14,
    );
    expect(im).toBeCloseTo(
      expected.reduce((sum, [, y]) => sum + y, 0),
      14,
    );
  }
});

test("the hierarchy gives what Fock states give, in a static field as well, and says when it is too small", () => {
  const model = defineModel({
    system: { hamiltonian: "0.5 * sigmaz", state: "up" },
    reservoir: { hamiltonian: "0.9 * proj(up)", state: "0.7 * proj(down) + 0.3 * proj(up)" },
    couplings: [{ system: "0.2 * sigmax", site: "sigmax", hc: "included" }],
    times: [0, 1, 3, 5],
    tolerance: 1e-9,
  });
  const problem = {
    hamiltonian: model.system.hamiltonian,
    state: model.system.state,
    baths: [
      {
        operator: sigmax,
        exponents: [
          { frequency: 0.9, weight: 0.7 * 0.04 },
          { frequency: -0.9, weight: 0.3 * 0.04 },
        ],
      },
    ],
    field: [],
    points: fieldPoints([]),
    reference: simulate(model, Number.POSITIVE_INFINITY).rho,
    tolerance: 1e-6,
    mostStates: 10_000,
  };
  expect(chooseDepth(problem).deviation).toBeLessThan(3.4e-7);
  expect(() => chooseDepth({ ...problem, mostStates: 50 })).toThrow("--states");
  // The same average twice over: a field that does nothing.
  const idle = { ...problem, field: [diagonal([0, 0])], points: fieldPoints([2]) };
  expect(chooseDepth(idle).depth).toBe(chooseDepth(problem).depth);
});
