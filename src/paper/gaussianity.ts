/** Correlation functions and the quantum central limit theorem, equations (10)-(14). */

import { eigh } from "../algebra/hermitian.ts";
import {
  adjoint,
  type Complex,
  diagonal,
  hermitianPart,
  type Matrix,
  maxAbs,
  multiply,
  subtract,
  traceOfProduct,
} from "../algebra/matrix.ts";
import { matrixAt } from "../algebra/series.ts";
import { simulate } from "../dynamics/simulate.ts";
import { convergence } from "../limits/convergence.ts";
import { correlation, correlations } from "../limits/correlations.ts";
import type { Word } from "../limits/word.ts";
import type { Model } from "../model/types.ts";
import { defineModel } from "../model/validate.ts";
import { eigenbasis } from "../reservoir/eigenbasis.ts";
import { fluctuationsOfSites, normality } from "./centralLimit.ts";
import { type Check, check } from "./check.ts";
import { difference, modulus, product, wick } from "./complexNumbers.ts";
import { propagator } from "./denseEvolution.ts";
import { interactionOperator, paperReservoir, reservoirHamiltonian } from "./fluctuationReservoir.ts";
import { fockSpace } from "./oscillators.ts";
import type { Section } from "./section.ts";
import { seededModel } from "./seededModel.ts";
import { fluctuationOperator, tensorPower, tensorProductDynamics } from "./tensorProduct.ts";

const sizes = [10, 100, 1000, 10000, 1e5];

export function gaussianity(): Section {
  const [onOneSite, ...ofModes] = twoPoint();
  return {
    title: "Correlation functions and the central limit theorem, (10)-(14)",
    introduction:
      "Words of the fluctuation operators, daggers and different couplings mixed. On the tensor product they are " +
      "products of matrices; the program sums over set partitions, for any M; in the limit the sum over pairings is " +
      "done once more, pairing by pairing, from two-point functions alone.",
    checks: [...manyTimes(), onOneSite, ...theLimit(), ...ofModes, ...consequences(), ...normality(generic())],
    figures: [fluctuationsOfSites()],
  };
}

/** v(t) = e^{iht} v e^{−iht} of a letter, d × d. */
function letterAt(model: Model, { coupling, dagger, time }: Word[number]): Matrix {
  const v = model.reservoirs[0].couplings[coupling - 1].site;
  const u = propagator(model.reservoirs[0].site.hamiltonian, -time);
  return multiply(multiply(u, dagger ? adjoint(v) : v), adjoint(u));
}

/** C_M of (10) on the tensor product. */
function onTensorProduct(model: Model, word: Word, size: number): Complex {
  const operators = word.map((letter) => fluctuationOperator(letterAt(model, letter), size));
  return traceOfProduct(tensorPower(model.reservoirs[0].site.state, size), product(operators));
}

/** c(t_i, t_j) of (11) for two letters of a word. */
function twoPointOf(model: Model, word: Word): (i: number, j: number) => Complex {
  const operators = word.map((letter) => letterAt(model, letter));
  return (i, j) => traceOfProduct(model.reservoirs[0].site.state, multiply(operators[i], operators[j]));
}

const fourLetters: Word = [
  { coupling: 1, dagger: false, time: 0.5 },
  { coupling: 2, dagger: true, time: -0.3 },
  { coupling: 2, dagger: false, time: 1.2 },
  { coupling: 1, dagger: true, time: 0 },
];
const sixLetters: Word = [
  ...fourLetters,
  { coupling: 1, dagger: false, time: 2 },
  { coupling: 2, dagger: false, time: 0.9 },
];

function generic(): Model {
  return seededModel({ seed: 21, system: 2, site: 3, couplings: 2, times: [0] });
}

function manyTimes(): Check[] {
  const model = generic();
  const words = [fourLetters.slice(0, 2), fourLetters.slice(0, 3), fourLetters, sixLetters.slice(0, 5), sixLetters];
  const distances = words.flatMap((word) =>
    [1, 2, 3, 4].map((size) => modulus(difference(correlation(model, word, size), onTensorProduct(model, word, size)))),
  );
  const pair = fourLetters.slice(0, 2);
  const [few, many] = correlations(model, pair, [1, 1e23]);
  return [
    check({
      id: "(10)",
      claim: "correlation functions of up to six times, at finite M",
      between: "sum over set partitions, and matrices on the tensor product, M = 1 to 4, d = 3",
      measure: Math.max(...distances),
      expected: { atMost: 1e-12 },
    }),
    check({
      id: "(10)",
      claim: "terms in which one site stands alone vanish, so that of M^n terms few are left",
      between: "all 4^4 choices of sites for four letters on M = 4: the largest term with a lone site, and 0",
      measure: largestLonely(model, 4),
      expected: { atMost: 1e-14 },
    }),
    check({
      id: "(10)",
      claim: "two-time functions are the same for every M",
      between: "C_M for M = 1 and M = 10^23",
      measure: modulus(difference(few, many)),
      expected: { atMost: 1e-14 },
    }),
  ];
}

