/** From what a stage is made: names and numbers that can be sent to another thread, no functions. */

import type { Model, Size } from "../../model/types.ts";
import type { Asked } from "../experiments/experiment.ts";
import type { FamilyName } from "../families/familyNamed.ts";

/** Equal recipes make equal stages. */
export interface StageRecipe {
  readonly model: Model;
  readonly size: Size;
  readonly family: FamilyName;
  readonly tolerance: number;
  /** Bytes that may be used. */
  readonly memory: number;
  /** Bytes that may be used while other runs go on beside it. */
  readonly room?: number;
  /** The proved bounds are what counts; where this is false rather than left out, they count for nothing. */
  readonly certified?: boolean;
  /** What a quantum of each mode takes of the cutoff; as the family has it, if left out. */
  readonly weights?: readonly number[];
  /** What is asked of a sector, if not ρ_S(t). */
  readonly asked?: Asked;
}
