/** `decay`: Lindblad terms on S, in general or by the T1 and T2 of a qubit. */

import { identity, kron, type Matrix, matrix } from "../algebra/matrix.ts";
import type { Path, Report } from "./issue.ts";
import { mustBut, numberText, writtenText } from "./issue.ts";
import type { Mapping } from "./mapping.ts";
import { asMapping, checkKeys, checkPresent } from "./mapping.ts";
import type { Space } from "./operatorOf.ts";
import { operatorOn } from "./operatorOf.ts";
import { decayKeys } from "./spec.ts";
import type { Decay } from "./types.ts";
import { writtenNumber } from "./written.ts";

/** Undefined if something is wrong. Terms of rate 0 are left out. */
export function readDecay(written: unknown, space: Space | undefined, report: Report): Decay[] | undefined {
  const list: readonly unknown[] = Array.isArray(written) ? written : [written];
  const terms = list.map((one, i) => {
    const path = Array.isArray(written) ? ["decay", i] : ["decay"];
    const mapping = asMapping(one, path, "a mapping such as { operator: sigmam, rate: 0.01 } or { T1: 100 }", report);
    if (!mapping) return undefined;
    checkKeys(mapping, decayKeys, path, report);
    const timed = mapping.T1 !== undefined || mapping.T2 !== undefined;
    if (timed && (mapping.operator !== undefined || mapping.rate !== undefined)) {
      report(mustBut(path, "have `operator` and `rate`, or `T1` and `T2`", "has some of both", {}));
      return undefined;
    }
    return timed ? byTimes(mapping, path, space, report) : general(mapping, path, space, report);
  });
  if (!terms.every((one) => one !== undefined)) return undefined;
  return terms.flat().filter(({ rate }) => rate > 0);
}

function general(mapping: Mapping, path: Path, space: Space | undefined, report: Report): Decay[] | undefined {
  const hasOperator = checkPresent(mapping, "operator", "operator: sigmam", path, report);
  const hasRate = checkPresent(mapping, "rate", "rate: 0.01", path, report);
  const operator = hasOperator ? operatorOn(space, mapping.operator, [...path, "operator"], report) : undefined;
  const rate = hasRate ? writtenNumber(mapping.rate, [...path, "rate"], report) : undefined;
  if (rate !== undefined && rate < 0) {
    report(mustBut([...path, "rate"], "be 0 or more", `is ${numberText(rate)}`, { found: String(mapping.rate) }));
    return undefined;
  }
  return operator && rate !== undefined ? [{ operator, rate }] : undefined;
}

/** T1: up decays to down at the rate 1/T1. T2: coherences fall like e^{−t/T2}, of which T1 does e^{−t/(2 T1)}. */
function byTimes(mapping: Mapping, path: Path, space: Space | undefined, report: Report): Decay[] | undefined {
  const [t1, t2] = (["T1", "T2"] as const).map((key) => {
    if (mapping[key] === undefined) return Number.POSITIVE_INFINITY;
    const time = writtenNumber(mapping[key], [...path, key], report);
    if (time === undefined || time > 0) return time;
    report(mustBut([...path, key], "be above 0", `is ${numberText(time)}`, { found: String(mapping[key]) }));
    return undefined;
  });
  const onPart = partOperator(mapping, path, space, report);
  if (t1 === undefined || t2 === undefined || onPart === undefined) return undefined;
  const dephasing = 1 / t2 - 1 / (2 * t1);
  if (mapping.T2 !== undefined && dephasing < -1e-12 / t1) {
    report(
      mustBut([...path, "T2"], "be at most 2 T1", `is ${numberText(t2)}, and T1 is ${numberText(t1)}`, {
        found: String(mapping.T2),
        suggestion: "Decay of the populations alone makes coherences fall like e^(-t/(2 T1)).",
      }),
    );
    return undefined;
  }
  const lowering = matrix([
    [0, 0],
    [1, 0],
  ]);
  const sigmaz = matrix([
    [1, 0],
    [0, -1],
  ]);
  return [
    { operator: onPart(lowering), rate: 1 / t1 },
    { operator: onPart(sigmaz), rate: mapping.T2 === undefined ? 0 : Math.max(0, dephasing) / 2 },
  ];
}

/** What makes an operator of a qubit one of S. */
function partOperator(
  mapping: Mapping,
  path: Path,
  space: Space | undefined,
  report: Report,
): ((a: Matrix) => Matrix) | undefined {
  if (space === undefined) return undefined;
  const { dims } = space;
  const part = mapping.part ?? (dims.length === 1 ? 0 : undefined);
  if (typeof part !== "number" || !Number.isInteger(part) || part < 0 || part >= dims.length) {
    const found = writtenText(part);
    const must = `be a whole number from 0 to ${dims.length - 1}, the part of S that decays`;
    report(mustBut([...path, "part"], must, part === undefined ? "is missing" : `is ${found}`, { found }));
    return undefined;
  }
  if (dims[part] !== 2) {
    report(
      mustBut(path, "give T1 and T2 for a qubit only", `the part has dimension ${dims[part]}`, {
        suggestion: "For instance `{ operator: projection(3, 0, 1), rate: 0.01 }` lets level 1 decay to level 0.",
      }),
    );
    return undefined;
  }
  const before = dims.slice(0, part).reduce((product, size) => product * size, 1);
  const after = dims.slice(part + 1).reduce((product, size) => product * size, 1);
  return (a) => kron(kron(identity(before), a), identity(after));
}
