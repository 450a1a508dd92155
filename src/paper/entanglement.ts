/** The example of two systems that a common bath entangles, and the mean-field scaling, which does not. */

import { add, adjoint, identity, kron, type Matrix, maxAbs, multiply, scale, subtract } from "../algebra/matrix.ts";
import { type MatrixSeries, matrixAt, maxDifference, zeroSeries } from "../algebra/series.ts";
import { meanFieldRun, simulate } from "../dynamics/simulate.ts";
import { convergence } from "../limits/convergence.ts";
import type { Model } from "../model/types.ts";
import { defineModel } from "../model/validate.ts";
import { concurrence } from "../observables/concurrence.ts";
import { negativity } from "../observables/negativity.ts";
import { standardModes } from "../reservoir/modes.ts";
import { type Check, check } from "./check.ts";
import { curvesFigure } from "./curves.ts";
import { propagator, reducedDynamics } from "./denseEvolution.ts";
import { commonFrequency, entanglementModel } from "./examples.ts";
import { jump, spin } from "./operators.ts";
import { type FockSpace, fockSpace, oscillatorEnergy, vacuum } from "./oscillators.ts";
import type { Section } from "./section.ts";
import { tensorProductDynamics } from "./tensorProduct.ts";

const infinity = Number.POSITIVE_INFINITY;

export function entanglement(): Section {
  return {
    title: "Example: entanglement through a common bath",
    introduction:
      "Two qubits without any coupling between them, H_S = σ_z/2 of each, G = Γ ⊗ 1 + 1 ⊗ Γ with Γ = 0.12 σ_x, v = |1⟩⟨2|, " +
      "a bath in its ground state. Negativity is the sum of the negative eigenvalues of the partial transpose.",
    checks: [...singleMode(), ...created(), ...meanField()],
    figures: [
      {
        name: "entanglement",
        caption:
          "Concurrence and negativity of two qubits that start in |↑↓⟩ and see the same bath. In the mean-field scaling " +
          "of the coupling, 1/M instead of 1/√M, both stay 0.",
        draw: (theme) => {
          const meanFieldSeries = meanFieldRun(entanglementModel({ times: drawnTimes() })).rho;
          const measures = { concurrence, negativity: cut };
          return curvesFigure(
            {
              name: "entanglement",
              title: "Two qubits entangled by a common bath",
              times: drawnTimes(),
              sizes: [2, 10, 100, infinity],
              curves: Object.entries(measures).map(([label, measure]) => ({
                label,
                values: (size) =>
                  along(simulate(entanglementModel({ times: drawnTimes(), tolerance: 1e-6 }), size).rho, measure),
              })),
              meanField: Object.values(measures).map((measure) => along(meanFieldSeries, measure)),
            },
            theme,
          );
        },
      },
    ],
  };
}

function drawnTimes(): number[] {
  return Array.from({ length: 201 }, (_, i) => i / 5);
}

function cut(state: Matrix): number {
  return negativity(state, [2, 2], [0]);
}

function along(series: MatrixSeries, measure: (state: Matrix) => number): number[] {
  return series.times.map((_, t) => measure(matrixAt(series, t)));
}

/** (20) as printed: (Γ_1 + Γ_2) ⊗ (a† + a). */
export function printedHamiltonian(model: Model, space: FockSpace): Matrix {
  const x = add(space.lower[0], adjoint(space.lower[0]));
  const free = add(
    kron(model.system.hamiltonian, identity(space.states.length)),
    kron(identity(model.system.dimension), oscillatorEnergy(space, [commonFrequency])),
  );
  return add(free, kron(model.reservoirs[0].couplings[0].system, x));
}

function singleMode(): Check[] {
  const times = [1, 5, 12];
  const model = entanglementModel({ times, tolerance: 1e-10 });
  const list = standardModes(model);
  const space = fockSpace(1, 30);
  const inFock = reducedDynamics(
    printedHamiltonian(model, space),
    kron(model.system.state, vacuum(space)),
    model.system.dimension,
    times,
  );
  return [
    check({
      id: "(20)",
      claim: "F is a single mode",
      between: "modes of the model, and 1",
      measure: list.length,
      unit: "modes",
      expected: { exactly: 1 },
    }),
    check({
      id: "(20)",
      claim: "with frequency E_2 − E_1 and coupling Γ_1 + Γ_2, for Hermitian Γ",
      between: "L of the program, and Γ_1 + Γ_2",
      measure: Math.max(
        maxAbs(subtract(list[0].coupling, model.reservoirs[0].couplings[0].system)),
        Math.abs(list[0].frequency - commonFrequency),
      ),
      expected: { atMost: 1e-14 },
    }),
    check({
      id: "(20)",
      claim: "ρ_S(t) under (20)",
      between: "the program at M = ∞, and (20) diagonalised with up to 30 quanta, t up to 12",
      measure: maxDifference(simulate(model, infinity).rho, inFock),
      expected: { atMost: 1e-9 },
    }),
  ];
}

