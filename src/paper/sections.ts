/** Everything there is to check, in the order of the paper. */

import { endMatter } from "./endMatter.ts";
import { entanglement } from "./entanglement.ts";
import { errata } from "./errata.ts";
import { gaussianity } from "./gaussianity.ts";
import { multipleModes } from "./multipleModes.ts";
import { nondemolition } from "./nondemolition.ts";
import { qubit } from "./qubit.ts";
import type { Section } from "./section.ts";
import { theModel } from "./theModel.ts";
import { theorem } from "./theorem.ts";
import { universality } from "./universality.ts";

/** Each runs its checks when it is called; figures are computed when they are drawn. */
export const sections: readonly (() => Section)[] = [
  theModel,
  gaussianity,
  theorem,
  universality,
  qubit,
  multipleModes,
  entanglement,
  nondemolition,
  endMatter,
  errata,
];
