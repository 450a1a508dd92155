/** What a sector shows at one cutoff. */

import type { MatrixSeries } from "../../algebra/series.ts";
import type { Filling } from "../sector/filling.ts";

/** What a sector gave at one cutoff. */
export interface Attempt {
  /** At a few of the times. */
  readonly rho: MatrixSeries;
  filling(): Filling;
  /** Proved bound on what the cutoff costs any entry of ρ_S; Infinity where a scout had none made. */
  readonly proved: number;
  /** Nothing was cut off. */
  readonly complete: boolean;
  readonly dimension: number;
  /** Entries of the matrix. */
  readonly entries: number;
}

/** What is known of a cutoff. */
export interface Tried {
  readonly cutoff: number;
  readonly attempt: Attempt;
}
