/**
 * One process of the bench: simulate() on one model and size, once cold, then warm. Reads a request as JSON from its
 * argument, prints what it measured as JSON.
 */

import { readFile } from "node:fs/promises";
import type { Cost, Run } from "../src/dynamics/run.ts";
import { simulate } from "../src/dynamics/simulate.ts";
import { formatIssue, readModel } from "../src/model/read.ts";
import type { Model } from "../src/model/types.ts";
import { median } from "./median.ts";

export interface OursRequest {
  readonly file: string;
  readonly size: number | "inf";
  readonly tolerance: number;
  /** Replaces the model's own number of times. */
  readonly points?: number;
  /** Seconds spent on measuring, about; half as much before on warming up. */
  readonly budget: number;
}

export interface Ours {
  /** CPU seconds of simulate(), user and system, all threads: the first call, and the median of the later ones. */
  readonly cold: number;
  readonly seconds: number;
  readonly repeats: number;
  readonly estimate: number;
  readonly bound: number | null;
  readonly converged: boolean;
  readonly path: string;
  readonly cost: Cost;
  /** Flat: time, i, j, real and imaginary part. */
  readonly rho: readonly number[];
}

/** Enough for a median. Before them as many as there is time for: the compiler goes on for some hundred short runs. */
const mostRuns = 101;
const { file, size, tolerance, points, budget }: OursRequest = JSON.parse(process.argv[2]);
let text = await readFile(file, "utf8");
if (points !== undefined) text = text.replace(/points: \d+/, `points: ${points}`);
const { model, issues } = readModel(text, file);
if (model === undefined) throw new Error(issues.map(formatIssue).join("\n"));
const M = size === "inf" ? Number.POSITIVE_INFINITY : size;

const [cold] = once();
runsFor(0.5 * budget, Number.POSITIVE_INFINITY);
const warm = runsFor(budget, mostRuns);
const [, { rho, error, path, cost }] = once();
const measured: Ours = {
  cold,
  seconds: median(warm),
  repeats: warm.length,
  estimate: error.estimate,
  bound: error.bound,
  converged: error.converged,
  path,
  cost,
  rho: Array.from(rho.re, (re, i) => [re, rho.im[i]]).flat(),
};
process.stdout.write(JSON.stringify(measured));

/** CPU times of runs: at least two, at most `most`, until about `seconds` are spent. */
function runsFor(seconds: number, most: number): number[] {
  const times: number[] = [];
  const end = performance.now() + 1000 * seconds;
  while (times.length < most && (times.length < 2 || performance.now() < end)) times.push(once()[0]);
  return times;
}

/** CPU seconds of a run, and the run; of a model of its own, of which nothing is known already. */
function once(): [number, Run] {
  const own = structuredClone(model as Model);
  return timed(() => simulate(own, M, { tolerance }));
}

function timed<Value>(work: () => Value): [number, Value] {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1e6, value];
}
