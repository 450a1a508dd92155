/**
 * What is proved of the energies of a ket that is shown along its way: the part of its error that is linear is what comes back to the
 * layers (docs/certificates.md, section 5, "Energies"), whatever pulses do to S.
 */

import type { Layers } from "../../fock/layers.ts";
import { applySparse, type ComplexVector, rowSum, type SparseMatrix, zeroVector } from "../../fock/sparse.ts";
import type { ProvedErrors } from "../controlled/alongWay.ts";
import { LayersAlong, layerNorms } from "../layers/layersAlong.ts";
import type { Problem } from "../problem.ts";
import { ketAt } from "../sparseKet.ts";
import type { EnergyBounds } from "./energyBounds.ts";
import { type EnergyParts, largest } from "./energyParts.ts";

/** ‖P_j φ‖, and ‖P_j Aφ‖ of the energies. */
interface Images {
  readonly ket: Float64Array;
  readonly system: Float64Array;
  readonly interaction: Float64Array;
  readonly heat: readonly Float64Array[];
}

export class EnergyProof {
  private readonly layers: Layers;
  private readonly problem: Problem;
  private readonly parts: EnergyParts;
  private readonly factors: EnergyBounds;
  private readonly along: LayersAlong;
  private readonly seen = new Map<number, Images>();
  private before = 0;
  private error: ProvedErrors = { leaked: 0, propagation: 0 };
  /** What may have leaked beside what the computed ket shows. */
  private unseen = 0;
  /** What all pulses together change the energy by is off by this at most. */
  private kicks = 0;

  constructor(layers: Layers, problem: Problem, parts: EnergyParts, factors: EnergyBounds, start: ComplexVector) {
    this.layers = layers;
    this.problem = problem;
    this.parts = parts;
    this.factors = factors;
    this.along = new LayersAlong(layers, layerNorms(layers, problem.basis, start));
  }

  /** The ket at times asked for. */
  see(ket: ComplexVector, places: readonly number[]): void {
    places.forEach((place, t) => {
      this.seen.set(place, this.imagesOf(ketAt(ket, t, places.length)));
    });
  }

  /** Up to a time, with what the way there is proved to cost. */
  advance(t: number, error: ProvedErrors): void {
    const time = Math.abs(t) - this.before;
    this.unseen += this.layers.leak * time * error.propagation;
    this.along.advance(time, error.leaked + this.unseen);
    this.before += time;
    this.error = error;
  }

  /** A pulse at the time that was last come to. */
  pulse(before: ComplexVector, after: ComplexVector): void {
    for (const ket of [before, after]) {
      const { system, interaction } = this.errorsOf(this.imagesOf(ket));
      this.kicks += system + interaction;
    }
  }

  /** What the worst of the energies is off by at most at a time that was seen. */
  at(t: number, place: number, error: ProvedErrors): number {
    this.advance(t, error);
    const images = this.seen.get(place) as Images;
    this.along.bound(images.ket);
    const { system, interaction, heat } = this.errorsOf(images);
    const second = Math.max(system, interaction, heat, this.kicks);
    const first = this.factors.leak * (error.leaked + this.unseen);
    return Math.min(first, second) + this.factors.propagation * error.propagation;
  }

  /** Of the exact ket and the one of the truncated space, which is off the computed one by the error of its propagation. */
  private errorsOf({ ket, system, interaction, heat }: Images) {
    const { along, factors, layers, parts } = this;
    const { propagation } = this.error;
    const leaked = this.error.leaked + this.unseen;
    const squared = factors.squared(this.before) * leaked ** 2;
    const back = (norms: Float64Array, size: number) =>
      2 * along.meeting(norms.map((norm) => norm + size * propagation)) + squared;
    const out = 2 * leaked * layers.leak * (ket[0] + propagation);
    return {
      system: back(system, rowSum(parts.system)),
      interaction: back(interaction, rowSum(parts.interaction)) + out,
      heat: Math.max(0, ...heat.map((norms, g) => back(norms, largest(parts.heat[g])))),
    };
  }

  private imagesOf(ket: ComplexVector): Images {
    const { layers, parts } = this;
    const { basis } = this.problem;
    const image = zeroVector(basis.dimension);
    const by = (a: SparseMatrix) => {
      applySparse(a, ket, image);
      return layerNorms(layers, basis, image);
    };
    const heat = parts.heat.map((energies) =>
      layerNorms(layers, basis, {
        re: ket.re.map((x, i) => x * energies[i]),
        im: ket.im.map((x, i) => x * energies[i]),
      }),
    );
    return { ket: layerNorms(layers, basis, ket), system: by(parts.system), interaction: by(parts.interaction), heat };
  }
}
