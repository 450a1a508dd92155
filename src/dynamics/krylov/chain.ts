/** Steps of y(t) = e^{−iTt} y(0) on the chain of a Krylov window, in Chebyshev polynomials of the tridiagonal T. */

import { gaussRule, uniform } from "../../algebra/gauss.ts";
import type { ChainRoom } from "../../kernels/krylovArrays.ts";
import type { KrylovKernels } from "../../kernels/krylovKernels.ts";

/** Steps are at most this long, in units of 1/radius of the spectrum: the rule below is exact on them. */
export const longestStep = 2;

/** 10 nodes integrate |y_m|², of exponential type 2·radius, over the longest step to 1e-18 of its maximum. */
const rule = gaussRule(uniform, 10);

/** How much wider than the spectrum the polynomials' interval is made, so as to last. */
const slack = 1.1;

/** Lengths of steps whose coefficients are kept: times come at few distances from one another. */
const mostKept = 8;

/** Polynomials are taken until their coefficients are below this. */
const negligible = 1e-18;
export const mostPolynomials = 40;

export interface ChainStep {
  /** ∫|y_m(s)| ds over the step, m the last site, from above: √(δ ∫|y_m|²), without the norm of y. */
  readonly lastIntegral: number;
  /** Makes y the y at the end of the step. */
  readonly accept: () => void;
}

/** Coefficients for one length of step. */
interface Coefficients {
  readonly length: number;
  readonly count: number;
  /** ±c_k: e^{−ixs} = Σ_even c_k T_k(x) − i Σ_odd c_k T_k(x). */
  readonly atEnd: Float64Array;
  /** The same at each node of the rule, node after node. */
  readonly atNodes: Float64Array;
}

export class Chain {
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
  /** y, complex numbers interleaved. */
  readonly y: Float64Array;
  private readonly kernels: KrylovKernels;
  private readonly room: ChainRoom;
  /** Those of the last lengths, the latest first. */
  private readonly coefficients: Coefficients[] = [];
  /** Holds the spectrum of T. */
  private low = 0;
  private high = 0;
  /**
   * The interval that the polynomials are made for, centre ± radius: it holds the spectrum of T, is kept from window to
   * window and changes rarely.
   */
  private centre = 0;
  radius = 1e-300;

  constructor(kernels: KrylovKernels, room: ChainRoom) {
    this.kernels = kernels;
    this.room = room;
    this.alpha = room.alpha;
    this.beta = room.beta;
    this.y = new Float64Array(room.y.length);
  }

  /** y = norm · e_1 on an empty chain. */
  restart(norm: number): void {
    this.y.fill(0);
    this.y[0] = norm;
    this.low = Number.POSITIVE_INFINITY;
    this.high = Number.NEGATIVE_INFINITY;
  }

  /** Takes in site j, whose α and β are known (Gershgorin's circles, β to both sides). */
  include(j: number): void {
    const reach = this.beta[j] + (j > 0 ? this.beta[j - 1] : 0);
    this.low = Math.min(this.low, this.alpha[j] - reach);
    this.high = Math.max(this.high, this.alpha[j] + reach);
    if (this.low >= this.centre - this.radius && this.high <= this.centre + this.radius) return;
    this.centre = 0.5 * (this.high + this.low);
    this.radius = Math.max(this.radius, slack * 0.5 * (this.high - this.low), 1e-300);
  }

  /** Largest modulus of an eigenvalue of T, from above. */
  get norm(): number {
    return Math.max(Math.abs(this.low), Math.abs(this.high));
  }

  /** Tries a step of length δ on the first `size` sites; y changes only when it is accepted. */
  attempt(size: number, length: number): ChainStep {
    const { room, centre, radius } = this;
    const c = this.coefficientsFor(radius * length);
    room.coefficients.set(c.atEnd.subarray(0, c.count));
    for (let i = 0; i < 2 * size; i++) room.y[i] = this.y[i];
    this.kernels.chainStep(room, size, centre, radius, c.count);
    let squares = 0;
    for (let q = 0; q < rule.nodes.length; q++) {
      const at = q * mostPolynomials;
      let re = 0;
      let im = 0;
      for (let k = 0; k < c.count; k += 2) {
        re += c.atNodes[at + k] * room.last[2 * k];
        im += c.atNodes[at + k] * room.last[2 * k + 1];
        if (k + 1 === c.count) break;
        re += c.atNodes[at + k + 1] * room.last[2 * k + 3];
        im -= c.atNodes[at + k + 1] * room.last[2 * k + 2];
      }
      squares += rule.weights[q] * (re * re + im * im);
    }
    const accept = () => {
      const cos = Math.cos(centre * length);
      const sin = Math.sin(centre * length);
      for (let i = 0; i < 2 * size; i += 2) {
        const re = room.even[i] + room.odd[i + 1];
        const im = room.even[i + 1] - room.odd[i];
        this.y[i] = cos * re + sin * im;
        this.y[i + 1] = cos * im - sin * re;
      }
    };
    return { lastIntegral: length * Math.sqrt(squares), accept };
  }

  private coefficientsFor(length: number): Coefficients {
    const { coefficients } = this;
    const at = coefficients.findIndex((known) => Math.abs(known.length - length) <= 1e-15 * length);
    const found = at >= 0 ? coefficients.splice(at, 1)[0] : coefficientsOf(length);
    coefficients.unshift(found);
    if (coefficients.length > mostKept) coefficients.pop();
    return found;
  }
}

function coefficientsOf(length: number): Coefficients {
  const atEnd = new Float64Array(mostPolynomials);
  const count = chebyshev(length, atEnd, 0);
  const atNodes = new Float64Array(mostPolynomials * rule.nodes.length);
  rule.nodes.forEach((node, q) => {
    chebyshev(0.5 * (node + 1) * length, atNodes, q * mostPolynomials);
  });
  return { length, count, atEnd, atNodes };
}

/**
 * ±(2 − δ_k0) J_k(x) from `at` on, with the signs of (−i)^k but for the factor −i of odd k; gives how many count. Miller's
 * backward recurrence, normalised by J_0 + 2 Σ J_2k = 1.
 */
export function chebyshev(x: number, to: Float64Array, at: number): number {
  if (x < 1e-20) {
    to.fill(0, at, at + mostPolynomials);
    to[at] = 1;
    return 1;
  }
  const first = mostPolynomials + 14 + Math.ceil(x);
  let above = 0;
  let here = 1e-290;
  let sum = 0;
  for (let k = first; k >= 0; k--) {
    if (k < mostPolynomials) to[at + k] = here;
    if (k % 2 === 0) sum += k === 0 ? here : 2 * here;
    const below = (2 * k * here) / x - above;
    above = here;
    here = below;
    if (Math.abs(here) < 1e200) continue;
    // Small x grow fast: bring everything down, what underflows is negligible.
    here *= 1e-250;
    above *= 1e-250;
    sum *= 1e-250;
    for (let j = Math.max(k, 0); j < mostPolynomials; j++) to[at + j] *= 1e-250;
  }
  let count = 0;
  for (let k = 0; k < mostPolynomials; k++) {
    to[at + k] *= ((k === 0 ? 1 : 2) * (k % 4 < 2 ? 1 : -1)) / sum;
    if (Math.abs(to[at + k]) > negligible) count = k + 1;
  }
  return count;
}
