/** Errata 5 to 10: the examples and the End Matter. */

import { adjoint, type Complex, hermitianDefect, matrix, scale } from "../algebra/matrix.ts";
import { maxDifference } from "../algebra/series.ts";
import { simulate } from "../dynamics/simulate.ts";
import { correlation } from "../limits/correlations.ts";
import { eigenbasis } from "../reservoir/eigenbasis.ts";
import { type Check, check } from "./check.ts";
import { modulus } from "./complexNumbers.ts";
import { dephasing, displacement, printedModulus, shownDecoherence, sineSquared } from "./dephasing.ts";
import { overModes, weylArgument, weylMean } from "./endMatter.ts";
import { printedHamiltonian } from "./entanglement.ts";
import { erratum } from "./erratum.ts";
import { bathFrequency, entanglementModel, exchange, qubitModel } from "./examples.ts";
import { homogeneousRate, overPairs, spread } from "./nondemolition.ts";
import { spin } from "./operators.ts";
import { fockSpace, oscillatorDynamics } from "./oscillators.ts";
import { thermalModeDynamics } from "./qubit.ts";

const infinity = Number.POSITIVE_INFINITY;

export function exampleErrata(): Check[] {
  return [
    ...populations(),
    ...effectiveMode(),
    ...hermitianGamma(),
    ...staticModes(),
    ...onset(),
    ...rates(),
    ...endMatter(),
  ];
}

/** 5: which population belongs to which level. */
function populations(): Check[] {
  const w = 0.25;
  const model = qubitModel({ w, times: [0] });
  const found = eigenbasis(model.reservoirs[0].site).populations;
  const word = [
    { coupling: 1, dagger: true, time: 0.4 },
    { coupling: 1, dagger: false, time: 0 },
  ];
  // ⟨v†(t) v(0)⟩ counts sites in |↓⟩: p_1 in X = √p_1 a† + √p_2 b.
  const lower = modulus(correlation(model, word, infinity));
  return [
    ...erratum({
      number: 5,
      printed: "p_1 = 1 − w, p_2 = w with E_1 = 0",
      corrected: "E_1 = 0 is the energy of |↓⟩, so that p_1 = w, p_2 = 1 − w; X = √w a† + √(1−w) b is right as printed",
      against: "|⟨v†(t)v(0)⟩| = p_1 at w = 1/4",
      printedIsOff: Math.abs(lower - (1 - w)),
      correctedIsOff: Math.max(Math.abs(lower - w), Math.abs(found[0] - w)),
      within: 1e-14,
    }),
  ];
}

/** 6: strength and state of the effective mode. */
function effectiveMode(): Check[] {
  const w = 0.25;
  const model = qubitModel({ w, times: [2, 6], state: "unit(up + 0.5i * down)" });
  const limit = simulate(model, infinity).rho;
  const printed = oscillatorDynamics(
    model.system,
    [{ frequency: -bathFrequency, coupling: scale(spin.raise, exchange) }],
    fockSpace(1, 60),
    model.times,
  );
  const beyond = qubitModel({ w: 0.8, times: [2, 6] });
  return [
    ...erratum({
      number: 6,
      printed: "S couples by G ⊗ A + G† ⊗ A†, and A starts in its ground state",
      corrected: "√(1−2w) (G ⊗ A + G† ⊗ A†), A thermal with n = w/(1−2w)",
      against: "ρ_S(t) in the limit, w = 1/4",
      printedIsOff: maxDifference(printed, limit),
      correctedIsOff: maxDifference(thermalModeDynamics(model, w), limit),
      within: 1e-8,
    }),
    check({
      id: "erratum 6",
      claim: "for w > 1/2: √(2w−1) (G ⊗ C† + G† ⊗ C), frequency +ω_R, n = (1−w)/(2w−1); for w = 1/2 no mode, see above",
      between: "one thermal oscillator in Fock space, and ρ_S(t) in the limit, w = 4/5",
      measure: maxDifference(thermalModeDynamics(beyond, 0.8), simulate(beyond, infinity).rho),
      expected: { atMost: 1e-8 },
    }),
  ];
}

/** 7: (20) for Γ that are not Hermitian. */
function hermitianGamma(): Check[] {
  const model = entanglementModel({ gamma: "0.12 * sigmam", times: [2, 6], tolerance: 1e-10 });
  const space = fockSpace(1, 12);
  const h = printedHamiltonian(model, space);
  const g = model.reservoirs[0].couplings[0].system;
  const corrected = oscillatorDynamics(model.system, [{ frequency: 1, coupling: adjoint(g) }], space, model.times);
  return erratum({
    number: 7,
    printed: "(20): (Γ_1 + Γ_2) ⊗ (a† + a) for any Γ",
    corrected: "G ⊗ a + G† ⊗ a†; (20) is this for Hermitian Γ only",
    against: "ρ_S(t) in the limit, Γ = 0.12 |↓⟩⟨↑|",
    how: "it is no Hamiltonian then: so much does it differ from its adjoint",
    printedIsOff: hermitianDefect(h),
    correctedIsOff: maxDifference(corrected, simulate(model, infinity).rho),
  });
}

