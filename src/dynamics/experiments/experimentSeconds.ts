/** What sectors take of which more is asked than ρ_S(t): measured over random models with 20 to 150 joint states. */

import type { PropagatorChoice, SpaceShape } from "../stage/propagators.ts";

/** Along windows kets are shown and their layers looked at: so many times what ρ_S(t) takes. */
const alongWindows = 2.5;

/** Means of so many operators in all eigenvectors, and what each ket is proved to be off by. */
export function secondsOfEnergies(
  { propagator, seconds }: PropagatorChoice,
  { rows, cubes, real }: SpaceShape,
  kets: number,
  operators: number,
): number {
  if (propagator.kind !== "spectral") return alongWindows * seconds;
  return seconds + 5e-4 + 4e-5 * rows + 8e-6 * rows * kets + 2e-9 * operators * cubes * (real ? 1 : 3);
}

/** Two kets for each at each of the times, and what they are proved to be off by there. */
export function secondsOfTwoTime(
  { propagator, seconds }: PropagatorChoice,
  { rows }: SpaceShape,
  kets: number,
  times: number,
): number {
  if (propagator.kind !== "spectral") return alongWindows * seconds;
  return seconds + kets * times * (2e-5 + 5e-7 * rows);
}
