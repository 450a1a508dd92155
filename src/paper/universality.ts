/** The claim of the title: what the sites are made of does not matter. */

import { maxDifference } from "../algebra/series.ts";
import { simulate } from "../dynamics/simulate.ts";
import { lowered } from "../figures/text.ts";
import type { Model } from "../model/types.ts";
import { defineModel } from "../model/validate.ts";
import { standardModes } from "../reservoir/modes.ts";
import { spectralDistance } from "../reservoir/spectralWeight.ts";
import { type Check, check } from "./check.ts";
import { curvesFigure } from "./curves.ts";
import type { Section } from "./section.ts";

const infinity = Number.POSITIVE_INFINITY;

export function universality(): Section {
  return {
    title: "Universality",
    introduction:
      "Two baths that have nothing in common but their second moments. A: spins 1/2, populations 8/13 and 5/13. B: " +
      "three-level ladders, populations 0.5, 0.3, 0.2, coupled 1.3^{−1/2} times as strongly. Both go up at the rate 0.8 " +
      "and down at the rate 0.5.",
    checks: checks(),
    figures: [
      {
        name: "universality",
        caption: "The same qubit in the baths A and B: different with few sites, the same in the limit.",
        draw: (theme) => {
          const times = Array.from({ length: 201 }, (_, i) => i / 5);
          return curvesFigure(
            {
              name: "universality",
              title: "One qubit, two baths",
              times,
              sizes: [1, 2, 4, infinity],
              curves: [
                {
                  label: `⟨σ${lowered("x")}⟩ in bath A, spins 1/2`,
                  values: (size) => polarisation(spins(times), size),
                },
                {
                  label: `⟨σ${lowered("x")}⟩ in bath B, three-level sites`,
                  values: (size) => polarisation(ladders(times), size),
                },
              ],
            },
            theme,
          );
        },
      },
    ],
  };
}

function polarisation(model: Model, size: number): number[] {
  const { rho } = simulate(model, size, { tolerance: 1e-6 });
  return model.times.map((_, t) => 2 * rho.re[4 * t + 1]);
}

const system = { hamiltonian: "0.5 * sigmaz", state: "plus" };

function spins(times: readonly number[]): Model {
  return defineModel({
    system,
    reservoir: { hamiltonian: "0.9 * proj(up)", state: "8/13 * proj(down) + 5/13 * proj(up)" },
    couplings: [{ system: "0.15 * sqrt(1.3) * sigmam", site: "sigmap" }],
    times,
    tolerance: 1e-9,
  });
}

function ladders(times: readonly number[]): Model {
  return defineModel({
    system,
    reservoir: {
      hamiltonian: [
        [0, 0, 0],
        [0, 0.9, 0],
        [0, 0, 1.8],
      ],
      state: [
        [0.5, 0, 0],
        [0, 0.3, 0],
        [0, 0, 0.2],
      ],
    },
    // |2⟩⟨1| + |3⟩⟨2|: up from the populations 0.5 and 0.3, down from 0.3 and 0.2.
    couplings: [
      {
        system: "0.15 * sigmam",
        site: [
          [0, 0, 0],
          [1, 0, 0],
          [0, 1, 0],
        ],
      },
    ],
    times,
    tolerance: 1e-9,
  });
}

function checks(): Check[] {
  const times = [2, 8, 20];
  const [a, b] = [spins(times), ladders(times)];
  const apart = (size: number): number => maxDifference(simulate(a, size).rho, simulate(b, size).rho);
  return [
    check({
      id: "universality",
      claim: "both baths become the same F",
      between: "J_ω of two modes (A) and of four (B)",
      measure: spectralDistance(standardModes(a), standardModes(b)),
      expected: { atMost: 1e-14 },
    }),
    check({
      id: "universality",
      claim: "so that S evolves alike in the limit",
      between: "ρ_S(t) in A and in B at M = ∞, t up to 20",
      measure: apart(infinity),
      expected: { atMost: 1e-9 },
    }),
    check({
      id: "universality",
      claim: "though not with few sites",
      between: "ρ_S(t) in A and in B at M = 2",
      measure: apart(2),
      expected: { atLeast: 0.01 },
    }),
  ];
}
