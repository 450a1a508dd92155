/** The qubit example: excitations exchanged with a spin bath, for every w. */

import { entry, scale } from "../algebra/matrix.ts";
import { type MatrixSeries, matrixAt, maxDifference } from "../algebra/series.ts";
import { simulate } from "../dynamics/simulate.ts";
import { lowered } from "../figures/text.ts";
import type { Model } from "../model/types.ts";
import { standardModes } from "../reservoir/modes.ts";
import { thermalPairs } from "../reservoir/thermal.ts";
import { type Check, check } from "./check.ts";
import { curvesFigure } from "./curves.ts";
import { bathFrequency, exchange, qubitModel } from "./examples.ts";
import { interactionOperator, paperReservoir } from "./fluctuationReservoir.ts";
import { spin } from "./operators.ts";
import { fockSpace, oscillatorDynamics, thermalState } from "./oscillators.ts";
import type { Section } from "./section.ts";

const infinity = Number.POSITIVE_INFINITY;

/** The cases of the example: pure, 0 < w < 1/2, w = 1/2, w > 1/2. */
export const cases = [0, 0.25, 0.5, 0.8] as const;

export function qubit(): Section {
  return {
    title: "Example: a qubit in a spin bath",
    introduction:
      `H_S = σ_z/2 unless it says otherwise, ω_R = ${bathFrequency}, G = ${exchange} |↓⟩⟨↑|, v = |↑⟩⟨↓|, ` +
      "ρ_R = w|↓⟩⟨↓| + (1 − w)|↑⟩⟨↑|.",
    checks: [...modes(), ...effectiveMode(), ...closedForms()],
    figures: [
      {
        name: "qubit",
        caption:
          "⟨σ_z⟩ of the qubit, which starts in |↓⟩, for four populations of the bath, M = 10, 100 and the limit. " +
          "w = 0: all sites up and one excitation to fetch, for which every M is alike; w = 1/2: a classical field, so that the " +
          "oscillations die.",
        draw: (theme) =>
          curvesFigure(
            {
              name: "qubit",
              title: "A qubit exchanging excitations with a spin bath",
              times: drawnTimes(),
              sizes: [10, 100, infinity],
              curves: cases.map((w) => ({
                label: `⟨σ${lowered("z")}⟩  for w = ${w}`,
                values: (size) => inversion(w, size),
              })),
            },
            theme,
          ),
      },
    ],
  };
}

function drawnTimes(): number[] {
  return Array.from({ length: 241 }, (_, i) => i / 6);
}

function inversion(w: number, size: number): number[] {
  const { rho } = simulate(qubitModel({ w, times: drawnTimes(), state: "down", tolerance: 1e-6 }), size);
  return Array.from(rho.times, (_, t) => rho.re[4 * t] - rho.re[4 * t + 3]);
}

function modes(): Check[] {
  const model = qubitModel({ w: 0.25, times: [0] });
  const list = standardModes(model);
  const reservoir = paperReservoir(model);
  const space = fockSpace(2, 1);
  const x = interactionOperator(reservoir, 0, space);
  const a = reservoir.pairs.findIndex(([k, l]) => k < l);
  // ⟨1_a|X|0⟩ and ⟨0|X|1_b⟩.
  const one = (mode: number): number => space.states.findIndex((state) => state[mode] === 1 && state[1 - mode] === 0);
  const up = entry(x, one(a), 0).re - Math.sqrt(0.25);
  const down = entry(x, 0, one(1 - a)).re - Math.sqrt(0.75);
  return [
    ...[...cases, 1].map((w) =>
      check({
        id: "qubit, (16)",
        claim: w === 0 || w === 1 ? "one oscillator for a pure site" : "two oscillators for a mixed site",
        between: `modes of the model with w = ${w}, and the paper's count`,
        measure: standardModes(qubitModel({ w, times: [0] })).length,
        unit: "modes",
        expected: { exactly: w === 0 || w === 1 ? 1 : 2 },
      }),
    ),
    check({
      id: "qubit, H_F",
      claim: "their frequencies are ω_R and −ω_R",
      between: "frequencies of the list, and ±1.1",
      measure: Math.max(...list.map(({ k, frequency }) => Math.abs(frequency - (k === 1 ? 1 : -1) * bathFrequency))),
      expected: { atMost: 1e-14 },
    }),
    check({
      id: "qubit, (18)",
      claim: "X = √w a† + √(1−w) b",
      between: "matrix elements of (18) at w = 1/4, and 1/2 and √3/2",
      measure: Math.max(Math.abs(up), Math.abs(down)),
      expected: { atMost: 1e-14 },
    }),
  ];
}

function effectiveMode(): Check[] {
  const times = [1, 4, 9];
  const distances = [0.25, 0.1, 0.8].map((w) => {
    const model = qubitModel({ w, times, hamiltonian: "0.5 * sigmaz + 0.2 * sigmax", state: "unit(up + 0.5i * down)" });
    return { w, away: maxDifference(simulate(model, infinity).rho, thermalModeDynamics(model, w)) };
  });
  return [
    check({
      id: "qubit, A and B",
      claim: "A and B are independent oscillators: [A, A†] = [B, B†] = 1, [A, B] = [A, B†] = 0",
      between: "commutators from the coefficients of a, a†, b, b†, w = 1/4, and 1 and 0",
      measure: bogoliubov(0.25),
      expected: { atMost: 1e-14 },
    }),
    check({
      id: "qubit, one mode",
      claim: "S couples to one effective mode, once its strength √|1−2w| and its thermal state are put in (erratum 6)",
      between: "the program with two vacuum modes, and one thermal oscillator in Fock space; w = 0.1, 1/4, 4/5",
      measure: Math.max(...distances.map(({ away }) => away)),
      expected: { atMost: 1e-7 },
    }),
  ];
}

