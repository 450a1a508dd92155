/** The truncated spaces of a family, one for each cutoff: what starts in them, how they are propagated, the memory they may use. */

import { assemble } from "../../fock/assemble.ts";
import type { Pattern } from "../../fock/hamiltonian.ts";
import { BasisTooLarge, reachableBasis } from "../../fock/reachableBasis.ts";
import type { Model } from "../../model/types.ts";
import { bytesText } from "../bytesText.ts";
import { chooseControlled, glanceFor } from "../controlled/controlledPropagators.ts";
import { SpaceGrowth } from "../cutoff/spaceGrowth.ts";
import { NeedsRoom, TooLargeError } from "../errors.ts";
import { subspacesOf } from "../evolve.ts";
import type { Experiment } from "../experiments/experiment.ts";
import { inUsersUnit, unitOf } from "../experiments/usersUnit.ts";
import { type Family, familyPattern, typicalPoint } from "../families/family.ts";
import { type FockStart, quantaOf } from "../families/start.ts";
import type { Ket, Space } from "../sector/evolution.ts";
import { reachOf } from "../sector/reach.ts";
import { occupiedLevels, stateKets } from "../sector/stateKets.ts";
import {
  choosePropagator,
  type PropagatorChoice,
  type SpaceShape,
  scaledShape,
  shapeOf,
  shapeWithoutMatrix,
} from "./propagators.ts";
import { bytesPerState, entriesPerRow, mostStates, simplexStates } from "./spaceMemory.ts";

/** Holds one space at a time: the one of the cutoff that was asked for last. */
export class Spaces {
  pattern: Pattern;
  cutoff = 0;
  dimension = 0;
  readonly model: Model;
  readonly family: Family;
  readonly tolerance: number;
  /** Bytes that may be used. */
  memory: number;
  /** Bytes that may be used while other runs go on beside this one. */
  room = Number.POSITIVE_INFINITY;
  /** Sectors are evolved in order to see how they fill their spaces, and for nothing else: as a trial does. */
  glances = false;
  /** Seconds that a sector may be expected to take: what would take longer is not begun. Throws NeedsRoom. */
  patience = Number.POSITIVE_INFINITY;
  /** Most quanta in a start: smaller cutoffs make no sense. */
  readonly startQuanta: number;
  /** What is asked of a sector instead of ρ_S(t). */
  readonly experiment: Experiment | undefined;
  /** Starts with more are left out. */
  protected mostQuanta = Number.POSITIVE_INFINITY;
  /** The eigenvectors of ρ_S(0) with their weights. */
  private readonly systemKets: readonly Ket[];
  private readonly startStates: readonly (readonly number[])[];
  private space: Space | null = null;
  /** The shape of the space: that of its matrix at the typical point. */
  private shape: { readonly space: Space; readonly found: SpaceShape } | null = null;
  private readonly growth = new SpaceGrowth();

  constructor(model: Model, family: Family, tolerance: number, memory: number, experiment?: Experiment) {
    this.experiment = experiment;
    this.model = model;
    this.family = family;
    this.tolerance = tolerance;
    this.memory = memory;
    this.pattern = familyPattern(family);
    this.systemKets = stateKets(model, this.pattern.modes);
    this.startStates = this.startsAt().map(({ occupations }) => occupations);
    this.startQuanta = Math.max(...this.startStates.map(quantaOf));
  }

  /** From now on a quantum of mode k takes weights[k] of the cutoff. */
  weighModes(weights: readonly number[]): void {
    this.pattern = { ...this.pattern, weights };
    this.space = null;
  }

  /** Nothing is cut off at this cutoff. */
  completeAt(cutoff: number): boolean {
    return this.spaceAt(cutoff).basis.complete;
  }

  /** How all sectors are propagated at a cutoff: by the shape of one of them, always the same one. */
  protected propagatorAt(cutoff: number, times: readonly number[]): PropagatorChoice {
    const space = this.spaceAt(cutoff);
    if (this.shape?.space !== space) {
      this.shape = { space, found: this.shapeOf(space) };
    }
    const { found } = this.shape;
    const choice = this.takenFor(found, times);
    const bytes = choice.bytes + this.bytesAt(space.basis.dimension);
    if (bytes > Math.min(this.room, this.memory)) throw this.tooLarge(space.basis.dimension, bytes);
    if (choice.seconds > this.patience) throw new NeedsRoom(`${choice.seconds} s`);
    return choice;
  }

  /** The same, or what a glance takes instead. */
  private takenFor(shape: SpaceShape, times: readonly number[]): PropagatorChoice {
    const choice = this.choiceFor(shape, times);
    const { protocol } = this.model;
    return protocol === undefined || !this.glances ? choice : glanceFor(protocol, shape, times, this.tolerance, choice);
  }

  /** Seconds that a sector evolved here should take at a cutoff, drawn from the space that was built last; 0 if none was. */
  expectedSeconds(cutoff: number, times: readonly number[]): number {
    const shape = this.expectedShape(cutoff);
    return shape === null ? 0 : wholeSeconds(this.takenFor(shape, times));
  }

