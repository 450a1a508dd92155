/** What it takes to come from eigenvectors to ρ_S(t), in seconds on one core of a 2020s machine. */

import { fewestTimes } from "../../algebra/timeParts.ts";

/** What the cost depends on: N, joint states, Σ n² over the invariant subspaces. */
export interface Diagonalised {
  readonly system: number;
  readonly rows: number;
  readonly squares: number;
  readonly real: boolean;
}

/** A multiplication in propagating kets: in products of matrices, and while they are traced over the bosons. */
const perKetEntry = 0.56e-9;
const perTracedEntry = 3.2e-9;

/** A multiplication in the products for pairs of eigenvectors. */
const perPairEntry = 0.35e-9;

/** Of a pair, for each entry of ρ_S: to weigh it and to spread it over a grid of times, or to add it at one time. */
const perSpread = 12e-9;
const perTime = 13e-9;

/** Every ket at every time. */
export function secondsByKets({ system, rows, squares, real }: Diagonalised, kets: number, times: number): number {
  return kets * times * (perKetEntry * squares * (real ? 1 : 4) + perTracedEntry * rows * system);
}

/** Pairs of eigenvectors, as many for any number of kets and times. */
export function secondsByPairs({ system, rows, squares, real }: Diagonalised, kets: number, times: number): number {
  const products = (kets + 0.5 * system * (system + 1) * (rows / system)) * (real ? 1 : 4);
  const entries = system ** 2 * (times < fewestTimes ? perTime * times : perSpread);
  return 0.5 * squares * (perPairEntry * products + entries);
}
