/** Errata 1 to 4: definitions, derivation, counts of modes. */

import {
  add,
  adjoint,
  diagonal,
  kron,
  type Matrix,
  maxAbs,
  multiply,
  scale,
  subtract,
  traceOfProduct,
} from "../algebra/matrix.ts";
import { type MatrixSeries, matrixAt, maxDifference } from "../algebra/series.ts";
import { simulate } from "../dynamics/simulate.ts";
import { correlation } from "../limits/correlations.ts";
import type { Word } from "../limits/word.ts";
import type { Model } from "../model/types.ts";
import { defineModel } from "../model/validate.ts";
import { standardModes } from "../reservoir/modes.ts";
import { type Check, check } from "./check.ts";
import { difference, modulus, wick } from "./complexNumbers.ts";
import { propagator, reducedDynamics } from "./denseEvolution.ts";
import { erratum } from "./erratum.ts";
import { qubitModel } from "./examples.ts";
import {
  fieldHamiltonian,
  interactionOperator,
  paperReservoir,
  printedField,
  reservoirHamiltonian,
} from "./fluctuationReservoir.ts";
import { jump } from "./operators.ts";
import { fockSpace, oscillatorDynamics, vacuum } from "./oscillators.ts";
import { seededModel } from "./seededModel.ts";
import { tensorProductDynamics } from "./tensorProduct.ts";

const infinity = Number.POSITIVE_INFINITY;

export function derivationErrata(): Check[] {
  return [...doubledCoupling(), ...fieldOfTwoCouplings(), ...time(), ...orderInPairs(), ...groundState(), ...counts()];
}

/** 1: G ⊗ φ(0) against (17) with its "+ H.c.". */
function doubledCoupling(): Check[] {
  const draw = { seed: 71, system: 2, site: 2, couplings: 1, rank: 1, hermitian: true, strength: 0.4, times: [1, 2] };
  const model = seededModel(draw);
  const reservoir = paperReservoir(model);
  const space = fockSpace(reservoir.pairs.length, 30);
  const start = kron(model.system.state, vacuum(space));
  const limit = simulate(model, infinity).rho;
  const field = printedField(reservoir, 0, space);
  const offBy = (factor: number): number => {
    const h = fieldHamiltonian(model, reservoir, space, scale(field, factor));
    return maxDifference(reducedDynamics(h, start, 2, model.times), limit);
  };
  return erratum({
    number: 1,
    printed: "for G = G†, v = v† the coupling to F is G ⊗ φ(0), although (5) and (17) add H.c.",
    corrected: "it is 2 G ⊗ φ(0); later formulas (the 8 in |D|, the 2 in (22)) are for this",
    against: "ρ_S(t) in the limit of (5) as it stands",
    printedIsOff: offBy(1),
    correctedIsOff: offBy(2),
  });
}

/** 1: v_kl a† of φ against v_lk a† of (18). */
function fieldOfTwoCouplings(): Check[] {
  const draw = { seed: 92, system: 2, site: 3, couplings: 2, hermitian: true, times: [0] };
  const model = seededModel(draw);
  const reservoir = paperReservoir(model);
  const space = fockSpace(reservoir.pairs.length, 1);
  const [v, w] = model.reservoirs[0].couplings.map(({ site }) => site);
  const offBy = (field: (q: number) => Matrix): number => {
    const crossed = multiply(field(0), field(1));
    const wanted = traceOfProduct(model.reservoirs[0].site.state, multiply(v, w));
    return modulus(difference({ re: crossed.re[0], im: crossed.im[0] }, wanted));
  };
  return erratum({
    number: 1,
    printed: "φ has v_kl a†, where (18) has v_lk a†",
    corrected: "(18) is right for several couplings; both agree only for Q = 1, v = v†",
    against: "tr(ρ v_1 v_2), two Hermitian couplings with complex entries",
    printedIsOff: offBy((q) => printedField(reservoir, q, space)),
    correctedIsOff: offBy((q) => interactionOperator(reservoir, q, space)),
    within: 1e-14,
  });
}

/** 2: no t in the exponents of (9). */
function time(): Check[] {
  const model = seededModel({ seed: 73, system: 2, site: 2, couplings: 1, times: [3] });
  const program = simulate(model, 3).rho;
  return erratum({
    number: 2,
    printed: "(9) evolves with e^{−iH}, whatever t",
    corrected: "with e^{−iHt}",
    against: "the program at M = 3, t = 3",
    printedIsOff: maxAbs(subtract(matrixAt(tensorProductDynamics(model, 3, [1]), 0), matrixAt(program, 0))),
    correctedIsOff: maxAbs(subtract(matrixAt(tensorProductDynamics(model, 3, [3]), 0), matrixAt(program, 0))),
  });
}

