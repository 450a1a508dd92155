/** `npm run bench -- parallel`: an average over sectors, kets of a single one, and many sizes, by one thread and by several. */

import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { Crew } from "../src/crew/crew.ts";
import { threadOf } from "../src/crew/thread.ts";
import type { Run } from "../src/dynamics/run.ts";
import { readModel } from "../src/model/read.ts";
import type { Model, Size } from "../src/model/types.ts";
import { betweenMarkers, markdownTable } from "./markers.ts";
import { median } from "./median.ts";
import type { Places } from "./places.ts";
import { processor } from "./processor.ts";

export interface ParallelOptions {
  readonly threads: readonly number[];
  readonly repeat: number;
  readonly write: boolean;
  readonly json: boolean;
}

interface Case {
  readonly about: string;
  readonly model: Model;
  readonly sizes: readonly Size[];
}

export interface ParallelPoint {
  readonly about: string;
  readonly sectors: number;
  /** Seconds of wall time by threads started anew: one for each number of threads. */
  readonly seconds: readonly ThreadsPoint[];
}

interface ThreadsPoint {
  readonly threads: number;
  readonly median: number;
  readonly all: readonly number[];
  /** The same once more by the same threads, whose code is compiled by then. */
  readonly again: number;
}

/** Gives 1 if results depend on the number of threads. */
export async function parallel(options: ParallelOptions, places: Places): Promise<number> {
  const points: ParallelPoint[] = [];
  let same = true;
  for (const { about, model, sizes } of cases(places)) {
    process.stderr.write(`${about}\n`);
    const all = options.threads.map(() => [] as number[]);
    const again = options.threads.map(() => [] as number[]);
    const found = new Set<string>();
    let sectors = 0;
    for (let r = 0; r < options.repeat; r++) {
      // In turns, so that what else the machine does hits all alike.
      for (const [t, threads] of options.threads.entries()) {
        const { runs, seconds } = await timed(model, sizes, threads, places);
        all[t].push(seconds[0]);
        again[t].push(seconds[1]);
        sectors = runs.reduce((sum, { cost }) => sum + cost.sectors, 0);
        found.add(JSON.stringify(runs.map(({ rho }) => [[...rho.re], [...rho.im]])));
      }
    }
    if (found.size > 1) same = false;
    const seconds = options.threads.map((threads, t) => ({
      ...{ threads, median: median(all[t]), all: all[t] },
      again: median(again[t]),
    }));
    points.push({ about, sectors, seconds });
  }
  const table = parallelMarkdown(points);
  process.stdout.write(`${options.json ? JSON.stringify({ schema: "bosonize/bench-parallel@1", points }) : table}\n`);
  if (!same) process.stderr.write("The results depend on the number of threads.\n");
  if (same && options.write) {
    const path = join(places.root, "docs", "performance.md");
    const head = `Made by \`npm run bench -- parallel --write\`: Node ${process.version.slice(1)}, on ${processor()}.`;
    writeFileSync(path, betweenMarkers(readFileSync(path, "utf8"), "bench parallel", `${head}\n\n${table}`));
  }
  return same ? 0 : 1;
}

/** Several threads against the first number of them. */
export function parallelMarkdown(points: readonly ParallelPoint[]): string {
  const counts = points[0].seconds.map(({ threads }) => `${threads} thread${threads === 1 ? "" : "s"}`);
  const shown = (values: readonly number[]) =>
    values.map((own, s) => `${own.toFixed(2)} s${s === 0 ? "" : ` (${(values[0] / own).toFixed(2)}×)`}`);
  return markdownTable(
    ["what", "sectors", ...counts, ...counts.map((count) => `again: ${count}`)],
    points.map(({ about, sectors, seconds }) => [
      about,
      String(sectors),
      ...shown(seconds.map((one) => one.median)),
      ...shown(seconds.map((one) => one.again)),
    ]),
    1,
  );
}

/** One thread, and as many as the machine has. */
export function usualThreads(): number[] {
  const most = availableParallelism();
  return most === 1 ? [1] : [1, most];
}

function cases(places: Places): Case[] {
  const file = (name: string, change: Partial<Model> = {}): Model => {
    const path = join(places.root, "bench", "models", `${name}.yaml`);
    const { model, issues } = readModel(readFileSync(path, "utf8"), path);
    if (model === undefined) throw new Error(`${path}: ${issues.map(({ message }) => message).join(" ")}`);
    return { ...model, ...change };
  };
  return [
    { about: "a lattice over a static field", model: file("field"), sizes: [Number.POSITIVE_INFINITY] },
    { about: "a lattice over a strong static field", model: file("strongField"), sizes: [Number.POSITIVE_INFINITY] },
    { about: "a product over two static fields", model: file("fields"), sizes: [Number.POSITIVE_INFINITY] },
    { about: "kets of a single sector", model: file("kets"), sizes: [Number.POSITIVE_INFINITY] },
    { about: "trajectories", model: file("jumps"), sizes: [Number.POSITIVE_INFINITY] },
    { about: "B2 at M = 1000, tolerance 1e-10", model: file("B2", { tolerance: 1e-10 }), sizes: [1000] },
    { about: "B2 at 12 sizes", model: file("B2"), sizes: [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096] },
  ];
}

async function timed(
  model: Model,
  sizes: readonly Size[],
  threads: number,
  { bundle }: Places,
): Promise<{ runs: readonly Run[]; seconds: readonly [first: number, again: number] }> {
  const began = performance.now();
  const crew = new Crew({ threads, start: () => threadOf(new Worker(join(bundle, "crewWorker.mjs"))) });
  const runs = await Promise.all(sizes.map((size) => crew.simulate(model, size)));
  const first = performance.now();
  await Promise.all(sizes.map((size) => crew.simulate(model, size)));
  const seconds = [(first - began) / 1000, (performance.now() - first) / 1000] as const;
  crew.close();
  return { runs, seconds };
}
