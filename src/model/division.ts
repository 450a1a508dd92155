/**
 * The sites of a spread as a list of kinds, one for each value: how many values it takes until the continuous law and the
 * list have the same correlation functions for all times asked for.
 */

import { eigh } from "../algebra/hermitian.ts";
import { type Complex, entry, inBasis, type Matrix } from "../algebra/matrix.ts";
import { spectralNorm } from "../algebra/singularValues.ts";
import type { Uncentred } from "./interaction.ts";
import { numberText } from "./issue.ts";
import type { Atom, Law } from "./law.ts";
import { evenAtoms, gaussAtoms, manyAtoms, quantileAtoms, reach } from "./law.ts";
import type { Spread } from "./spread.ts";
import { mostValues } from "./spread.ts";

/** What the number of values depends on. */
export interface Circumstances {
  readonly hamiltonian: Matrix;
  /** ρ of a site with the factor x. */
  readonly stateAt: (x: number) => Matrix;
  readonly couplings: readonly Uncentred[];
  /** Of all sites, that have this spread. */
  readonly share: number;
  /** The largest |t|. */
  readonly farthest: number;
  readonly tolerance: number;
  /** Finite sizes are wanted, which depend on more than the correlation functions. */
  readonly finite: boolean;
}

export interface Division {
  readonly atoms: readonly Atom[];
  /** In a sentence, what was divided into what, and how good that is. */
  readonly note: string;
}

/** Share of the tolerance that the number of values may cost. */
const goal = 0.3;

/** With couplings spread, two Gauss nodes have the correlation functions, and three the next order in 1/M as well. */
const couplingNodes = { limit: 2, finite: 3 };

/** The list of values; undefined if more than the most allowed would be needed. */
export function divided(spread: Spread, circumstances: Circumstances): Division | undefined {
  const { of, values, law, quantiles, nodes } = spread;
  if (values !== undefined || law === undefined) {
    const atoms = values ?? [];
    return { atoms, note: `${counted(atoms.length, of)}, as listed.` };
  }
  if (of === "coupling") {
    const chosen = circumstances.finite ? couplingNodes.finite : couplingNodes.limit;
    const atoms = quantiles !== undefined ? quantileAtoms(law, quantiles) : gaussAtoms(law, nodes ?? chosen);
    const second = atoms.reduce((sum, { value, share }) => sum + share * value ** 2, 0);
    return {
      atoms,
      note: `${described(spread, law, atoms)}; the root mean square is ${numberText(Math.sqrt(second))}.`,
    };
  }
  const misses = missedBy(law, circumstances);
  if (quantiles !== undefined || nodes !== undefined) {
    const atoms = quantiles !== undefined ? quantileAtoms(law, quantiles) : gaussAtoms(law, nodes ?? 1);
    return { atoms, note: `${described(spread, law, atoms)}; ${accuracy(misses(atoms), circumstances)}` };
  }
  for (let count = 1; count <= mostValues; count = Math.max(count + 1, Math.ceil(1.15 * count))) {
    const rules = [
      { rule: "Gauss nodes", atoms: gaussAtoms(law, count) },
      { rule: "equal steps", atoms: evenAtoms(law, count, 1e-3 * circumstances.tolerance) },
    ];
    for (const { rule, atoms } of rules) {
      const missed = atoms && misses(atoms);
      if (!missed || missed.until(circumstances.farthest) > goal * circumstances.tolerance) continue;
      return { atoms, note: `${described(spread, law, atoms, rule)}; ${accuracy(missed, circumstances)}` };
    }
  }
  return undefined;
}

function described({ of, quantiles, nodes }: Spread, law: Law, atoms: readonly Atom[], taken = "Gauss nodes"): string {
  const rule = quantiles !== undefined ? "quantiles of equal shares" : taken;
  const chosen = quantiles === undefined && nodes === undefined ? ", their number chosen" : "";
  const [from, to] = [atoms[0].value, atoms[atoms.length - 1].value].map((x) => numberText(x));
  return `${counted(atoms.length, of)} from ${from} to ${to} (${rule} of the ${law.kind} law${chosen})`;
}