/** The largest modulus of tr(ρ^{⊗M} Π v_i^[m_i]) over all m with an index that occurs once. */
function largestLonely(model: Model, size: number): number {
  const letters = fourLetters.map((letter) => letterAt(model, letter));
  let largest = 0;
  for (let index = 0; index < size ** 4; index++) {
    const at = letters.map((_, i) => Math.floor(index / size ** i) % size);
    if (!at.some((m) => at.filter((other) => other === m).length === 1)) continue;
    // The trace over a product state is the product of the traces over the sites.
    const traces = [...new Set(at)].map((m) =>
      modulus(traceOfProduct(model.reservoirs[0].site.state, product(letters.filter((_, i) => at[i] === m)))),
    );
    largest = Math.max(
      largest,
      traces.reduce((all, one) => all * one, 1),
    );
  }
  return largest;
}

function theLimit(): Check[] {
  const model = generic();
  const infinity = Number.POSITIVE_INFINITY;
  const even = [fourLetters, sixLetters].map((word) =>
    modulus(difference(correlation(model, word, infinity), wick(twoPointOf(model, word), word.length))),
  );
  const odd = modulus(correlation(model, sixLetters.slice(0, 5), infinity));
  const rate = (word: Word): number => {
    const limit = correlation(model, word, infinity);
    const distances = correlations(model, word, sizes).map((value) => modulus(difference(value, limit)));
    return convergence(sizes, distances)?.exponent ?? Number.NaN;
  };
  return [
    check({
      id: "(12)",
      claim: "even correlation functions become sums over pairings",
      between: "the program at M = ∞, and Wick's sum pairing by pairing, 4 and 6 letters",
      measure: Math.max(...even),
      expected: { atMost: 1e-13 },
    }),
    check({
      id: "(12)",
      claim: "odd ones vanish",
      between: "five letters at M = ∞, and 0",
      measure: odd,
      expected: { exactly: 0 },
      unit: "modulus",
    }),
    check({
      id: "(12)",
      claim: "larger clusters disappear as 1/M from even correlation functions",
      between: "distance to the limit for M = 10 to 10^5, four letters, and a power law",
      measure: rate(fourLetters),
      unit: "exponent of M",
      expected: { near: -1, within: 0.01 },
    }),
    check({
      id: "(12)",
      claim: "and as M^{-1/2} from odd ones",
      between: "distance to the limit for M = 10 to 10^5, three letters, and a power law",
      measure: rate(fourLetters.slice(0, 3)),
      unit: "exponent of M",
      expected: { near: -0.5, within: 0.01 },
    }),
  ];
}

function twoPoint(): Check[] {
  const model = seededModel({ seed: 22, system: 2, site: 4, couplings: 1, hermitian: true, times: [0] });
  const turn = eigh(hermitianPart(model.reservoirs[0].couplings[0].site)).vectors;
  const degenerate = {
    hamiltonian: inBasisOf(diagonal([0, 1, 1, 1]), turn),
    state: inBasisOf(diagonal([0.4, 0.3, 0.2, 0.1]), turn),
  };
  const times = [0, 0.4, 1.3, -0.7];
  const word: Word = times.map((time) => ({ coupling: 1, dagger: false, time }));
  const trace = twoPointOf(model, word);
  const pairs = times.flatMap((_, i) => times.map((__, j): [number, number] => [i, j]));
  const away = (other: (i: number, j: number) => Complex): number =>
    Math.max(...pairs.map(([i, j]) => modulus(difference(trace(i, j), other(i, j)))));
  return [
    check({
      id: "(11)",
      claim: "the two-point function is that of one site",
      between: "tr(ρ v(t) v(t')) on one site, and C_M of two letters",
      measure: away((i, j) => correlation(model, [word[i], word[j]], 1000)),
      expected: { atMost: 1e-14 },
    }),
    check({
      id: "(13)",
      claim: "ρ_R and h_R have a common eigenbasis, also where levels of h_R are degenerate",
      between: "Σ E_k |χ_k⟩⟨χ_k| and h, Σ p_k |χ_k⟩⟨χ_k| and ρ; d = 4, a threefold level, rotated",
      measure: rebuilt(degenerate),
      expected: { atMost: 1e-13 },
    }),
    check({
      id: "(14)",
      claim: "the two-point function as a sum over transitions",
      between: "Σ p_k |v_kl|² e^{−i(E_l−E_k)(t−t')}, and the trace (11), 16 pairs of times",
      measure: away((i, j) => overTransitions(model, times[i] - times[j])),
      expected: { atMost: 1e-14 },
    }),
    ...fieldOperator(model, times, away),
  ];
}

