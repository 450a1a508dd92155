/**
 * S and its oscillators in a box of Fock states, levels_k states of each oscillator: what solvers outside work with. It
 * serves to find out how large the box must be.
 */

import { addTo, copy, type Matrix } from "../algebra/matrix.ts";
import type { MatrixSeries } from "../algebra/series.ts";
import { zeroSeries } from "../algebra/series.ts";
import { Propagator } from "./chebyshev.ts";
import {
  type ComplexVector,
  invariantParts,
  SparseBuilder,
  type SparseOperator,
  withinIndices,
  zeroVector,
} from "./sparseOperator.ts";

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

/**
 * Evolves a mixture of starts. `times` ascend and are not negative. What the Hamiltonian does not join is left apart: a start is
 * followed in the subspaces that it is in. `onStart` is told after each start.
 */
export function evolveBox(
  system: Matrix,
  modes: readonly BoxMode[],
  levels: readonly number[],
  starts: readonly BoxStart[],
  times: readonly number[],
  onStart: () => void = () => undefined,
): BoxEvolution {
  const n = system.rows;
  const rho = zeroSeries(times, n);
  const edges = levels.map(() => 0);
  const h = boxHamiltonian(system, modes, levels);
  const part = invariantParts(h);
  const rooms = new Map<string, Room>();
  for (const { weight, system: ket, quanta } of starts) {
    const at = quanta.reduce((index, q, k) => index * levels[k] + q, 0);
    const indices = Array.from({ length: n }, (_, i) => i * (h.dimension / n) + at);
    const filled = indices.filter((_, i) => ket.re[i] !== 0 || ket.im[i] !== 0);
    const parts = [...new Set(filled.map((index) => part[index]))].sort((a, b) => a - b);
    const name = parts.join();
    const room = rooms.get(name) ?? roomOf(h, part, parts, n, levels);
    rooms.set(name, room);
    const state = zeroVector(room.indices.length);
    indices.forEach((index, i) => {
      const place = room.indices.indexOf(index);
      if (place < 0) return;
      state.re[place] = ket.re[i];
      state.im[place] = ket.im[i];
    });
    let now = 0;
    times.forEach((time, t) => {
      if (time > now) room.propagator.advance(state, time - now);
      now = time;
      addReduced(rho, t, state, weight, room);
      noteEdges(edges, state, weight, room);
    });
    onStart();
  }
  return { rho, edges };
}

/** Invariant subspaces together, in which some starts stay. */
interface Room {
  /** The joint states in it, ascending. */
  readonly indices: Int32Array;
  readonly propagator: Propagator;
  /** For each entry of ρ_S, row by row: the places of two states with the same quanta, one after the other. */
  readonly pairs: readonly Int32Array[];
  /** For each mode the places of states in which it has one of its two highest numbers of quanta. */
  readonly edges: readonly Int32Array[];
}

function roomOf(
  h: SparseOperator,
  part: Int32Array,
  parts: readonly number[],
  n: number,
  levels: readonly number[],
): Room {
  const indices = Int32Array.from([...part.keys()].filter((index) => parts.includes(part[index])));
  const bosons = h.dimension / n;
  const place = new Map(Array.from(indices, (index, p) => [index, p]));
  const pairs = Array.from({ length: n * n }, (_, entry) => {
    const [i, j] = [Math.floor(entry / n), entry % n];
    return Int32Array.from(
      [...indices].flatMap((index, p) => {
        const partner = Math.floor(index / bosons) === i ? place.get(j * bosons + (index % bosons)) : undefined;
        return partner === undefined ? [] : [p, partner];
      }),
    );
  });
  const edges = levels.map((count, k) => {
    const stride = boxDimension(1, levels.slice(k + 1));
    return Int32Array.from([...indices.keys()].filter((p) => Math.floor(indices[p] / stride) % count >= count - 2));
  });
  return { indices, propagator: new Propagator(withinIndices(h, indices)), pairs, edges };
}

/** The Hamiltonian of S in a static field. */
export function withField(hamiltonian: Matrix, operators: readonly Matrix[], point: readonly number[]): Matrix {
  const shifted = copy(hamiltonian);
  operators.forEach((a, r) => {
    addTo(shifted, a, point[r]);
  });
  return shifted;
}

function addReduced(rho: MatrixSeries, t: number, { re, im }: ComplexVector, weight: number, { pairs }: Room): void {
  pairs.forEach((places, entry) => {
    let sr = 0;
    let si = 0;
    for (let at = 0; at < places.length; at += 2) {
      const [p, q] = [places[at], places[at + 1]];
      sr += re[p] * re[q] + im[p] * im[q];
      si += im[p] * re[q] - re[p] * im[q];
    }
    rho.re[t * pairs.length + entry] += weight * sr;
    rho.im[t * pairs.length + entry] += weight * si;
  });
}

function noteEdges(edges: number[], { re, im }: ComplexVector, weight: number, room: Room): void {
  room.edges.forEach((places, k) => {
    let probability = 0;
    for (const p of places) probability += re[p] ** 2 + im[p] ** 2;
    edges[k] = Math.max(edges[k], weight * probability);
  });
}
