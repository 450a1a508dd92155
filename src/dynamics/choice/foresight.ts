/** What one sector will take, where a small trial sees only the beginning of how its shells are filled. */

import { simplexCount, simplexUpTo } from "../../fock/simplexBasis.ts";
import { type Outlook, outlook } from "../cutoff/outlook.ts";
import type { Trial } from "../cutoff/trial.ts";
import { typicalPoint } from "../families/family.ts";
import { sampleTimes } from "../sampleTimes.ts";
import { unshared } from "../sharing/shared.ts";
import { inTime } from "../stage/propagator.ts";
import {
  secondsPerEntry as chosenPerEntry,
  type PropagatorChoice,
  type SpaceShape,
  scaledShape,
} from "../stage/propagators.ts";
import { roomyStates } from "../stage/spaceMemory.ts";
import type { Stage } from "../stage/stage.ts";

/** A space that may be needed. */
export interface Extent {
  readonly cutoff: number;
  /** Joint states. */
  readonly dimension: number;
  readonly bytes: number;
  /** Of one sector, propagated once with all that is proved by the way. */
  readonly seconds: number;
}

export interface Foresight {
  readonly least: Extent;
  readonly likely: Extent;
  /** Null where it cannot be told. */
  readonly most: Extent | null;
}

/** Spaces that a trial expects to be smaller are predicted well enough. */
const fewStates = 1000;

/** Times at which a look is taken. */
const lookedAt = 47;

/** Looks are made twice at most: the first one says where the second should be. */
const mostLooks = 2;

/**
 * Looks farther than the trial did, in spaces that take no more than about `effort` seconds, and draws on what the shells show
 * there; null where the trial suffices.
 */
export function foresight(stage: Stage, trial: Trial, effort: number): Foresight | null {
  if (trial.settled || trial.shape === null || trial.shape.rows < fewStates) return null;
  const { model, tolerance } = stage;
  const point = typicalPoint(stage.family);
  const times = sampleTimes(model.times, lookedAt);
  let cutoff = trial.trial;
  let seen = outlook(trial.attempt.filling().shells, cutoff, tolerance);
  let left = effort;
  for (let look = 0; look < mostLooks && seen.likely > cutoff; look++) {
    const farther = affordable(stage, times, cutoff, Math.min(trial.capacity, seen.likely), left);
    if (farther < cutoff + 1) break;
    const attempt = unshared(stage.attempt(point, farther, times, tolerance, true), stage);
    cutoff = farther;
    seen = attempt.complete
      ? { least: cutoff, likely: cutoff, most: cutoff }
      : outlook(attempt.filling().shells, cutoff, tolerance);
    left -= extentAt(stage, cutoff, cutoff, times)?.seconds ?? left;
  }
  return extents(stage, cutoff, trial.capacity, seen);
}

/** From the space that was built last, up to `known`. */
function extents(stage: Stage, known: number, capacity: number, { least, likely, most }: Outlook): Foresight | null {
  const at = (needed: number) => extentAt(stage, known, Math.min(capacity, wholeQuarters(needed)), stage.model.times);
  const [low, middle] = [at(least), at(likely)];
  if (low === null || middle === null) return null;
  // Where there is room for no more states, nothing takes longer.
  if (low.dimension >= roomyStates(stage.pattern, stage.pattern.dimension))
    return { least: low, likely: low, most: low };
  return { least: low, likely: middle, most: most === null && capacity > likely ? null : at(most ?? capacity) };
}

function wholeQuarters(cutoff: number): number {
  return Math.ceil(4 * cutoff) / 4;
}

/** The highest cutoff up to `wanted` whose space takes no more than some seconds; the one that is known if none does. */
function affordable(stage: Stage, times: readonly number[], known: number, wanted: number, seconds: number): number {
  let cutoff = known;
  for (let next = known + 0.25; next <= wanted; next += 0.25) {
    const extent = extentAt(stage, known, next, times);
    if (extent === null || extent.seconds > seconds) break;
    cutoff = next;
  }
  return cutoff;
}

/** The space up to a cutoff, drawn from the one that was built last, up to `known`. */
function extentAt(stage: Stage, known: number, cutoff: number, times: readonly number[]): Extent | null {
  const shape = shapeAt(stage, known, cutoff);
  if (shape === null) return null;
  const choice = stage.choiceFor(shape, times);
  return {
    cutoff,
    dimension: Math.ceil(shape.rows),
    bytes: stage.bytesAt(shape.rows) + choice.bytes,
    seconds: secondsWithProof(choice, shape),
  };
}

/** The width of the spectrum grows with the cutoff like this power, of which `scaledShape` has one half. */
const powerOfRadius = 0.85;

/** States are counted where all of the simplex is reached. */
function shapeAt(stage: Stage, known: number, cutoff: number): SpaceShape | null {
  const built = stage.expectedShape(known);
  const drawn = stage.expectedShape(cutoff);
  if (built === null || drawn === null || cutoff === known) return drawn;
  const { pattern } = stage;
  const whole = roomyStates(pattern, pattern.dimension);
  const states = (height: number) => {
    const simplex = simplexUpTo(pattern, height);
    return simplex === null ? null : Math.min(pattern.dimension * simplexCount(simplex), whole);
  };
  const counted = Math.min(whole, (states(known) === built.rows ? states(cutoff) : null) ?? drawn.rows);
  const higher = ((cutoff + 1) / (known + 1)) ** (2 * powerOfRadius - 1);
  return scaledShape(drawn, counted / drawn.rows, higher);
}

/** Seconds of an application of H by Krylov windows, with its kets, layers and bounds: measured in large spaces. */
const secondsPerEntry = 0.6e-9;
const secondsPerState = 32e-9;

/** With the leak along Taylor windows a sector takes so many times what the windows take alone; with that of a density matrix. */
const leakOfTaylor = 1.2;
const leakOfDensity = 1.1;

/** The cost model that chooses a propagator, `chosenPerEntry` of its windows, need only be right between them; this is what a sector takes. */
function secondsWithProof({ propagator, seconds }: PropagatorChoice, { rows, entries }: SpaceShape): number {
  if (propagator.kind !== "krylov") return secondsInTime({ propagator, seconds });
  return (seconds * (secondsPerEntry * entries + secondsPerState * rows)) / (chosenPerEntry * entries);
}

/** The same where Taylor windows are taken; else what was expected. */
export function secondsInTime({ propagator, seconds }: Pick<PropagatorChoice, "propagator" | "seconds">): number {
  if (propagator.kind === "density") return leakOfDensity * seconds;
  return inTime(propagator) ? leakOfTaylor * seconds : seconds;
}
