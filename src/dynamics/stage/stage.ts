/** Where the sectors of one family are evolved. */

import { sameNumbers } from "../../algebra/sameNumbers.ts";
import type { MatrixSeries } from "../../algebra/series.ts";
import type { BosonHamiltonian } from "../../fock/hamiltonian.ts";
import type { Model } from "../../model/types.ts";
import type { WeightedPoint } from "../average/average.ts";
import { markLight } from "../average/lightSectors.ts";
import type { TrajectoryOptions } from "../controlled/trajectories.ts";
import type { Attempt } from "../cutoff/attempt.ts";
import { evolve } from "../evolve.ts";
import type { Experiment } from "../experiments/experiment.ts";
import type { Family } from "../families/family.ts";
import { samplePlaces } from "../sampleTimes.ts";
import type { Evolution } from "../sector/evolution.ts";
import type { BasisFilling } from "../sector/filling.ts";
import type { EvolutionInfo, Wanted } from "../sector/problem.ts";
import { evolutionOfParts, ketsPart } from "../sharing/ketParts.ts";
import type { Part } from "../sharing/part.ts";
import type { Range } from "../sharing/range.ts";
import { SectorSum } from "../sharing/sectorSum.ts";
import { unshared } from "../sharing/shared.ts";
import { type Chunk, cutIntoChunks, cutIntoRanges, type Sharing, type Work, type Workplace } from "../sharing/work.ts";
import type { Proof } from "./proof.ts";
import { Spaces } from "./spaces.ts";
import type { StageRecipe } from "./stageRecipe.ts";

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

/** What is proved to second order is mostly some ten times the square of what leaks to first order. */
const ofSquare = 10;

/**
 * What the cutoff is proved to cost: to second order where that may be `enough`; what it would be where trajectories are looked at
 * `insteadOf` a density matrix.
 */
function provedCost({ leaked, cost }: EvolutionInfo, enough: number, insteadOf: "density" | undefined): number {
  if (insteadOf === "density") return Math.min(leaked, ofSquare * leaked ** 2);
  return cost === null || leaked <= enough || leaked ** 2 > enough ? leaked : Math.min(leaked, cost());
}

