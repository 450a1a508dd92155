/** ρ_S(t) of a model for one size: model → sectors → evolve each → average. */

import { eigh } from "../algebra/hermitian.ts";
import type { MatrixSeries } from "../algebra/series.ts";
import type { Form, Model, Size } from "../model/types.ts";
import { averageBound, averagePoints, chooseNodes, type NodeChoices, type WeightedPoint } from "./average.ts";
import { type CutoffChoice, chooseCutoff, firstCutoff } from "./cutoff.ts";
import { ImpossibleRunError, TooLargeError } from "./errors.ts";
import { type Family, typicalPoint } from "./family.ts";
import { finiteFamily } from "./finiteFamily.ts";
import { type FormFamily, formFamily, leanestForm } from "./forms.ts";
import { meanField } from "./meanField.ts";
import { crampedModes, modeWeights } from "./modeWeights.ts";
import { nondemolition, nondemolitionBasis } from "./nondemolition.ts";
import { purifiedFamily } from "./purifiedFamily.ts";
import { nodeCount } from "./rules.ts";
import type { Progress, Run } from "./run.ts";
import { sampleTimes } from "./sampleTimes.ts";
import { spinBlockFamily } from "./spinBlockFamily.ts";
import { Stage, type Summed } from "./stage.ts";
import { thermalFamily } from "./thermalFamily.ts";
import { trialOf } from "./trial.ts";

export interface SimulateOptions {
  /** Wanted accuracy of every entry of ρ_S(t); default: the model's. */
  readonly tolerance?: number;
  /** Raise the cutoff until the proved bound, not the estimate, meets the tolerance. */
  readonly certified?: boolean;
  /** Bytes that the run may use; default 4 GiB. */
  readonly memory?: number;
  /** "closed" (default): closed forms where they apply. "fock": never. */
  readonly forms?: "closed" | "fock";
  /** The form of F in which the limit is run; default: the model's. One that is named is run in a Fock space. */
  readonly form?: Form;
}

const defaultMemory = 4 * 2 ** 30;

