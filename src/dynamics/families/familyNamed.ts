/** Families by name, so that one that a run has chosen can be made again elsewhere. */

import type { Form, Model, Size } from "../../model/types.ts";
import { alone } from "../../reservoir/alone.ts";
import { finiteFamily } from "./finiteFamily.ts";
import { type FormFamily, formFamily, leanestForm } from "./forms.ts";
import { joinedBlocks } from "./joinedBlocks.ts";
import { joined, joinedFamily } from "./joinedFamily.ts";
import { limitFamily } from "./limitFamily.ts";
import { purifiedFamily } from "./purifiedFamily.ts";
import { thermalFamily } from "./thermalFamily.ts";

/**
 * In the limit a form of F, the leanest of them, or the minimal form of each reservoir apart; at finite sizes Holstein-
 * Primakoff modes of the sites, blocks of total spin, or purified sites.
 */
export type FamilyName = Exclude<Form, "auto"> | "leanest" | "apart" | "sites" | "blocks" | "purified";

export interface NamedFamily extends FormFamily {
  readonly name: FamilyName;
}

/** Null for a thermal oscillator or blocks that the model does not have. Throws ImpossibleRunError. */
export function familyNamed(name: FamilyName, model: Model, size: Size, tolerance: number): NamedFamily | null {
  switch (name) {
    case "thermal":
      return exact(name, thermalFamily(model, tolerance));
    case "blocks":
      return exact(name, joinedBlocks(model, size, tolerance));
    case "sites":
      return exact(name, joinedFamily(model, size, finiteFamily));
    case "purified":
      return exact(name, joinedFamily(model, size, purifiedFamily));
    case "apart": {
      const families = alone(model, size).map((one) => limitFamily(one.model));
      return exact(name, joined(model.system.hamiltonian, families));
    }
    case "leanest":
      return { name, ...leanestForm(model, tolerance) };
    default:
      return { name, ...formFamily(model, name, tolerance) };
  }
}

/** A family that every model has. */
export function existing(name: FamilyName, model: Model, size: Size, tolerance: number): NamedFamily {
  const family = familyNamed(name, model, size, tolerance);
  if (family === null) throw new RangeError(`every model has a family "${name}"`);
  return family;
}

function exact(name: FamilyName, family: FormFamily["family"] | null): NamedFamily | null {
  return family === null ? null : { name, family, bound: 0 };
}
