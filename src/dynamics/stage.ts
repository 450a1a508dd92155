/** Where the sectors of one family are evolved: the truncated spaces, the starting kets, and the memory they may use. */

import type { MatrixSeries } from "../algebra/series.ts";
import { assemble } from "../fock/assemble.ts";
import { BasisTooLarge, reachableBasis } from "../fock/basis.ts";
import type { Pattern } from "../fock/hamiltonian.ts";
import type { Model } from "../model/types.ts";
import type { Attempt } from "./attempt.ts";
import type { WeightedPoint } from "./average.ts";
import { chooseControlled } from "./controlledPropagators.ts";
import { NeedsRoom, TooLargeError } from "./errors.ts";
import { type Evolution, evolve, type Ket, type Space, subspacesOf } from "./evolve.ts";
import type { Experiment } from "./experiment.ts";
import { type Family, familyPattern, typicalPoint } from "./family.ts";
import type { BasisFilling } from "./filling.ts";
import { markLight } from "./lightSectors.ts";
import type { Part } from "./part.ts";
import type { EvolutionInfo, Wanted } from "./problem.ts";
import type { Proof } from "./proof.ts";
import {
  choosePropagator,
  type PropagatorChoice,
  type SpaceShape,
  scaledShape,
  shapeOf,
  shapeWithoutMatrix,
} from "./propagators.ts";
import { reachOf } from "./reach.ts";
import { samplePlaces } from "./sampleTimes.ts";
import { SectorSum } from "./sectorSum.ts";
import { SpaceGrowth } from "./spaceGrowth.ts";
import { bytesPerState, entriesPerRow, mostStates, simplexStates } from "./spaceMemory.ts";
import type { StageRecipe } from "./stageRecipe.ts";
import { type FockStart, quantaOf } from "./start.ts";
import { occupiedLevels, stateKets } from "./stateKets.ts";
import type { Range, TrajectoryOptions } from "./trajectories.ts";
import { type Chunk, cutIntoChunks, type Work } from "./work.ts";

/** Times at which two cutoffs are compared, with many kets fewer; and those of them at which the filling is looked at. */
const manyCompared = 47;
const fewCompared = 12;
const manyLooks = 24;
const fewLooks = 8;

/** Share of the tolerance for terms that are too small to be added up. */
const smallTerms = 0.004;

/** Share of the tolerance for starts that are left out, as in the families. */
const omittedStarts = 0.03;

/** Lists of sectors that are worth groups by their weights, and spaces of which several may be held at once. */
const fewestWeighed = 12;
const mostStatesWeighed = 512;

interface StageAttempt extends Attempt {
  filling(): BasisFilling;
}

/** What the cutoff is proved to cost: to second order where that may be `enough`, which is mostly some ten times the square of the first. */
function provedCost({ leaked, cost }: EvolutionInfo, enough: number): number {
  return cost === null || leaked <= enough || leaked ** 2 > enough ? leaked : Math.min(leaked, cost());
}

/** The spaces, one for each cutoff, in which the sectors of a family are evolved. Throws TooLargeError. */
export class Stage {
  pattern: Pattern;
  cutoff = 0;
  dimension = 0;
  /** Of H to a vector, in sectors that were evolved to choose cutoffs and nodes. */
  applications = 0;
  readonly model: Model;
  readonly family: Family;
  readonly tolerance: number;
  /** Bytes that may be used. */
  memory: number;
  /** Bytes that may be used while other runs go on beside this one. */
  room = Number.POSITIVE_INFINITY;
  /** The eigenvectors of ρ_S(0) with their weights. */
  private readonly systemKets: readonly Ket[];
  /** Most quanta in a start: smaller cutoffs make no sense. */
  readonly startQuanta: number;
  private readonly startStates: readonly (readonly number[])[];
  /** Starts with more are left out. */
  private mostQuanta = Number.POSITIVE_INFINITY;
  private space: Space | null = null;
  /** Where sectors that weigh little are evolved, in smaller spaces: by how many quanta fewer they take. */
  private readonly lighter = new Map<number, Stage>();
  /** The shape of the space: that of its matrix at the typical point. */
  private shape: { readonly space: Space; readonly found: SpaceShape } | null = null;
  private readonly growth = new SpaceGrowth();
  /** The one sector of a family without axes, already evolved to all times. */
  private whole: { readonly cutoff: number; readonly evolution: Evolution } | null = null;

