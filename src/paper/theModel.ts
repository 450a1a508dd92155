/** The model, equations (1)-(9): is what the program evolves what the paper defines? */

import { eigh } from "../algebra/hermitian.ts";
import {
  add,
  adjoint,
  commutator,
  diagonal,
  hermitianDefect,
  identity,
  kron,
  type Matrix,
  maxAbs,
  multiply,
  subtract,
  traceOfProduct,
  zeros,
} from "../algebra/matrix.ts";
import { partialTrace } from "../algebra/partialTrace.ts";
import { maxDifference } from "../algebra/series.ts";
import { simulate } from "../dynamics/simulate.ts";
import { convergence } from "../limits/convergence.ts";
import type { Model } from "../model/types.ts";
import { checkModel } from "../model/validate.ts";
import { eigenbasis } from "../reservoir/eigenbasis.ts";
import { transitions } from "../reservoir/transitions.ts";
import { type Check, check } from "./check.ts";
import { propagator } from "./denseEvolution.ts";
import { sites, spin } from "./operators.ts";
import type { Section } from "./section.ts";
import { type Draw, seededModel } from "./seededModel.ts";
import {
  atSite,
  fluctuationOperator,
  halfInteraction,
  overSites,
  tensorPower,
  tensorProductDynamics,
  totalHamiltonian,
} from "./tensorProduct.ts";

const times = [-1, 0.7, 2.5];

/** Models for (9), and how many sites the tensor product allows. */
const shapes: readonly { readonly draw: Draw; readonly sizes: readonly number[] }[] = [
  { draw: { seed: 1, system: 2, site: 2, couplings: 1, times }, sizes: [1, 2, 5] },
  { draw: { seed: 2, system: 2, site: 2, couplings: 2, rank: 1, hermitian: true, times }, sizes: [4] },
  { draw: { seed: 3, system: 4, site: 2, couplings: 2, times }, sizes: [3] },
  { draw: { seed: 4, system: 2, site: 3, couplings: 2, rank: 2, times }, sizes: [3] },
  { draw: { seed: 5, system: 3, site: 3, couplings: 3, times }, sizes: [2] },
  { draw: { seed: 6, system: 2, site: 4, couplings: 2, offDiagonal: true, times }, sizes: [2] },
];

export function theModel(): Section {
  return {
    title: "The model, (1)-(9)",
    introduction:
      "Random models, drawn from a seeded generator: couplings that are not Hermitian, mixed, pure and rank-deficient " +
      "sites, everything in rotated bases. The tensor product is built as a matrix and diagonalised; the program never " +
      "builds it.",
    checks: [...definitions(), ...assumptions(), ...dynamics()],
    figures: [],
  };
}

function definitions(): Check[] {
  const model = seededModel({ seed: 11, system: 2, site: 3, couplings: 2, times });
  const size = 3;
  const h = totalHamiltonian(model, size);
  const half = halfInteraction(model, size);
  const [x, y] = model.reservoirs[0].couplings.map(({ site }) => site);
  const apart = maxAbs(commutator(atSite(x, 1, size), atSite(y, 3, size)));
  const together = maxAbs(subtract(multiply(atSite(x, 2, size), atSite(y, 2, size)), atSite(multiply(x, y), 2, size)));
  return [
    check({
      id: "(1)",
      claim: "S comes first and M like factors follow: each site alone is in ρ_R, whichever it is",
      between: "ρ_S ⊗ ρ_R with all but S and one site traced out of N·d^M = 54 dimensions",
      measure: oneSiteLeft(model, size),
      expected: { atMost: 1e-14 },
    }),
    check({
      id: "(2)",
      claim: "H is Hermitian whatever G and v are",
      between: "H and H†, for random G and v that are not Hermitian",
      measure: hermitianDefect(h),
      expected: { atMost: 1e-13 },
      note: `without "+ H.c." H and H† would differ by ${maxAbs(subtract(half, adjoint(half))).toPrecision(2)}`,
    }),
    check({
      id: "(3)",
      claim: "energies of the free reservoir are sums of site energies",
      between: "eigenvalues of Σ h^[m] on the tensor product, and all sums E_i + E_j + E_k",
      measure: spectrumOfSum(model, size),
      expected: { atMost: 1e-12 },
    }),
    check({
      id: "(4)",
      claim: "operators of different sites commute, those of one site multiply there",
      between: "[x^[1], y^[3]] and 0; x^[2] y^[2] and (xy)^[2]",
      measure: Math.max(apart, together),
      expected: { atMost: 1e-13 },
    }),
    check({
      id: "(5)",
      claim: "the interaction is M^{-1/2} Σ_m Σ_ab W_ab ⊗ |χ_a⟩⟨χ_b|^[m], the form the program works with",
      between: "(5) with its + H.c., and the sum over pairs of levels",
      measure: maxAbs(subtract(add(half, adjoint(half)), interactionByLevels(model, size))),
      expected: { atMost: 1e-13 },
    }),
    check({
      id: "(6)",
      claim: "how many sites start in which level follows the multinomial law",
      between: "eigenvalues of ρ ⊗ ρ ⊗ ρ by occupation, and 3!/(i! j! k!) p_1^i p_2^j p_3^k",
      measure: occupationLaw(model, size),
      expected: { atMost: 1e-13 },
    }),
  ];
}

