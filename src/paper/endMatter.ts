/** The End Matter: Weyl operators, and the decoherence function of one mode. */

import { adjoint, type Complex, entry, maxAbs, scale, subtract } from "../algebra/matrix.ts";
import { standardModes } from "../reservoir/modes.ts";
import { type Check, check } from "./check.ts";
import { difference, modulus } from "./complexNumbers.ts";
import { propagator } from "./denseEvolution.ts";
import { type Dephasing, dephasing, displacement, fieldOf, modesOf, oneOscillator, sineSquared } from "./dephasing.ts";
import { fieldHamiltonian, interactionOperator, type PaperReservoir, paperReservoir } from "./fluctuationReservoir.ts";
import { coupledHamiltonian, fockSpace } from "./oscillators.ts";
import type { Section } from "./section.ts";
import { seededModel } from "./seededModel.ts";

export function endMatter(): Section {
  return {
    title: "End Matter and footnotes",
    introduction:
      "One oscillator with up to 60 quanta, exponentials of matrices on the one side, formulas on the other.",
    checks: [...weyl(), ...singleModeFactor(), ...footnote()],
    figures: [],
  };
}

function weyl(): Check[] {
  const points: Complex[] = [
    { re: 0.3, im: 0 },
    { re: 0, im: 1 },
    { re: -0.8, im: 0.6 },
    { re: 1.2, im: -1.5 },
  ];
  const away = points.map((x) =>
    modulus(difference(weylMean(x), { re: Math.exp(-(x.re ** 2 + x.im ** 2) / 2), im: 0 })),
  );
  return [
    check({
      id: "End Matter",
      claim: "⟨0|W(x)|0⟩ = e^{−|x|²/2} for W(x) = e^{iφ(x)}, φ(x) = x a† + x̄ a",
      between: "the exponential as a matrix, and the Gaussian, |x| up to 1.9",
      measure: Math.max(...away),
      expected: { atMost: 1e-13 },
    }),
  ];
}

/** ⟨0|e^{iφ(x)}|0⟩. */
export function weylMean(x: Complex): Complex {
  const space = fockSpace(1, 60);
  return entry(propagator(fieldOf(space.lower[0], x), -1), 0, 0);
}

/** The argument of W for one mode: (e^{iωt} − 1)/(iω) √(factor · p_k) {(ḡ_n − ḡ_m) v̄_kl + (g_n − g_m) v_lk}. */
export function weylArgument(r: PaperReservoir, k: number, l: number, dg: Complex, t: number, factor: number): Complex {
  const { energies, populations } = r.basis;
  const omega = energies[l] - energies[k];
  const x = displacement(r, k, l, dg);
  const root = Math.sqrt(factor * populations[k]);
  const [re, im] = omega === 0 ? [t, 0] : [Math.sin(omega * t) / omega, (1 - Math.cos(omega * t)) / omega];
  return { re: root * (re * x.re - im * x.im), im: root * (re * x.im + im * x.re) };
}

/** exp(−2 p_k sin²(tω/2)/ω² |(ḡ_n − ḡ_m) v̄_kl + (g_n − g_m) v_lk|²). */
function singleModeModulus(r: PaperReservoir, k: number, l: number, dg: Complex, t: number): number {
  const { energies, populations } = r.basis;
  const size = modulus(displacement(r, k, l, dg)) ** 2;
  return Math.exp(-2 * populations[k] * sineSquared(energies[l] - energies[k], t) * size);
}

/** Over all modes of a model, times and pairs of levels of S: what an expression for |D_mn(k, l, t)| is off by. */
export function overModes(
  d: Dephasing,
  formula: (r: PaperReservoir, k: number, l: number, dg: Complex, t: number) => number,
): number {
  const reservoir = paperReservoir(d.model);
  let largest = 0;
  for (const [k, l] of modesOf(reservoir, "all")) {
    for (const t of d.model.times) {
      for (const [m, n] of [
        [0, 1],
        [2, 1],
      ]) {
        const shown = modulus(oneOscillator(reservoir, k, l, d.couplings[m], d.couplings[n], t));
        const dg = difference(d.couplings[n], d.couplings[m]);
        largest = Math.max(largest, Math.abs(shown - formula(reservoir, k, l, dg, t)));
      }
    }
  }
  return largest;
}