  /** The same, with the space up to the cutoff built where none is known yet. */
  secondsAt(cutoff: number, times: readonly number[]): number {
    return this.space === null ? wholeSeconds(this.propagatorAt(cutoff, times)) : this.expectedSeconds(cutoff, times);
  }

  private shapeOf(space: Space): SpaceShape {
    const h = this.family.hamiltonian(typicalPoint(this.family));
    const unseen = shapeWithoutMatrix(space.basis, h);
    if (unseen !== null) return unseen;
    const matrix = assemble(space.basis, space.pattern, h);
    space.matrix ??= matrix;
    return shapeOf(matrix, space.basis.system, subspacesOf(space, matrix));
  }

  /** How a space of this shape is propagated to the times. */
  choiceFor(shape: SpaceShape, times: readonly number[]): PropagatorChoice {
    const { protocol } = this.model;
    const tolerance = 0.03 * this.tolerance;
    const choice =
      protocol === undefined
        ? choosePropagator(shape, this.ketCount, times, tolerance)
        : chooseControlled(
            ...([protocol, shape, this.ketCount, times, this.tolerance, this.memory] as const),
            this.experiment !== undefined,
          );
    const seconds = this.experiment?.secondsOf(choice, shape, this.ketCount, times.length);
    return seconds === undefined ? choice : { ...choice, seconds };
  }

  protected spaceAt(cutoff: number): Space {
    if (this.space?.basis.cutoff !== cutoff) {
      const levels = [...new Set(this.systemKets.flatMap((ket) => occupiedLevels(ket)))];
      const start = this.startStates
        .filter((occupations) => quantaOf(occupations) <= this.mostQuanta)
        .map((occupations) => ({ occupations, levels }));
      const limit = mostStates(this.pattern, Math.min(this.room, this.memory));
      try {
        const reach = reachOf(this.pattern, this.model.protocol);
        let basis = reachableBasis(reach, start, cutoff, limit);
        const more = this.experiment?.startsAgain?.(basis);
        if (more !== undefined) basis = reachableBasis(reach, more, cutoff, limit);
        this.space = { basis, pattern: this.pattern, matrix: null, kets: new Map() };
      } catch (error) {
        if (error instanceof BasisTooLarge) throw this.tooLarge(limit, this.memory);
        throw error;
      }
    }
    this.cutoff = cutoff;
    this.dimension = this.space.basis.dimension;
    this.growth.built(cutoff, this.dimension);
    return this.space;
  }

  /** Joint states of the whole simplex of excitations up to a cutoff: what can be reached at most. */
  expectedDimension(cutoff: number): number {
    if (this.space?.basis.cutoff === cutoff) return this.space.basis.dimension;
    return simplexStates(this.pattern, this.model.system.dimension, cutoff);
  }

  /** Matrix entries up to a cutoff, at most; found without building the matrix. */
  expectedEntries(cutoff: number): number {
    return this.expectedDimension(cutoff) * entriesPerRow(this.pattern);
  }

  /**
   * The shape of the space up to a cutoff, drawn from the one last built: its share of the simplex and the share of its
   * largest invariant subspace are taken to stay the same.
   */
  expectedShape(cutoff: number): SpaceShape | null {
    const built = this.space;
    if (built === null || this.shape?.space !== built) return null;
    const { found: shape } = this.shape;
    if (built.basis.cutoff === cutoff) return shape;
    const growth = built.basis.complete ? 1 : this.growth.between(this.pattern, built.basis.cutoff, cutoff);
    return scaledShape(shape, growth, (cutoff + 1) / (built.basis.cutoff + 1));
  }

  bytesAt(dimension: number): number {
    return dimension * bytesPerState(this.pattern);
  }

  /** Dimension of the matrices that an evolution gives. */
  protected get outcome(): number {
    return this.experiment?.dimension ?? this.model.system.dimension;
  }

  get ketCount(): number {
    return this.systemKets.length * this.startStates.length;
  }

  protected startsAt(point?: readonly number[]): readonly FockStart[] {
    const all = this.family.starts?.(point) ?? [{ weight: 1, occupations: new Array(this.pattern.modes).fill(0) }];
    return all.filter(({ occupations }) => quantaOf(occupations) <= this.mostQuanta);
  }

  /** Every state of S in the mixture with every start of the bosons that the space holds. */
  protected ketsOf(starts: readonly FockStart[]): Ket[] {
    return starts.flatMap(({ weight, occupations }) =>
      this.systemKets.map((ket) => ({ ...ket, weight: ket.weight * weight, occupations })),
    );
  }

  private tooLarge(states: number, bytes: number): Error {
    if (this.room < this.memory && bytes <= this.memory) return new NeedsRoom(`${bytes} bytes`);
    return new TooLargeError(
      `${this.pattern.modes} ${this.pattern.modes === 1 ? "mode needs" : "modes need"} more than ${states} states and ` +
        `${bytesText(bytes)} for a tolerance of ${inUsersUnit(this.tolerance, unitOf(this))}, and ` +
        `${bytesText(this.memory)} may be used. Ask for a larger tolerance or shorter times, ` +
        "or allow more memory.",
    );
  }
}

function wholeSeconds({ seconds, beside = 0 }: PropagatorChoice): number {
  return seconds + beside;
}