  /** What is asked of a sector instead of ρ_S(t). */
  private readonly experiment: Experiment | undefined;

  /** The proved bounds are what counts. */
  private readonly certified: boolean;

  constructor(
    model: Model,
    family: Family,
    tolerance: number,
    memory: number,
    experiment?: Experiment,
    certified = false,
  ) {
    this.experiment = experiment;
    this.certified = certified;
    this.model = model;
    this.family = family;
    this.tolerance = tolerance;
    this.memory = memory;
    this.pattern = familyPattern(family);
    this.systemKets = stateKets(model, this.pattern.modes);
    this.startStates = this.startsAt().map(({ occupations }) => occupations);
    this.startQuanta = Math.max(...this.startStates.map(quantaOf));
  }

  /**
   * Evolves one sector to the given times, to see whether the cutoff is high enough. What only `scouts` for a higher cutoff
   * is not proved anything where that would cost as much as the rest.
   */
  attempt(
    point: readonly number[],
    cutoff: number,
    times: readonly number[],
    enough = 0,
    scouts = false,
  ): StageAttempt {
    const compared = samplePlaces(times, this.ketCount > 8 ? fewCompared : manyCompared);
    const looks = samplePlaces(compared, this.ketCount > 8 ? fewLooks : manyLooks).map((i) => compared[i]);
    const { basis } = this.spaceAt(cutoff);
    const sparing = scouts && !basis.complete && this.propagatorAt(cutoff, times).propagator.kind === "krylov";
    const at = (places: readonly number[]) => (sparing ? places.map((place) => compared.indexOf(place)) : places);
    const asked = sparing ? compared.map((place) => times[place]) : times;
    const evolution = this.probe(point, cutoff, asked, { bound: !sparing, enough, lookAt: at(looks), rough: true });
    const { info } = evolution;
    let rho: MatrixSeries | null = null;
    const final = times === this.model.times && this.family.axes === 0 && info.trajectories === 0 && !sparing;
    if (final) this.whole = { cutoff, evolution };
    const { filling } = info;
    return {
      get rho() {
        rho ??= evolution.sample(at(compared));
        return rho;
      },
      filling,
      proved: sparing ? Number.POSITIVE_INFINITY : provedCost(info, enough),
      complete: basis.complete,
      dimension: basis.dimension,
      entries: this.shape?.found.entries ?? 0,
    };
  }

  /** From now on a quantum of mode k takes weights[k] of the cutoff. */
  weighModes(weights: readonly number[]): void {
    this.pattern = { ...this.pattern, weights };
    this.space = null;
    this.whole = null;
  }

  /** What the sectors of a chunk add up to: the same, whatever this stage or another one evolved before. */
  part({ points, cutoff, enough, times = this.model.times, only }: Chunk): Part {
    const sum = new SectorSum(times, this.outcome, smallTerms * this.tolerance);
    const { whole } = this;
    const full = times === this.model.times;
    for (const { point, weight, light } of points) {
      const known = whole?.cutoff === cutoff;
      const stage = light === undefined ? this : this.lighterBy(light.fewer);
      const starts = stage.startsAt(point);
      const wanted = full ? { bound: true, enough: enough * (light?.slack ?? 1) } : { rough: true };
      const own = cutoff - (light?.fewer ?? 0);
      const evolution = known
        ? whole.evolution
        : stage.evolve(point, own, times, { ...wanted, passing: true }, starts, only);
      const omitted = Math.max(0, 1 - starts.reduce((total, start) => total + start.weight, 0));
      // What was evolved already was counted then.
      sum.add(evolution, weight, omitted, known ? 0 : evolution.info.applications);
    }
    return sum.finish(this.howAt(cutoff));
  }

