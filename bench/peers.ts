/** `npm run bench -- peers`: B1-B6 by bosonize, by scipy and by QuTiP, one after the other, at equal true error. */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { askOurs } from "./askOurs.ts";
import { betweenMarkers } from "./markers.ts";
import { type PeersDocument, peersMarkdown } from "./peersTable.ts";
import type { Places } from "./places.ts";
import { processor } from "./processor.ts";
import { rowKey } from "./published.ts";
import { ask, findPython, howToInstall, installPython, type Python } from "./python.ts";
import { type Case, type PeerName, type PeerTime, peerNames, type Row, type Skipped } from "./row.ts";
import { readTuned, type Tuned, writeTuned } from "./tuned.ts";

export interface PeersOptions {
  readonly install: boolean;
  readonly python?: string;
  readonly tune: boolean;
  readonly slow: boolean;
  readonly write: boolean;
  readonly json: boolean;
}

const scripts: Readonly<Record<PeerName, { readonly script: string; readonly variant?: string }>> = {
  "scipy plain": { script: "scipy_peer.py", variant: "plain" },
  "scipy polished": { script: "scipy_peer.py", variant: "polished" },
  "scipy cut": { script: "scipy_peer.py", variant: "cut" },
  QuTiP: { script: "qutip_peer.py" },
  "QuTiP HEOM": { script: "qutip_peer.py", variant: "heom" },
};

const limits: Case[] = ["B1", "B2", "B3", "B4", "B5"].flatMap((model) =>
  [1e-6, 1e-9].map((target) => ({ model, size: "inf" as const, target })),
);
const finite: Case[] = ["B1", "B2"].flatMap((model) =>
  [10, 20, 50, 100, 1e3, 1e6, 1e9].map((size) => ({ model, size, target: 1e-6 })),
);

/** Measures the models named, or all; gives the exit code: 2 for a name that is none or a Python that is not there. */
export async function peers(names: readonly string[], options: PeersOptions, places: Places): Promise<number> {
  const known = ["B1", "B2", "B3", "B4", "B5", "B6"];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) return refuse(`there is no model \`${unknown}\`; there are ${known.join(", ")}.`);
  if (options.write && names.length > 0) return refuse("`--write` writes the whole table: name no models.");
  let python = findPython(options.python);
  if (options.install && python?.versions.qutip === undefined) {
    const failed = installPython();
    if (failed !== null) return refuse(failed);
    python = findPython(options.python);
  }
  if (options.python !== undefined && python === null) return refuse(`\`${options.python}\` has no scipy.`);
  if (python?.versions.qutip === undefined) {
    say(`no Python with ${python === null ? "scipy" : "QuTiP 4"} was found: ${howToInstall}. Those rows are left out.`);
  }
  const wanted = (name: string) => names.length === 0 || names.includes(name);
  const cases = [...limits.filter(({ model }) => wanted(model)), ...(wanted("B6") ? finite : [])];
  const rows: Row[] = [];
  for (const one of cases) rows.push(measured(one, python, options, places));
  const document: PeersDocument = {
    schema: "bosonize/bench-peers@1",
    date: new Date().toISOString().slice(0, 10),
    runtime: `Node ${process.version.slice(1)}`,
    processor: processor(),
    versions: python?.versions ?? null,
    rows,
  };
  const table = peersMarkdown(document);
  process.stdout.write(`${options.json ? JSON.stringify(document) : table}\n`);
  if (options.write) {
    const path = join(places.root, "docs", "performance.md");
    writeFileSync(path, betweenMarkers(readFileSync(path, "utf8"), "bench peers", table));
  }
  return 0;
}

function measured(one: Case, python: Python | null, options: PeersOptions, places: Places): Row {
  const key = rowKey(one.model, one.size, one.target);
  say(key);
  const reference = python === null ? null : referenceFor(one, python, places);
  const file = join(places.root, "bench", "models", `${one.model}.yaml`);
  const { rho, ...ours } = askOurs(places, { file, size: one.size, tolerance: one.target, budget: 3 });
  const error = reference === null ? null : farthest(rho, reference.rho);
  say(`  bosonize: ${milliseconds(ours.seconds)}, true error ${error?.toExponential(1) ?? "not known"}`);
  const results = peerNames.map((name) => {
    const result = orFailure(() => peerTime(name, one, python, reference?.path, options, places));
    say(`  ${name}: ${"skipped" in result ? result.skipped : `${milliseconds(result.seconds)}, ${result.way}`}`);
    return [name, result] as const;
  });
  return {
    ...one,
    ours: { ...ours, error },
    reference: reference === null ? null : { how: reference.how, uncertainty: reference.uncertainty },
    peers: Object.fromEntries(results) as Row["peers"],
  };
}

