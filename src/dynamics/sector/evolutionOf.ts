/** ρ_S(t) that is known at all times, as an evolution. */

import { type MatrixSeries, seriesAt } from "../../algebra/series.ts";
import type { Evolution } from "./evolution.ts";
import type { EvolutionInfo } from "./problem.ts";

export function evolutionOf(rho: MatrixSeries, info: EvolutionInfo): Evolution {
  return { rho, info, sample: (places) => seriesAt(rho, places), addTo: (sum, weight) => sum.addSeries(rho, weight) };
}
