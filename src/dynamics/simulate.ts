/** ρ_S(t) of a model for one size: model → sectors → evolve each → average. */

import { maxDifference, zeroSeries } from "../algebra/series.ts";
import { farthestOf } from "../algebra/timeParts.ts";
import { roundedNumbers } from "../model/siteNumbers.ts";
import type { Form, Model, Size } from "../model/types.ts";
import type { Averaged } from "./average/averaged.ts";
import { average } from "./average/averaging.ts";
import { exactFamily, startingFamily, wantedForm } from "./choice/startingFamily.ts";
import { aloneFamily, meanField } from "./closed/meanField.ts";
import { type Dephased, dephased, dephasing } from "./closed/nondemolition.ts";
import { type Certified, certifiedAverage, lostToRounding, onlyRounding } from "./cutoff/certify.ts";
import { defaultMemory } from "./defaultMemory.ts";
import { ImpossibleRunError, TooLargeError } from "./errors.ts";
import type { Experiment } from "./experiments/experiment.ts";
import { magnifiedRun } from "./experiments/magnifiedRun.ts";
import { unitOf } from "./experiments/usersUnit.ts";
import { type Family, typicalPoint } from "./families/family.ts";
import type { FormFamily } from "./families/forms.ts";
import { siteSlips } from "./families/siteSlips.ts";
import { enoughLeak, plan } from "./plan.ts";
import type { Plan, Report } from "./planned.ts";
import type { Run, RunError } from "./run.ts";
import type { Account } from "./sharing/part.ts";
import type { Summed } from "./sharing/summed.ts";
import type { Steps } from "./sharing/work.ts";
import { Stage } from "./stage/stage.ts";
import { firstTimes } from "./witnessTimes.ts";

export interface SimulateOptions {
  /** Wanted accuracy of every entry of ρ_S(t); default: the model's. */
  readonly tolerance?: number;
  /**
   * true: raise the cutoff until the proved bound, not the estimate, meets the tolerance. false: take no longer for a bound, so that
   * averages over numbers of sites are of as few sectors as agree. Left out: sum over all sectors where that is soon done, which is
   * proved.
   */
  readonly certified?: boolean;
  /** Bytes that the run may use; default 4 GiB. */
  readonly memory?: number;
  /** Bytes that it may use while other runs of a crew go on beside it: beyond these the crew begins it anew, alone. */
  readonly room?: number;
  /** "closed" (default): closed forms where they apply. "fock": never. */
  readonly forms?: "closed" | "fock";
  /** The form of F in which the limit is run; default: the model's. One that is named is run in a Fock space. */
  readonly form?: Form;
}