/** 8: the product over k ≠ l. */
function staticModes(): Check[] {
  const times = [1, 6];
  const d = dephasing({ seed: 81, site: 3, strength: 0.4, hermitian: true, times });
  const rho = simulate(d.model, infinity).rho;
  const offBy = (over: "all" | "k ≠ l"): number =>
    overPairs(d, (t, m, n) =>
      Math.abs(modulus(shownDecoherence(d, rho, t, m, n)) - printedModulus(d, times[t], m, n, over)),
    );
  const late = dephasing({ seed: 81, site: 3, strength: 0.4, hermitian: true, times: [40, 60, 80] });
  const lateRho = simulate(late.model, infinity).rho;
  return [
    ...erratum({
      number: 8,
      printed: "(21) and |D| are products over k ≠ l",
      corrected: "over all (k, l) in M; k = l gives exp(−2(Δg)² t² p_k |v_kk|²)",
      against: "|D| of ρ_S(t) in the limit, Hermitian v with a diagonal part",
      printedIsOff: offBy("k ≠ l"),
      correctedIsOff: offBy("all"),
      within: 1e-13,
    }),
    check({
      id: "erratum 8",
      claim: "with a diagonal part, D decays for good and is not quasiperiodic",
      between: "largest |D| at t = 40, 60, 80, and 0",
      measure: overPairs(late, (t, m, n) => modulus(shownDecoherence(late, lateRho, t, m, n))),
      unit: "|D|",
      expected: { atMost: 1e-6 },
    }),
  ];
}

/** 9: the last equality of (22). */
function onset(): Check[] {
  const levels = 3;
  const { rate, spreadOfG } = homogeneousRate(levels);
  return erratum({
    number: 9,
    printed: "(22): for homogeneous coupling the rate is (2d − 1) u²",
    corrected: "2(d − 1)(g_m − g_n)² u²",
    against: `−ln|D|/t² of ρ_S(t) at t = 0.003, d = 3, u = 1, g_m − g_n = ${spreadOfG}`,
    printedIsOff: Math.abs(2 * levels - 1 - rate),
    correctedIsOff: Math.abs(2 * (levels - 1) * spreadOfG ** 2 - rate),
    within: 1e-4,
  });
}

/** 9: independence of the rate from the state. */
function rates(): Check[] {
  const uneven = matrix([
    [0, 1, 0.2, 0],
    [1, 0, 0.3, 0],
    [0.2, 0.3, 0, 0.1],
    [0, 0, 0.1, 0],
  ]);
  return [
    check({
      id: "erratum 9",
      claim: "printed: the rate does not depend on ρ_R; corrected: for homogeneous v only, else it is 2(Δg)² tr(ρ v²)",
      between: "rates of three different states of four-level sites, v with unequal entries",
      measure: spread(uneven),
      unit: "relative spread",
      expected: { atLeast: 0.5 },
    }),
  ];
}

/** 10: factors and bars in the End Matter. */
function endMatter(): Check[] {
  const d = dephasing({ seed: 82, site: 2, strength: 0.6, times: [0.6, 2] });
  const squared = (x: Complex): number => x.re ** 2 - x.im ** 2;
  const offBy = (power: (x: Complex) => number): number =>
    overModes(d, (r, k, l, dg, t) => {
      const { energies, populations: p } = r.basis;
      const size = power(displacement(r, k, l, dg));
      return Math.exp(-2 * p[k] * sineSquared(energies[l] - energies[k], t) * size);
    });
  const withFactor = (factor: number): number =>
    overModes(d, (r, k, l, dg, t) => modulus(weylMean(weylArgument(r, k, l, dg, t, factor))));
  return [
    ...erratum({
      number: 10,
      printed: "√(2p_k) in the argument of W",
      corrected: "√p_k",
      against: "|⟨0|Y(t, n) Y(−t, m)|0⟩| as matrices",
      printedIsOff: withFactor(2),
      correctedIsOff: withFactor(1),
      within: 1e-12,
    }),
    ...erratum({
      number: 10,
      printed: "[…]² in the exponent of |D_mn(k, l, t)|: the modulus of the exponential of a complex number",
      corrected: "|…|², with the bars that are missing",
      against: "|⟨0|Y(t, n) Y(−t, m)|0⟩| as matrices; complex g",
      printedIsOff: offBy(squared),
      correctedIsOff: offBy((x) => modulus(x) ** 2),
      within: 1e-12,
    }),
  ];
}
