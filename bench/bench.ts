/** The bench: what each example takes, stage by stage, cold (in a new process) and warm (again in the same one). */

import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { benchApply } from "./apply.ts";
import type { Measurement } from "./onePass.ts";
import { report } from "./report.ts";
import type { Pass, SizeCost, Stages } from "./stages.ts";

/** An example; times are medians. */
export interface Benched {
  readonly name: string;
  /** Seconds until the code is loaded: Node's own start, for the most part. */
  readonly start: number;
  readonly cold: Stages;
  readonly warm: Stages;
  /** Peak resident memory in bytes; an idle process of Node takes some 45 MB of it. */
  readonly memory: number;
  readonly sizes: readonly SizeCost[];
}

export interface BenchDocument {
  readonly schema: "bosonize/bench@1";
  readonly runtime: string;
  readonly processor: string;
  readonly repeats: number;
  readonly examples: readonly Benched[];
}

const usage = `Usage: npm run bench -- [names] [--repeat n] [--json]

       npm run bench -- apply

Times every example in examples/, or those named, n times (default 3) in a new process and n times again in the same one; or, with "apply",
the application of H against a copy and against C.`;

/** Runs the bench and gives the exit code: 2 for wrong arguments. */
export async function bench(args: readonly string[], folder: string, onePass: string): Promise<number> {
  if (args[0] === "apply") return benchApply(join(folder, "..", "bench", "applyReference.c"));
  const chosen = parse(args);
  if (typeof chosen === "string") {
    process.stderr.write(`${chosen}\n`);
    return chosen === usage ? 0 : 2;
  }
  const known = (await readdir(folder)).filter((file) => file.endsWith(".yaml")).map((file) => file.slice(0, -5));
  const unknown = chosen.names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    process.stderr.write(`there is no example \`${unknown}\`; there are ${known.join(", ")}.\n`);
    return 2;
  }
  const examples: Benched[] = [];
  for (const name of chosen.names.length > 0 ? chosen.names : known) {
    process.stderr.write(`${name}\n`);
    const measured: Measurement[] = [];
    // One after the other: two at once would slow each other.
    for (let i = 0; i < chosen.repeats; i++) measured.push(await measure(onePass, join(folder, `${name}.yaml`)));
    examples.push(summary(name, measured));
  }
  const document: BenchDocument = {
    schema: "bosonize/bench@1",
    runtime: `node ${process.version}`,
    processor: cpus()[0]?.model ?? "unknown",
    repeats: chosen.repeats,
    examples,
  };
  process.stdout.write(`${chosen.json ? JSON.stringify(document) : report(document)}\n`);
  return 0;
}

interface Chosen {
  readonly names: readonly string[];
  readonly repeats: number;
  readonly json: boolean;
}

/** What is asked for, or what to say instead. */
function parse(args: readonly string[]): Chosen | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        repeat: { type: "string", default: "3" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return usage;
    const repeats = Number(values.repeat);
    if (!Number.isInteger(repeats) || repeats < 1) {
      return `\`--repeat\` must be a whole number from 1, but is "${values.repeat}".`;
    }
    return { names: positionals, repeats, json: values.json };
  } catch (error) {
    return `${(error as Error).message}\n\n${usage}`;
  }
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

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
}