/** A peer that dies, of too little memory for instance, costs its own cell of the table only. */
function orFailure(work: () => PeerTime | Skipped): PeerTime | Skipped {
  try {
    return work();
  } catch (error) {
    const { status, signal } = error as { status?: number | null; signal?: string | null };
    if (status === undefined) throw error;
    return { skipped: `its process failed: ${signal ?? `exit code ${status}`}` };
  }
}

function peerTime(
  name: PeerName,
  one: Case,
  python: Python | null,
  reference: string | undefined,
  options: PeersOptions,
  places: Places,
): PeerTime | Skipped {
  const why = python === null || reference === undefined ? "no scipy" : reasonToSkip(name, one, python, options.slow);
  if (why !== null || python === null) return { skipped: why ?? "" };
  const { script, variant } = scripts[name];
  const key = `${name}: ${rowKey(one.model, one.size, one.target)}`;
  const tuned = readTuned(places.root);
  const request = { ...one, reference, variant, slowest: options.slow ? 3600 : 300 };
  type Answer = PeerTime | { readonly way: null };
  const askFor = (known: Tuned | null) => ask<Answer>(python, places.root, script, { ...request, tuned: known });
  const known = options.tune ? undefined : tuned[key];
  if (known !== undefined) {
    const answer = askFor(known);
    if (answer.way !== null && answer.error <= one.target) return answer;
    say(`  ${name}: what it was tuned to does not meet ${one.target} here`);
  }
  say(`  ${name}: tuning`);
  const answer = askFor(null);
  if (answer.way === null) return { skipped: "no way met the target in the time allowed" };
  writeTuned(places.root, { ...readTuned(places.root), [key]: { way: answer.way, parameters: answer.parameters } });
  return answer;
}

function reasonToSkip(name: PeerName, { model, size }: Case, python: Python, slow: boolean): string | null {
  if (name.startsWith("QuTiP") && python.versions.qutip === undefined) return "no QuTiP 4";
  if (name === "QuTiP HEOM" && model !== "B3") return "on B3 only, where it is the best of 5.3.1's methods";
  if (name === "scipy cut" && size === "inf") return "for finite M only";
  if (size === "inf" || size <= 50) return null;
  if (size > 1000) return "its cost grows with M: out of reach";
  if (name === "scipy cut") return null;
  if (name === "QuTiP") return size === 100 && (model === "B1" || slow) ? null : "minutes or more; --slow has M = 100";
  return size === 100 || slow ? null : "a minute or more; --slow has it";
}

interface Reference {
  readonly path: string;
  readonly rho: readonly number[];
  readonly uncertainty: number;
  readonly how: string;
}

/** Made anew only when the scripts change: it depends on nothing else. */
function referenceFor({ model, size, target }: Case, python: Python, { root }: Places): Reference {
  const folder = join(root, "node_modules", ".cache", "bosonize-bench-references");
  mkdirSync(folder, { recursive: true });
  const scriptFolder = join(root, "bench", "peers");
  const hash = createHash("sha256");
  for (const file of readdirSync(scriptFolder).sort()) {
    if (file.endsWith(".py") && !file.endsWith("peer.py")) hash.update(readFileSync(join(scriptFolder, file)));
  }
  const path = join(folder, `${model}-${size}-${hash.digest("hex").slice(0, 12)}.json`);
  if (!existsSync(path)) {
    say("  the reference, once");
    writeFileSync(path, JSON.stringify(ask(python, root, "reference.py", { model, size })));
  }
  const reference = JSON.parse(readFileSync(path, "utf8"));
  if (reference.uncertainty > 0.05 * target) {
    throw new Error(`the reference for ${model} at M = ${size} is good to ${reference.uncertainty} only.`);
  }
  return { path, ...reference };
}

/** Largest modulus of a difference of complex numbers. */
function farthest(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) throw new Error(`bosonize gave ${a.length} numbers, the reference has ${b.length}.`);
  let largest = 0;
  for (let i = 0; i < a.length; i += 2) largest = Math.max(largest, Math.hypot(a[i] - b[i], a[i + 1] - b[i + 1]));
  return largest;
}

function milliseconds(seconds: number): string {
  return `${(1000 * seconds).toPrecision(3)} ms`;
}

function refuse(reason: string): number {
  say(reason);
  return 2;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
