import { expect, test } from "vitest";
import { matrix } from "../../src/algebra/matrix.ts";
import { maxDifference } from "../../src/algebra/series.ts";
import { simulate } from "../../src/dynamics/simulate.ts";
import { evolveBox } from "../../src/handover/box.ts";
import { type BoxProblem, chooseBox } from "../../src/handover/boxCutoffs.ts";
import { defineModel } from "../../src/model/validate.ts";
import { minimalForm } from "../../src/reservoir/minimal.ts";

const model = defineModel({
  system: { hamiltonian: "0.5 * sigmaz", state: "up" },
  reservoir: {
    hamiltonian: matrix([
      [0, 0, 0],
      [0, 0.9, 0],
      [0, 0, 5],
    ]),
    state: "proj(basis(3, 0))",
  },
  couplings: [
    { system: "0.5 * sigmax", site: "basis(3, 1) * dag(basis(3, 0))" },
    { system: "0.2 * sigmaz", site: "basis(3, 2) * dag(basis(3, 0))" },
  ],
  times: { from: 0, to: 8, points: 17 },
  tolerance: 1e-9,
});
const { modes } = minimalForm(model);
const start = { weight: 1, system: { re: Float64Array.of(1, 0), im: new Float64Array(2) }, quanta: [0, 0] };
const problem: BoxProblem = {
  hamiltonian: model.system.hamiltonian,
  modes,
  field: [],
  points: [{ weight: 1, values: [] }],
  starts: () => [start],
  fewest: [4, 4],
  reference: simulate(model, Number.POSITIVE_INFINITY).rho,
  tolerance: 1e-6,
  mostStates: 10_000,
};

test("each mode gets the Fock states that it needs: many for the strong one, few for the stiff one", () => {
  const { levels, deviation } = chooseBox(problem);
  expect(deviation).toBeLessThan(3.4e-7);
  expect(levels[0]).toBeGreaterThan(levels[1]);
  const { rho } = evolveBox(problem.hamiltonian, modes, levels, [start], problem.reference.times);
  expect(maxDifference(rho, problem.reference)).toBe(deviation);
  // A third less would not do.
  const fewer = levels.map((count) => Math.floor(0.6 * count));
  const poor = evolveBox(problem.hamiltonian, modes, fewer, [start], problem.reference.times).rho;
  expect(maxDifference(poor, problem.reference)).toBeGreaterThan(1e-6);
});

test("a box that would not fit is refused with its size, and so is a reference that is not this model's", () => {
  expect(() => chooseBox({ ...problem, mostStates: 40 })).toThrow(/joint states.*40 are allowed.*--states/s);
  const wrong = { ...problem.reference, re: problem.reference.re.map((x) => x + 1e-3) };
  expect(() => chooseBox({ ...problem, reference: wrong })).toThrow("however many Fock states");
});
