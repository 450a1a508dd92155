/** F in the form that the user asks for, as a family of sectors. */

import { norm } from "../../algebra/matrix.ts";
import { farthestOf } from "../../algebra/timeParts.ts";
import type { Form, Model } from "../../model/types.ts";
import { frequencyGap } from "../../reservoir/frequencyGap.ts";
import { mergeModes } from "../../reservoir/merge.ts";
import { type MinimalForm, minimalForm, reduceModes, widthOf } from "../../reservoir/minimal.ts";
import { standardModes } from "../../reservoir/modes.ts";
import { truncatedChain } from "../../reservoir/truncatedChain.ts";
import { ImpossibleRunError } from "../errors.ts";
import { chainFamily } from "./chainFamily.ts";
import type { Family } from "./family.ts";
import { limitFamily, modesFamily } from "./limitFamily.ts";
import { thermalFamily } from "./thermalFamily.ts";

export interface FormFamily {
  readonly family: Family;
  /** Proved bound on what the form leaves out, for every entry of ρ_S at the model's times; 0 for an exact form. */
  readonly bound: number;
  /** The same up to any t of the model; left out for an exact form. */
  readonly boundAt?: (t: number) => number;
}

/** The share of the tolerance that a form may use up. */
export const formShare = 0.1;

/** Throws ImpossibleRunError where the model has no such form. */
export function formFamily(model: Model, form: Exclude<Form, "auto">, tolerance: number): FormFamily {
  const exact = (family: Family): FormFamily => ({ family, bound: 0 });
  switch (form) {
    case "minimal":
      return exact(limitFamily(model));
    case "standard": {
      const family = modesFamily(model, movingModes(model));
      return exact({ ...family, path: family.path.replace("vacuum modes", "vacuum modes (the paper's list)") });
    }
    case "thermal": {
      const family = thermalFamily(model, tolerance);
      if (family !== null) return exact(family);
      throw new ImpossibleRunError(
        "`form: thermal` needs exactly one pair of modes at ±ω whose couplings are adjoint to each other, and not too hot. " +
          "Take `form: auto`, or any other form.",
      );
    }
    case "chain": {
      const cut = truncatedChain(model, farthestOf(model.times), formShare * tolerance);
      return { family: chainFamily(model, cut), bound: cut.bound, boundAt: cut.boundAt };
    }
    case "merged": {
      const { modes, field } = minimalForm(model);
      const merged = mergeModes(modes, farthestOf(model.times), formShare * tolerance);
      const family = modesFamily(model, { modes: merged.modes, field });
      const path = family.path.replace(
        "vacuum modes",
        `vacuum modes (${modes.length} merged into ${merged.modes.length})`,
      );
      return { family: { ...family, path }, bound: merged.bound, boundAt: merged.boundAt };
    }
  }
}

/** With fewer modes than this looking at a chain takes longer than it could save. */
export const fewestInChain = 8;

/** The vacuum modes that are fewest: those of the minimal form, or a chain where the end of it is proved not to matter. */
export function leanestForm(model: Model, tolerance: number): FormFamily {
  const minimal = minimalForm(model);
  if (minimal.modes.length < fewestInChain) return { family: limitFamily(model), bound: 0 };
  const cut = truncatedChain(model, farthestOf(model.times), formShare * tolerance);
  // The number of quanta is the same in any form, so fewer modes are fewer states at any cutoff.
  if (cut.chain.hamiltonian.rows < minimal.modes.length) {
    return { family: chainFamily(model, cut), bound: cut.bound, boundAt: cut.boundAt };
  }
  return { family: limitFamily(model), bound: 0 };
}

/** The paper's list, but for what stands still (a static field, never simulated) and what does not couple. */
function movingModes(model: Model): MinimalForm {
  const all = standardModes(model);
  const gap = frequencyGap(model, widthOf(all));
  const coupled = all.filter(({ coupling }) => norm(coupling) > 0);
  const still = coupled.filter(({ frequency }) => Math.abs(frequency) <= gap);
  const { modes, field } = reduceModes(still.map((mode) => ({ ...mode, frequency: 0 })));
  return { modes: [...coupled.filter((mode) => !still.includes(mode)), ...modes], field, moved: widthOf(still) };
}
