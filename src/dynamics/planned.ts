/** What is settled before the sectors of a run are evolved, and how a run says where it stands. */

import type { ProductRule } from "./average/average.ts";
import type { CutoffChoice } from "./cutoff/cutoff.ts";
import type { Family } from "./families/family.ts";
import type { Progress } from "./run.ts";
import type { Stage } from "./stage/stage.ts";
import type { StageRecipe } from "./stage/stageRecipe.ts";

/** Everything that is settled before the sectors are evolved to all times. */
export interface Plan {
  readonly family: Family;
  readonly stage: Stage;
  /** From what the stage is made. */
  readonly recipe: StageRecipe;
  readonly choice: CutoffChoice;
  /** The points of an average over several variables; null where there is one, or none. */
  readonly product: ProductRule | null;
}

export type Report = (stage: Stage, doing: Progress["stage"], done: number, total: number) => Progress;
