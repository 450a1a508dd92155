/** Models in which S only dephases, and the decoherence function of (21) by every formula of the paper. */

import { eigh } from "../algebra/hermitian.ts";
import {
  add,
  adjoint,
  type Complex,
  diagonal,
  entry,
  hermitianPart,
  inBasis,
  type Matrix,
  multiply,
  scale,
  traceOfProduct,
  zeros,
} from "../algebra/matrix.ts";
import { type MatrixSeries, matrixAt } from "../algebra/series.ts";
import type { Model } from "../model/types.ts";
import { defineModel } from "../model/validate.ts";
import { times as product } from "./complexNumbers.ts";
import { propagator } from "./denseEvolution.ts";
import { type PaperReservoir, paperReservoir } from "./fluctuationReservoir.ts";
import { fockSpace, oscillatorEnergy } from "./oscillators.ts";
import { type Draw, randomMatrix, seededModel, uniform } from "./seededModel.ts";

/** A model with commuting H_S = Σ e_j |ψ_j⟩⟨ψ_j| and G = Σ g_j |ψ_j⟩⟨ψ_j|. */
export interface Dephasing {
  readonly model: Model;
  /** |ψ_j⟩ in columns. */
  readonly basis: Matrix;
  readonly energies: readonly number[];
  readonly couplings: readonly Complex[];
}

/** A site as drawn, and S of three levels in a random basis; g_j is real if v is Hermitian. */
export function dephasing(draw: Omit<Draw, "system" | "couplings">): Dephasing {
  const { site, couplings: drawn } = seededModel({ ...draw, system: 2, couplings: 1 }).reservoirs[0];
  const next = uniform(draw.seed + 500);
  const basis = eigh(hermitianPart(randomMatrix(next, 3))).vectors;
  const inPsi = (a: Matrix): Matrix => multiply(multiply(basis, a), adjoint(basis));
  const energies = [0.3, 1.1, -0.6];
  const strength = draw.strength ?? 0.5;
  const couplings = [1, -0.7, 0.2].map((g) => ({
    re: strength * g,
    im: draw.hermitian === true ? 0 : strength * (next() - 0.5),
  }));
  const g = zeros(3);
  couplings.forEach(({ re, im }, j) => {
    g.re[4 * j] = re;
    g.im[4 * j] = im;
  });
  const model = defineModel({
    system: {
      hamiltonian: inPsi(diagonal(energies)),
      state: "unit(basis(3, 0) + 0.6i * basis(3, 1) + 0.8 * basis(3, 2))",
    },
    reservoir: { hamiltonian: site.hamiltonian, state: site.state },
    couplings: [{ system: draw.hermitian === true ? hermitianPart(inPsi(g)) : inPsi(g), site: drawn[0].site }],
    times: draw.times,
    tolerance: 1e-11,
  });
  return { model, basis, energies, couplings };
}

/** D_mn(t) that a ρ_S(t) shows, at its t-th time. */
export function shownDecoherence(d: Dephasing, series: MatrixSeries, at: number, m: number, n: number): Complex {
  const now = entry(inBasis(matrixAt(series, at), d.basis), m, n);
  const start = entry(inBasis(d.model.system.state, d.basis), m, n);
  const angle = (d.energies[m] - d.energies[n]) * series.times[at];
  const free = product(now, { re: Math.cos(angle), im: Math.sin(angle) });
  const size = start.re ** 2 + start.im ** 2;
  return scaled(product(free, { re: start.re, im: -start.im }), 1 / size);
}

function scaled({ re, im }: Complex, s: number): Complex {
  return { re: s * re, im: s * im };
}

/** Which modes a product over (k, l) runs over. */
export type Modes = "all" | "k ≠ l";

/** (21) with D_mn(k, l, t) = ⟨0|Y(t, n) Y(−t, m)|0⟩ of the End Matter, each oscillator with up to 60 quanta. */
export function byOscillators({ model, couplings }: Dephasing, t: number, m: number, n: number, over: Modes): Complex {
  const reservoir = paperReservoir(model);
  return modesOf(reservoir, over).reduce<Complex>(
    (all, [k, l]) => product(all, oneOscillator(reservoir, k, l, couplings[m], couplings[n], t)),
    { re: 1, im: 0 },
  );
}

export function modesOf({ pairs }: PaperReservoir, over: Modes): readonly (readonly [number, number])[] {
  return pairs.filter(([k, l]) => over === "all" || k !== l);
}

/** ⟨0|Y_kl(t, n) Y_kl(−t, m)|0⟩ with Y(t, n) = exp(it(ω a†a + √p_k φ(ḡ_n v̄_kl + g_n v_lk))). */
export function oneOscillator(
  reservoir: PaperReservoir,
  k: number,
  l: number,
  gm: Complex,
  gn: Complex,
  t: number,
): Complex {
  const space = fockSpace(1, 60);
  const { energies, populations } = reservoir.basis;
  const free = oscillatorEnergy(space, [energies[l] - energies[k]]);
  const y = (g: Complex, time: number): Matrix => {
    const field = fieldOf(space.lower[0], scaled(displacement(reservoir, k, l, g), Math.sqrt(populations[k])));
    return propagator(add(free, field), -time);
  };
  return entry(multiply(y(gn, t), y(gm, -t)), 0, 0);
}

/** ḡ v̄_kl + g v_lk. */
export function displacement({ site }: PaperReservoir, k: number, l: number, g: Complex): Complex {
  const [kl, lk] = [entry(site[0], k, l), entry(site[0], l, k)];
  const one = product({ re: g.re, im: -g.im }, { re: kl.re, im: -kl.im });
  const two = product(g, lk);
  return { re: one.re + two.re, im: one.im + two.im };
}

/** φ(x) = x a† + x̄ a. */
export function fieldOf(lower: Matrix, x: Complex): Matrix {
  return add(scale(adjoint(lower), x), lower, { re: x.re, im: -x.im });
}

/** sin²(ωt/2)/ω², which is t²/4 at ω = 0. */
export function sineSquared(omega: number, t: number): number {
  return omega === 0 ? (t * t) / 4 : (Math.sin((omega * t) / 2) / omega) ** 2;
}

/** |D_mn(t)| = exp(−8 (g_m − g_n)² Σ p_k |v_kl|² sin²(ωt/2)/ω²), g real and v Hermitian. */
export function printedModulus({ model, couplings }: Dephasing, t: number, m: number, n: number, over: Modes): number {
  const reservoir = paperReservoir(model);
  const { energies, populations } = reservoir.basis;
  let sum = 0;
  for (const [k, l] of modesOf(reservoir, over)) {
    const { re, im } = entry(reservoir.site[0], k, l);
    sum += populations[k] * (re * re + im * im) * sineSquared(energies[l] - energies[k], t);
  }
  return Math.exp(-8 * (couplings[m].re - couplings[n].re) ** 2 * sum);
}

/** tr(ρ v²) = Σ p_k |v_kl|², for Hermitian v. */
export function secondMoment({ model }: Dephasing): number {
  const v = model.reservoirs[0].couplings[0].site;
  return traceOfProduct(model.reservoirs[0].site.state, multiply(v, v)).re;
}