function inBasisOf(a: Matrix, u: Matrix): Matrix {
  return multiply(multiply(u, a), adjoint(u));
}

function rebuilt(site: { readonly hamiltonian: Matrix; readonly state: Matrix }): number {
  const { energies, populations, vectors } = eigenbasis(site);
  const h = inBasisOf(diagonal(energies), vectors);
  const rho = inBasisOf(diagonal(populations), vectors);
  return Math.max(maxAbs(subtract(h, site.hamiltonian)), maxAbs(subtract(rho, site.state)));
}

/** (14). */
function overTransitions(model: Model, t: number): Complex {
  const { basis, site } = paperReservoir(model);
  const d = basis.energies.length;
  let [re, im] = [0, 0];
  for (let k = 0; k < d; k++) {
    for (let l = 0; l < d; l++) {
      const at = k * d + l;
      const weight = basis.populations[k] * (site[0].re[at] ** 2 + site[0].im[at] ** 2);
      re += weight * Math.cos((basis.energies[l] - basis.energies[k]) * t);
      im -= weight * Math.sin((basis.energies[l] - basis.energies[k]) * t);
    }
  }
  return { re, im };
}

/** φ(t) in the vacuum: with at most four quanta, four-point functions are exact. */
function fieldOperator(
  big: Model,
  times: readonly number[],
  away: (other: (i: number, j: number) => Complex) => number,
): Check[] {
  const field = (model: Model, quanta: number): Matrix[] => {
    const reservoir = paperReservoir(model);
    const space = fockSpace(reservoir.pairs.length, quanta);
    const h = reservoirHamiltonian(reservoir, space);
    const x = interactionOperator(reservoir, 0, space);
    return times.map((t) => {
      const u = propagator(h, -t);
      return multiply(multiply(u, x), adjoint(u));
    });
  };
  const two = field(big, 1);
  const small = seededModel({ seed: 23, system: 2, site: 2, couplings: 1, hermitian: true, times: [0] });
  const four = field(small, 2);
  const word: Word = times.map((time) => ({ coupling: 1, dagger: false, time }));
  const pairings = wick(twoPointOf(small, word), 4);
  return [
    check({
      id: "φ(t)",
      claim: "the field of the oscillators has the same two-point function in their vacuum",
      between: "⟨0|φ(t)φ(t')|0⟩ from matrices in Fock space, 16 modes, and the trace (11)",
      measure: away((i, j) => vacuumExpectation(multiply(two[i], two[j]))),
      expected: { atMost: 1e-14 },
    }),
    check({
      id: "φ(t)",
      claim: "and is Gaussian, so that all its correlation functions are those of R in the limit",
      between: "⟨φφφφ⟩ from matrices in Fock space, and Wick's sum over the traces (11)",
      measure: modulus(difference(vacuumExpectation(product(four)), pairings)),
      expected: { atMost: 1e-14 },
    }),
  ];
}

function vacuumExpectation(a: Matrix): Complex {
  return { re: a.re[0], im: a.im[0] };
}

/** The Dyson series of R at finite M and of F agree up to second order; what comes next depends on the third moments. */
function consequences(): Check[] {
  const times = [0.02, 0.04];
  const orderOf = (model: Model): number => {
    const finite = tensorProductDynamics(model, 4, times);
    const limit = simulate(model, Number.POSITIVE_INFINITY, { tolerance: 1e-13, forms: "fock" }).rho;
    const distances = times.map((_, t) => maxAbs(subtract(matrixAt(finite, t), matrixAt(limit, t))));
    return Math.log2(distances[1] / distances[0]);
  };
  const skewed = seededModel({ seed: 24, system: 2, site: 2, couplings: 1, strength: 1.2, hermitian: true, times });
  const even = defineModel({
    system: { hamiltonian: "0.5*sigmaz", state: "unit(up + 0.3*down)" },
    reservoir: { hamiltonian: "1.1*proj(up)", state: "0.7*proj(down) + 0.3*proj(up)" },
    couplings: [{ system: "0.9*sigmam", site: "sigmap" }],
    times,
  });
  return [
    check({
      id: "Dyson series",
      claim: "R at M = 4 and F agree to second order in the interaction; a third moment parts them at third order",
      between:
        "tensor product at M = 4 and the program at M = ∞ as t → 0, spins whose v has a diagonal part, and a power of t",
      measure: orderOf(skewed),
      unit: "exponent of t",
      expected: { near: 3, within: 0.15 },
    }),
    check({
      id: "Dyson series",
      claim: "without third moments they agree to third order",
      between: "tensor product at M = 4 and the program at M = ∞ as t → 0, the paper's qubit example, and a power of t",
      measure: orderOf(even),
      unit: "exponent of t",
      expected: { near: 4, within: 0.15 },
    }),
  ];
}