  /** Where sectors are evolved that take starts with so many quanta fewer. */
  private lighterBy(fewer: number): Stage {
    const { model, family, tolerance, memory } = this;
    const stage = this.lighter.get(fewer) ?? new Stage(model, family, tolerance, memory);
    stage.mostQuanta = this.startQuanta - fewer;
    this.lighter.set(fewer, stage);
    return stage;
  }

  /** By how many trajectories, and how accurately, sectors are followed at a cutoff; null where they are not. */
  trajectoriesAt(cutoff: number): (TrajectoryOptions & { readonly secondsEach: number }) | null {
    const { propagator, seconds, evolutions = 1 } = this.propagatorAt(cutoff, this.model.times);
    return propagator.kind === "trajectories" ? { ...propagator, secondsEach: seconds / evolutions } : null;
  }

  /** A list of sectors in pieces, cut by what the problem says and nothing else. */
  chunks(points: readonly WeightedPoint[], cutoff: number, enough: number): readonly Chunk[] {
    const { seconds, propagator } = this.propagatorAt(cutoff, this.model.times);
    const alike =
      points.length < fewestWeighed ||
      this.dimension > mostStatesWeighed ||
      this.certified ||
      this.experiment !== undefined ||
      propagator.kind !== "spectral" ||
      this.pattern.weights.some((weight) => weight !== 1) ||
      this.completeAt(cutoff);
    const all = alike ? points : markLight(points, this.startsAt(), omittedStarts * this.tolerance);
    return cutIntoChunks(all, cutoff, enough, seconds, 16 * this.model.times.length * this.outcome ** 2);
  }

  /** True if nothing is left to evolve: the one sector of a family without axes was evolved to all times. */
  knows({ cutoff }: Chunk): boolean {
    return this.whole?.cutoff === cutoff;
  }

  /** Pieces that are to be evolved, and what it takes. At least one. */
  work(chunks: readonly Chunk[], recipe: StageRecipe): Work {
    const [{ cutoff, times = this.model.times, only }] = chunks;
    const { seconds: all, bytes, evolutions = 1 } = this.propagatorAt(cutoff, times);
    const seconds = only === undefined ? all : (all / evolutions) * (only.to - only.from);
    return {
      chunks,
      times,
      recipe: { ...recipe, room: Number.POSITIVE_INFINITY, weights: this.pattern.weights },
      secondsEach: seconds,
      bytes: bytes + this.bytesAt(this.dimension),
      evaluate: (chunk) => this.part(chunk),
    };
  }

  /** The proved bound on what leaks out of one sector. */
  leakAt(point: readonly number[], cutoff: number): number {
    return this.probe(point, cutoff, this.model.times, { bound: true }).info.leaked;
  }

  /** What is proved of one sector, at all times; a bound on the leak below `enough` need not be sharpened. */
  proof(point: readonly number[], cutoff: number, enough: number): Proof {
    const known = this.whole?.cutoff === cutoff ? this.whole.evolution : null;
    const evolution = known ?? this.probe(point, cutoff, this.model.times, { bound: true, enough });
    if (this.family.axes === 0 && evolution.info.trajectories === 0) this.whole = { cutoff, evolution };
    const { boundAt, leaked, propagation, proved } = evolution.info;
    const bound = boundAt === null ? leaked + propagation : boundAt().reduce((most, x) => Math.max(most, x), 0);
    return { bound, propagation, proved, complete: this.completeAt(cutoff) };
  }

  /** Nothing is cut off at this cutoff. */
  completeAt(cutoff: number): boolean {
    return this.spaceAt(cutoff).basis.complete;
  }