/** 2: the order inside the pairs of (12). */
function orderInPairs(): Check[] {
  const model = seededModel({ seed: 74, system: 2, site: 3, couplings: 1, hermitian: true, times: [0] });
  const times = [0, 0.7, 1.9, -0.4];
  const word: Word = times.map((t) => ({ coupling: 1, dagger: false, time: t }));
  const letters = times.map((t) => {
    const u = propagator(model.reservoirs[0].site.hamiltonian, -t);
    return multiply(multiply(u, model.reservoirs[0].couplings[0].site), adjoint(u));
  });
  const c = (i: number, j: number) => traceOfProduct(model.reservoirs[0].site.state, multiply(letters[i], letters[j]));
  const limit = correlation(model, word, infinity);
  return erratum({
    number: 2,
    printed: "(12) sums over all pairings π, in whatever order π names the two of a pair",
    corrected: "π(2j−1) < π(2j): inside a pair, the operator that stands first comes first",
    against: "the four-time function at M = ∞",
    how: "every pair the wrong way round",
    printedIsOff: modulus(
      difference(
        wick((i, j) => c(j, i), 4),
        limit,
      ),
    ),
    correctedIsOff: modulus(difference(wick(c, 4), limit)),
    within: 1e-13,
  });
}

/** 3: for ω < 0 the vacuum is not the ground state. */
function groundState(): Check[] {
  const model = qubitModel({ w: 0.25, times: [1, 3] });
  const reservoir = paperReservoir(model);
  const space = fockSpace(2, 8);
  const energies = reservoirHamiltonian(reservoir, space);
  const values = space.states.map((_, i) => energies.re[i * space.states.length + i]);
  const lowest = diagonal(values.map((_, i) => (i === values.indexOf(Math.min(...values)) ? 1 : 0)));
  const limit = simulate(model, infinity).rho;
  const modes = standardModes(model);
  const from = (state: Matrix): MatrixSeries => oscillatorDynamics(model.system, modes, space, model.times, state);
  return erratum({
    number: 3,
    printed: "(15) is called the ground state of the oscillators",
    corrected: "the vacuum, which it is not where ω_kl < 0: H_F has no ground state then",
    against: "ρ_S(t) in the limit",
    how: "F starts in its lowest state with up to 8 quanta",
    printedIsOff: maxDifference(from(lowest), limit),
    correctedIsOff: maxDifference(from(vacuum(space)), limit),
    within: 1e-7,
  });
}

/** 4: counts of modes. */
function counts(): Check[] {
  const pure = (site: number): Model =>
    seededModel({ seed: 75 + site, system: 2, site, couplings: 1, rank: 1, times: [1, 2] });
  const decoupled = defineModel({
    system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
    reservoir: { hamiltonian: "proj(up)", state: "0.7 * proj(down) + 0.3 * proj(up)" },
    couplings: [{ system: "0.3 * sigmax", site: "1i * sigmay" }],
    times: [1, 2],
  });
  const [plain, turned] = [false, true].map(degenerateSite);
  const counted = (model: Model): number => standardModes(model).length;
  const silent = standardModes(decoupled);
  return [
    check({
      id: "erratum 4",
      claim: "printed: a pure site has at most d modes; corrected: d − 1, since a centred v has v_11 = 0 there",
      between: "modes of random pure sites with d = 2, 3, 4, in all, and Σ (d − 1)",
      measure: [2, 3, 4].reduce((sum, d) => sum + counted(pure(d)), 0),
      unit: "modes",
      expected: { exactly: 6 },
    }),
    check({
      id: "erratum 4",
      claim: "printed: spin baths need two modes; corrected: a pure one needs one, whatever v",
      between: "modes of a random pure spin bath with a diagonal part in v, and 1",
      measure: counted(pure(2)),
      unit: "modes",
      expected: { exactly: 1 },
    }),
    check({
      id: "erratum 4",
      claim: "(16) may name modes that do not couple: G = G†, v = −v†",
      between: "modes of (16) with L ≠ 0, of 2 in the list",
      measure: silent.filter(({ coupling }) => maxAbs(coupling) > 0).length + 10 * (silent.length - 2),
      unit: "modes",
      expected: { exactly: 0 },
    }),
    check({
      id: "erratum 4",
      claim: "(16) depends on the basis chosen where both E and p are degenerate",
      between: "modes with the upper, empty levels of a site as they come, and turned",
      measure: counted(turned) - counted(plain),
      unit: "modes more",
      expected: { exactly: 1 },
    }),
    check({
      id: "erratum 4",
      claim: "ρ_S(t) does not",
      between: "ρ_S(t) of both lists of modes, in Fock space",
      measure: maxDifference(ofStandardModes(plain), ofStandardModes(turned)),
      expected: { atMost: 1e-9 },
    }),
  ];
}

/** A site with an empty twofold level, v reaching one state of it, or that state turned by 45°. */
function degenerateSite(turned: boolean): Model {
  const c = turned ? Math.SQRT1_2 : 1;
  const s = turned ? Math.SQRT1_2 : 0;
  return defineModel({
    system: { hamiltonian: "0.5 * sigmaz", state: "up" },
    reservoir: { hamiltonian: diagonal([0, 1, 1]), state: jump(3, 0, 0) },
    couplings: [{ system: "0.3 * sigmam", site: add(scale(jump(3, 1, 0), c), jump(3, 2, 0), s) }],
    times: [1, 3],
  });
}

function ofStandardModes(model: Model): MatrixSeries {
  const modes = standardModes(model);
  return oscillatorDynamics(model.system, modes, fockSpace(modes.length, 4), model.times);
}
