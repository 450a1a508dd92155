import { cpus } from "node:os";

/** What it ran on, for a table. */
export function processor(): string {
  const all = cpus();
  return `${all.length} cores of ${all[0]?.model.trim() ?? "an unknown processor"}`;
}
