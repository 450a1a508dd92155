/**
 * S and its oscillators in a box of Fock states, levels_k states of each oscillator: what solvers outside work with. It
 * serves to find out how large the box must be.
 */

import { addTo, copy, type Matrix } from "../algebra/matrix.ts";
import type { MatrixSeries } from "../algebra/series.ts";
import { zeroSeries } from "../algebra/series.ts";
import { Propagator } from "./chebyshev.ts";
import { type ComplexVector, SparseBuilder, type SparseOperator, zeroVector } from "./sparseOperator.ts";

/** An oscillator in the box. */
export interface BoxMode {
  readonly frequency: number;
  /** L of L a† + L† a, N × N. */
  readonly coupling: Matrix;
}

/** A product state of S and Fock states, and its weight in the mixture at t = 0. */
export interface BoxStart {
  readonly weight: number;
  /** N amplitudes. */
  readonly system: ComplexVector;
  /** One number of quanta for each mode. */
  readonly quanta: readonly number[];
}

/** Joint states of S (the slowest index) and the modes. */
export function boxDimension(systemDimension: number, levels: readonly number[]): number {
  return levels.reduce((product, n) => product * n, systemDimension);
}

/** H_S + Σ ω a†a + Σ (L a† + L† a) in the box. Index: S slowest, the last mode fastest. */
export function boxHamiltonian(system: Matrix, modes: readonly BoxMode[], levels: readonly number[]): SparseOperator {
  const n = system.rows;
  const bosons = boxDimension(1, levels);
  const builder = new SparseBuilder(n * bosons);
  const strides = levels.map((_, k) => levels.slice(k + 1).reduce((product, one) => product * one, 1));
  for (let b = 0; b < bosons; b++) {
    let energy = 0;
    const quanta = levels.map((count, k) => Math.floor(b / strides[k]) % count);
    modes.forEach(({ frequency }, k) => {
      energy += frequency * quanta[k];
    });
    for (let i = 0; i < n; i++) {
      builder.add(i * bosons + b, i * bosons + b, energy, 0);
      for (let j = 0; j < n; j++) {
        builder.add(i * bosons + b, j * bosons + b, system.re[i * n + j], system.im[i * n + j]);
        modes.forEach(({ coupling }, k) => {
          if (quanta[k] + 1 >= levels[k]) return;
          // L a†: from (j, quanta) to (i, quanta + 1), and its adjoint back.
          const root = Math.sqrt(quanta[k] + 1);
          const [re, im] = [root * coupling.re[i * n + j], root * coupling.im[i * n + j]];
          builder.add(i * bosons + b + strides[k], j * bosons + b, re, im);
          builder.add(j * bosons + b, i * bosons + b + strides[k], re, -im);
        });
      }
    }
  }
  return builder.build();
}

/** ρ_S(t) and how full the edge of the box became. */
export interface BoxEvolution {
  readonly rho: MatrixSeries;
  /** For each mode: the largest probability, at any time, of its two highest Fock states. */
  readonly edges: readonly number[];
}

/** Evolves a mixture of starts. `times` ascend and are not negative. */
export function evolveBox(
  system: Matrix,
  modes: readonly BoxMode[],
  levels: readonly number[],
  starts: readonly BoxStart[],
  times: readonly number[],
): BoxEvolution {
  const n = system.rows;
  const bosons = boxDimension(1, levels);
  const rho = zeroSeries(times, n);
  const edges = levels.map(() => 0);
  const propagator = new Propagator(boxHamiltonian(system, modes, levels));
  for (const { weight, system: ket, quanta } of starts) {
    const state = zeroVector(n * bosons);
    const at = quanta.reduce((index, q, k) => index * levels[k] + q, 0);
    for (let i = 0; i < n; i++) {
      state.re[i * bosons + at] = ket.re[i];
      state.im[i * bosons + at] = ket.im[i];
    }
    let now = 0;
    times.forEach((time, t) => {
      if (time > now) propagator.advance(state, time - now);
      now = time;
      addReduced(rho, t, state, weight);
      noteEdges(edges, state, levels, weight);
    });
  }
  return { rho, edges };
}

/** The Hamiltonian of S in a static field. */
export function withField(hamiltonian: Matrix, operators: readonly Matrix[], point: readonly number[]): Matrix {
  const shifted = copy(hamiltonian);
  operators.forEach((a, r) => {
    addTo(shifted, a, point[r]);
  });
  return shifted;
}

function addReduced(rho: MatrixSeries, t: number, { re, im }: ComplexVector, weight: number): void {
  const n = rho.dimension;
  const bosons = re.length / n;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sr = 0;
      let si = 0;
      for (let b = 0; b < bosons; b++) {
        const p = i * bosons + b;
        const q = j * bosons + b;
        sr += re[p] * re[q] + im[p] * im[q];
        si += im[p] * re[q] - re[p] * im[q];
      }
      rho.re[(t * n + i) * n + j] += weight * sr;
      rho.im[(t * n + i) * n + j] += weight * si;
    }
  }
}

function noteEdges(edges: number[], { re, im }: ComplexVector, levels: readonly number[], weight: number): void {
  let stride = 1;
  for (let k = levels.length - 1; k >= 0; k--) {
    let probability = 0;
    for (let index = 0; index < re.length; index++) {
      const quanta = Math.floor(index / stride) % levels[k];
      if (quanta >= levels[k] - 2) probability += re[index] ** 2 + im[index] ** 2;
    }
    edges[k] = Math.max(edges[k], weight * probability);
    stride *= levels[k];
  }
}
