/** The main result, equations (15)-(19): the modes, how many there are, and the same ρ_S(t). */

import { adjoint, entry, type Matrix, maxAbs, multiply, subtract, traceOfProduct } from "../algebra/matrix.ts";
import { type MatrixSeries, maxDifference } from "../algebra/series.ts";
import { simulate } from "../dynamics/simulate.ts";
import { convergenceFigure } from "../figures/convergence.ts";
import { convergence, type PowerLaw } from "../limits/convergence.ts";
import { thirdMoments } from "../limits/thirdMoments.ts";
import type { Model } from "../model/types.ts";
import { minimalForm } from "../reservoir/minimal.ts";
import { standardModes } from "../reservoir/modes.ts";
import { spectralDistance, vacuumModesOfMinimal, vacuumModesOfThermal } from "../reservoir/spectralWeight.ts";
import { thermalPairs } from "../reservoir/thermal.ts";
import { type Check, check } from "./check.ts";
import { difference, modulus } from "./complexNumbers.ts";
import { entanglementModel, multipleModesModel, qubitModel } from "./examples.ts";
import { interactionOperator, paperDynamics, paperHamiltonian, paperReservoir } from "./fluctuationReservoir.ts";
import { coupledHamiltonian, fockSpace } from "./oscillators.ts";
import type { PaperFigure, Section } from "./section.ts";
import { type Draw, seededModel } from "./seededModel.ts";

const infinity = Number.POSITIVE_INFINITY;

export function theorem(): Section {
  const approaches = approachesToLimit();
  return {
    title: "Main result, (15)-(19)",
    introduction:
      "F is built twice: by the program as a list of frequencies and operators on S, and symbol by symbol from (16)-(18) " +
      "as matrices in a Fock space with a limited number of quanta, large enough that raising it changes nothing shown.",
    checks: [...reservoirF(), ...counts(), ...sameDynamics(), ...approaches.map(approachCheck), ...farAway()],
    figures: approaches.filter(({ drawn }) => drawn).map(approachFigure),
  };
}

function reservoirF(): Check[] {
  const model = seededModel({ seed: 31, system: 2, site: 3, couplings: 2, rank: 2, times: [0] });
  const reservoir = paperReservoir(model);
  const space = fockSpace(reservoir.pairs.length, 2);
  const modes = standardModes(model);
  const named = modes.map(({ k, l }) => `${k},${l}`).join(" ");
  const literal = reservoir.pairs.map(([k, l]) => `${k + 1},${l + 1}`).join(" ");
  const energies = reservoir.pairs.map(
    ([k, l], i) => modes[i].frequency - (reservoir.basis.energies[l] - reservoir.basis.energies[k]),
  );
  const byModes = coupledHamiltonian(model.system.hamiltonian, modes, space);
  return [
    check({
      id: "(15), (18)",
      claim: "in the vacuum, X_q have the two-point functions of the v_q, q = 1, 2, daggers included",
      between: "⟨0|X X'|0⟩ from matrices, and tr(ρ v v')",
      measure: crossCorrelations(model),
      expected: { atMost: 1e-14 },
    }),
    check({
      id: "(16)",
      claim: "the set of modes",
      between: "the program's list, and every pair (k, l) with p_k ≠ 0 and some [v_q]_kl or [v_q]_lk ≠ 0",
      measure: named === literal ? 0 : 1,
      unit: "disagreements",
      expected: { exactly: 0 },
      note: `d = 3, rank 2: ${modes.length} modes`,
    }),
    check({
      id: "H_F",
      claim: "frequencies are the Bohr frequencies E_l − E_k",
      between: "the program's list, and differences of the levels",
      measure: Math.max(...energies.map(Math.abs)),
      expected: { atMost: 1e-14 },
    }),
    check({
      id: "(17)",
      claim: "Σ G_q ⊗ X_q + H.c. is Σ L_kl ⊗ a†_kl + H.c., one operator on S for each mode",
      between: "both Hamiltonians as matrices, two couplings that are not Hermitian",
      measure: maxAbs(subtract(byModes, paperHamiltonian(model, reservoir, space))),
      expected: { atMost: 1e-14 },
    }),
  ];
}

