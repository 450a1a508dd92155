/**
 * What double precision costs the closed form of dephasing: the rounding of its own numbers, and what is neglected because it is
 * taken for rounding of the user's (operators that do not quite commute, levels that are not quite equal).
 */

import { type Complex, inBasis, type Matrix, norm, subtract, zeros } from "../../algebra/matrix.ts";
import type { Model, Size } from "../../model/types.ts";
import { type Eigenbasis, type OffEigenbasis, offEigenbasis } from "../../reservoir/eigenbasis.ts";
import type { SitePath } from "./decoherence.ts";

/** What is neglected of a site and of how S acts on it, at most. */
export interface Neglected extends OffEigenbasis {
  /** Σ_q ‖G_q‖‖v_q‖ for both orders: what w is a sum of, and therefore rounded like. */
  readonly strength: number;
  /** The same of what is off the diagonal of G in the common basis of S. */
  readonly mixing: number;
  /** How different w is for states of S that are taken to be of one eigenspace. */
  readonly unlike: number;
  /** √M times the norm of the mean field, where it is kept, and of what is off its diagonal. */
  readonly meanField: number;
  readonly meanFieldMixing: number;
}

/** `model` has one reservoir. `operators`: w for each column of the basis; `root`: √M where the mean field is kept, else 0. */
export function neglectedOf(
  model: Model,
  site: Eigenbasis,
  basis: Matrix,
  operators: readonly Matrix[],
  spaces: readonly number[],
  root: number,
): Neglected {
  const [{ site: given, couplings }] = model.reservoirs;
  const both = (of: (g: Matrix) => number) =>
    couplings.reduce((sum, one) => sum + 2 * of(one.system) * norm(one.site), 0);
  return {
    ...offEigenbasis(given, site),
    strength: both(norm),
    mixing: both((g) => offDiagonalNorm(inBasis(g, basis))),
    unlike: Math.max(...operators.map((w, m) => norm(subtract(w, operators[spaces.indexOf(spaces[m])])))),
    meanField: root * norm(model.meanField.operator),
    meanFieldMixing: root === 0 ? 0 : root * offDiagonalNorm(inBasis(model.meanField.operator, basis)),
  };
}

/** Units of rounding for each operation on a small matrix, radian that a phase turns by, and piece of a path. */
const units = 8;

/**
 * How much D = z^M of two paths may be wrong by, z = tr(U_m ρ U_n†). A relative error of the site's numbers counts M times in the
 * plain power, and in the Dyson form as often as that is large, (‖w‖t)²: the better of the two is taken. z and what should stand
 * for it are at most 1 in modulus, so that D forgets errors as it falls. The site is stationary and its couplings are centred by
 * definition, which is why nothing of first order in w/√M is added. `log` is log D.
 */
export function lostOfDecoherence(
  m: SitePath,
  n: SitePath,
  neglected: Neglected,
  bare: Float64Array,
  size: Size,
  log: Complex,
): number {
  const elapsed = Math.max(Math.abs(m.time), Math.abs(n.time));
  const step = 1 / Math.sqrt(size);
  const way = Math.max(m.way, n.way);
  const orders = way * (1 + step * way);
  const energy = bare.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const operations = bare.length + m.pieces + n.pieces + energy * elapsed + step * way;
  // A path is not told apart from itself.
  const relative =
    m === n ? 0 : units * Number.EPSILON * operations + 2 * (neglected.state + 2 * neglected.hamiltonian * elapsed);
  // w has errors of its own: the sums it is made of are rounded, and states of S that feel almost the same are taken as alike.
  const moved = (units * Number.EPSILON * bare.length * neglected.strength + neglected.unlike) * elapsed;
  const lost = relative * Math.min(size, orders ** 2) + 2 * moved * Math.min(Math.sqrt(size), orders + moved);
  const angle = units * Number.EPSILON * neglected.meanField * elapsed;
  return Math.min(2, lost * others(log.re, lost, size) + angle * Math.exp(log.re));
}

/** Beyond this size a power is as good as its limit, the exponential function. */
const largeSize = 1e9;

/** |z|^{M−1}, with |z| as much larger as an error of `lost` of M z could make it. */
function others(logModulus: number, lost: number, size: Size): number {
  if (size > largeSize) return Math.exp(Math.min(0, logModulus + 2 * lost));
  return Math.min(1, Math.exp(logModulus / size) + lost / size) ** (size - 1);
}

/**
 * What is lost of S itself at a distance `elapsed` from the start: phases are off by ulps of the energies, and what is off the
 * diagonal of H_S and G is left out. G would act with the fluctuations of F, ‖v‖ of them, and with the means that S has brought F.
 */
export function lostOfSystem(
  hamiltonian: Matrix,
  basis: Matrix,
  neglected: readonly Neglected[],
  ways: readonly number[],
  elapsed: number,
): number {
  const turned = inBasis(hamiltonian, basis);
  let rate = units * Number.EPSILON * norm(hamiltonian) + 2 * offDiagonalNorm(turned);
  neglected.forEach(({ mixing, meanFieldMixing }, r) => {
    rate += 2 * mixing * (1 + 2 * ways[r]) + 2 * meanFieldMixing;
  });
  return rate * elapsed;
}

/** Norm of the entries of a pulse that lead to other eigenspaces than those it is taken to lead to. */
export function strayOf(pulse: Matrix, spaces: readonly number[], target: readonly number[]): number {
  const n = pulse.rows;
  const stray = zeros(n);
  for (let e = 0; e < n * n; e++) {
    if (spaces[Math.floor(e / n)] === target[spaces[e % n]]) continue;
    stray.re[e] = pulse.re[e];
    stray.im[e] = pulse.im[e];
  }
  return norm(stray);
}

/** What no time and no site has a part in: rotations into the basis and back, and pulses. */
export function lostOfRotations(dimension: number, pulses: number): number {
  return Number.EPSILON * (64 + units * dimension + 2 * units * pulses);
}

function offDiagonalNorm(a: Matrix): number {
  const off = zeros(a.rows);
  for (let e = 0; e < a.re.length; e++) {
    if (e % (a.cols + 1) === 0) continue;
    off.re[e] = a.re[e];
    off.im[e] = a.im[e];
  }
  return norm(off);
}