function oneSiteLeft(model: Model, size: number): number {
  const whole = kron(model.system.state, tensorPower(model.reservoirs[0].site.state, size));
  const dims = [model.system.dimension, ...Array.from({ length: size }, () => model.reservoirs[0].site.dimension)];
  const one = kron(model.system.state, model.reservoirs[0].site.state);
  return Math.max(
    ...Array.from({ length: size }, (_, m) => maxAbs(subtract(partialTrace(whole, dims, [0, m + 1]), one))),
  );
}

function spectrumOfSum(model: Model, size: number): number {
  const one = eigh(model.reservoirs[0].site.hamiltonian).values;
  let sums = [0];
  for (let m = 0; m < size; m++) sums = sums.flatMap((sum) => Array.from(one, (energy) => sum + energy));
  sums.sort((a, b) => a - b);
  const whole = eigh(overSites(model.reservoirs[0].site.hamiltonian, size)).values;
  return Math.max(...sums.map((sum, i) => Math.abs(sum - whole[i])));
}

function interactionByLevels(model: Model, size: number): Matrix {
  const { operators, vectors, levels } = transitions(model);
  let sum = zeros(model.system.dimension * levels ** size);
  operators.forEach((row, a) => {
    row.forEach((w, b) => {
      const unit = zeros(levels);
      unit.re[a * levels + b] = 1;
      const jump = multiply(multiply(vectors, unit), adjoint(vectors));
      sum = add(sum, kron(w, fluctuationOperator(jump, size)));
    });
  });
  return sum;
}

/** The weight of ρ^{⊗M} on each number of sites per level, measured with projectors on the levels. */
function occupationLaw(model: Model, size: number): number {
  const { vectors, populations } = eigenbasis(model.reservoirs[0].site);
  const d = populations.length;
  const state = tensorPower(model.reservoirs[0].site.state, size);
  const found = new Map<string, number>();
  for (let index = 0; index < d ** size; index++) {
    const levels = Array.from({ length: size }, (_, m) => Math.floor(index / d ** m) % d);
    let projector = identity(1);
    for (const k of levels) {
      const level = diagonal(Array.from(populations, (_, j) => (j === k ? 1 : 0)));
      projector = kron(projector, multiply(multiply(vectors, level), adjoint(vectors)));
    }
    const key = Array.from(populations, (_, k) => levels.filter((level) => level === k).length).join();
    found.set(key, (found.get(key) ?? 0) + traceOfProduct(state, projector).re);
  }
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  let largest = 0;
  for (const [key, weight] of found) {
    const counts = key.split(",").map(Number);
    const law = counts.reduce((product, n, k) => (product * populations[k] ** n) / factorial(n), factorial(size));
    largest = Math.max(largest, Math.abs(weight - law));
  }
  return largest;
}

