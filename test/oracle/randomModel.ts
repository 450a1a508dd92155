/** Random models of every kind the library must get right, the same for the same seed. */

import type { Matrix } from "../../src/algebra/matrix.ts";
import {
  add,
  adjoint,
  diagonal,
  hermitianPart,
  identity,
  inBasis,
  multiply,
  norm,
  scale,
  traceOfProduct,
} from "../../src/algebra/matrix.ts";
import type { Model, Size } from "../../src/model/types.ts";
import type { PlainCoupling, PlainModel, PlainSpec } from "./plainModel.ts";
import { asModel, asSpec } from "./plainModel.ts";
import type { Random } from "./random.ts";
import { random, randomHermitian, randomMatrix, randomState, randomUnitary } from "./random.ts";

/** What ρ, the state of a site, is like. Its rank is 1, d, between them (d − 1; 1 for d = 2), d with equal weights. */
export type SiteState = "pure" | "mixed" | "rank-deficient" | "infinite-temperature";

export interface ModelKind {
  /** Parts of S. */
  readonly dims: readonly number[];
  /** d. */
  readonly siteDimension: number;
  /** Q. */
  readonly couplings: number;
  readonly state: SiteState;
  /** Two levels of h coincide, and ρ is not diagonal inside them. */
  readonly degenerate: boolean;
  /** h and ρ are given in a basis in which neither is diagonal. */
  readonly rotated: boolean;
  /** "centred": tr(ρ v) = 0 as given; otherwise v is given with an offset, and this says what is done about it. */
  readonly centring: "centred" | "subtract" | "keep";
  /** H_S and all G_q are diagonal in one basis, rotated against the given one if `rotated`. */
  readonly nondemolition: boolean;
  /** G and v Hermitian, each term taken once. */
  readonly hermitian: boolean;
  /** S starts in a pure state. */
  readonly pureSystem: boolean;
  /** Size of the couplings: the norm of Σ G ⊗ v + H.c. is about this. */
  readonly strength: number;
  readonly times: readonly number[];
  readonly sizes: readonly Size[];
  readonly tolerance: number;
}

export interface RandomModel {
  readonly seed: number;
  readonly kind: ModelKind;
  readonly model: Model;
  /** The same as a user would write it. */
  readonly spec: PlainSpec;
  /** The same as matrices, offsets not yet taken away. */
  readonly plain: PlainModel;
}

/** A model of the given kind; what `kind` leaves open is drawn from the seed. */
export function randomModel(seed: number, kind: Partial<ModelKind> = {}): RandomModel {
  const from = random(seed);
  const complete: ModelKind = { ...randomKind(from), ...kind };
  const plain = build(from, `random model ${seed}`, complete);
  return { seed, kind: complete, plain, model: asModel(plain), spec: asSpec(plain) };
}

/** Everything that makes models differ: N and d from 2 to 4, Q from 1 to 3, and every special case now and then. */
function randomKind(from: Random): ModelKind {
  const chance = (probability: number) => from.uniform() < probability;
  return {
    dims: chance(0.2) ? [2, 2] : [from.integer(2, 4)],
    siteDimension: from.integer(2, 4),
    couplings: from.integer(1, 3),
    state: from.pick(["pure", "mixed", "mixed", "rank-deficient", "infinite-temperature"] as const),
    degenerate: chance(0.25),
    rotated: chance(0.5),
    centring: from.pick(["centred", "centred", "subtract", "keep"] as const),
    nondemolition: chance(0.15),
    hermitian: chance(0.2),
    pureSystem: chance(0.5),
    strength: from.between(0.3, 1),
    times: [0, 1.1, 0.4, -0.7],
    sizes: [1, 2, 3],
    tolerance: 1e-8,
  };
}

function build(from: Random, name: string, kind: ModelKind): PlainModel {
  const { siteDimension: d } = kind;
  const n = kind.dims.reduce((product, dim) => product * dim, 1);
  const { hamiltonian, state } = randomSite(from, kind);
  const systemBasis = kind.rotated ? randomUnitary(from, n) : identity(n);
  const system = () => {
    if (!kind.nondemolition) return kind.hermitian ? randomHermitian(from, n) : randomMatrix(from, n);
    const values = randomMatrix(from, n, 1);
    const spectrum = kind.hermitian ? diagonal(values.re) : complexDiagonal(values);
    return inBasis(spectrum, adjoint(systemBasis));
  };
  const systemHamiltonian = kind.nondemolition
    ? hermitianPart(inBasis(diagonal(Array.from({ length: n }, () => from.between(-1, 1))), adjoint(systemBasis)))
    : randomHermitian(from, n);
  const couplings = Array.from({ length: kind.couplings }, (): PlainCoupling => {
    const raw = kind.hermitian ? randomHermitian(from, d) : randomMatrix(from, d);
    const mean = traceOfProduct(state, raw);
    const site = kind.centring === "centred" ? add(raw, identity(d), { re: -mean.re, im: -mean.im }) : raw;
    const operator = system();
    const strength = kind.strength / (2 * Math.sqrt(kind.couplings));
    return {
      system: scale(hermitianIf(operator, kind.hermitian), (strength * Math.sqrt(d)) / (norm(operator) * norm(site))),
      site: hermitianIf(site, kind.hermitian),
      hc: kind.hermitian ? "included" : "added",
    };
  });
  return {
    name,
    dims: kind.dims,
    systemHamiltonian: scale(systemHamiltonian, 0.7),
    systemState: hermitianPart(randomState(from, n, kind.pureSystem ? 1 : n)),
    siteHamiltonian: hamiltonian,
    siteState: state,
    couplings,
    center: kind.centring === "centred" ? "error" : kind.centring,
    times: kind.times,
    sizes: kind.sizes,
    tolerance: kind.tolerance,
  };
}

function randomSite(from: Random, kind: ModelKind): { hamiltonian: Matrix; state: Matrix } {
  const d = kind.siteDimension;
  const energies = Array.from({ length: d }, () => from.between(-1.2, 1.2));
  if (kind.degenerate) energies[1] = energies[0];
  const rank = { pure: 1, mixed: d, "rank-deficient": Math.max(1, d - 1), "infinite-temperature": d }[kind.state];
  const raw = energies.map((_, k) => (k < rank ? from.between(0.1, 1) : 0));
  const total = raw.reduce((sum, p) => sum + p, 0);
  const populations = raw.map((p) => (kind.state === "infinite-temperature" ? 1 / d : p / total));
  // The occupied levels of a pure or rank-deficient state must not always be the degenerate ones.
  if (from.uniform() < 0.5) populations.reverse();
  let hamiltonian = diagonal(energies);
  let state = diagonal(populations);
  if (kind.degenerate) {
    const inside = identity(d);
    const turn = randomUnitary(from, 2);
    for (const [at, k] of [0, 1, d, d + 1].entries()) {
      inside.re[k] = turn.re[at];
      inside.im[k] = turn.im[at];
    }
    state = inBasis(state, adjoint(inside));
  }
  if (kind.rotated) {
    const basis = adjoint(randomUnitary(from, d));
    hamiltonian = inBasis(hamiltonian, basis);
    state = inBasis(state, basis);
  }
  return { hamiltonian: hermitianPart(hamiltonian), state: hermitianPart(state) };
}

function complexDiagonal(values: Matrix): Matrix {
  return multiply(add(diagonal(values.re), diagonal(values.im), { re: 0, im: 1 }), identity(values.rows));
}

/** Rotations leave a Hermitian matrix Hermitian up to rounding only. */
function hermitianIf(a: Matrix, hermitian: boolean): Matrix {
  return hermitian ? hermitianPart(a) : a;
}