function counted(count: number, of: Spread["of"]): string {
  return `${count} ${count === 1 ? "value" : "values"} of the ${of}'s factor`;
}

/** What a figure would show no difference of. */
const visible = 1e-2;

function accuracy(missed: Missed, { farthest, tolerance }: Circumstances): string {
  const now = missed.until(farthest);
  const level = now <= tolerance ? tolerance : visible;
  const until = Number(missed.time(level).toPrecision(3));
  const known = now <= visible ? `to ${now.toExponential(1)} for |t| ≤ ${numberText(farthest)}, and ` : "";
  return `at M = ∞ they stand for the continuous law ${known}to ${level} until |t| ≈ ${until}; then they recur, and it does not.`;
}

/** By how much ρ_S(t) at M = ∞ may differ between a list and the law. */
interface Missed {
  until(t: number): number;
  /** Until when that is no more than ε. */
  time(epsilon: number): number;
}

/**
 * With C(τ) = Σ_kl ‖W_lk‖² E[p_k(x) e^{−ixω_kl τ}], ρ_S at time t changes by at most 4 ∫_0^t (t − τ)|ΔC(τ)| dτ: a Gaussian
 * reservoir that is turned from one into the other is physical all the way, so that each pair of insertions that this
 * changes is bounded by norms (after Mascherpa et al., Phys. Rev. Lett. 118, 100401, 2017, who bound it by an exponential).
 * What stands still (k = l) has no phase, but populations that depend on x, about a mean that does as well.
 */
function missedBy(law: Law, circumstances: Circumstances): (atoms: readonly Atom[]) => Missed {
  const { hamiltonian, stateAt, farthest, share } = circumstances;
  const { values: energies, vectors } = eigh(hamiltonian);
  const d = energies.length;
  const strengths = strengthsOf(circumstances.couplings, vectors);
  const widest = reach(law) * (energies[d - 1] - energies[0]);
  const populations = (x: number) => {
    const state = inBasis(stateAt(x), vectors);
    return Float64Array.from({ length: d }, (_, k) => entry(state, k, k).re);
  };
  // Far enough to see the recurrences, and fine enough for the fastest difference of phases.
  const end = 3 * farthest;
  const steps = Math.min(6000, 64 + Math.ceil(2 * widest * end));
  const taus = Array.from({ length: steps + 1 }, (_, i) => (end * i) / steps);
  const many = manyAtoms(law, 64 + Math.min(2000, Math.ceil(widest * end)));
  const list = Array.from(many.values, (value, i) => ({ value, share: many.shares[i] }));
  const still = stillOf(circumstances.couplings, vectors);
  const pairs = strengths.flatMap((row, k) =>
    row.flatMap((strength, l) => (strength > 0 ? [{ k, strength, frequency: energies[l] - energies[k] }] : [])),
  );
  const transformed = (atoms: readonly Atom[]) => {
    const known = atoms.map(({ value }) => populations(value));
    return {
      moving: pairs.map(({ k, frequency }) => transform(atoms, (i) => known[i][k], frequency, law.mean, taus)),
      still: still.map(({ v, w }) => meanCovariance(atoms, known, v, w)),
    };
  };
  const exact = transformed(list);
  return (atoms) => {
    const found = transformed(atoms);
    const missed = (strength: number, a: Complex, b: Complex) => {
      const off = Math.hypot(a.re - b.re, a.im - b.im);
      // Sums of phases know no better than rounding.
      return off > 4e-15 ? 4 * share * strength * off : 0;
    };
    const always = still.reduce((sum, { strength }, p) => sum + missed(strength, found.still[p], exact.still[p]), 0);
    const at = ({ re, im }: Transformed, i: number) => ({ re: re[i], im: im[i] });
    const difference = taus.map((_, i) =>
      pairs.reduce(
        (sum, { strength }, p) => sum + missed(strength, at(found.moving[p], i), at(exact.moving[p], i)),
        always,
      ),
    );
    return missedUntil(difference, end / steps);
  };
}

