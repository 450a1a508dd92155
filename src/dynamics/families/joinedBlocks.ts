/** Finite M with blocks of total spin for each reservoir that has them, and modes for the others. */

import type { Model, Size } from "../../model/types.ts";
import type { Family } from "./family.ts";
import { finiteFamily } from "./finiteFamily.ts";
import { joinedFamily } from "./joinedFamily.ts";
import { spinBlockFamily } from "./spinBlockFamily.ts";

/** More starting Fock states of several reservoirs than this cost more than the modes they save. */
const mostStarts = 200;

/** Null where no reservoir has blocks, or where they start in too many states altogether. */
export function joinedBlocks(model: Model, size: Size, tolerance: number): Family | null {
  if (model.reservoirs.length === 1) return spinBlockFamily(model, size, tolerance);
  let starts = 1;
  let found = false;
  const family = joinedFamily(model, size, (one, number) => {
    const blocks = starts <= mostStarts ? spinBlockFamily(one, number, tolerance) : null;
    if (blocks === null) return finiteFamily(one, number);
    found = true;
    starts *= blocks.starts?.().length ?? 1;
    return blocks;
  });
  return found && starts <= mostStarts ? family : null;
}
