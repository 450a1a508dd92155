/** What each command evolves, and what that is expected to take: said before the run where it is long. */

import { identity, scale } from "../algebra/matrix.ts";
import { withReference } from "../dynamics/experiments/dynamicalMap.ts";
import { watched } from "../dynamics/experiments/energies.ts";
import { accounting } from "../dynamics/experiments/energyAccounts.ts";
import type { Experiment } from "../dynamics/experiments/experiment.ts";
import { acting } from "../dynamics/experiments/twoTime.ts";
import { type Prediction, type PredictOptions, predict, predictExperiment, type Taken } from "../dynamics/predict.ts";
import type { Model, Size } from "../model/types.ts";
import { duration, memory, sizeText } from "./quantities.ts";
import { remark } from "./say.ts";

/** The model that each command evolves. */
export const evolved = {
  run: (model: Model) => model,
  memory: withReference,
  // What acts on S is not known here: from the mixed state everything is reached that anything can make of S.
  spectrum: (model: Model) => unsampled(fromMixedState(model)),
  energies: (model: Model) => unsampled(watched(model)),
} as const;

export type Command = keyof typeof evolved;

/** What a size is expected to take. */
export type Expecting = (size: Size, options?: PredictOptions) => Prediction;

/** Throws RangeError where the command cannot be asked of the model. */
export function expecting(command: Command, model: Model): Expecting {
  const asked = evolved[command](model);
  const experiment = experiments[command]?.(model);
  if (experiment === undefined) return (size, options) => predict(asked, size, options);
  return (size, options) => predictExperiment(asked, size, experiment(size), options);
}

/** What is asked beside ρ_S(t). */
const experiments: Partial<Record<Command, (model: Model) => (size: Size) => Experiment>> = {
  // An operator that leaves the state of S as it is: from the mixed one everything is reached already.
  spectrum: ({ system, protocol }) => {
    const still = acting({ operator: identity(system.dimension), at: 0 }, protocol);
    return () => still;
  },
  energies: (model) => (size) => accounting(model, size),
};

/** Trajectories do not serve: so many would be needed that the density matrix is always cheaper. */
function unsampled(model: Model): Model {
  const { protocol } = model;
  if (protocol === undefined) return model;
  const trajectories = { ...protocol.trajectories, most: Number.POSITIVE_INFINITY, always: false };
  return { ...model, protocol: { ...protocol, trajectories } };
}

function fromMixedState(model: Model): Model {
  const { dimension } = model.system;
  return { ...model, system: { ...model.system, state: scale(identity(dimension), 1 / dimension) } };
}

/** Seconds that nobody minds waiting for without having been told. */
const unannounced = 60;

/** Says which sizes are expected to take long, or more memory than is allowed, while they are already being computed. */
export async function forewarn(expected: Expecting, sizes: readonly Size[], allowed: number): Promise<void> {
  for (const size of sizes) {
    // What the threads have to say comes first.
    await new Promise((resolve) => setImmediate(resolve));
    const prediction = expected(size);
    if (prediction.seconds <= unannounced && prediction.bytes <= allowed) continue;
    const [time, room] = [
      span(prediction, (taken) => duration(taken.seconds)),
      span(prediction, (taken) => memory(taken.bytes)),
    ];
    remark(`M = ${sizeText(size)}: expect ${time} and ${room} (${prediction.path}). Ctrl-C ends it.`);
  }
}

/** A number where it is known well; else with what it will hardly be less or more than, or what it is at least. */
export function span(prediction: Prediction, show: (taken: Taken) => string): string {
  const { least, most } = prediction;
  if (most === null) return `≥ ${show(least)}`;
  const [expected, low, high] = [prediction, least, most].map(show);
  return low === high ? expected : `${expected} (${low} to ${high})`;
}