/** ρ_S(t) for `size` sites (Infinity for the limit). Throws TooLargeError, ImpossibleRunError. */
export function simulate(model: Model, size: Size, options: SimulateOptions = {}): Run {
  const steps = simulation(model, size, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * The same, in steps: yields where it stands after each piece of work, so that the caller can show it, or stop. The `work` that
 * some steps have is for crews; what nobody else does is done by the next step.
 */
export function* simulation(model: Model, size: Size, options: SimulateOptions = {}): Steps<Run> {
  requirePossible(model, size);
  const began = performance.now();
  const free = wantedForm(model, size, options.form) === "auto";
  const only = options.forms !== "fock" && free ? dephasing(model) : null;
  if (only !== null) return closedForm(model, size, dephased(model, size, only), "nondemolition", began, options);
  return yield* averagedRun(model, size, options, began);
}

/**
 * The same for what an experiment finds in each sector: `rho` of the run is its matrices, at the model's times, averaged
 * over the sectors, each entry to the tolerance.
 */
export function* experimentRun(
  model: Model,
  size: Size,
  experiment: Experiment,
  options: SimulateOptions = {},
): Steps<Run> {
  requirePossible(model, size);
  const { unit } = experiment;
  const tolerance = options.tolerance ?? model.tolerance;
  const inUnit = { ...options, tolerance: tolerance / unit };
  const run = yield* averagedRun(model, size, inUnit, performance.now(), experiment);
  return magnifiedRun(run, unit, tolerance);
}

function requirePossible(model: Model, size: Size): void {
  if (model.meanField.kept && model.meanField.matters && size === Number.POSITIVE_INFINITY) {
    throw new ImpossibleRunError(
      "With `center: keep` the mean field √M · (Σ c_q G_q + h.c.) grows without bound: there is no limit M = ∞. " +
        "Ask for finite sizes, or use `center: subtract`.",
    );
  }
}

/** The run with coupling ∝ 1/M, which has one size: the limit. */
export function meanFieldRun(model: Model): Run {
  if (model.protocol !== undefined) return controlledMeanField(model);
  return closedForm(model, Number.POSITIVE_INFINITY, meanField(model), "mean-field", performance.now());
}

/** S alone, with what is done to it from outside. */
function controlledMeanField(model: Model): Run {
  const began = performance.now();
  const { tolerance } = model;
  const stage = new Stage(model, aloneFamily(model), tolerance, defaultMemory);
  const sum = stage.part({ points: [{ point: [], weight: 1 }], cutoff: 0, enough: 0 });
  const propagation = sum.propagation + sum.sampling;
  const proved = sum.proved ? provedErrors(sum.boundAt) : nothingProved;
  return {
    size: Number.POSITIVE_INFINITY,
    rho: sum.rho,
    error: {
      tolerance,
      estimate: propagation,
      ...proved,
      converged: propagation <= tolerance,
      parts: { truncation: 0, propagation, average: 0 },
    },
    method: "mean-field",
    path: `S alone in the mean field; ${sum.how}`,
    cost: {
      modes: 0,
      cutoff: 0,
      dimension: stage.dimension,
      sectors: 1,
      applications: sum.applications,
      seconds: since(began),
    },
    warnings: sum.trajectories > 0 ? [trajectoryNote(sum, sum, model)] : [],
  };
}

function closedForm(
  model: Model,
  size: Size,
  { rho, boundAt }: Dephased,
  method: "nondemolition" | "mean-field",
  began: number,
  { tolerance = model.tolerance, certified = false }: SimulateOptions = {},
): Run {
  const proved = provedErrors(boundAt);
  const rounding = proved.bound;
  return {
    size,
    rho,
    error: {
      tolerance,
      estimate: rounding,
      ...proved,
      converged: rounding <= tolerance,
      parts: { truncation: 0, propagation: rounding, average: 0 },
    },
    method,
    path: method === "nondemolition" ? dephasingPath(model) : "closed form: S alone in the mean field",
    cost: {
      modes: 0,
      cutoff: 0,
      dimension: model.system.dimension,
      sectors: 1,
      applications: 0,
      seconds: since(began),
    },
    warnings: [
      ...roundingWarnings(model, size),
      ...(certified && rounding > tolerance ? [onlyRounding(rounding)] : []),
    ],
  };
}

/** How the closed form of dephasing is told of. */
export function dephasingPath({ protocol }: Model): string {
  return protocol === undefined ? "closed form: S only dephases" : "closed form: S only dephases, from pulse to pulse";
}

function* averagedRun(
  model: Model,
  size: Size,
  options: SimulateOptions,
  began: number,
  experiment?: Experiment,
): Steps<Run> {
  const tolerance = options.tolerance ?? model.tolerance;
  const memory = options.memory ?? defaultMemory;
  const report: Report = (stage, doing, done, total) => ({
    size,
    stage: doing,
    cutoff: stage.cutoff,
    dimension: stage.dimension,
    done,
    total,
    seconds: since(began),
  });

  const certified = options.certified === true;
  const start =
    experiment === undefined
      ? startingFamily(model, size, options.form, tolerance, memory, certified)
      : exactFamily(model, size, options.form, tolerance, memory, experiment, certified);
  const slips = siteSlips(model, size);
  const developed = experiment?.averagedSince ?? 0;
  const slipsAt = (t: number) => slips.atMost(Math.abs(t) + developed);
  const settled = yield* plan(
    model,
    size,
    start,
    tolerance,
    memory,
    report,
    experiment,
    options.certified,
    options.room,
  );
  const { stage, family } = settled;
  const estimated = certified ? null : yield* estimatedAverage(settled, tolerance, report);
  const provenOf = (one: Averaged) => provedOf(model.times, start, family, one, slipsAt, experiment);
  const found = estimated ?? (yield* certifiedAverage(settled, tolerance, report, provenOf));
  const { averaged, cutoff, applications, refused } = found;
  const { sum, account, dropped } = averaged;
  const whole = family.axes === 0 && sum.omitted === 0;
  const provable = experiment?.averagedSince !== null || whole;
  const proved = (provable ? provenOf(averaged) : null) ?? nothingProved;
  const rounding = sum.propagation + slips.likely(farthestOf(model.times) + developed);
  const parts = withinBound(
    {
      // What a chain leaves out is cut off from F, as states are from the Fock space.
      truncation: (estimated?.truncation ?? truncationEstimate(settled, sum, cutoff, tolerance)) + start.bound,
      propagation: rounding + sum.sampling,
      average: averaged.estimate + (dropped + sum.omitted) * likelySize(sum, experiment),
    },
    proved.bound,
  );
  const estimate = parts.truncation + parts.propagation + parts.average;
  const reached = certified ? (proved.bound ?? Number.POSITIVE_INFINITY) : estimate;
  return {
    size,
    rho: firstTimes(sum.rho, model.times),
    error: {
      ...{ tolerance, estimate, bound: proved.bound, boundAt: proved.boundAt },
      ...{ converged: reached <= tolerance, parts },
    },
    method: "fock",
    path: `${family.path}; ${account.how}`,
    cost: {
      modes: stage.pattern.modes,
      cutoff,
      dimension: stage.dimension,
      sectors: averaged.sectors,
      applications: stage.applications + applications,
      seconds: since(began),
    },
    warnings: [
      ...roundingWarnings(model, size),
      ...(account.trajectories > 0 ? [trajectoryNote(account, sum, model)] : []),
      ...(refused === null ? [] : [refused]),
      ...(!certified && rounding > tolerance ? [lostToRounding(unitOf(stage) * rounding)] : []),
    ],
  };
}

/** How large numbers may be in what was left out: without a bound as large as the largest of the average, or as they are known to be. */
function likelySize({ rho }: Summed, experiment: Experiment | undefined): number {
  if (experiment?.magnitudes === undefined) return 1;
  return Math.max(1, experiment.farOff ?? 1, maxDifference(rho, zeroSeries(rho.times, rho.dimension)));
}

/** Parts may add up to more than what is proved of them together: the truncation, of second order, gets the less, then the average. */
function withinBound({ truncation, propagation, average }: RunError["parts"], bound: number | null): RunError["parts"] {
  const left = (others: number) => Math.max(0, (bound ?? Number.POSITIVE_INFINITY) - others);
  const within = Math.min(average, left(propagation));
  return { truncation: Math.min(truncation, left(propagation + within)), propagation, average: within };
}

/** The average, and what the cutoff is expected to cost it. */
interface Estimated extends Certified {
  readonly truncation: number;
}

/** Averages formed before it is given up that the cutoff suffices for all sectors. */
const mostAverages = 4;

/**
 * The cutoff was chosen in one sector, and others may need a higher one: they hold more sites in some level, or a stronger field.
 * Where they are expected to, the average is formed again with a higher cutoff, and what changed was the error of the first one.
 */
function* estimatedAverage(settled: Plan, tolerance: number, report: Report): Steps<Estimated> {
  let { cutoff } = settled.choice;
  let applications = 0;
  let last: Estimated | null = null;
  for (let round = 1; ; round++) {
    const averaged: Averaged | null = yield* roomFor(average(settled, cutoff, tolerance, report), last !== null);
    if (averaged === null) return last as Estimated;
    applications += averaged.account.applications;
    const change = last === null ? Number.POSITIVE_INFINITY : maxDifference(averaged.sum.rho, last.averaged.sum.rho);
    const truncation = Math.min(change, truncationEstimate(settled, averaged.sum, cutoff, tolerance));
    last = { averaged, cutoff, applications, refused: null, truncation };
    if (settled.family.axes === 0 || truncation <= tolerance || round === mostAverages) return last;
    cutoff = Math.ceil(1.2 * cutoff) + 1;
  }
}

/** What the steps come to; null if there is no room, where that may be. */
function* roomFor<Value>(steps: Steps<Value>, optional: boolean): Steps<Value | null> {
  try {
    return yield* steps;
  } catch (error) {
    if (optional && error instanceof TooLargeError) return null;
    throw error;
  }
}

interface Proved extends Pick<RunError, "bound" | "boundAt"> {
  readonly bound: number;
  /** What no cutoff makes smaller. */
  readonly others: number;
}

/** What is proved of a run at the model's times; null where nothing is. */
function provedOf(
  times: readonly number[],
  start: FormFamily,
  family: Family,
  averaged: Averaged,
  slipsAt: (t: number) => number,
  experiment?: Experiment,
): Proved | null {
  const { sum, account, dropped, missed: ofRule } = averaged;
  if (!account.proved || ofRule === null) return null;
  const beyond = experiment?.beyond === undefined ? () => 0 : experiment.beyond(family, averaged);
  if (beyond === null) return null;
  const missed = (t: number) => ofRule(t) + beyond(t);
  const { bound, boundAt } = provedErrors(boundsOf(times, start, averaged, (t) => missed(t) + slipsAt(t)));
  if (bound === Number.POSITIVE_INFINITY) return null;
  const atWorst = times.reduce((most, t) => Math.max(most, (start.boundAt?.(t) ?? start.bound) + missed(t)), 0);
  return { bound, boundAt, others: atWorst + dropped + sum.omitted };
}

/** At each of the model's times: of the form of F, of the average, of cutoff and propagator in the sectors. */
function boundsOf(
  times: readonly number[],
  start: FormFamily,
  { sum, dropped }: Averaged,
  missed: (t: number) => number,
): Float64Array {
  const bounds = new Float64Array(times.length);
  for (let i = 0; i < bounds.length; i++) {
    bounds[i] = (start.boundAt?.(times[i]) ?? start.bound) + missed(times[i]) + dropped + sum.boundAt[i];
  }
  return bounds;
}

function provedErrors(boundAt: Float64Array): { bound: number; boundAt: Float64Array } {
  let bound = 0;
  for (let i = 0; i < boundAt.length; i++) bound = Math.max(bound, boundAt[i]);
  return { bound, boundAt };
}

const nothingProved: Pick<RunError, "bound" | "boundAt"> = { bound: null, boundAt: null };

function trajectoryNote({ trajectories }: Account, { sampling }: Summed, model: Model): string {
  return (
    `ρ_S(t) is the mean of ${trajectories} quantum trajectories (seed ${model.protocol?.trajectories.seed}): two ` +
    `standard errors of its worst entry, with what is too rare to be seen in so many, are ${sampling.toPrecision(2)}, ` +
    "which the estimate holds."
  );
}

/**
 * The cutoff was chosen in one sector; the others are taken to err like the square of what they leak, as that has to come back to
 * be seen. Where that one does not leak at all it says nothing of them, and the proved bound stands for the estimate.
 */
function truncationEstimate({ stage, family, choice }: Plan, sum: Summed, cutoff: number, tolerance: number): number {
  if (stage.completeAt(cutoff) || sum.leaked === 0) return 0;
  const proved = Math.min(
    sum.leaked,
    sum.boundAt.reduce((most, bound) => Math.max(most, bound), 0),
  );
  if (family.axes === 0) return Math.min(proved, choice.difference);
  if (proved <= enoughLeak * tolerance) return proved;
  const ratio = sum.leakedSquares / stage.leakAt(typicalPoint(family), cutoff) ** 2;
  return ratio < Number.POSITIVE_INFINITY ? Math.min(proved, choice.difference * Math.max(1, ratio)) : proved;
}

/** What a result should say of numbers of sites. */
function roundingWarnings({ reservoirs }: Model, size: Size): string[] {
  const numbers = roundedNumbers(reservoirs, size);
  return numbers === null ? [] : [`Shares of M that are no whole numbers of sites were rounded to ${numbers}.`];
}

function since(began: number): number {
  return (performance.now() - began) / 1000;
}
