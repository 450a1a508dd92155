/** What is done to S from outside: `pulses`, `drive`, `decay` and `trajectories`. */

import { readDecay } from "./decay.ts";
import { readDrive } from "./drive.ts";
import type { Report } from "./issue.ts";
import { mustBut, numberText, writtenText } from "./issue.ts";
import type { Mapping } from "./mapping.ts";
import { asMapping, checkKeys } from "./mapping.ts";
import type { Space } from "./operatorOf.ts";
import { readPulses } from "./pulses.ts";
import { defaults, trajectoriesKeys } from "./spec.ts";
import type { Protocol } from "./types.ts";

/** Null if S is left alone; undefined if something is wrong. */
export function readProtocol(
  mapping: Mapping,
  space: Space | undefined,
  times: readonly number[] | undefined,
  report: Report,
): Protocol | null | undefined {
  const pulsed = mapping.pulses === undefined ? { pulses: [], scan: false } : readPulses(mapping.pulses, space, report);
  const drives = mapping.drive === undefined ? [] : readDrive(mapping.drive, space, times ?? [], report);
  const decays = mapping.decay === undefined ? [] : readDecay(mapping.decay, space, report);
  const trajectories = readTrajectories(mapping.trajectories, report);
  if (!pulsed || !drives || !decays || !trajectories || !times) return undefined;
  const earliest = times.reduce((least, t) => Math.min(least, t), 0);
  if (earliest < 0 && (pulsed.scan || decays.length > 0)) {
    const why = pulsed.scan ? "durations of experiments, with these `pulses`," : "times from 0 on, with `decay`,";
    report(
      mustBut(["times"], `be ${why.replace(/,$/, "")}`, `have ${numberText(earliest)}`, {
        suggestion: pulsed.scan
          ? "`duration` or `at` gives pulses times of their own."
          : "What a state has decayed from cannot be told.",
      }),
    );
    return undefined;
  }
  if (pulsed.pulses.length === 0 && drives.length === 0 && decays.length === 0) return null;
  return { ...pulsed, drives, decays, trajectories };
}

function readTrajectories(written: unknown, report: Report): Protocol["trajectories"] | undefined {
  const usual = { seed: defaults.seed, most: defaults.trajectories, always: false };
  if (written === undefined) return usual;
  const path = ["trajectories"];
  const mapping = asMapping(written, path, "a mapping such as { seed: 1, most: 20000 }", report);
  if (!mapping) return undefined;
  checkKeys(mapping, trajectoriesKeys, path, report);
  const { seed = usual.seed, most = usual.most, always = usual.always } = mapping;
  const whole = (key: string, value: unknown, least: number): value is number => {
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return true;
    const found = writtenText(value);
    report(mustBut([...path, key], `be a whole number from ${least}`, `is ${found}`, { found }));
    return false;
  };
  const good = [whole("seed", seed, 0), whole("most", most, 2)].every(Boolean);
  if (typeof always !== "boolean") {
    const found = writtenText(always);
    report(mustBut([...path, "always"], "be true or false", `is ${found}`, { found }));
    return undefined;
  }
  return good ? { seed: seed as number, most: most as number, always } : undefined;
}
