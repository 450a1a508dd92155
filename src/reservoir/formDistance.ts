/** How far ρ_S(t) can move when F is replaced by another F: proved in docs/certificates.md, section 2. */

import { gaussRule, uniform } from "../algebra/gauss.ts";
import { eigh } from "../algebra/hermitian.ts";
import {
  addTo,
  adjoint,
  type Complex,
  type Matrix,
  multiply,
  norm,
  scale,
  traceOfProduct,
  zeros,
} from "../algebra/matrix.ts";
import type { BosonMode } from "./modes.ts";

/**
 * A proved bound on the change of every entry of ρ_S(t), |t| ≤ `time`, when the vacuum modes `a` are replaced by `b` (H_S,
 * ρ_S and everything else unchanged): 2 ∫_0^T (T − τ) ⦀C_a(τ) − C_b(τ)⦀ dτ. The trace norm changes by at most twice that.
 * Here C(τ) = Σ vec(L) vec(L)† e^{−iωτ}, and ⦀·⦀ is taken from above as ‖Σ_r B_r†B_r‖ times the Frobenius norm in an
 * orthonormal basis B_r of the coupling operators. It is linear in the difference, where bounds that hold for any Gaussian
 * environment are exponential (Mascherpa, Smirne, Huelga and Plenio, Phys. Rev. Lett. 118, 100401, 2017; Liu and Lu, arXiv
 * 2408.04009), because here both lists are reservoirs, and so is every mixture of them.
 */
export function formDistance(a: readonly BosonMode[], b: readonly BosonMode[], time: number): number {
  const span = Math.abs(time);
  const difference = differenceOf(a, b);
  if (difference === null || span === 0) return 0;
  const { weight, size, spread, fastest } = difference;
  const pieces = Math.max(fewestPieces, Math.ceil((spread * span) / 8));
  const piece = span / pieces;
  let integral = 0;
  for (let p = 0; p < pieces; p++) {
    // ∫ f ≤ √(length ∫ f²), and f² is a sum of waves that the rule integrates to rounding.
    let square = 0;
    pieceRule.nodes.forEach((node, q) => {
      const t = piece * (p + 0.5 * (node + 1));
      square += pieceRule.weights[q] * ((span - t) * difference.at(t)) ** 2;
    });
    integral += piece * Math.sqrt(square);
  }
  const rounding = 4 * Number.EPSILON * size * (1 + fastest * span) * span ** 2;
  return 2 * weight * integral + weight * rounding;
}

/**
 * The same bound for every |t| ≤ `time`, from one integration: what lies in a piece counts as if it lay at its start, so that it
 * is a little above formDistance(a, b, t), and never above formDistance(a, b, time).
 */
export function formDistanceUntil(
  a: readonly BosonMode[],
  b: readonly BosonMode[],
  time: number,
): (t: number) => number {
  const span = Math.abs(time);
  const difference = differenceOf(a, b);
  if (difference === null || span === 0) return () => 0;
  const { weight, size, spread, fastest } = difference;
  const pieces = Math.max(2 * fewestPieces, Math.ceil((spread * span) / 8));
  const piece = span / pieces;
  const integrals = Float64Array.from({ length: pieces }, (_, p) => {
    let square = 0;
    pieceRule.nodes.forEach((node, q) => {
      square += pieceRule.weights[q] * difference.at(piece * (p + 0.5 * (node + 1))) ** 2;
    });
    return piece * Math.sqrt(square);
  });
  const whole = formDistance(a, b, time);
  return (t) => {
    const until = Math.min(span, Math.abs(t));
    let sum = 0;
    // Rounding may leave a sliver of the span beyond the last piece.
    for (let p = 0; p < pieces && p * piece < until; p++) sum += (until - p * piece) * integrals[p];
    const rounding = 4 * Number.EPSILON * size * (1 + fastest * until) * until ** 2;
    return Math.min(whole, 2 * weight * sum + weight * rounding);
  };
}

/** Largest modulus of an entry of C_a(t) − C_b(t) over the given times: 0 for two forms of the same F. */
export function correlationDifference(
  a: readonly BosonMode[],
  b: readonly BosonMode[],
  times: readonly number[],
): number {
  const difference = differenceOf(a, b);
  if (difference === null) return 0;
  return times.reduce((largest, t) => Math.max(largest, difference.largestEntryAt(t)), 0);
}

/** Whether formDistance takes well under a second: whoever searches with it should not where it does not. */
export function quickToCompare(modes: readonly BosonMode[], time: number): boolean {
  const frequencies = modes.map(({ frequency }) => frequency);
  const turns = (Math.max(...frequencies) - Math.min(...frequencies)) * Math.abs(time);
  return modes.length > 0 && turns * modes.length < 1e6;
}

