/**
 * One process of the bench: an example once cold, then some times warm. Prints what it measured as JSON. A process of its
 * own, since only that is cold, and only its peak memory is that of the example.
 */

import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Pass, passThrough } from "./stages.ts";

export interface Measurement {
  /** Seconds from the start of the process until the bench's code was loaded. */
  readonly start: number;
  readonly cold: Pass;
  readonly warm: readonly Pass[];
  /** Largest resident memory of the process in bytes, after the cold pass. */
  readonly memory: number;
}

const start = performance.now() / 1000;
const [file, passes] = process.argv.slice(2);
const text = await readFile(file, "utf8");
const folder = join(tmpdir(), `bosonize-bench-${process.pid}`);
const once = (): Promise<Pass> => passThrough(text, basename(file), folder);

const cold = await once();
const memory = process.resourceUsage().maxRSS * 1024;
const warm: Pass[] = [];
for (let i = 0; i < Number(passes); i++) warm.push(await once());
const measurement: Measurement = { start, cold, warm, memory };
process.stdout.write(JSON.stringify(measurement));
