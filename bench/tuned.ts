/** bench/peers/tuned.json: what the peers were tuned to. Every run measures the error that it gives, whatever it says. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Tuned {
  readonly way: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export type TunedByRow = Readonly<Record<string, Tuned>>;

export function readTuned(root: string): TunedByRow {
  const path = pathOf(root);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}

export function writeTuned(root: string, tuned: TunedByRow): void {
  writeFileSync(pathOf(root), tunedText(tuned));
}

/** One line for each row, so that a change is seen as one. */
export function tunedText(tuned: TunedByRow): string {
  const lines = Object.keys(tuned)
    .sort()
    .map((key) => `  ${JSON.stringify(key)}: ${JSON.stringify(tuned[key])}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}

function pathOf(root: string): string {
  return join(root, "bench", "peers", "tuned.json");
}