function singleModeFactor(): Check[] {
  const d = dephasing({ seed: 61, site: 2, strength: 0.6, times: [0.6, 2] });
  const real = dephasing({ seed: 62, site: 3, strength: 0.4, hermitian: true, times: [1] });
  const reservoir = paperReservoir(real.model);
  const identities = modesOf(reservoir, "all").map(([k, l]) => {
    const dg = difference(real.couplings[1], real.couplings[0]);
    const v = modulus(entry(reservoir.site[0], k, l));
    return Math.abs(modulus(displacement(reservoir, k, l, dg)) ** 2 - 4 * dg.re ** 2 * v ** 2);
  });
  return [
    check({
      id: "End Matter",
      claim: "D_mn(k, l, t) is a phase times ⟨0|W|0⟩, with √p_k in W (erratum 10)",
      between: "|⟨0|Y(t, n) Y(−t, m)|0⟩| and |⟨0|W(x)|0⟩|, both as matrices; complex g, static modes too",
      measure: overModes(d, (r, k, l, dg, t) => modulus(weylMean(weylArgument(r, k, l, dg, t, 1)))),
      expected: { atMost: 1e-12 },
    }),
    check({
      id: "End Matter",
      claim: "|D_mn(k, l, t)| = exp(−2p_k [sin²(tω/2)/ω²] |…|²), with a modulus around the braces",
      between: "|⟨0|Y(t, n) Y(−t, m)|0⟩| as matrices, and the formula",
      measure: overModes(d, singleModeModulus),
      expected: { atMost: 1e-12 },
    }),
    check({
      id: "End Matter",
      claim: "|(ḡ_n−ḡ_m)v̄_kl + (g_n−g_m)v_lk|² = 4(g_m−g_n)²|v_kl|² for real g and v = v†",
      between: "both sides, every pair of levels of a random site, d = 3",
      measure: Math.max(...identities),
      expected: { atMost: 1e-14 },
    }),
  ];
}

function footnote(): Check[] {
  const model = seededModel({ seed: 63, system: 2, site: 3, couplings: 2, times: [0] });
  const { site } = paperReservoir(model);
  const transposed = site.map((v) => {
    const dagger = adjoint(v);
    const barred = { ...dagger, im: dagger.im.map((y) => -y) };
    return [0, 1, 2].flatMap((k) => [0, 1, 2].map((l) => modulus(difference(entry(v, l, k), entry(barred, k, l)))));
  });
  const real = seededModel({ seed: 64, system: 2, site: 2, couplings: 1, hermitian: true, times: [0] });
  const reservoir = paperReservoir(real);
  const space = fockSpace(reservoir.pairs.length, 2);
  const byModes = coupledHamiltonian(real.system.hamiltonian, standardModes(real), space);
  const twice = fieldHamiltonian(real, reservoir, space, scale(interactionOperator(reservoir, 0, space), 2));
  return [
    check({
      id: "footnote 58",
      claim: "[v_q]_lk is the complex conjugate of [v_q†]_kl",
      between: "both, two random site operators in the eigenbasis",
      measure: Math.max(...transposed.flat()),
      expected: { atMost: 1e-14 },
    }),
    check({
      id: "footnote 58",
      claim: "for Q = 1, G = G†, v = v†, (17) is the situation derived before, with G ⊗ φ(0) taken twice (erratum 1)",
      between: "H_SF of the program, and H_S + H_F + 2 G ⊗ X as matrices",
      measure: maxAbs(subtract(byModes, twice)),
      expected: { atMost: 1e-14 },
    }),
  ];
}
