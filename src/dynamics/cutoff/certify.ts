/** The cutoff of a run whose proved bound, not its estimate, is to meet the tolerance. */

import type { Averaged } from "../average/averaged.ts";
import { average } from "../average/averaging.ts";
import { TooLargeError } from "../errors.ts";
import { inUsersUnit, unitOf } from "../experiments/usersUnit.ts";
import { typicalPoint } from "../families/family.ts";
import type { Plan, Report } from "../planned.ts";
import { shared } from "../sharing/shared.ts";
import type { Steps } from "../sharing/work.ts";
import type { Proof } from "../stage/proof.ts";

export interface Certified {
  readonly averaged: Averaged;
  readonly cutoff: number;
  /** Applications of H in all averages that were formed. */
  readonly applications: number;
  /** Why the bound does not meet the tolerance, in a sentence; null if it does. */
  readonly refused: string | null;
}

/** Of what may be left to the cutoff and the propagator this share is aimed at: bounds that just fail cost another round. */
const margin = 0.8;

/** Averages formed before it is given up: each one says how much worse the other sectors are than the typical one. */
const mostRounds = 6;

/**
 * Raises the cutoff until the typical sector's bound is small enough, forms the average, and if other sectors leak more, again
 * for a bound that is smaller by as much. `whole`: the bound on everything, and the part of it that no cutoff makes smaller (the
 * form of F, the average, what was left out); null where nothing is proved. Throws TooLargeError where the cutoff does not fit.
 */
export function* certifiedAverage(
  plan: Plan,
  tolerance: number,
  report: Report,
  whole: (averaged: Averaged) => { readonly bound: number; readonly others: number } | null,
): Steps<Certified> {
  const { stage, family } = plan;
  const point = typicalPoint(family);
  const unit = unitOf(stage);
  let cutoff = plan.choice.cutoff;
  let applications = 0;
  let target = margin * tolerance;
  const known: KnownBound[] = [];
  for (let round = 1; ; round++) {
    const searched = yield* raise(plan, point, cutoff, target, tolerance, report, known);
    cutoff = searched.cutoff;
    const averaged = yield* average(plan, cutoff, tolerance, report);
    applications += averaged.account.applications;
    const ended = (refused: string | null): Certified => ({ averaged, cutoff, applications, refused });
    const found = whole(averaged);
    if (found === null) return ended(nothingProved);
    const { bound, others } = found;
    if (bound <= tolerance) return ended(null);
    if (others > tolerance) return ended(tooMuchElse(unit * others));
    if (searched.stopped !== null) return ended(searched.stopped);
    if (stage.completeAt(cutoff)) return ended(onlyRounding(unit * bound));
    if (round === mostRounds)
      return ended(`The bound came to ${(unit * bound).toPrecision(2)} in ${round} rounds and no further.`);
    // Sectors off the typical one leak more: its own bound must be smaller by as much.
    const typical = known[known.length - 1].bound;
    target = (margin * Math.min(typical, target) * (tolerance - others)) / (bound - others);
  }
}

interface KnownBound {
  readonly cutoff: number;
  readonly bound: number;
}

interface Raised {
  readonly cutoff: number;
  /** Why no cutoff would do. */
  readonly stopped: string | null;
}

function* raise(
  { stage, recipe }: Plan,
  point: readonly number[],
  from: number,
  target: number,
  tolerance: number,
  report: Report,
  known: KnownBound[],
): Steps<Raised> {
  const unit = unitOf(stage);
  let cutoff = from;
  for (;;) {
    let proof: Proof;
    try {
      const proving = stage.proof(point, cutoff, 0.5 * target);
      proof = yield* shared(proving, stage, recipe, () => report(stage, "cutoff", 0, 1));
    } catch (error) {
      const last = known.at(-1);
      if (!(error instanceof TooLargeError) || last === undefined) throw error;
      throw new TooLargeError(
        `To prove a tolerance of ${inUsersUnit(tolerance, unit)} about ${cutoff} excitations would be needed; with ${last.cutoff} the bound was ` +
          `${(unit * last.bound).toPrecision(2)}. ${error.message} Without \`certified\` the estimate decides, which is met sooner.`,
      );
    }
    known.push({ cutoff, bound: proof.bound });
    if (!proof.proved) return { cutoff, stopped: nothingProved };
    if (proof.bound <= target || proof.complete) return { cutoff, stopped: null };
    if (proof.propagation > target) return { cutoff, stopped: onlyRounding(unit * proof.propagation) };
    if (hasSettled(known)) return { cutoff, stopped: onlyRounding(unit * proof.bound) };
    // With modes weighed, cutoffs are no numbers of quanta: the space itself says when it is complete.
    const counted = stage.pattern.weights.every((weight) => weight === 1);
    const next = nextCertified(known, target, counted ? stage.family.capacity : Number.POSITIVE_INFINITY);
    if (next <= cutoff) return { cutoff, stopped: onlyRounding(unit * proof.bound) };
    cutoff = next;
  }
}

/** The bound has fallen, and falls no more: rounding is what is left. */
function hasSettled(known: readonly KnownBound[]): boolean {
  if (known.length < 4) return false;
  const [first, second, third] = known.slice(-3);
  return third.bound > 0.9 * second.bound && second.bound > 0.9 * first.bound && first.bound < 0.1 * known[0].bound;
}

/** Where the bound should have fallen far enough, from how it fell between the last two cutoffs. */
export function nextCertified(known: readonly KnownBound[], target: number, capacity: number): number {
  const last = known[known.length - 1];
  const before = known.findLast(({ cutoff }) => cutoff < last.cutoff);
  if (before === undefined) return Math.min(capacity, last.cutoff + 2);
  const fall = Math.log(last.bound / before.bound) / (last.cutoff - before.cutoff);
  // Not far beyond what is known: where the bound begins to fall it soon falls faster, and every quantum makes more states.
  const most = Math.ceil(0.3 * last.cutoff) + 2;
  const steps = fall < 0 ? Math.ceil((0.8 * Math.log(target / last.bound)) / fall) : most;
  return Math.min(capacity, last.cutoff + Math.max(1, Math.min(steps, most)));
}

const nothingProved = "Nothing is proved of this run's error: the estimate is all there is.";

/** Of a run whose tolerance is met by no estimate, as the sectors themselves are off by more. */
export function lostToRounding(rounding: number): string {
  return (
    `Rounding, of the propagators and of what a site's levels and state are, may cost ${rounding.toPrecision(2)}: no cutoff ` +
    "and no finer average would meet the tolerance. Ask for a larger one, or shorter times."
  );
}

export function onlyRounding(bound: number): string {
  return `Double precision proves no more than ${bound.toPrecision(2)} here: no cutoff would do. Ask for a larger tolerance.`;
}

function tooMuchElse(others: number): string {
  return `Of what no cutoff makes smaller (the average, weights left out, the form of F) only ${others.toPrecision(2)} is proved.`;
}