function created(): Check[] {
  const times = Array.from({ length: 41 }, (_, i) => i);
  const limit = simulate(entanglementModel({ times, tolerance: 1e-8 }), infinity).rho;
  const few = tensorProductDynamics(entanglementModel({ times: [30] }), 4, [30]);
  const program = simulate(entanglementModel({ times: [30], tolerance: 1e-11 }), 4).rho;
  return [
    check({
      id: "entanglement",
      claim: "the product state |↑↓⟩ becomes entangled",
      between: "largest negativity at M = ∞, t ≤ 40, and 0 (Peres)",
      measure: Math.max(...along(limit, cut)),
      unit: "negativity",
      expected: { atLeast: 0.1 },
      note: `largest concurrence ${Math.max(...along(limit, concurrence)).toFixed(2)}`,
    }),
    check({
      id: "entanglement",
      claim: "already with four sites",
      between: "negativity at M = 4, t = 30, from the program and from the tensor product",
      measure: Math.abs(along(few, cut)[0] - along(program, cut)[0]),
      expected: { atMost: 1e-10 },
      note: `it is ${along(few, cut)[0].toFixed(3)}`,
    }),
  ];
}

/** A bath with tr(ρ v) ≠ 0, so that there is a mean field, and a coupling ∝ 1/M if it is weakened by √M. */
function meanFieldModel(state: string, times: readonly number[], size: number): Model {
  return defineModel({
    system: {
      dims: [2, 2],
      hamiltonian: "0.5 * kron(sigmaz, qeye(2)) + 0.7 * kron(qeye(2), sigmaz)",
      state,
    },
    reservoir: { dims: 2, hamiltonian: "proj(up)", state: "0.8 * proj(down) + 0.2 * proj(up)" },
    couplings: [
      {
        system: `(kron(sigmax, qeye(2)) + kron(qeye(2), sigmax)) * ${0.3 / Math.sqrt(size)}`,
        site: "sigmam + 0.4 * sigmaz",
      },
    ],
    center: "keep",
    sizes: [size],
    times,
    tolerance: 1e-10,
  });
}

function meanField(): Check[] {
  const times = [1, 2, 4, 6];
  const product = meanFieldRun(meanFieldModel("kron(up, down)", times, 1)).rho;
  const bell = meanFieldRun(meanFieldModel("bell", times, 1)).rho;
  const sizes = [64, 256, 1024, 4096];
  const finite = sizes.map((size) => simulate(meanFieldModel("kron(up, down)", times, size), size).rho);
  const rate = (distances: readonly number[]): number => convergence(sizes, distances)?.exponent ?? Number.NaN;
  return [
    check({
      id: "mean field",
      claim: "a coupling ∝ 1/M leaves a unitary evolution of S in the limit, corrections falling as 1/M",
      between: "ρ_S(t) at M = 64 to 4096 with G/√M, and H_S + tr(ρ v)(G + G†) alone; a power law",
      measure: rate(finite.map((rho) => maxDifference(rho, product))),
      unit: "exponent of M",
      expected: { near: -1, within: 0.03 },
    }),
    check({
      id: "mean field",
      claim: "which is a product of local unitaries",
      between: "U_1 ⊗ U_2 ρ_S U_1† ⊗ U_2† from both qubits alone, and the mean-field run",
      measure: maxDifference(product, localUnitaries(times)),
      expected: { atMost: 1e-13 },
    }),
    check({
      id: "mean field",
      claim: "so that a product state stays one",
      between: "largest negativity of the mean-field run from |↑↓⟩, and 0",
      measure: Math.max(...along(product, cut)),
      expected: { atMost: 1e-13 },
    }),
    check({
      id: "mean field",
      claim: "and entanglement that is there stays as it is",
      between: "negativity of the mean-field run from a Bell state, and 1/2",
      measure: Math.max(...along(bell, cut).map((value) => Math.abs(value - 0.5))),
      expected: { atMost: 1e-13 },
    }),
    check({
      id: "mean field",
      claim: "the entanglement that finite M creates with a coupling ∝ 1/M falls away",
      between: "largest negativity at M = 64 and at M = 4096",
      measure: Math.max(...along(finite[3], cut)) / Math.max(...along(finite[0], cut)),
      unit: "ratio",
      expected: { atMost: 0.02 },
    }),
  ];
}

/** Each qubit alone, in the field tr(ρ v) (Γ + Γ†) = −0.24 · 2 · 0.3 σ_x, both starting in |↑↓⟩. */
function localUnitaries(times: readonly number[]): MatrixSeries {
  const field = -0.24 * 2 * 0.3;
  const start = kron(jump(2, 0, 0), jump(2, 1, 1));
  const series = zeroSeries(times, 4);
  times.forEach((t, at) => {
    const alone = [0.5, 0.7].map((splitting) => propagator(add(scale(spin.z, splitting), spin.x, field), t));
    const u = kron(alone[0], alone[1]);
    const rho = multiply(multiply(u, start), adjoint(u));
    series.re.set(rho.re, 16 * at);
    series.im.set(rho.im, 16 * at);
  });
  return series;
}
