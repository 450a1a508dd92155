/** The nondemolition example, (21) and (22). */

import { diagonal, entry, inBasis, type Matrix, matrix } from "../algebra/matrix.ts";
import { matrixAt, maxDifference } from "../algebra/series.ts";
import { simulate } from "../dynamics/simulate.ts";
import { convergence } from "../limits/convergence.ts";
import { defineModel } from "../model/validate.ts";
import { type Check, check } from "./check.ts";
import { difference, modulus } from "./complexNumbers.ts";
import { curvesFigure } from "./curves.ts";
import {
  byOscillators,
  type Dephasing,
  dephasing,
  printedModulus,
  secondMoment,
  shownDecoherence,
} from "./dephasing.ts";
import { onsetFigure } from "./onsetFigure.ts";
import type { Section } from "./section.ts";
import { tensorProductDynamics } from "./tensorProduct.ts";

const infinity = Number.POSITIVE_INFINITY;

export function nondemolition(): Section {
  return {
    title: "Example: nondemolition models, (21) and (22)",
    introduction:
      "H_S and G commute, S has three levels in a random basis; sites are random. The program has a closed form for these, " +
      "and its general path, which knows nothing of it; both are shown.",
    checks: [...decoherence(), ...quasiperiodic(), ...onset()],
    figures: [
      {
        name: "nondemolition",
        caption:
          "A coherence of a qubit, 2|ρ_12|: with off-diagonal v alone it comes back again and again; with a diagonal part " +
          "of v it decays for good, since diagonal modes stand still (erratum 8).",
        draw: (theme) =>
          curvesFigure(
            {
              name: "nondemolition",
              title: "Dephasing with and without a static part",
              times: drawnTimes(),
              sizes: [2, 10, 100, infinity],
              curves: [0, 0.3].map((tilt) => ({
                label: tilt === 0 ? "2|ρ₁₂|,  off-diagonal v" : "2|ρ₁₂|,  v with a diagonal part",
                values: (size) => drawnCoherence(tilt, size),
              })),
            },
            theme,
          ),
      },
      {
        name: "onset",
        caption:
          "Onset of decoherence for three-level sites with homogeneous coupling: the exact coherence in the limit, " +
          "the Gaussian of (22), and what its last equality, as printed, would give (erratum 9).",
        draw: onsetFigure,
      },
    ],
  };
}

function drawnTimes(): number[] {
  return Array.from({ length: 301 }, (_, i) => i / 10);
}

function drawnCoherence(tilt: number, size: number): number[] {
  const model = defineModel({
    system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
    reservoir: { hamiltonian: "0.8 * proj(up)", state: "0.6 * proj(down) + 0.4 * proj(up)" },
    couplings: [{ system: "0.2 * sigmaz", site: `sigmax + ${tilt} * sigmaz`, hc: "included" }],
    center: "subtract",
    times: drawnTimes(),
  });
  const { rho } = simulate(model, size);
  return model.times.map((_, t) => 2 * modulus(entry(matrixAt(rho, t), 0, 1)));
}

const pairs = [
  [0, 1],
  [0, 2],
  [1, 2],
] as const;