  private evolve(
    point: readonly number[],
    cutoff: number,
    times: readonly number[],
    wanted: Wanted,
    starts = this.startsAt(point),
    only?: Range,
  ): Evolution {
    const { propagator: plain } = this.propagatorAt(cutoff, times);
    const propagator = plain.kind === "trajectories" && only !== undefined ? { ...plain, only } : plain;
    const space = this.spaceAt(cutoff);
    const h = this.family.hamiltonian(point);
    const kets = this.ketsOf(starts);
    const asked = { ...wanted, certified: this.certified };
    return this.experiment === undefined
      ? evolve(space, h, kets, times, propagator, asked, this.model.protocol)
      : this.experiment.evolve(space, h, kets, times, propagator, { ...asked, passing: false });
  }

  /** Evolves a sector to choose something by what it shows. */
  private probe(point: readonly number[], cutoff: number, times: readonly number[], wanted: Wanted): Evolution {
    const evolution = this.evolve(point, cutoff, times, wanted);
    this.applications += evolution.info.applications;
    return evolution;
  }

  /** How all sectors are propagated at a cutoff: by the shape of one of them, always the same one. */
  private propagatorAt(cutoff: number, times: readonly number[]): PropagatorChoice {
    const space = this.spaceAt(cutoff);
    if (this.shape?.space !== space) {
      this.shape = { space, found: this.shapeOf(space) };
    }
    const { found } = this.shape;
    const choice = this.choiceFor(found, times);
    const bytes = choice.bytes + this.bytesAt(space.basis.dimension);
    if (bytes > Math.min(this.room, this.memory)) throw this.tooLarge(space.basis.dimension, bytes);
    return choice;
  }

  private shapeOf(space: Space): SpaceShape {
    const h = this.family.hamiltonian(typicalPoint(this.family));
    const unseen = shapeWithoutMatrix(space.basis, h);
    if (unseen !== null) return unseen;
    const matrix = assemble(space.basis, space.pattern, h);
    space.matrix ??= matrix;
    return shapeOf(matrix, space.basis.system, subspacesOf(space, matrix));
  }

  private howAt(cutoff: number): string {
    const { why, propagator } = this.propagatorAt(cutoff, this.model.times);
    return why ?? (propagator.kind === "spectral" ? "diagonalised" : "Krylov windows");
  }

  /** How a space of this shape is propagated to the times. */
  choiceFor(shape: SpaceShape, times: readonly number[]): PropagatorChoice {
    const { protocol } = this.model;
    const tolerance = 0.03 * this.tolerance;
    return protocol === undefined
      ? choosePropagator(shape, this.ketCount, times, tolerance)
      : chooseControlled(
          ...([protocol, shape, this.ketCount, times, this.tolerance, this.memory] as const),
          this.experiment !== undefined,
        );
  }

  private spaceAt(cutoff: number): Space {
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
  private get outcome(): number {
    return this.experiment?.dimension ?? this.model.system.dimension;
  }

  get ketCount(): number {
    return this.systemKets.length * this.startStates.length;
  }

  private startsAt(point?: readonly number[]): readonly FockStart[] {
    const all = this.family.starts?.(point) ?? [{ weight: 1, occupations: new Array(this.pattern.modes).fill(0) }];
    return all.filter(({ occupations }) => quantaOf(occupations) <= this.mostQuanta);
  }

  /** Every state of S in the mixture with every start of the bosons that the space holds. */
  private ketsOf(starts: readonly FockStart[]): Ket[] {
    return starts.flatMap(({ weight, occupations }) =>
      this.systemKets.map((ket) => ({ ...ket, weight: ket.weight * weight, occupations })),
    );
  }

  private tooLarge(states: number, bytes: number): Error {
    if (this.room < this.memory && bytes <= this.memory) return new NeedsRoom(`${bytes} bytes`);
    const gib = (x: number) => `${(x / 2 ** 30).toPrecision(3)} GiB`;
    return new TooLargeError(
      `${this.pattern.modes} modes need more than ${states} states and ${gib(bytes)} for a tolerance of ` +
        `${this.tolerance}, and ${gib(this.memory)} may be used. Ask for a larger tolerance or shorter times, ` +
        "or allow more memory.",
    );
  }
}
