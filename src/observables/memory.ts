/** Memory of the reservoir, as seen in the dynamical map of S. */

import { applyMap, mapDimension } from "../algebra/choi.ts";
import type { Matrix } from "../algebra/matrix.ts";
import { type MatrixSeries, matrixAt, zeroSeries } from "../algebra/series.ts";
import { type Backflow, backflow } from "./backflow.ts";
import { type Divisibility, divisibility } from "./divisibility.ts";
import { negativity } from "./negativity.ts";
import { type Revivals, revivals } from "./revivals.ts";

export interface Memory {
  /** Ascending. */
  readonly times: readonly number[];
  /** Of the best pair of states; null if S is no qubit. */
  readonly backflow: (Backflow & { readonly revivals: Revivals }) | null;
  readonly divisibility: Divisibility;
  /**
   * Negativity between S and a reference that was maximally entangled with it at first, and that nothing acts on: no
   * memoryless environment lets it rise.
   */
  readonly reference: Entanglement;
  /** Negativity between part 0 of S and its other parts, from the model's own initial state; null for a single part. */
  readonly parts: Entanglement | null;
  /** ρ_S(t) from the model's own initial state. */
  readonly rho: MatrixSeries;
}

export interface Entanglement {
  readonly negativity: Float64Array;
  readonly revivals: Revivals;
}

/**
 * All of it, from Choi states at any times ≥ 0, each entry known to `error`. `state` is ρ_S(0), N × N, `dims` the
 * dimensions of its parts. Throws RangeError for fewer than two times or a negative one.
 */
export function memory(choi: MatrixSeries, state: Matrix, dims: readonly number[], error: number): Memory {
  if (choi.times.length < 2 || choi.times.some((t) => t < 0)) {
    throw new RangeError(
      "memory is seen from one time to the next: `times` must hold at least two, none of them negative.",
    );
  }
  const ordered = ascending(choi);
  const { times } = ordered;
  const n = mapDimension(matrixAt(ordered, 0));
  const noise = 20 * n ** 2 * error;
  const rho = zeroSeries(times, n);
  const entanglement = (values: Float64Array): Entanglement => ({
    negativity: values,
    revivals: revivals(times, values, noise),
  });
  times.forEach((_, t) => {
    const { re, im } = applyMap(matrixAt(ordered, t), state);
    rho.re.set(re, t * n * n);
    rho.im.set(im, t * n * n);
  });
  const flow = n === 2 ? backflow(ordered) : null;
  const overTime = (of: (t: number) => number) => Float64Array.from(times, (_, t) => of(t));
  return {
    times,
    rho,
    backflow: flow && { ...flow, revivals: revivals(times, flow.distance, noise) },
    divisibility: divisibility(ordered, error),
    reference: entanglement(overTime((t) => negativity(matrixAt(ordered, t), [n, n], [0]))),
    parts: dims.length < 2 ? null : entanglement(overTime((t) => negativity(matrixAt(rho, t), dims, [0]))),
  };
}

function ascending(series: MatrixSeries): MatrixSeries {
  const order = series.times.map((_, t) => t).sort((a, b) => series.times[a] - series.times[b]);
  const sorted = zeroSeries(
    order.map((t) => series.times[t]),
    series.dimension,
  );
  order.forEach((from, to) => {
    const { re, im } = matrixAt(series, from);
    sorted.re.set(re, to * re.length);
    sorted.im.set(im, to * im.length);
  });
  return sorted;
}