function assumptions(): Check[] {
  const model = seededModel({ seed: 12, system: 2, site: 4, couplings: 2, times });
  const u = propagator(model.reservoirs[0].site.hamiltonian, 1.7);
  const moved = multiply(multiply(u, model.reservoirs[0].site.state), adjoint(u));
  const means = model.reservoirs[0].couplings.map(({ site }) => traceOfProduct(model.reservoirs[0].site.state, site));
  const moving = checkModel({
    system: { hamiltonian: "sigmaz", state: "up" },
    reservoir: { hamiltonian: "sigmaz", state: "plus" },
    couplings: [{ system: "sigmam", site: "sigmap" }],
  });
  return [
    check({
      id: "(7)",
      claim: "ρ_R does not move by itself",
      between: "e^{-ith} ρ e^{ith} at t = 1.7, and ρ",
      measure: maxAbs(subtract(moved, model.reservoirs[0].site.state)),
      expected: { atMost: 1e-13 },
    }),
    check({
      id: "(7)",
      claim: "a site that does move is refused",
      between: "a site in |+⟩ with h = σ_z, and the model's validation",
      measure: moving.issues.filter(({ severity, message }) => severity === "error" && /ρ/.test(message)).length,
      unit: "errors found",
      expected: { exactly: 1 },
    }),
    check({
      id: "(8)",
      claim: "v_q is centred",
      between: "tr(ρ v_q) after validation, and 0",
      measure: Math.max(...means.map(({ re, im }) => Math.hypot(re, im))),
      expected: { atMost: 1e-14 },
    }),
    check({
      id: "(8)",
      claim: "without centring, V has a mean that grows as √M",
      between: "tr(ρ^{⊗M} M^{-1/2} Σ σ_z^[m]) for M = 1 to 6 on the tensor product, and its power law",
      measure: growthOfMean(),
      unit: "exponent of M",
      expected: { near: 0.5, within: 1e-12 },
    }),
  ];
}

function growthOfMean(): number {
  const state = diagonal([0.3, 0.7]);
  const sizes = [1, 2, 3, 4, 5, 6];
  const means = sizes.map((size) =>
    Math.abs(traceOfProduct(tensorPower(state, size), fluctuationOperator(spin.z, size)).re),
  );
  return convergence(sizes, means)?.exponent ?? Number.NaN;
}

function dynamics(): Check[] {
  const runs = shapes.flatMap(({ draw, sizes: wanted }) => wanted.map((size) => ({ model: seededModel(draw), size })));
  const direct = runs.map(({ model, size }) => tensorProductDynamics(model, size, times));
  const distances = runs.map(({ model, size }, i) => maxDifference(simulate(model, size).rho, direct[i]));
  const model = seededModel({ seed: 13, system: 2, site: 2, couplings: 1, times });
  const swap = exchangeOfSites(4);
  const h = totalHamiltonian(model, 4);
  return [
    check({
      id: "(9)",
      claim: "ρ_S(t) at finite M, forward and backward in time",
      between: `the program's sectors, and the tensor product, for ${runs.map(({ model: m, size }) => sites(m, size)).join("; ")}`,
      measure: Math.max(...distances),
      expected: { atMost: 1e-10 },
    }),
    check({
      id: "symmetry (i)",
      claim: "H does not change when two sites are exchanged",
      between: "[H, swap of sites 1 and 3] for M = 4, and 0",
      measure: maxAbs(commutator(h, kron(identity(2), swap))),
      expected: { atMost: 1e-13 },
    }),
  ];
}

/** Exchanges the sites 1 and 3 of M two-level sites. */
function exchangeOfSites(size: number): Matrix {
  const dimension = 2 ** size;
  const swap = zeros(dimension);
  for (let i = 0; i < dimension; i++) {
    const bits = i.toString(2).padStart(size, "0").split("");
    [bits[0], bits[2]] = [bits[2], bits[0]];
    swap.re[Number.parseInt(bits.join(""), 2) * dimension + i] = 1;
  }
  return swap;
}