/** ⟨0|X_q^# X_q'^#|0⟩ against tr(ρ v_q^# v_q'^#), # with and without a dagger. */
function crossCorrelations(model: Model): number {
  const reservoir = paperReservoir(model);
  const space = fockSpace(reservoir.pairs.length, 1);
  const withDaggers = (list: readonly Matrix[]): Matrix[] => list.flatMap((a) => [a, adjoint(a)]);
  const x = withDaggers(model.reservoirs[0].couplings.map((_, q) => interactionOperator(reservoir, q, space)));
  const v = withDaggers(model.reservoirs[0].couplings.map(({ site }) => site));
  let largest = 0;
  for (let i = 0; i < v.length; i++) {
    for (let j = 0; j < v.length; j++) {
      const inF = entry(multiply(x[i], x[j]), 0, 0);
      const inR = traceOfProduct(model.reservoirs[0].site.state, multiply(v[i], v[j]));
      largest = Math.max(largest, modulus(difference(inF, inR)));
    }
  }
  return largest;
}

function counts(): Check[] {
  const count = (draw: Partial<Draw>): number =>
    standardModes(seededModel({ seed: 32, system: 2, site: 3, couplings: 1, times: [0], ...draw })).length;
  const table = [
    {
      claim: "|M| = d·rank ρ if all transitions are allowed",
      draw: { site: 4, rank: 2 },
      shown: "d = 4, rank 2",
      modes: 8,
    },
    {
      claim: "|M| = (d − 1)·rank ρ for off-diagonal v",
      draw: { site: 4, rank: 3, offDiagonal: true },
      shown: "d = 4, rank 3",
      modes: 9,
    },
    { claim: "d² modes at full rank, as for thermal states", draw: { site: 3 }, shown: "d = 3", modes: 9 },
    {
      claim: "d² − d of them for off-diagonal v",
      draw: { site: 3, offDiagonal: true },
      shown: "d = 3",
      modes: 6,
    },
    {
      claim: "a pure spin bath with off-diagonal v is one mode",
      draw: { site: 2, rank: 1, offDiagonal: true },
      shown: "d = 2",
      modes: 1,
    },
  ];
  return table.map(({ claim, draw, shown, modes }) =>
    check({
      id: "number of modes",
      claim,
      between: `random ${shown} sites, and the formula`,
      measure: count(draw),
      unit: "modes",
      expected: { exactly: modes },
    }),
  );
}

function sameDynamics(): Check[] {
  const times = [-0.8, 0.5, 1];
  const draws: { draw: Draw; quanta: number }[] = [
    { draw: { seed: 33, system: 2, site: 2, couplings: 1, strength: 0.1, times }, quanta: 5 },
    { draw: { seed: 34, system: 2, site: 3, couplings: 2, rank: 1, strength: 0.25, times }, quanta: 10 },
    { draw: { seed: 35, system: 3, site: 2, couplings: 2, offDiagonal: true, strength: 0.2, times }, quanta: 9 },
  ];
  const distances = draws.map(({ draw, quanta }) => {
    const model = seededModel(draw);
    return maxDifference(simulate(model, infinity, { forms: "fock" }).rho, paperDynamics(model, quanta, times));
  });
  const model = seededModel({ seed: 36, system: 2, site: 4, couplings: 2, times: [0] });
  const standard = standardModes(model);
  const statics = standard.filter(({ k, l }) => k === l).map(({ coupling }) => coupling);
  const minimal = vacuumModesOfMinimal(minimalForm(model));
  const thermal = vacuumModesOfThermal(thermalPairs(model), statics);
  return [
    check({
      id: "(19)",
      claim: "ρ_S(t) in the limit, t of both signs",
      between: "the program at M = ∞, and (17), (18) diagonalised in Fock space, 3 random models with 2 to 4 modes",
      measure: Math.max(...distances),
      expected: { atMost: 1e-9 },
    }),
    check({
      id: "F not unique",
      claim: "fewer modes and a static field, or thermal modes, carry the same two-point functions",
      between: "J_ω of the minimal and of the thermal form, and of the standard form; d = 4, 16 modes",
      measure: Math.max(spectralDistance(standard, minimal), spectralDistance(standard, thermal)),
      expected: { atMost: 1e-13 },
    }),
  ];
}