/** The spaces of a family, and what its sectors come to in them. Throws TooLargeError. */
export class Stage extends Spaces implements Workplace {
  /** Of H to a vector, in sectors that were evolved to choose cutoffs and nodes. */
  applications = 0;
  /** Where sectors that weigh little are evolved, in smaller spaces: by how many quanta fewer they take. */
  private readonly lighter = new Map<number, Stage>();
  /** The one sector of a family without axes, already evolved to all times. */
  private whole: { readonly cutoff: number; readonly evolution: Evolution } | null = null;
  /** The sector that was evolved last. */
  private last: { readonly point: readonly number[]; readonly h: BosonHamiltonian } | null = null;
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
    super(model, family, tolerance, memory, experiment);
    this.certified = certified;
  }

  /**
   * Evolves one sector to the given times, to see whether the cutoff is high enough. What only `scouts` for a higher cutoff
   * is not proved anything where that would cost as much as the rest.
   */
  *attempt(
    point: readonly number[],
    cutoff: number,
    times: readonly number[],
    enough = 0,
    scouts = false,
  ): Sharing<StageAttempt> {
    const compared = samplePlaces(times, this.ketCount > 8 ? fewCompared : manyCompared);
    const looks = samplePlaces(compared, this.ketCount > 8 ? fewLooks : manyLooks).map((i) => compared[i]);
    const { basis } = this.spaceAt(cutoff);
    const { propagator, insteadOf } = this.propagatorAt(cutoff, times);
    const sparing = scouts && !basis.complete && propagator.kind === "krylov";
    const at = (places: readonly number[]) => (sparing ? places.map((place) => compared.indexOf(place)) : places);
    const asked = sparing ? compared.map((place) => times[place]) : times;
    const wanted = { bound: !sparing, enough, lookAt: at(looks), rough: true };
    const evolution = yield* this.probe(point, cutoff, asked, wanted);
    const { info } = evolution;
    let rho: MatrixSeries | null = null;
    let filling: BasisFilling | null = null;
    const final = times === this.model.times && this.family.axes === 0 && info.trajectories === 0 && !sparing;
    if (final) this.whole = { cutoff, evolution };
    return {
      get rho() {
        rho ??= evolution.sample(at(compared));
        return rho;
      },
      filling: () => {
        filling ??= info.filling();
        return filling;
      },
      proved: sparing ? Number.POSITIVE_INFINITY : provedCost(info, enough, insteadOf),
      complete: basis.complete,
      dimension: basis.dimension,
      entries: this.expectedShape(cutoff)?.entries ?? 0,
    };
  }

  override weighModes(weights: readonly number[]): void {
    super.weighModes(weights);
    this.whole = null;
  }

  /** What the sectors of a chunk add up to: the same, whatever this stage or another one evolved before. */
  part(chunk: Chunk): Part {
    const { points, cutoff, enough, times = this.model.times, only, wanted: told, unproved } = chunk;
    if (told !== undefined) {
      const [{ point }] = points;
      return ketsPart(this.evolve(point, cutoff, times, told, this.startsAt(point), only), this.howAt(cutoff));
    }
    const sum = new SectorSum(times, this.outcome, smallTerms * this.tolerance, unproved);
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

  /** Seconds that a sector is expected to take at a cutoff. */
  secondsEach(cutoff: number): number {
    return this.propagatorAt(cutoff, this.model.times).seconds;
  }

  /** A list of sectors in pieces, cut by what the problem says and nothing else. */
  chunks(points: readonly WeightedPoint[], cutoff: number, enough: number, unproved = false): readonly Chunk[] {
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
    return cutIntoChunks(all, cutoff, enough, seconds, 16 * this.model.times.length * this.outcome ** 2, unproved);
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
    return unshared(this.probe(point, cutoff, this.model.times, { bound: true }), this).info.leaked;
  }

  /**
   * One sector at all times; a bound on the leak below `enough` need not be sharpened. The only one of a family without axes
   * is kept: `part` takes it.
   */
  *sector(point: readonly number[], cutoff: number, enough: number): Sharing<Evolution> {
    if (this.whole?.cutoff === cutoff) return this.whole.evolution;
    const evolution = yield* this.probe(point, cutoff, this.model.times, { bound: true, enough });
    if (this.family.axes === 0 && evolution.info.trajectories === 0) this.whole = { cutoff, evolution };
    return evolution;
  }

  /** What is proved of one sector. */
  *proof(point: readonly number[], cutoff: number, enough: number): Sharing<Proof> {
    const { boundAt, leaked, propagation, proved } = (yield* this.sector(point, cutoff, enough)).info;
    const bound = boundAt === null ? leaked + propagation : boundAt().reduce((most, x) => Math.max(most, x), 0);
    return { bound, propagation, proved, complete: this.completeAt(cutoff) };
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
    const cut = only !== undefined && (plain.kind === "trajectories" || plain.kind === "krylov");
    const propagator = cut ? { ...plain, only } : plain;
    const space = this.spaceAt(cutoff);
    const h = this.hamiltonianAt(point);
    const kets = this.ketsOf(starts);
    const asked = { ...wanted, certified: this.certified };
    return this.experiment === undefined
      ? evolve(space, h, kets, times, propagator, asked, this.model.protocol)
      : this.experiment.evolve(space, h, kets, times, propagator, { ...asked, passing: false });
  }

  /** Evolves a sector to choose something by what it shows, its kets in parts where that pays. */
  private *probe(
    point: readonly number[],
    cutoff: number,
    times: readonly number[],
    wanted: Wanted,
  ): Sharing<Evolution> {
    const chunks = this.chunksOfKets(point, cutoff, times, wanted);
    const evolution =
      chunks.length < 2
        ? this.evolve(point, cutoff, times, wanted)
        : evolutionOfParts(this.spaceAt(cutoff).basis, yield chunks, wanted);
    this.applications += evolution.info.applications;
    return evolution;
  }

  /** The kets of a sector in pieces, cut by what the problem says and nothing else; one, or none, where they go together. */
  private chunksOfKets(
    point: readonly number[],
    cutoff: number,
    times: readonly number[],
    wanted: Wanted,
  ): readonly Chunk[] {
    const { propagator, seconds } = this.propagatorAt(cutoff, times);
    const alone = this.experiment !== undefined || this.model.protocol !== undefined || propagator.kind !== "krylov";
    if (alone) return [];
    const kets = this.ketsOf(this.startsAt(point)).length;
    const bytes = 16 * times.length * this.outcome ** 2 + 8 * this.spaceAt(cutoff).basis.fockCount;
    const own = times === this.model.times ? {} : { times };
    const chunk = { points: [{ point, weight: 1 }], cutoff, enough: wanted.enough ?? 0, wanted, ...own };
    return cutIntoRanges(kets, seconds, bytes).map((only) => ({ ...chunk, only }));
  }

  /** The Hamiltonian of a sector: the same one for all parts of it, for which more is known then. */
  private hamiltonianAt(point: readonly number[]): BosonHamiltonian {
    if (this.last === null || !sameNumbers(this.last.point, point)) {
      this.last = { point, h: this.family.hamiltonian(point) };
    }
    return this.last.h;
  }

  private howAt(cutoff: number): string {
    const { why, propagator } = this.propagatorAt(cutoff, this.model.times);
    return why ?? (propagator.kind === "spectral" ? "diagonalised" : "Krylov windows");
  }
}
