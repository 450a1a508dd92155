/** Where the energy of S and its reservoir is: in S, in the interaction, in the transitions of the sites; and what is done to it. */

import type { MatrixSeries } from "../../algebra/series.ts";
import { spanOf } from "../../algebra/timeParts.ts";
import type { Model, Size } from "../../model/types.ts";
import type { Run } from "../run.ts";
import type { Steps } from "../sharing/work.ts";
import { experimentRun, type SimulateOptions } from "../simulate.ts";
import { accounting } from "./energyAccounts.ts";
import { columnsOf } from "./energyColumns.ts";
import { siteTransitions, type Transition } from "./energyParts.ts";

/** Energies at the times of the model. */
export interface Energies {
  readonly times: readonly number[];
  /** tr(H_S(t) ρ_S(t)), drives included. */
  readonly system: Float64Array;
  /** ⟨V⟩, the mean field and the static field with it. */
  readonly interaction: Float64Array;
  /**
   * Heat: the energy gained by the sites of a reservoir in transitions of this |E_k − E_l|, since t = 0. For M = ∞ it is
   * that of the modes at ±frequency; in all forms of F it is the same.
   */
  readonly heat: readonly (Transition & { readonly values: Float64Array })[];
  /** Σ of the heats into all reservoirs. */
  readonly reservoir: Float64Array;
  /** Into each of the model file's reservoirs, in its order: those made from one `spread` count as one. */
  readonly reservoirs: readonly Float64Array[];
  /** Work done by the drives since t = 0: ∫ ⟨∂_t H_S⟩ dt, and what ⟨H⟩ jumps by where they jump. */
  readonly work: Float64Array;
  /** Work done by the pulses since before the first: Σ of what ⟨H⟩ jumps by at them. */
  readonly pulses: Float64Array;
  /** At each time of a pulse up to the farthest time, ascending. Empty for a scan, where each time has pulses of its own. */
  readonly kicks: readonly { readonly at: number; readonly work: number }[];
  /** Energy brought by the Lindblad terms since t = 0: ∫ tr(H D[ρ]) dt; negative where they take it away. */
  readonly decay: Float64Array;
  /**
   * Largest modulus of system + interaction + reservoir − work − pulses − decay, less what it is at t = 0: what the
   * balance is open by.
   */
  readonly open: number;
}

/** All energies as numbers of a run, in steps; `energiesOf` names them. Each is to the tolerance. Throws what `simulate` throws. */
export function* energyRun(model: Model, size: Size, options: SimulateOptions = {}): Steps<Run> {
  // Energies are judged by their estimates.
  const { certified, ...others } = options;
  const asked = certified === false ? options : others;
  const run = yield* experimentRun(watched(model), size, accounting(model, size), asked);
  const { boundAt } = run.error;
  return { ...run, error: { ...run.error, boundAt: boundAt?.slice(0, model.times.length) ?? null } };
}

/** The same, at once, and by name. */
export function energies(model: Model, size: Size, options: SimulateOptions = {}): { energies: Energies; run: Run } {
  const steps = energyRun(model, size, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return { energies: energiesOf(model, step.value.rho), run: step.value };
  }
}

/** The model with more times after its own: t = 0, where the balance begins, and those of the pulses. */
export function watched(model: Model): Model {
  return { ...model, times: [...model.times, 0, ...kickTimes(model)] };
}

/** Times of pulses that are passed on the way to the model's times. */
function kickTimes({ protocol, times }: Model): number[] {
  if (protocol === undefined || protocol.scan) return [];
  const [first, last] = spanOf(times);
  const passed = protocol.pulses.filter(({ at }) => (at >= 0 ? at <= last : at > first));
  return [...new Set(passed.map(({ at }) => at))];
}

/** What the numbers of `energyRun` are. */
export function energiesOf(model: Model, numbers: MatrixSeries): Energies {
  const { times, protocol } = model;
  const columns = columnsOf(model);
  const stride = numbers.dimension ** 2;
  const number = (place: number, c: number) => numbers.re[place * stride + c];
  const column = (c: number) => Float64Array.from(times, (_, t) => number(t, c));
  const outside = (c: number) => (protocol === undefined ? new Float64Array(times.length) : column(c));
  const heat = siteTransitions(model).map((group, g) => ({ ...group, values: column(columns.heat + g) }));
  const sumOf = (some: typeof heat) =>
    Float64Array.from(times, (_, t) => some.reduce((sum, { values }) => sum + values[t], 0));
  const entries = [...new Set(model.reservoirs.map(({ entry }) => entry))];
  const owned = (place: number) => {
    let sum = number(place, columns.system) + number(place, columns.interaction);
    for (let g = 0; g < heat.length; g++) sum += number(place, columns.heat + g);
    if (protocol === undefined) return sum;
    return sum - number(place, columns.work) - number(place, columns.pulses) - number(place, columns.decay);
  };
  const start = owned(times.length);
  return {
    times,
    system: column(columns.system),
    interaction: column(columns.interaction),
    heat,
    reservoir: sumOf(heat),
    reservoirs: entries.map((entry) => sumOf(heat.filter((one) => one.reservoir === entry))),
    work: outside(columns.work),
    pulses: outside(columns.pulses),
    kicks: kicksOf(model, (place) => number(place, columns.pulses)),
    decay: outside(columns.decay),
    open: times.reduce((most, _, t) => Math.max(most, Math.abs(owned(t) - start)), 0),
  };
}

/** The work of the pulses at each of their times, from their work up to each of them. */
function kicksOf(model: Model, workAt: (place: number) => number): Energies["kicks"] {
  const { times } = model;
  const order = kickTimes(model).map((at, k) => ({ at, upTo: workAt(times.length + 1 + k) }));
  order.sort((a, b) => a.at - b.at);
  const earliest = times.reduce((least, t, place) => (t < times[least] ? place : least), 0);
  // Up to before the first pulse nothing was done, or all that the way back from t = 0 undid.
  let before = times[earliest] < 0 ? (order.length === 0 ? 0 : workAt(earliest)) : 0;
  return order.map(({ at, upTo }) => {
    const work = upTo - before;
    before = upTo;
    return { at, work };
  });
}
