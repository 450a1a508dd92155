/** Modes of nearly equal frequency replaced by fewer, with a certificate. */

import { norm } from "../algebra/matrix.ts";
import { chainOf, firstBlocks, normalModes } from "./chain.ts";
import { formDistance, formDistanceUntil, quickToCompare } from "./formDistance.ts";
import { frequencyGroups } from "./minimal.ts";
import type { BosonMode } from "./modes.ts";

export interface MergedModes {
  /** By ascending frequency of the groups they stand for. */
  readonly modes: readonly BosonMode[];
  /** Proved bound on what the merging changes in every entry of ρ_S(t), |t| ≤ time (formDistance); 0 if nothing merged. */
  readonly bound: number;
  /** The same up to any |t| ≤ time. */
  readonly boundAt: (t: number) => number;
}

const nothing = () => 0;

/**
 * As few modes as adjacent groups can be merged into within `tolerance`. A group becomes the normal modes of the first
 * block of its own chain: as many as its couplings are independent, with the group's exact Σ vec(L) vec(L)† and
 * Σ ω vec(L) vec(L)†, so that its correlation function is wrong by t² times the spread of its frequencies squared only.
 * Neighbours that cost least are merged first; how far that may go is decided by the bound on the whole list.
 */
export function mergeModes(modes: readonly BosonMode[], time: number, tolerance: number): MergedModes {
  if (!quickToCompare(modes, time)) return { modes, bound: 0, boundAt: nothing };
  const steps = mergingSteps(modes);
  // Step 0 merges nothing: it always does. The bound grows with the steps.
  let done = 0;
  let fails = steps.length;
  while (fails - done > 1) {
    const middle = Math.floor((done + fails) / 2);
    if (formDistance(modes, steps[middle], time) <= tolerance) done = middle;
    else fails = middle;
  }
  // Steps that saved nothing are not taken.
  while (done > 0 && steps[done - 1].length === steps[done].length) done--;
  if (done === 0) return { modes: steps[0], bound: 0, boundAt: nothing };
  const boundAt = formDistanceUntil(modes, steps[done], time);
  return { modes: steps[done], bound: boundAt(time), boundAt };
}

interface Group {
  readonly all: readonly BosonMode[];
  /** What stands for them. */
  readonly merged: readonly BosonMode[];
  /** Σ ‖L‖² (ω − mean)²: what the second moment of the spectrum loses (Ward's criterion). */
  readonly spread: number;
}

/** The lists after 0, 1, 2, … mergers of neighbours, the cheapest of those at hand each time, down to one group. */
function mergingSteps(modes: readonly BosonMode[]): (readonly BosonMode[])[] {
  const groups: Group[] = frequencyGroups(modes).map((group) => ({ all: group.modes, merged: group.modes, spread: 0 }));
  const unions = groups.slice(1).map((right, i) => union(groups[i], right));
  const steps = [groups.flatMap(({ merged }) => merged)];
  while (unions.length > 0) {
    const price = (i: number) => unions[i].spread - groups[i].spread - groups[i + 1].spread;
    let best = 0;
    for (let i = 1; i < unions.length; i++) if (price(i) < price(best)) best = i;
    groups.splice(best, 2, unions[best]);
    unions.splice(best, 1);
    if (best > 0) unions[best - 1] = union(groups[best - 1], groups[best]);
    if (best < unions.length) unions[best] = union(groups[best], groups[best + 1]);
    steps.push(groups.flatMap(({ merged }) => merged));
  }
  return steps;
}

function union(left: Group, right: Group): Group {
  const all = [...left.all, ...right.all];
  const strengths = all.map(({ coupling }) => norm(coupling) ** 2);
  const total = strengths.reduce((sum, strength) => sum + strength, 0);
  const mean = all.reduce((sum, { frequency }, m) => sum + strengths[m] * frequency, 0) / total;
  const spread = all.reduce((sum, { frequency }, m) => sum + strengths[m] * (frequency - mean) ** 2, 0);
  return { all, merged: normalModes(firstBlocks(chainOf(all), 1)), spread };
}
