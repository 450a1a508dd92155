/**
 * What is proved of the energies of a ket that is shown along its way: the part of its error that is linear is what comes back to the
 * layers (docs/certificates.md, section 5, "Energies"), whatever pulses and drives do to S.
 */

import type { Layers } from "../../fock/layers.ts";
import { applySparse, type ComplexVector, rowSum, type SparseMatrix, zeroVector } from "../../fock/sparse.ts";
import type { ProvedErrors } from "../controlled/alongWay.ts";
import { LayersAlong, layerNorms } from "../layers/layersAlong.ts";
import type { Problem } from "../sector/problem.ts";
import { ketAt } from "../sector/sparseKet.ts";
import { type EnergyBounds, mostError } from "./energyBounds.ts";
import { type EnergyParts, largest } from "./energyParts.ts";

/** Of second order, where nothing leaks. */
const nothingKnown = { system: Number.POSITIVE_INFINITY, interaction: Number.POSITIVE_INFINITY, heats: [] };

/** ‖P_j φ‖, and ‖P_j Aφ‖ of the energies. */
interface Images {
  readonly ket: Float64Array;
  readonly system: Float64Array;
  readonly interaction: Float64Array;
  readonly heat: readonly Float64Array[];
}

/** What energies are off by at most, each by itself; that of the drives is part of E_S. */
export interface EnergyErrors {
  readonly system: number;
  readonly interaction: number;
  readonly heats: readonly number[];
  /** What all pulses until now change the energy by. */
  readonly kicks: number;
}

/** ⟨φ̃|A|φ̃⟩ is off by so many times ‖A‖ what φ̃ is, which need not be of norm 1. */
const ofComputed = 2 + mostError;

export class EnergyProof {
  private readonly layers: Layers | null;
  private readonly problem: Problem;
  private readonly parts: EnergyParts;
  private readonly factors: EnergyBounds;
  private readonly along: LayersAlong | null;
  /** Norms of the energies, at most. */
  private readonly sizes: { readonly system: number; readonly interaction: number; readonly heats: readonly number[] };
  /** Room for Aφ. */
  private readonly image: ComplexVector;
  private readonly seen = new Map<number, Images>();
  private before = 0;
  private error: ProvedErrors = { leaked: 0, propagation: 0 };
  /** What may have leaked beside what the computed ket shows. */
  private unseen = 0;
  /** What all pulses together change the energy by is off by this at most; of second order alone, and as `EnergyErrors` has it. */
  private kicks = 0;
  private kicksAtMost = 0;

  /** `layers`: null where nothing leaks. */
  constructor(
    layers: Layers | null,
    problem: Problem,
    parts: EnergyParts,
    factors: EnergyBounds,
    start: ComplexVector,
  ) {
    this.layers = layers;
    this.problem = problem;
    this.parts = parts;
    this.factors = factors;
    this.sizes = {
      system: rowSum(parts.system),
      interaction: rowSum(parts.interaction),
      heats: parts.heat.map(largest),
    };
    this.image = zeroVector(problem.basis.dimension);
    this.along = layers === null ? null : new LayersAlong(layers, layerNorms(layers, problem.basis, start));
  }

  /** The ket at times asked for. */
  see(ket: ComplexVector, places: readonly number[]): void {
    if (this.layers === null) return;
    places.forEach((place, t) => {
      this.seen.set(place, this.imagesOf(ketAt(ket, t, places.length)));
    });
  }

  /** Up to a time, with what the way there is proved to cost. */
  advance(t: number, error: ProvedErrors): void {
    const time = Math.abs(t) - this.before;
    this.unseen += (this.layers?.leak ?? 0) * time * error.propagation;
    this.along?.advance(time, error.leaked + this.unseen, error.propagation);
    this.before += time;
    this.error = error;
  }

  /** A pulse at the time that was last come to. `drive`: of the norm of what drives add to H_S then. */
  pulse(before: ComplexVector, after: ComplexVector, drive = 0): void {
    for (const ket of [before, after]) {
      const errors = this.layers === null ? nothingKnown : this.errorsOf(this.imagesOf(ket), drive);
      this.kicks += errors.system + errors.interaction;
      const { system, interaction } = this.atMost(errors, drive);
      this.kicksAtMost += system + interaction;
    }
  }

  /** What the worst of the energies is off by at most at a time that was seen. */
  at(t: number, place: number, error: ProvedErrors): number {
    const { system, interaction, heats } = this.secondOrder(t, place, error, 0);
    const second = Math.max(system, interaction, ...heats, this.kicks);
    const first = this.factors.leak * (error.leaked + this.unseen);
    return Math.min(first, second) + this.factors.propagation * error.propagation;
  }

  /** What each of them is off by at most, with drives that add an operator of norm `drive` to H_S. */
  partsAt(t: number, place: number, error: ProvedErrors, drive: number): EnergyErrors {
    return { ...this.atMost(this.secondOrder(t, place, error, drive), drive), kicks: this.kicksAtMost };
  }

  private secondOrder(t: number, place: number, error: ProvedErrors, drive: number): Omit<EnergyErrors, "kicks"> {
    this.advance(t, error);
    const images = this.seen.get(place);
    if (images === undefined) return nothingKnown;
    this.along?.bound(images.ket);
    return this.errorsOf(images, drive);
  }

  /** Of first order where that is less; and of the computed ket. */
  private atMost({ system, interaction, heats }: Omit<EnergyErrors, "kicks">, drive: number) {
    const { leak, propagation } = this.factors;
    const leaked = this.error.leaked + this.unseen;
    const first = leak * leaked;
    const computed = propagation * this.error.propagation;
    return {
      system: Math.min(first + 2 * drive * leaked, system) + computed + ofComputed * drive * this.error.propagation,
      interaction: Math.min(first, interaction) + computed,
      heats: Array.from(this.parts.heat, (_, g) => Math.min(first, heats[g] ?? first) + computed),
    };
  }

  /** Of the exact ket and the one of the truncated space, which is off the computed one by the error of its propagation. */
  private errorsOf({ ket, system, interaction, heat }: Images, drive: number) {
    const { factors, sizes } = this;
    const [along, layers] = [this.along as LayersAlong, this.layers as Layers];
    const { propagation } = this.error;
    const leaked = this.error.leaked + this.unseen;
    const squared = factors.squared(this.before) * leaked ** 2;
    const back = (norms: Float64Array, size: number) =>
      2 * along.meeting(norms.map((norm) => norm + size * propagation)) + squared;
    const out = 2 * leaked * layers.leak * (ket[0] + propagation);
    return {
      system: back(system, sizes.system) + drive * (back(ket, 1) - squared + leaked ** 2),
      interaction: back(interaction, sizes.interaction) + out,
      heats: heat.map((norms, g) => back(norms, sizes.heats[g])),
    };
  }

  private imagesOf(ket: ComplexVector): Images {
    const { parts, image } = this;
    const layers = this.layers as Layers;
    const { basis } = this.problem;
    const by = (a: SparseMatrix) => {
      applySparse(a, ket, image);
      return layerNorms(layers, basis, image);
    };
    const heat = parts.heat.map((energies) => {
      for (let i = 0; i < energies.length; i++) {
        image.re[i] = ket.re[i] * energies[i];
        image.im[i] = ket.im[i] * energies[i];
      }
      return layerNorms(layers, basis, image);
    });
    return { ket: layerNorms(layers, basis, ket), system: by(parts.system), interaction: by(parts.interaction), heat };
  }
}