function decoherence(): Check[] {
  const times = [-1.5, 0.8, 4];
  const d = dephasing({ seed: 51, site: 3, strength: 0.3, times });
  const closed = simulate(d.model, infinity).rho;
  const general = dephasing({ seed: 52, site: 2, strength: 0.2, times: [0.5, 1, 2] }).model;
  const ladder = simulate(general, infinity, { forms: "fock", tolerance: 1e-10 }).rho;
  const real = dephasing({ seed: 53, site: 4, strength: 0.3, hermitian: true, offDiagonal: true, times });
  const realClosed = simulate(real.model, infinity).rho;
  const small = dephasing({ seed: 54, site: 2, strength: 0.4, times });
  const start = inBasis(d.model.system.state, d.basis);
  const drift = times.flatMap((_, t) => {
    const now = inBasis(matrixAt(tensorProductDynamics(small.model, 4, times), t), small.basis);
    const then = inBasis(small.model.system.state, small.basis);
    return [0, 1, 2].map((m) => Math.abs(entry(now, m, m).re - entry(then, m, m).re));
  });
  return [
    check({
      id: "nondemolition",
      claim: "populations stay as they are",
      between: "⟨ψ_m|ρ_S(t)|ψ_m⟩ on the tensor product, M = 4, and at time 0",
      measure: Math.max(...drift),
      expected: { atMost: 1e-13 },
    }),
    check({
      id: "(21)",
      claim: "coherences are multiplied by one factor for each mode, static ones included (erratum 8)",
      between: "the closed form, and Π ⟨0|Y(t, n) Y(−t, m)|0⟩ with each oscillator in Fock space; complex g, d = 3",
      measure: overPairs(d, (t, m, n) => {
        const shown = shownDecoherence(d, closed, t, m, n);
        return modulus(difference(shown, byOscillators(d, times[t], m, n, "all")));
      }),
      expected: { atMost: 1e-11 },
      note: `smallest initial coherence ${Math.min(...pairs.map(([m, n]) => modulus(entry(start, m, n)))).toFixed(2)}`,
    }),
    check({
      id: "(21)",
      claim: "the same without any closed form",
      between: "the closed form, and oscillators averaged over a static field, d = 2",
      measure: maxDifference(ladder, simulate(general, infinity).rho),
      expected: { atMost: 1e-9 },
    }),
    check({
      id: "(21)",
      claim: "the same for few sites",
      between: "the closed form [tr(…)]^M, and the tensor product, M = 1 and 4",
      measure: Math.max(
        ...[1, 4].map((size) =>
          maxDifference(simulate(small.model, size).rho, tensorProductDynamics(small.model, size, times)),
        ),
      ),
      expected: { atMost: 1e-12 },
    }),
    check({
      id: "|D|",
      claim: "modulus for real g and Hermitian, off-diagonal v",
      between: "ρ_S(t), and exp(−8(g_m−g_n)² Σ p_k|v_kl|² sin²(tω/2)/ω²); d = 4",
      measure: overPairs(real, (t, m, n) => {
        const shown = modulus(shownDecoherence(real, realClosed, t, m, n));
        return Math.abs(shown - printedModulus(real, times[t], m, n, "k ≠ l"));
      }),
      expected: { atMost: 1e-13 },
    }),
  ];
}

/** The largest value over the model's times and all pairs of levels. */
export function overPairs(d: Dephasing, value: (t: number, m: number, n: number) => number): number {
  return Math.max(...d.model.times.flatMap((_, t) => pairs.map(([m, n]) => value(t, m, n))));
}

/** A qubit with G = g σ_z, and sites given by their levels, populations and v. */
function onSites(energies: readonly number[], populations: readonly number[], v: Matrix, times: readonly number[]) {
  return defineModel({
    system: { hamiltonian: "0 * sigmaz", state: "plus" },
    reservoir: { hamiltonian: diagonal(energies), state: diagonal(populations) },
    couplings: [{ system: "0.3 * sigmaz", site: v }],
    times,
    tolerance: 1e-12,
  });
}

/** Entries u off the diagonal, 0 on it. */
function homogeneous(d: number): Matrix {
  return matrix(Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => (i === j ? 0 : 1))));
}

function coherences(model: ReturnType<typeof onSites>): number[] {
  const { rho } = simulate(model, infinity);
  return model.times.map((_, t) => 2 * modulus(entry(matrixAt(rho, t), 0, 1)));
}

function quasiperiodic(): Check[] {
  const one = onSites([0, 0.8], [0.6, 0.4], homogeneous(2), [Math.PI / 0.8, (2 * Math.PI) / 0.8]);
  const [deepest, back] = coherences(one);
  const long = Array.from({ length: 6001 }, (_, i) => 20 + i / 5);
  const two = coherences(onSites([0, 1, 1 + Math.SQRT2], [0.5, 0.3, 0.2], homogeneous(3), long));
  return [
    check({
      id: "quasiperiodic",
      claim: "with a single frequency, coherence returns in full after a period",
      between: "|D| at t = 2π/ω, and 1",
      measure: Math.abs(back - 1),
      expected: { atMost: 1e-13 },
      note: `half a period earlier it is ${deepest.toFixed(2)}`,
    }),
    check({
      id: "quasiperiodic",
      claim: "with incommensurate frequencies 1, √2, 1 + √2 it comes as near as one likes",
      between: "largest |D| for 20 < t < 1220, and 1",
      measure: Math.max(...two),
      unit: "largest |D|",
      expected: { atLeast: 0.97 },
      note: `it falls to ${Math.min(...two).toFixed(2)} in between`,
    }),
  ];
}