/** ρ_S(t) for `size` sites (Infinity for the limit). Throws TooLargeError, ImpossibleRunError. */
export function simulate(model: Model, size: Size, options: SimulateOptions = {}): Run {
  const steps = simulation(model, size, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, in steps: yields where it stands after each piece of work, so that the caller can show it, or stop. */
export function* simulation(model: Model, size: Size, options: SimulateOptions = {}): Generator<Progress, Run, void> {
  if (model.meanField.kept && model.meanField.matters && size === Number.POSITIVE_INFINITY) {
    throw new ImpossibleRunError(
      "With `center: keep` the mean field √M · (Σ c_q G_q + h.c.) grows without bound: there is no limit M = ∞. " +
        "Ask for finite sizes, or use `center: subtract`.",
    );
  }
  const began = performance.now();
  if (options.forms !== "fock" && wantedForm(model, size, options) === "auto") {
    const basis = nondemolitionBasis(model);
    if (basis !== null) return closedForm(model, size, nondemolition(model, size, basis), "nondemolition", began);
  }
  return yield* averagedRun(model, size, options, began);
}

/** The run with coupling ∝ 1/M, which has one size: the limit. */
export function meanFieldRun(model: Model): Run {
  return closedForm(model, Number.POSITIVE_INFINITY, meanField(model), "mean-field", performance.now());
}

function closedForm(
  model: Model,
  size: Size,
  rho: MatrixSeries,
  method: "nondemolition" | "mean-field",
  began: number,
): Run {
  const farthest = model.times.reduce((largest, t) => Math.max(largest, Math.abs(t)), 0);
  const largest = Math.max(...eigh(model.system.hamiltonian).values.map(Math.abs));
  const rounding = Number.EPSILON * (64 + 4 * largest * farthest);
  return {
    size,
    rho,
    error: {
      tolerance: model.tolerance,
      estimate: rounding,
      bound: rounding,
      converged: rounding <= model.tolerance,
      parts: { truncation: 0, propagation: rounding, average: 0 },
    },
    method,
    path: method === "nondemolition" ? "closed form: S only dephases" : "closed form: S alone in the mean field",
    cost: {
      modes: 0,
      cutoff: 0,
      dimension: model.system.dimension,
      sectors: 1,
      applications: 0,
      seconds: since(began),
    },
    warnings: [],
  };
}

function* averagedRun(
  model: Model,
  size: Size,
  options: SimulateOptions,
  began: number,
): Generator<Progress, Run, void> {
  const tolerance = options.tolerance ?? model.tolerance;
  const memory = options.memory ?? defaultMemory;
  const report = (stage: Stage, doing: Progress["stage"], done: number, total: number): Progress => ({
    size,
    stage: doing,
    cutoff: stage.cutoff,
    dimension: stage.dimension,
    done,
    total,
    seconds: since(began),
  });

  const start = startingFamily(model, size, options);
  const { stage, family, choice, nodes, points, dropped, exact } = yield* plan(
    model,
    size,
    start.family,
    tolerance,
    memory,
    report,
  );
  let { cutoff } = choice;
  let sum: Summed;
  for (;;) {
    sum = yield* relay(stage.sum(points, cutoff, typicalPoint(family)), (done) =>
      report(stage, "sectors", done, points.length),
    );
    const reached = sum.leaked + sum.propagation + start.bound;
    if (options.certified !== true || reached <= tolerance || sum.complete) break;
    cutoff += 2;
  }
  const parts = {
    // What a chain leaves out is cut off from F, as states are from the Fock space.
    truncation: truncationEstimate(choice, sum) + start.bound,
    propagation: sum.propagation,
    average: (exact ? 0 : nodes.estimate) + dropped + sum.omitted,
  };
  const estimate = parts.truncation + parts.propagation + parts.average;
  const farthest = model.times.reduce((largest, t) => Math.max(largest, Math.abs(t)), 0);
  const missed = exact || family.axes === 0 ? 0 : averageBound(family, nodes.choices, farthest);
  const bound = missed === null ? null : sum.leaked + sum.propagation + dropped + sum.omitted + missed + start.bound;
  const reached = options.certified === true ? (bound ?? Number.POSITIVE_INFINITY) : estimate;
  return {
    size,
    rho: sum.rho,
    error: { tolerance, estimate, bound, converged: reached <= tolerance, parts },
    method: "fock",
    path: `${family.path}; ${stage.how}`,
    cost: {
      modes: stage.pattern.modes,
      cutoff,
      dimension: stage.dimension,
      sectors: points.length,
      applications: stage.applications,
      seconds: since(began),
    },
    warnings: [],
  };
}

/**
 * The cutoff was chosen in one sector; the others are taken to err as they leak. Where that one does not leak at all it
 * says nothing of them, and the proved bound stands for the estimate.
 */
function truncationEstimate(choice: CutoffChoice, sum: Summed): number {
  if (sum.complete || sum.leaked === 0) return 0;
  if (sum.leakRatio === Number.POSITIVE_INFINITY) return sum.leaked;
  return Math.min(sum.leaked, choice.difference * Math.max(1, sum.leakRatio));
}

/** Everything that is settled before the sectors are evolved to all times. */
interface Plan {
  readonly family: Family;
  readonly stage: Stage;
  readonly choice: CutoffChoice;
  readonly nodes: NodeChoices;
  readonly points: readonly WeightedPoint[];
  readonly dropped: number;
  /** The average is the exact sum. */
  readonly exact: boolean;
  /** Matrix entries over all sectors: what an application of H costs. */
  readonly entries: number;
}

type Report = (stage: Stage, doing: Progress["stage"], done: number, total: number) => Progress;

/** The cheapest family for the size, its cutoff and its points. */
function* plan(
  model: Model,
  size: Size,
  grouped: Family,
  tolerance: number,
  memory: number,
  report: Report,
): Generator<Progress, Plan, void> {
  if (size === Number.POSITIVE_INFINITY || grouped.axes < 2) {
    return yield* planFamily(model, grouped, tolerance, memory, report);
  }
  // With three and more occupied levels the average has many sectors: purified sites may need one space instead.
  const purified = purifiedFamily(model, size);
  const averaged = yield* planFamily(model, grouped, tolerance, memory, report);
  const stage = new Stage(model, purified, tolerance, memory);
  if (stage.expectedEntries(averaged.choice.cutoff) > averaged.entries) return averaged;
  // Its modes climb higher than those of the sectors: it gets as much room as the sectors have in all.
  const room = Math.min(memory, 24 * averaged.entries + 2 ** 20);
  try {
    const whole = yield* planFamily(model, purified, tolerance, room, report);
    return whole.entries < averaged.entries ? whole : averaged;
  } catch (error) {
    if (error instanceof TooLargeError) return averaged;
    throw error;
  }
}

/** The form that is asked for; finite sizes have no F, and hence no form. */
export function wantedForm(model: Model, size: Size, options: SimulateOptions): Form {
  return size === Number.POSITIVE_INFINITY ? (options.form ?? model.form ?? "auto") : "auto";
}

/** The family that a run starts from, with what it leaves out. Throws ImpossibleRunError where the form does not exist. */
export function startingFamily(model: Model, size: Size, options: SimulateOptions): FormFamily {
  const tolerance = options.tolerance ?? model.tolerance;
  const form = wantedForm(model, size, options);
  if (form !== "auto") return formFamily(model, form, tolerance);
  const limit = size === Number.POSITIVE_INFINITY;
  const vacuum = limit ? leanestForm(model, tolerance) : { family: finiteFamily(model, size), bound: 0 };
  const mixed = limit ? thermalFamily(model, tolerance) : spinBlockFamily(model, size, tolerance);
  const memory = options.memory ?? defaultMemory;
  return mixed === null || cheaperFamily(vacuum.family, mixed, model, tolerance, memory) === vacuum.family
    ? vacuum
    : { family: mixed, bound: 0 };
}

/** Bosons in their vacuum, or fewer bosons with a mixed start: what a small trial says is cheaper. */
function cheaperFamily(vacuum: Family, mixed: Family, model: Model, tolerance: number, memory: number): Family {
  const cost = (family: Family) => {
    const sectors = Math.min(12, family.exactSectors);
    return sectors * (trialOf(new Stage(model, family, tolerance, memory)).choice?.seconds ?? 0);
  };
  return cost(mixed) < cost(vacuum) ? mixed : vacuum;
}

function* planFamily(
  model: Model,
  family: Family,
  tolerance: number,
  memory: number,
  report: Report,
): Generator<Progress, Plan, void> {
  const stage = new Stage(model, family, tolerance, memory);
  const checked = sampleTimes(model.times, stage.ketCount > 8 ? 12 : 48);
  const choice = yield* settleCutoff(stage, typicalPoint(family), checked, 0.3 * tolerance, report);

  const pilotTimes = sampleTimes(model.times, stage.ketCount > 8 ? 5 : 8);
  const pilotCutoff = Math.max(Math.min(4, choice.cutoff), Math.ceil(0.6 * choice.cutoff), stage.startQuanta);
  const nodes = chooseNodes(family, (point) => stage.flat(point, pilotCutoff, pilotTimes), 0.3 * tolerance);
  const exact = family.exactSectors <= nodes.choices.reduce((product, choice) => product * nodeCount(choice), 1);
  const wanted = exact ? nodes.choices.map(() => ({ nodes: Number.POSITIVE_INFINITY })) : nodes.choices;
  const { points, dropped } = averagePoints(family, wanted, 0.03 * tolerance);
  const entries = points.length * choice.attempt.entries;
  return { family, stage, choice, nodes, points, dropped, exact, entries };
}

/** With fewer modes than this, or fewer quanta to share, weighing modes saves nothing. */
const fewestWeighed = 3;
const fewestQuanta = 8;

/** Weighs the modes by a small trial, then raises the cutoff; modes that turn out cramped are given more room. */
function* settleCutoff(
  stage: Stage,
  point: readonly number[],
  times: readonly number[],
  tolerance: number,
  report: Report,
): Generator<Progress, CutoffChoice, void> {
  let { capacity } = stage.family;
  let first = Math.max(firstCutoff, stage.startQuanta + 2);
  if (stage.pattern.modes >= fewestWeighed && capacity >= fewestQuanta) {
    const trial = stage.attempt(point, firstCutoff, times);
    const weights = modeWeights(trial.modeShells, tolerance);
    if (!trial.complete && weights.some((weight) => weight > 1)) {
      stage.weighModes(weights);
      // Heights are no longer numbers of quanta: the space itself says when it is complete.
      capacity = Number.POSITIVE_INFINITY;
    }
  }
  for (;;) {
    const search = chooseCutoff((n) => stage.attempt(point, n, times), tolerance, capacity, first);
    const choice = yield* relay(search, () => report(stage, "cutoff", 0, 1));
    const { weights } = stage.pattern;
    const cramped = crampedModes(choice.attempt.modeShells, weights, choice.cutoff, tolerance);
    if (choice.attempt.complete || cramped.length === 0) return choice;
    stage.weighModes(weights.map((weight, k) => (cramped.includes(k) ? Math.max(1, 0.6 * weight) : weight)));
    first = Math.max(first, choice.cutoff - 2);
  }
}

/** Runs a search to its end, yielding a report for each of its steps. */
function* relay<Step, Value>(
  steps: Generator<Step, Value, void>,
  say: (step: Step) => Progress,
): Generator<Progress, Value, void> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield say(step.value);
  }
}

function since(began: number): number {
  return (performance.now() - began) / 1000;
}