/** How far the commutators of A and B are from those of independent oscillators. */
function bogoliubov(w: number): number {
  const [root, other, norm] = [Math.sqrt(w), Math.sqrt(1 - w), 1 / Math.sqrt(1 - 2 * w)];
  // Coefficients of a, a†, b, b†.
  const a = [0, norm * root, norm * other, 0];
  const b = [norm * other, 0, 0, norm * root];
  const dagger = ([x, xDagger, y, yDagger]: readonly number[]): number[] => [xDagger, x, yDagger, y];
  const bracket = (x: readonly number[], y: readonly number[]): number =>
    x[0] * y[1] - x[1] * y[0] + x[2] * y[3] - x[3] * y[2];
  return Math.max(
    Math.abs(bracket(a, dagger(a)) - 1),
    Math.abs(bracket(b, dagger(b)) - 1),
    Math.abs(bracket(a, b)),
    Math.abs(bracket(a, dagger(b))),
  );
}

/** S and the single effective mode: √|1−2w| (G ⊗ A + H.c.) below w = 1/2, √(2w−1) (G ⊗ C† + H.c.) above, A and C thermal. */
export function thermalModeDynamics(model: Model, w: number): MatrixSeries {
  const strength = Math.sqrt(Math.abs(1 - 2 * w));
  const occupation = Math.min(w, 1 - w) / Math.abs(1 - 2 * w);
  const g = scale(spin.lower, exchange * strength);
  const mode =
    w < 0.5
      ? { frequency: -bathFrequency, coupling: scale(spin.raise, exchange * strength) }
      : { frequency: bathFrequency, coupling: g };
  const space = fockSpace(1, 60);
  return oscillatorDynamics(model.system, [mode], space, model.times, thermalState(space, occupation));
}

function closedForms(): Check[] {
  const times = Array.from({ length: 30 }, (_, i) => 0.7 * (i + 1));
  const pure = simulate(qubitModel({ w: 1, times, state: "up" }), infinity).rho;
  const inverted = simulate(qubitModel({ w: 0, times, state: "down" }), infinity).rho;
  const hot = simulate(qubitModel({ w: 0.5, times, state: "up" }), infinity).rho;
  const largest = (series: MatrixSeries, level: number, formula: (t: number) => number): number =>
    Math.max(...times.map((t, i) => Math.abs(entry(matrixAt(series, i), level, level).re - formula(t))));
  const detuned = 1 - bathFrequency;
  const beta = thermalPairs(qubitModel({ w: 0.8, times: [0] }))[0].beta;
  return [
    check({
      id: "Jaynes-Cummings",
      claim: "a pure spin bath with off-diagonal v acts as in the Jaynes-Cummings model",
      between: "population of |↑⟩ at w = 1, and 1 − (g/Ω)² sin² Ωt with Ω² = g² + (detuning)²/4",
      measure: largest(pure, 0, (t) => 1 - flopping(exchange, detuned, t)),
      expected: { atMost: 1e-9 },
    }),
    check({
      id: "Jaynes-Cummings",
      claim: "fully inverted, w = 0, the mode has frequency −ω_R and S gains what the bath loses",
      between: "population of |↓⟩ at w = 0, and the same formula",
      measure: largest(inverted, 1, (t) => 1 - flopping(exchange, detuned, t)),
      expected: { atMost: 1e-9 },
    }),
    check({
      id: "qubit, w = 1/2",
      claim: "at infinite temperature the bath is a classical Gaussian field z e^{iωt}, E|z|² = 1/2, and no oscillator",
      between: "population of |↑⟩ from two vacuum modes, and Rabi's formula averaged over |z|² by quadrature",
      measure: largest(hot, 0, (t) => 1 - averagedFlopping(detuned, t)),
      expected: { atMost: 1e-8 },
    }),
    check({
      id: "qubit, β",
      claim: "for w = 4/5 the effective mode has the temperature of the bath",
      between: "β of the thermal pair, and ln(w/(1−w))/ω_R",
      measure: Math.abs(beta - Math.log(4) / bathFrequency),
      expected: { atMost: 1e-14 },
    }),
  ];
}

/** Rabi's formula: (g/Ω)² sin² Ωt. */
function flopping(g: number, detuning: number, t: number): number {
  const omega = Math.hypot(g, detuning / 2);
  return ((g / omega) * Math.sin(omega * t)) ** 2;
}

/** Its mean over exponentially distributed |z|² with mean 1/2, by Simpson's rule in |z|. */
function averagedFlopping(detuning: number, t: number): number {
  const steps = 4000;
  const far = 5;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const z = (far * i) / steps;
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * 4 * z * Math.exp(-2 * z * z) * flopping(exchange * z, detuning, t);
  }
  return (sum * far) / (3 * steps);
}
