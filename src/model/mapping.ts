/** The keys of a mapping: those that are not known, with what may have been meant, and those that are missing. */

import type { Path, Report } from "./issue.ts";
import { mustBut, pathText, writtenText } from "./issue.ts";
import {
  askKeys,
  couplingKeys,
  decayKeys,
  driveKeys,
  modelKeys,
  partKeys,
  pulseKeys,
  reservoirKeys,
  sequenceKeys,
  spectrumKeys,
  spreadKeys,
  timesKeys,
  trajectoriesKeys,
} from "./spec.ts";
import { closestWord } from "./spelling.ts";

export type Mapping = Readonly<Record<string, unknown>>;

/** The value as a mapping, or undefined and an issue. */
export function asMapping(written: unknown, path: Path, expected: string, report: Report): Mapping | undefined {
  if (typeof written === "object" && written !== null && !Array.isArray(written)) return written as Mapping;
  report(mustBut(path, `be ${expected}`, `is ${writtenText(written)}`, { found: writtenText(written) }));
  return undefined;
}

/** Reports each key that is not among the known ones. */
export function checkKeys(mapping: Mapping, known: readonly string[], path: Path, report: Report): void {
  for (const key of Object.keys(mapping)) {
    if (known.includes(key)) continue;
    const where = path.length === 0 ? "a model" : `\`${pathText(path)}\``;
    report({
      path: [...path, key],
      key: true,
      severity: "error",
      message: `\`${key}\` is not a key of ${where}.`,
      found: key,
      suggestion: suggestedKey(key, known),
    });
  }
}

/** Reports the key as missing unless the mapping has it. */
export function checkPresent(mapping: Mapping, key: string, example: string, path: Path, report: Report): boolean {
  if (mapping[key] !== undefined) return true;
  report(mustBut([...path, key], "be given", "is missing", { suggestion: `For instance \`${example}\`.` }));
  return false;
}

/** What other programs and papers call these. */
const elsewhere: Record<string, string> = {
  h: "hamiltonian",
  rho: "state",
  psi: "state",
  initial: "state",
  initial_state: "state",
  n: "dims",
  d: "dims",
  dimension: "dims",
  dimensions: "dims",
  bath: "reservoir",
  baths: "reservoirs",
  species: "reservoirs",
  weight: "share",
  fraction: "share",
  distribution: "spread",
  inhomogeneity: "spread",
  sigma: "deviation",
  std: "deviation",
  fwhm: "width",
  cutoff: "cut",
  environment: "reservoir",
  coupling: "couplings",
  interaction: "couplings",
  g: "system",
  v: "site",
  bath_operator: "site",
  reservoir: "site",
  hermitian: "hc",
  tlist: "times",
  t: "times",
  time: "times",
  m: "sizes",
  size: "sizes",
  observables: "observe",
  e_ops: "observe",
  expect: "observe",
  outputs: "observe",
  tol: "tolerance",
  accuracy: "tolerance",
  rtol: "tolerance",
  atol: "tolerance",
  meanfield: "mean_field",
  drives: "drive",
  driving: "drive",
  control: "drive",
  pulse: "pulses",
  sequence: "pulses",
  lindblad: "decay",
  c_ops: "decay",
  jumps: "decay",
  dissipation: "decay",
  t1: "T1",
  t2: "T2",
  start: "from",
  stop: "to",
  end: "to",
  steps: "points",
  num: "points",
  title: "name",
  correlation: "spectrum",
  heat: "energies",
  energy: "energies",
  comment: "description",
};

function suggestedKey(key: string, known: readonly string[]): string {
  const all = `The keys here are ${known.map((name) => `\`${name}\``).join(", ")}.`;
  const meant = elsewhere[key.toLowerCase()];
  if (meant !== undefined && known.includes(meant)) return `Here it is \`${meant}\`.`;
  const closest = closestWord(key, known);
  if (closest !== undefined) return `Did you mean \`${closest}\`?`;
  const home = homes.find(({ keys }) => keys !== known && (keys as readonly string[]).includes(key));
  return home ? `It belongs ${home.where}. ${all}` : all;
}

const homes = [
  { keys: modelKeys, where: "at the top of the model" },
  { keys: partKeys, where: "in `system` or in `reservoir`" },
  { keys: reservoirKeys, where: "in an entry of `reservoirs`" },
  { keys: spreadKeys, where: "in `spread`" },
  { keys: couplingKeys, where: "in an entry of `couplings`" },
  { keys: timesKeys, where: "in `times`" },
  { keys: pulseKeys, where: "in an entry of `pulses`" },
  { keys: sequenceKeys, where: "in `pulses`" },
  { keys: driveKeys, where: "in an entry of `drive`" },
  { keys: decayKeys, where: "in an entry of `decay`" },
  { keys: trajectoriesKeys, where: "in `trajectories`" },
  { keys: spectrumKeys, where: "in `spectrum`" },
  { keys: askKeys, where: "in `memory` or in `energies`" },
] as const;