interface Approach {
  readonly name: string;
  readonly model: Model;
  readonly sizes: readonly number[];
  readonly distances: readonly number[];
  readonly law: PowerLaw | null;
  readonly exponent: number;
  readonly drawn: boolean;
}

/** The distance between ρ_S(t) at M and in the limit, over several decades of M. */
function approachesToLimit(): Approach[] {
  const times = [0.5, 1, 2, 3, 4];
  const spins = { seed: 37, system: 2, site: 2, couplings: 1, strength: 0.3, times: [0.5, 1] };
  const models: { name: string; model: Model; drawn?: boolean }[] = [
    { name: "qubit example, w = 1/4", model: qubitModel({ w: 0.25, times }), drawn: true },
    { name: "several fluctuation modes", model: multipleModesModel({ times }) },
    { name: "two qubits, (20)", model: entanglementModel({ times }) },
    { name: "random spin bath with a static part", model: seededModel(spins), drawn: true },
  ];
  const sizes = [10, 100, 1000, 10000, 1e5];
  const tolerance = 1e-9;
  return models.map(({ name, model, drawn = false }) => {
    const limit = simulate(model, infinity, { tolerance }).rho;
    const distances = sizes.map((size) => maxDifference(simulate(model, size, { tolerance }).rho, limit));
    const law = convergence(sizes, distances, 10 * tolerance);
    return { name, model, sizes, distances, law, exponent: thirdMoments(model).exponent, drawn };
  });
}

function approachCheck({ name, distances, law, exponent }: Approach): Check {
  return check({
    id: "(9), (19)",
    claim: `finite M approaches the limit as M^{${exponent === -1 ? "−1" : "−1/2"}}, its third moments ${
      exponent === -1 ? "vanishing" : "being there"
    }`,
    between: `${name}: max |ρ(M) − ρ(∞)| for M = 10 to 10^5, and a power law`,
    measure: law?.exponent ?? Number.NaN,
    unit: "exponent of M",
    expected: { near: exponent, within: 0.03 },
    note: `distance ${distances[2].toExponential(0)} at M = 1000`,
  });
}

function approachFigure({ name, sizes, distances, law }: Approach, i: number): PaperFigure {
  return {
    name: i === 0 ? "approach" : "approach-static",
    caption: `Approach to the limit, ${name}: largest difference of an entry of ρ_S(t) as M grows, and the power law through it.`,
    draw: (theme) =>
      convergenceFigure(
        {
          name: `Finite M against (19): ${name}`,
          quantity: "max |ρ(M) − ρ(∞)|",
          sizes,
          errors: distances,
          slope: law?.exponent ?? 0,
          prefactor: law?.coefficient ?? 1,
        },
        { theme },
      ),
  };
}

function farAway(): Check[] {
  const model = qubitModel({ w: 0.25, times: [10, 40] });
  const far: MatrixSeries = simulate(model, 6e23, { tolerance: 1e-10 }).rho;
  const limit = simulate(model, infinity, { tolerance: 1e-10 }).rho;
  return [
    check({
      id: "(19)",
      claim: "a mole of sites is the limit, also at late times",
      between: "M = 6·10^23 and M = ∞, qubit example, w = 1/4, t up to 40",
      measure: maxDifference(far, limit),
      expected: { atMost: 1e-9 },
    }),
  ];
}
