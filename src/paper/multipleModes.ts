/** The example with several fluctuation modes: Q-level sites in their lowest level. */

import { add, adjoint, entry, identity, kron, maxAbs, subtract } from "../algebra/matrix.ts";
import { maxDifference } from "../algebra/series.ts";
import { simulate } from "../dynamics/simulate.ts";
import { spectrumFigure } from "../figures/spectrum.ts";
import { resultSchema } from "../io/document.ts";
import type { Model } from "../model/types.ts";
import { standardModes } from "../reservoir/modes.ts";
import { type Check, check } from "./check.ts";
import { curvesFigure } from "./curves.ts";
import { multipleModesModel, siteEnergies } from "./examples.ts";
import { paperHamiltonian, paperReservoir } from "./fluctuationReservoir.ts";
import { fockSpace, oscillatorDynamics, oscillatorEnergy } from "./oscillators.ts";
import type { Section } from "./section.ts";
import { tensorProductDynamics } from "./tensorProduct.ts";

const infinity = Number.POSITIVE_INFINITY;

export function multipleModes(): Section {
  return {
    title: "Example: several fluctuation modes",
    introduction:
      "Sites with Q levels, all in the lowest one; v_q = |q⟩⟨1| with an operator G_q of its own for each q; S is a spin 1.",
    checks: [...modes(), ...dynamics()],
    figures: [
      {
        name: "several-modes",
        caption: "A spin 1, all of it in m = 1, and sites with four levels: populations of m = 1 and m = −1.",
        draw: (theme) =>
          curvesFigure(
            {
              name: "several-modes",
              title: "A spin 1 coupled to three fluctuation modes",
              times: drawnTimes(),
              sizes: [2, 10, 100, infinity],
              curves: [0, 2].map((level) => ({
                label: `population of m = ${level === 0 ? "1" : "−1"}`,
                values: (size) => population(level, size),
              })),
            },
            theme,
          ),
      },
      {
        name: "several-modes-spectrum",
        caption: "The Q − 1 = 3 modes that these sites become: frequencies E_q − E_1, and the norm of G_q.",
        draw: (theme) => spectrumFigure(documentOf(multipleModesModel({ times: [0] })), { theme }),
      },
    ],
  };
}

function drawnTimes(): number[] {
  return Array.from({ length: 201 }, (_, i) => i / 5);
}

function population(level: number, size: number): number[] {
  const { rho } = simulate(multipleModesModel({ times: drawnTimes(), tolerance: 1e-6 }), size);
  return Array.from(rho.times, (_, t) => rho.re[9 * t + 4 * level]);
}

/** What the spectrum's figure needs of a result. */
function documentOf(model: Model) {
  const modes = standardModes(model).map(({ k, l, frequency, coupling }) => ({
    k,
    l,
    frequency,
    coupling: Array.from({ length: coupling.rows }, (_, i) =>
      Array.from({ length: coupling.cols }, (_, j): [number, number] => {
        const { re, im } = entry(coupling, i, j);
        return [re, im];
      }),
    ),
  }));
  return {
    schema: resultSchema,
    model: { name: "Four-level sites in their lowest level" },
    times: [],
    modes,
    runs: [],
    observables: {},
    reproduce: { bosonize: "", runtime: "", modelHash: "" },
  } as const;
}

function modes(): Check[] {
  const model = multipleModesModel({ times: [0] });
  const list = standardModes(model);
  const frequencies = list.map(({ l, frequency }) => frequency - (siteEnergies[l - 1] - siteEnergies[0]));
  const couplings = list.map(({ coupling }, i) => maxAbs(subtract(coupling, model.reservoirs[0].couplings[i].system)));
  return [
    ...[2, 3, 4, 5, 6].map((levels) =>
      check({
        id: "several modes",
        claim: `sites with Q = ${levels} levels make ${levels - 1} mode${levels === 2 ? "" : "s"}`,
        between: "modes of the model, and Q − 1",
        measure: standardModes(multipleModesModel({ levels, times: [0] })).length,
        unit: "modes",
        expected: { exactly: levels - 1 },
      }),
    ),
    check({
      id: "several modes",
      claim: "mode q has the frequency E_q − E_1 and couples through G_q",
      between: "the program's list, and the model",
      measure: Math.max(...frequencies.map(Math.abs), ...couplings),
      expected: { atMost: 1e-14 },
    }),
    check({
      id: "several modes",
      claim: "H_SF as printed for this example",
      between: "H_S + Σ ω_q a_q† a_q + Σ (G_q ⊗ a_q† + H.c.), and (17) with (18), as matrices",
      measure: printedHamiltonian(model),
      expected: { atMost: 1e-14 },
    }),
  ];
}

function printedHamiltonian(model: Model): number {
  const space = fockSpace(3, 3);
  const energy = oscillatorEnergy(space, [0.8, 1.2, 2.1]);
  let h = add(
    kron(model.system.hamiltonian, identity(space.states.length)),
    kron(identity(model.system.dimension), energy),
  );
  model.reservoirs[0].couplings.forEach(({ system }, q) => {
    const term = kron(system, adjoint(space.lower[q]));
    h = add(h, add(term, adjoint(term)));
  });
  return maxAbs(subtract(h, paperHamiltonian(model, paperReservoir(model), space)));
}

function dynamics(): Check[] {
  const times = [0.7, 1.5, 3];
  const model = multipleModesModel({ times, tolerance: 1e-11 });
  const limit = simulate(model, infinity).rho;
  const inFock = oscillatorDynamics(model.system, standardModes(model), fockSpace(3, 6), times);
  const few = [1, 2].map((size) => maxDifference(simulate(model, size).rho, tensorProductDynamics(model, size, times)));
  return [
    check({
      id: "several modes",
      claim: "ρ_S(t) in the limit",
      between: "the program, and three oscillators in Fock space, t up to 3",
      measure: maxDifference(limit, inFock),
      expected: { atMost: 1e-7 },
    }),
    check({
      id: "several modes",
      claim: "ρ_S(t) of few sites",
      between: "the program, and the tensor product, M = 1 and 2",
      measure: Math.max(...few),
      expected: { atMost: 1e-10 },
    }),
  ];
}
