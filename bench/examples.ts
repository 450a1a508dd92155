/** `npm run bench -- examples`: what each example takes, stage by stage, cold (in a new process) and warm (again in the same one). */

import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { BenchDocument, Benched } from "./benched.ts";
import { median } from "./median.ts";
import type { Measurement } from "./onePass.ts";
import { report } from "./report.ts";
import type { Pass, Stages } from "./stages.ts";

export interface ExamplesOptions {
  readonly repeat: number;
  readonly json: boolean;
}

/** Times the examples named, or all of them; gives the exit code: 2 for a name that is none. */
export async function examples(
  names: readonly string[],
  options: ExamplesOptions,
  folder: string,
  onePass: string,
): Promise<number> {
  const known = (await readdir(folder)).filter((file) => file.endsWith(".yaml")).map((file) => file.slice(0, -5));
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    process.stderr.write(`there is no example \`${unknown}\`; there are ${known.join(", ")}.\n`);
    return 2;
  }
  const benched: Benched[] = [];
  for (const name of names.length > 0 ? names : known) {
    process.stderr.write(`${name}\n`);
    const measured: Measurement[] = [];
    // One after the other: two at once would slow each other.
    for (let i = 0; i < options.repeat; i++) measured.push(await measure(onePass, join(folder, `${name}.yaml`)));
    benched.push(summary(name, measured));
  }
  const document: BenchDocument = {
    schema: "bosonize/bench@1",
    runtime: `node ${process.version}`,
    processor: cpus()[0]?.model ?? "unknown",
    repeats: options.repeat,
    examples: benched,
  };
  process.stdout.write(`${options.json ? JSON.stringify(document) : report(document)}\n`);
  return 0;
}

async function measure(onePass: string, file: string): Promise<Measurement> {
  const { stdout } = await promisify(execFile)(process.execPath, [onePass, file, "1"]);
  return JSON.parse(stdout);
}

function summary(name: string, measured: readonly Measurement[]): Benched {
  const last = measured[measured.length - 1];
  const planOf = (size: number, pass: (m: Measurement) => Pass) =>
    median(measured.map((m) => pass(m).sizes[size].plan));
  const evolveOf = (size: number, pass: (m: Measurement) => Pass) =>
    median(measured.map((m) => pass(m).sizes[size].evolve));
  return {
    name,
    start: median(measured.map((m) => m.start)),
    cold: medianStages(measured.map((m) => m.cold.stages)),
    warm: medianStages(measured.flatMap((m) => m.warm.map((pass) => pass.stages))),
    memory: median(measured.map((m) => m.memory)),
    sizes: last.cold.sizes.map((cost, i) => ({
      ...cost,
      plan: planOf(i, (m) => m.warm[0]),
      evolve: evolveOf(i, (m) => m.warm[0]),
    })),
  };
}

function medianStages(passes: readonly Stages[]): Stages {
  const of = (stage: keyof Stages): number => median(passes.map((stages) => stages[stage]));
  return { read: of("read"), plan: of("plan"), evolve: of("evolve"), observe: of("observe"), files: of("files") };
}