/** ∫_0^t (t − τ) f(τ) dτ is the integral of the integral of f. */
function missedUntil(f: readonly number[], step: number): Missed {
  const once = running(f, step);
  const twice = running(once, step);
  const at = (t: number) => Math.min(f.length - 1, Math.ceil(t / step - 1e-9));
  return {
    until: (t) => twice[at(t)],
    time: (epsilon) => {
      const beyond = twice.findIndex((missed) => missed > epsilon);
      return step * (beyond < 0 ? f.length - 1 : Math.max(0, beyond - 1));
    },
  };
}

function running(f: readonly number[], step: number): number[] {
  let sum = 0;
  return f.map((value, i) => {
    if (i > 0) sum += 0.5 * step * (value + f[i - 1]);
    return sum;
  });
}

interface Transformed {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Σ share p(x) e^{−i(x − mean)ωτ}. */
function transform(
  atoms: readonly Atom[],
  weight: (index: number) => number,
  frequency: number,
  mean: number,
  taus: readonly number[],
): Transformed {
  const re = new Float64Array(taus.length);
  const im = new Float64Array(taus.length);
  atoms.forEach(({ value, share }, i) => {
    const w = share * weight(i);
    if (w === 0) return;
    taus.forEach((tau, at) => {
      const angle = (value - mean) * frequency * tau;
      re[at] += w * Math.cos(angle);
      im[at] -= w * Math.sin(angle);
    });
  });
  return { re, im };
}

/** Two of the terms G ⊗ v and G† ⊗ v† as far as they are diagonal, v and w scaled to 1 at most; ‖G‖‖G'‖ and the scales. */
interface StillPair {
  readonly strength: number;
  readonly v: readonly Complex[];
  readonly w: readonly Complex[];
}

function stillOf(couplings: readonly Uncentred[], vectors: Matrix): StillPair[] {
  const terms = couplings.flatMap(({ system, site }) => {
    const turned = inBasis(site, vectors);
    const entries = Array.from({ length: vectors.rows }, (_, k) => entry(turned, k, k));
    const most = entries.reduce((largest, { re, im }) => Math.max(largest, Math.hypot(re, im)), 0);
    if (most === 0) return [];
    const v = entries.map(({ re, im }) => ({ re: re / most, im: im / most }));
    const strength = most * spectralNorm(system);
    return [
      { strength, v },
      { strength, v: v.map(({ re, im }) => ({ re, im: -im })) },
    ];
  });
  return terms.flatMap((a) => terms.map((b) => ({ strength: a.strength * b.strength, v: a.v, w: b.v })));
}

/** Σ share (⟨v w*⟩ − ⟨v⟩⟨w⟩*) over the populations that each value has. */
function meanCovariance(
  atoms: readonly Atom[],
  populations: readonly Float64Array[],
  v: readonly Complex[],
  w: readonly Complex[],
): Complex {
  let [re, im] = [0, 0];
  atoms.forEach(({ share }, i) => {
    const p = populations[i];
    const mean = (x: readonly Complex[]) => ({
      re: x.reduce((sum, one, k) => sum + p[k] * one.re, 0),
      im: x.reduce((sum, one, k) => sum + p[k] * one.im, 0),
    });
    const [a, b] = [mean(v), mean(w)];
    v.forEach((one, k) => {
      const [x, y] = [one.re - a.re, one.im - a.im];
      const [c, d] = [w[k].re - b.re, w[k].im - b.im];
      re += share * p[k] * (x * c + y * d);
      im += share * p[k] * (y * c - x * d);
    });
  });
  return { re, im };
}

/** ‖W_lk‖² at [k][l], k ≠ l, from above; v in the eigenbasis of h. */
function strengthsOf(couplings: readonly Uncentred[], vectors: Matrix): number[][] {
  const d = vectors.rows;
  const terms = couplings.map(({ system, site }) => ({ size: spectralNorm(system), v: inBasis(site, vectors) }));
  return Array.from({ length: d }, (_, k) =>
    Array.from({ length: d }, (_, l) => {
      if (k === l) return 0;
      const modulus = (v: Matrix, i: number, j: number) => Math.hypot(entry(v, i, j).re, entry(v, i, j).im);
      return terms.reduce((sum, { size, v }) => sum + size * (modulus(v, l, k) + modulus(v, k, l)), 0) ** 2;
    }),
  );
}
