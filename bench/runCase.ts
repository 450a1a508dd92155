/** A whole run of a random model beside what stands for the truth: another form and far more quanta, or all sites one by one. */

import { ImpossibleRunError, TooLargeError } from "../src/dynamics/errors.ts";
import type { Run } from "../src/dynamics/run.ts";
import { type SimulateOptions, simulate } from "../src/dynamics/simulate.ts";
import type { Form, Model, Size } from "../src/model/types.ts";
import { bruteForce } from "../test/oracle/bruteForce.ts";
import { random } from "../test/oracle/random.ts";
import { randomModel } from "../test/oracle/randomModel.ts";
import { type Compared, largestDifferences } from "./compared.ts";

export interface RunCase {
  /** Null where nothing is proved. */
  readonly proved: Compared | null;
  readonly run: Run;
  /** The largest error, how far the truth may be off itself, and what the run said of it. */
  readonly error: number;
  readonly slack: number;
}

/** States of the full tensor product up to which the sites are evolved one by one. */
const mostProducts = 300;

/** Bytes that a run may use: what needs more would take long, is left out, and counted. */
const memory = 2 ** 24;

const timeLists = [
  [0, 0.2, 0.4],
  [0, 0.5, 1.2, -0.7],
  [0, 1, 2, 3],
  [0, 5, 12, 20],
];

/** Null where the run, or what stands for the truth, is too large. */
export function runCase(seed: number): RunCase | null {
  const from = random(seed);
  const levels = from.pick([2, 2, 2, 3, 3, 4]);
  const few = levels === 2;
  const { model } = randomModel(seed, {
    dims: [from.integer(2, few ? 4 : 2)],
    siteDimension: levels,
    couplings: from.integer(1, 2),
    state: few
      ? from.pick(["pure", "mixed", "infinite-temperature"] as const)
      : from.pick(["pure", "rank-deficient", "mixed"] as const),
    centring: "subtract",
    strength: few ? from.between(0.2, 1) : from.between(0.1, 0.4),
    times: few ? from.pick(timeLists) : from.pick(timeLists.slice(0, 2)),
  });
  const size: Size = from.pick([
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    1,
    2,
    3,
    few ? 4 : 2,
    few ? 30 : 3,
  ]);
  const tolerance = 10 ** -from.integer(3, 9);
  const certified = from.uniform() < 0.5;
  const form = from.pick<Form>(["auto", "auto", "minimal", "thermal", "chain", "merged", "standard"]);
  const forms = from.uniform() < 0.2 ? "closed" : "fock";
  const run = smallRun(model, size, {
    tolerance,
    certified,
    forms,
    ...(size === Number.POSITIVE_INFINITY ? { form } : {}),
  });
  if (run === null) return null;
  const truth = truthOf(model, size, tolerance);
  if (truth === null) return null;
  const errors = largestDifferences(run.rho, truth.rho);
  const error = errors.reduce((most, x) => Math.max(most, x), 0);
  const { boundAt } = run.error;
  const label = certified ? "certified runs" : "runs";
  const proved =
    boundAt === null
      ? null
      : ({ seed, label, times: model.times, errors, bounds: boundAt, slack: truth.slack } as const);
  return { proved, run, error, slack: truth.slack.reduce((most, x) => Math.max(most, x), 0) };
}

function truthOf(
  model: Model,
  size: Size,
  tolerance: number,
): (Pick<Run, "rho"> & { readonly slack: Float64Array }) | null {
  const products = model.system.dimension * model.reservoirs[0].site.hamiltonian.rows ** size;
  if (products <= mostProducts)
    return { rho: bruteForce(model, size), slack: new Float64Array(model.times.length).fill(1e-12) };
  const finest = Math.max(1e-11, 1e-3 * tolerance);
  const options: SimulateOptions = { tolerance: finest, forms: "fock", certified: true };
  const limit = size === Number.POSITIVE_INFINITY;
  for (const form of limit ? (["minimal", "auto"] as const) : (["auto"] as const)) {
    const run = smallRun(model, size, limit ? { ...options, form } : options);
    const slack = run?.error.boundAt ?? null;
    if (run !== null && slack !== null && run.error.converged) return { rho: run.rho, slack };
  }
  return null;
}

/** A form that the model does not have is left to the program; null if it is too large. */
function smallRun(model: Model, size: Size, options: SimulateOptions): Run | null {
  try {
    return simulate(model, size, { memory, ...options });
  } catch (error) {
    if (error instanceof ImpossibleRunError && options.form !== undefined) {
      return smallRun(model, size, { ...options, form: "auto" });
    }
    if (error instanceof TooLargeError) return null;
    throw error;
  }
}
