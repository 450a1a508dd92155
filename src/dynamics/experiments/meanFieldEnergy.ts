/** What a mean field that is kept, `center: keep`, has of the energy: it is a part of V. */

import { trace, traceOfProduct } from "../../algebra/matrix.ts";
import { spectralNorm } from "../../algebra/singularValues.ts";
import { fractions } from "../../model/siteNumbers.ts";
import type { Model, Size } from "../../model/types.ts";
import { alone, meanOf } from "../../reservoir/alone.ts";

/** What ⟨V⟩ has beyond what H says: a mean field ∝ 1, √M Σ_q (c_q tr(G_q)/N + c.c.) over the sites there are. 0 in the limit. */
export function uniformMeanField({ meanField, reservoirs, system }: Model, size: Size): number {
  if (meanField.energyOnly !== true || size === Number.POSITIVE_INFINITY) return 0;
  const parts = fractions(reservoirs, size);
  const n = system.dimension;
  const mean = reservoirs.reduce((sum, { couplings }, r) => sum + parts[r] * (trace(meanOf(couplings, n)).re / n), 0);
  return Math.sqrt(size) * mean;
}

/** ⟨V⟩ at t = 0, on average over what the sites start in. */
export function meanFieldAtFirst(model: Model, size: Size): number {
  if (size === Number.POSITIVE_INFINITY) return 0;
  return alone(model, size).reduce(
    (sum, { model: { meanField }, size: sites }) => {
      const { re } = traceOfProduct(meanField.operator, model.system.state);
      return meanField.kept ? sum + Math.sqrt(sites) * re : sum;
    },
    uniformMeanField(model, size),
  );
}

/** How large it is at most. */
export function meanFieldNorm(model: Model, size: Size): number {
  if (size === Number.POSITIVE_INFINITY) return 0;
  const { kept, operator } = model.meanField;
  return kept ? Math.sqrt(size) * spectralNorm(operator) : Math.abs(uniformMeanField(model, size));
}