const fewestPieces = 48;

/** 16 nodes integrate waves that turn 16/(2π) times within a piece to rounding. */
const pieceRule = gaussRule(uniform, 16);

interface Difference {
  /** ‖Σ_r B_r†B_r‖. */
  readonly weight: number;
  /** Frobenius norm of either C(0), summed: what rounding errors are relative to. */
  readonly size: number;
  /** Width of the frequencies, and the largest of them. */
  readonly spread: number;
  readonly fastest: number;
  /** ‖C_a(t) − C_b(t)‖ in Frobenius norm. */
  readonly at: (t: number) => number;
  readonly largestEntryAt: (t: number) => number;
}

function differenceOf(a: readonly BosonMode[], b: readonly BosonMode[]): Difference | null {
  const all = [...a, ...b].filter(({ coupling }) => norm(coupling) > 0);
  if (all.length === 0) return null;
  const basis = orthonormalOperators(all.map(({ coupling }) => coupling));
  const rank = basis.length;
  const waves = [...a.map((mode) => ({ ...mode, sign: 1 })), ...b.map((mode) => ({ ...mode, sign: -1 }))].map(
    ({ coupling, frequency, sign }) => ({
      frequency,
      sign,
      components: basis.map((operator) => traceOfProduct(adjoint(operator), coupling)),
    }),
  );
  const frequencies = all.map(({ frequency }) => frequency);
  const matrixAt = (t: number): Matrix => {
    const sum = zeros(rank);
    for (const { frequency, sign, components } of waves) {
      const cos = sign * Math.cos(frequency * t);
      const sin = -sign * Math.sin(frequency * t);
      for (let r = 0; r < rank; r++) {
        for (let s = 0; s < rank; s++) {
          const product = timesConjugate(components[r], components[s]);
          sum.re[r * rank + s] += cos * product.re - sin * product.im;
          sum.im[r * rank + s] += cos * product.im + sin * product.re;
        }
      }
    }
    return sum;
  };
  const squares = zeros(basis[0].rows);
  for (const operator of basis) addTo(squares, multiply(adjoint(operator), operator));
  return {
    weight: eigh(squares).values[squares.rows - 1],
    size: all.reduce((sum, { coupling }) => sum + norm(coupling) ** 2, 0),
    spread: Math.max(...frequencies) - Math.min(...frequencies),
    fastest: Math.max(...frequencies.map(Math.abs)),
    at: (t) => norm(matrixAt(t)),
    largestEntryAt: (t) => largestEntry(matrixAt(t), basis),
  };
}

/** Largest modulus of an entry of Σ_rs D_rs vec(B_r) vec(B_s)†. */
function largestEntry(d: Matrix, basis: readonly Matrix[]): number {
  const entries = basis[0].re.length;
  const columns = { rows: entries, cols: basis.length, re: new Float64Array(entries * basis.length) };
  const vectors: Matrix = { ...columns, im: new Float64Array(entries * basis.length) };
  basis.forEach((operator, r) => {
    for (let e = 0; e < entries; e++) {
      vectors.re[e * basis.length + r] = operator.re[e];
      vectors.im[e * basis.length + r] = operator.im[e];
    }
  });
  const whole = multiply(multiply(vectors, d), adjoint(vectors));
  return whole.re.reduce((largest, re, i) => Math.max(largest, Math.hypot(re, whole.im[i])), 0);
}

function timesConjugate(x: Complex, y: Complex): Complex {
  return { re: x.re * y.re + x.im * y.im, im: x.im * y.re - x.re * y.im };
}

/** An orthonormal basis (tr B_r†B_s = δ_rs) of the span of operators, the longest remainder first. */
function orthonormalOperators(operators: readonly Matrix[]): Matrix[] {
  const negligible = 1e-15 * Math.max(...operators.map(norm));
  const basis: Matrix[] = [];
  let left = [...operators];
  while (basis.length < operators[0].re.length) {
    left = left.filter((operator) => norm(operator) > negligible);
    if (left.length === 0) break;
    const longest = left.reduce((best, operator) => (norm(operator) > norm(best) ? operator : best));
    let unit = scale(longest, 1 / norm(longest));
    unit = beside(unit, basis);
    unit = scale(unit, 1 / norm(unit));
    basis.push(unit);
    left = left.filter((operator) => operator !== longest).map((operator) => beside(operator, [unit]));
  }
  return basis;
}

function beside(operator: Matrix, basis: readonly Matrix[]): Matrix {
  const rest = scale(operator, 1);
  for (const unit of basis) {
    const { re, im } = traceOfProduct(adjoint(unit), rest);
    addTo(rest, unit, { re: -re, im: -im });
  }
  return rest;
}
