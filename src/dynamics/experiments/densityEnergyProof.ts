/**
 * What is proved of energies along a joint density matrix: the argument of kets, for what purifies it (docs/certificates.md, section 5,
 * "Energies"). What S decays into holds no quanta, and neither layers nor √N mind it.
 */

import type { Layers } from "../../fock/layers.ts";
import { layerCount } from "../../fock/layers.ts";
import { type ComplexVector, rowSum, type SparseMatrix } from "../../fock/sparse.ts";
import type { DensityErrors } from "../controlled/densityProof.ts";
import { LayersAlong } from "../layers/layersAlong.ts";
import type { Problem } from "../sector/problem.ts";
import type { EnergyBounds } from "./energyBounds.ts";
import type { EnergyParts } from "./energyParts.ts";
import type { EnergyErrors } from "./energyProof.ts";

/** ‖P_j A P_l‖ at most, at j·layerCount + l, and ‖A‖. */
interface Blocks {
  readonly size: number;
  readonly norms: Float64Array;
}

export class DensityEnergyProof {
  private readonly factors: EnergyBounds;
  /** H_S, V, and the heats. */
  private readonly energies: readonly Blocks[];
  /** Null where nothing leaks. */
  private readonly path: { readonly layers: Layers; readonly along: LayersAlong; readonly of: Uint8Array } | null;
  private seen: { readonly coefficients: readonly ComplexVector[]; readonly found: readonly Float64Array[] } | null =
    null;
  private before = 0;
  private kicks = 0;

  /** `factors`: without pulses and drives. */
  constructor(
    layers: Layers | null,
    problem: Problem,
    { system, interaction, heat }: EnergyParts,
    factors: EnergyBounds,
    start: ComplexVector,
  ) {
    const { basis } = problem;
    const of = Uint8Array.from({ length: basis.dimension }, (_, i) => layers?.layerOf[basis.fock[i]] ?? 0);
    this.factors = factors;
    this.energies = [blocksOf(system, of), blocksOf(interaction, of), ...heat.map((d) => blocksOf(diagonal(d), of))];
    this.path = null;
    if (layers === null) return;
    const first = inLayers(start, of).map((p) => Math.sqrt(Math.max(0, p)));
    this.path = { layers, of, along: new LayersAlong(layers, first) };
  }

  /** Up to a time, with what the way there is proved to cost. */
  advance(t: number, { purified }: DensityErrors): void {
    const way = Math.abs(t);
    this.path?.along.advance(way - this.before, purified);
    this.before = way;
  }

  /** A pulse at the time that was last come to. `drive`: the norm of what drives add to H_S then. */
  pulse(states: readonly ComplexVector[], error: DensityErrors, drive: number): void {
    for (const state of states) {
      const { system, interaction } = this.errorsOf([state], 0, error, drive);
      this.kicks += system + interaction;
    }
  }

  /** What each energy is off by at most in Σ_k c_k x^k, which the way has come to at t. */
  at(t: number, coefficients: readonly ComplexVector[], x: number, error: DensityErrors, drive: number): EnergyErrors {
    this.advance(t, error);
    return { ...this.errorsOf(coefficients, x, error, drive), kicks: this.kicks };
  }

  private errorsOf(coefficients: readonly ComplexVector[], x: number, error: DensityErrors, drive: number) {
    const { purified, propagation } = error;
    const { leak, squared } = this.factors;
    const first = leak * purified;
    const square = squared(this.before) * purified ** 2;
    const { state, energies } = this.meetings(coefficients, x, error);
    // Of a matrix that is off by X, tr(AX) ≤ ‖A‖‖X‖₁.
    const [system, interaction, ...heats] = energies.map(
      (meeting, c) => Math.min(first, meeting + square) + 2 * this.energies[c].size * propagation,
    );
    const driven = Math.min(2 * purified, state + purified ** 2) + 2 * propagation;
    return { system: system + drive * driven, interaction, heats };
  }

  /** 2 |⟨e|φ⟩| in the space, and 2 |⟨e|Aφ⟩| for each of the energies, at most. */
  private meetings(coefficients: readonly ComplexVector[], x: number, { propagation, purified }: DensityErrors) {
    const { path } = this;
    if (path === null) {
      const most = purified === 0 ? 0 : Number.POSITIVE_INFINITY;
      return { state: most, energies: this.energies.map(() => most) };
    }
    const { along, layers } = path;
    const norms = normsAt(this.populations(coefficients, path.of), x, propagation);
    along.bound(norms);
    // V alone leads out of the space.
    const out = 2 * purified * layers.leak * norms[0];
    const energies = this.energies.map(
      (blocks, c) => 2 * along.meeting(imageOf(blocks, norms)) + (c === interactionAt ? out : 0),
    );
    return { state: 2 * along.meeting(norms), energies };
  }

  /** Those of the window that was seen last are kept. */
  private populations(coefficients: readonly ComplexVector[], of: Uint8Array): readonly Float64Array[] {
    if (this.seen?.coefficients === coefficients) return this.seen.found;
    const found = coefficients.map((c) => inLayers(c, of));
    this.seen = { coefficients, found };
    return found;
  }
}

/** Where V stands among the energies. */
const interactionAt = 1;

/** ‖P_j φ‖ of Σ_k c_k x^k, from the populations of the c_k, which are off by `off` at most. */
function normsAt(populations: readonly Float64Array[], x: number, off: number): Float64Array {
  const sums = new Float64Array(layerCount);
  let power = 1;
  for (const values of populations) {
    for (let j = 0; j < layerCount; j++) sums[j] += power * values[j];
    power *= x;
  }
  return sums.map((sum) => Math.sqrt(Math.max(0, sum) + off));
}

/** ‖P_j Aφ‖ at most. */
function imageOf({ norms: blocks }: Blocks, norms: Float64Array): Float64Array {
  return norms.map((_, j) => norms.reduce((sum, norm, l) => sum + blocks[j * layerCount + l] * norm, 0));
}

/** The trace of each layer. */
function inLayers({ re }: ComplexVector, of: Uint8Array): Float64Array {
  const sums = new Float64Array(layerCount);
  for (let i = 0; i < of.length; i++) sums[of[i]] += re[i * (of.length + 1)];
  return sums;
}

/** By Schur's test; A is Hermitian. */
function blocksOf(a: SparseMatrix, of: Uint8Array): Blocks {
  const most = new Float64Array(layerCount ** 2);
  const row = new Float64Array(layerCount);
  for (let i = 0; i < a.rows; i++) {
    row.fill(0);
    for (let e = a.rowStart[i]; e < a.rowStart[i + 1]; e++) {
      row[of[a.column[e]]] += Math.hypot(a.re[e], a.im.length === 0 ? 0 : a.im[e]);
    }
    for (let l = 0; l < layerCount; l++) {
      const at = of[i] * layerCount + l;
      most[at] = Math.max(most[at], row[l]);
    }
  }
  const norms = most.map((x, at) => Math.sqrt(x * most[(at % layerCount) * layerCount + Math.floor(at / layerCount)]));
  return { size: rowSum(a), norms };
}

function diagonal(d: Float64Array): SparseMatrix {
  const rows = d.length;
  const rowStart = Int32Array.from({ length: rows + 1 }, (_, i) => i);
  return { rows, cols: rows, rowStart, column: rowStart.slice(0, rows), re: d, im: new Float64Array(0) };
}
