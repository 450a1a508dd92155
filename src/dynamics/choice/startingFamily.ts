/** What a run starts from: the form of F that is asked for, or the one that is expected to cost least. */

import { farthestOf } from "../../algebra/timeParts.ts";
import type { Form, Model, Size } from "../../model/types.ts";
import { canBeProved, type Proving, provingOf } from "../average/provedAverage.ts";
import { firstTried, longestTrial, trialOf, trialStage } from "../cutoff/trial.ts";
import { fewestWeighed } from "../cutoff/weighByTrial.ts";
import { ImpossibleRunError } from "../errors.ts";
import type { Experiment } from "../experiments/experiment.ts";
import type { Family } from "../families/family.ts";
import { existing, type FamilyName, familyNamed, type NamedFamily } from "../families/familyNamed.ts";
import { formFamily } from "../families/forms.ts";
import { fewestApplications, secondsPerEntry } from "../stage/propagators.ts";
import { Stage } from "../stage/stage.ts";

/** The form that is asked for; finite sizes have no F, and hence no form. */
export function wantedForm(model: Model, size: Size, asked: Form | undefined): Form {
  return size === Number.POSITIVE_INFINITY ? (asked ?? model.form ?? "auto") : "auto";
}

/** The family, with what it leaves out. Throws ImpossibleRunError where the form does not exist. */
export function startingFamily(
  model: Model,
  size: Size,
  asked: Form | undefined,
  tolerance: number,
  memory: number,
  certified = false,
): NamedFamily {
  const form = wantedForm(model, size, asked);
  if (form !== "auto") return { name: form, ...formFamily(model, form, tolerance) };
  return leanest(model, size, { tolerance, memory, proving: provingIf(certified) }, "leanest");
}

/**
 * The same among the forms that leave nothing out: what a chain cut off or merged modes leave out is proved to be small
 * for ρ_S(t) at the times of the model alone. `reservoirsApart`: no mode belongs to several reservoirs. Throws ImpossibleRunError
 * where such a form is asked for.
 */
export function exactFamily(
  model: Model,
  size: Size,
  asked: Form | undefined,
  tolerance: number,
  memory: number,
  experiment: Experiment,
  certified = false,
): NamedFamily {
  const form = wantedForm(model, size, asked);
  if (form === "chain" || form === "merged") {
    throw new ImpossibleRunError(
      `\`form\` must leave nothing out here, but is ${form}, which is certified for ρ_S(t) alone. ` +
        "Use minimal, thermal or standard, or leave it out.",
    );
  }
  if (experiment.reservoirsApart === true && size === Number.POSITIVE_INFINITY && model.reservoirs.length > 1) {
    return existing("apart", model, size, tolerance);
  }
  if (form !== "auto") return { name: form, ...formFamily(model, form, tolerance) };
  return leanest(model, size, { tolerance, memory, proving: provingIf(certified, experiment), experiment }, "minimal");
}

interface Wanted {
  readonly tolerance: number;
  readonly memory: number;
  /** Where bounds are what counts, what is asked of a family; left out where estimates are. */
  readonly proving: ((family: Family) => Proving | null) | undefined;
  /** What is asked instead of ρ_S(t). */
  readonly experiment?: Experiment;
}

function provingIf(certified: boolean, experiment?: Parameters<typeof provingOf>[0]): Wanted["proving"] {
  return certified ? (family) => provingOf(experiment, family) : undefined;
}

function leanest(model: Model, size: Size, wanted: Wanted, vacuumInLimit: FamilyName): NamedFamily {
  const { tolerance, proving } = wanted;
  const limit = size === Number.POSITIVE_INFINITY;
  const lean = familyNamed(limit ? "thermal" : "blocks", model, size, tolerance);
  const useless = (family: Family) =>
    proving !== undefined && !canBeProved(family, proving(family), farthestOf(model.times), tolerance);
  const mixed = lean === null || useless(lean.family) ? null : lean;
  if (mixed !== null && isSmall(mixed.family, model, wanted)) return mixed;
  const vacuum = existing(limit ? vacuumInLimit : "sites", model, size, tolerance);
  const cheaper = mixed !== null && isCheaper(mixed.family, vacuum.family, model, wanted);
  return cheaper ? mixed : vacuum;
}

/** Joint states of a space that costs less than deciding whether another one costs less. */
const smallSpace = 160;

function isSmall(family: Family, model: Model, { tolerance, memory, experiment }: Wanted): boolean {
  const stage = new Stage(model, family, tolerance, memory);
  // Pairs of eigenvectors serve all kets; what is done to S is done to each of them, and so is what two-time correlations do.
  const together = model.protocol === undefined && experiment?.asked.kind !== "twoTime";
  const each = together ? 1 : stage.ketCount;
  return stage.expectedDimension(stage.startQuanta) * each <= smallSpace;
}

/** Fewer bosons with a mixed start, against bosons in their vacuum: what a small trial says is cheaper. */
function isCheaper(mixed: Family, vacuum: Family, model: Model, { tolerance, memory, experiment }: Wanted): boolean {
  const [many, one] = [mixed, vacuum].map((family) => trialStage(model, family, tolerance, memory, experiment));
  const cost = (stage: Stage) => sectorsOf(stage) * secondsOf(stage);
  const wanted = cost(one);
  // With very many starts a trial takes longer than the run.
  if (sectorsOf(many) * leastSeconds(many) > hopeless * wanted) return false;
  // Nor is there anything to be seen where even the space that a trial begins with takes longer.
  if (
    many.pattern.modes < fewestWeighed &&
    sectorsOf(many) * many.secondsEach(Math.min(mixed.capacity, firstTried(many))) >= wanted
  )
    return false;
  return cost(many) < wanted;
}

/** Of a sector: what a trial says, or what its first space takes where that is too long for a trial. */
function secondsOf(stage: Stage): number {
  const first = stage.secondsEach(Math.min(stage.family.capacity, firstTried(stage)));
  return first > longestTrial ? first : (trialOf(stage).choice?.seconds ?? 0);
}

function sectorsOf({ family }: Stage): number {
  return Math.min(12, family.exactSectors);
}

/** So many times the cost is not found to be less after all, since conserved charges may make spaces smaller than is expected. */
const hopeless = 20;

/** What the kets of a sector take if each of them needs but a few applications of H. */
function leastSeconds(stage: Stage): number {
  return stage.ketCount * fewestApplications * secondsPerEntry * stage.expectedEntries(stage.startQuanta);
}