function onset(): Check[] {
  const d = dephasing({ seed: 55, site: 3, strength: 0.3, hermitian: true, times: [0.003] });
  const rho = simulate(d.model, infinity).rho;
  const rate = (m: number, n: number): number => 2 * (d.couplings[m].re - d.couplings[n].re) ** 2 * secondMoment(d);
  const off = overPairs(d, (t, m, n) => {
    const shown = -Math.log(modulus(shownDecoherence(d, rho, t, m, n))) / d.model.times[t] ** 2;
    return Math.abs(shown / rate(m, n) - 1);
  });
  const gaps = [1, 0.5, 0.25, 0.125];
  const lasting = gaps.map(validUntil);
  return [
    check({
      id: "(22)",
      claim: "decoherence sets in as exp(−2(g_m−g_n)² t² Σ p_k|v_kl|²)",
      between: "−ln|D|/t² of ρ_S(t) at t = 0.003, and the rate; random site with diagonal part, d = 3",
      measure: off,
      unit: "largest relative difference",
      expected: { atMost: 1e-4 },
    }),
    check({
      id: "(22)",
      claim: "for homogeneous v, its rate knows neither ρ_R nor the levels of h_R",
      between: "rates of three different states and spectra of four-level sites",
      measure: spread(homogeneous(4)),
      unit: "relative spread",
      expected: { atMost: 1e-4 },
    }),
    check({
      id: "(22)",
      claim: "it stays valid for longer as gaps narrow, in inverse proportion",
      between: "time at which ln|D| departs from (22) by 5 %, for gaps 1 to 1/8; a power law",
      measure: -(
        convergence(
          gaps.map((gap) => 1 / gap),
          lasting.map((t) => 1 / t),
        )?.exponent ?? Number.NaN
      ),
      unit: "exponent of 1/gap",
      expected: { near: 1, within: 1e-6 },
    }),
  ];
}

/** −ln|D|/t² at an early time, for homogeneous sites of d levels with u = 1, and g_1 − g_2. */
export function homogeneousRate(d: number): { rate: number; spreadOfG: number } {
  const t = 0.003;
  const levels = Array.from({ length: d }, (_, k) => k);
  const populations = levels.map((k) => (2 * (k + 1)) / (d * (d + 1)));
  const [size] = coherences(onSites(levels, populations, homogeneous(d), [t]));
  return { rate: -Math.log(size) / t ** 2, spreadOfG: 0.6 };
}

/** How much the initial decay rates differ between three kinds of site, relative to their mean. */
export function spread(v: Matrix): number {
  const t = 0.003;
  const rates = [
    onSites([0, 1, 2, 3], [0.4, 0.3, 0.2, 0.1], v, [t]),
    onSites([0, 0.2, 1.5, 4], [0.1, 0.1, 0.1, 0.7], v, [t]),
    onSites([0, 0, 1, 1], [0.25, 0.25, 0.25, 0.25], v, [t]),
  ].map((model) => -Math.log(coherences(model)[0]) / t ** 2);
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  return (Math.max(...rates) - Math.min(...rates)) / mean;
}

/** When ln|D| of a two-level site with this gap is 5 % off t² times the rate, by bisection. */
function validUntil(gap: number): number {
  let [low, high] = [1e-3 / gap, 3 / gap];
  for (let step = 0; step < 40; step++) {
    const t = (low + high) / 2;
    const [size] = coherences(onSites([0, gap], [0.7, 0.3], homogeneous(2), [t]));
    // 2 (g_1 − g_2)² tr(ρ v²) = 2 · 0.6² · 1.
    if (-Math.log(size) / (0.72 * t * t) > 0.95) low = t;
    else high = t;
  }
  return low;
}
