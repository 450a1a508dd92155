/** Where a formula of the paper, taken literally, is off; and that its correction is not. Physics section 8. */

import { derivationErrata } from "./errataOfDerivation.ts";
import { exampleErrata } from "./errataOfExamples.ts";
import type { Section } from "./section.ts";

export function errata(): Section {
  return {
    title: "Errata",
    introduction:
      "Each formula twice: as printed, with what it is off by, and as corrected. None touches the theorem (19). " +
      "Every section above uses the corrected form.",
    checks: [...derivationErrata(), ...exampleErrata()],
    figures: [],
  };
}
