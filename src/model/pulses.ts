/** `pulses`: instantaneous unitaries on S, one by one or a sequence by name. */

import { eigh } from "../algebra/hermitian.ts";
import { adjoint, identity, type Matrix, matrix, maxAbs, multiply, scale, subtract, zeros } from "../algebra/matrix.ts";
import type { Path, Report } from "./issue.ts";
import { mustBut, numberText, writtenText } from "./issue.ts";
import type { Mapping } from "./mapping.ts";
import { asMapping, checkKeys, checkPresent } from "./mapping.ts";
import type { Space } from "./operatorOf.ts";
import { foundText, hermitianOn, operatorOn, rounding } from "./operatorOf.ts";
import { pulseKeys, sequenceChoices, sequenceKeys } from "./spec.ts";
import { closestWord } from "./spelling.ts";
import type { Pulse } from "./types.ts";
import { writtenNumber } from "./written.ts";

/** More pulses than any experiment has. */
const mostPulses = 100_000;

export interface Pulses {
  /** Ascending. */
  readonly pulses: readonly Pulse[];
  /** Pulses come at shares of each time. */
  readonly scan: boolean;
}

/** Undefined if something is wrong with them. */
export function readPulses(written: unknown, space: Space | undefined, report: Report): Pulses | undefined {
  const path = ["pulses"];
  if (!Array.isArray(written)) return readSequence(written, path, space, report);
  if (written.length > mostPulses) {
    report(mustBut(path, `hold at most ${mostPulses} pulses`, `holds ${written.length}`, {}));
    return undefined;
  }
  const read = written.map((one, i) => readPulse(one, [...path, i], space, report));
  const known = read.filter((one) => one !== undefined);
  if (known.length < read.length) return undefined;
  const shares = known.filter(({ share }) => share).length;
  if (shares > 0 && shares < known.length) {
    report(
      mustBut(path, "say `at` for all or `fraction` for all", `say \`fraction\` for ${shares} of ${known.length}`, {
        suggestion: "`fraction` makes each of `times` an experiment of its own, which takes that long.",
      }),
    );
    return undefined;
  }
  const pulses = known.map(({ pulse }) => pulse).sort((a, b) => a.at - b.at);
  return { pulses, scan: shares > 0 };
}

function readPulse(
  written: unknown,
  path: Path,
  space: Space | undefined,
  report: Report,
): { pulse: Pulse; share: boolean } | undefined {
  const mapping = asMapping(written, path, "a mapping such as { at: 5, unitary: sigmax }", report);
  if (!mapping) return undefined;
  checkKeys(mapping, pulseKeys, path, report);
  const share = mapping.fraction !== undefined;
  if (share === (mapping.at !== undefined)) {
    const but = share ? "has both" : "has neither";
    report(mustBut(path, "have a time `at` or a `fraction`", but, { suggestion: "For instance `at: 5`." }));
    return undefined;
  }
  const key = share ? "fraction" : "at";
  const at = writtenNumber(mapping[key], [...path, key], report);
  const unitary = readUnitary(mapping, path, space, report);
  if (at === undefined || unitary === undefined) return undefined;
  if (share && !(at >= 0 && at <= 1)) {
    report(mustBut([...path, key], "lie between 0 and 1", `is ${numberText(at)}`, { found: String(mapping[key]) }));
    return undefined;
  }
  return { pulse: { at, unitary }, share };
}

function readUnitary(mapping: Mapping, path: Path, space: Space | undefined, report: Report): Matrix | undefined {
  const turned = mapping.rotate !== undefined;
  if (turned === (mapping.unitary !== undefined)) {
    const but = turned ? "has both" : "has neither";
    report(
      mustBut(path, "have a `unitary`, or `rotate` and `angle`", but, {
        suggestion: "For instance `unitary: sigmax`, or `rotate: 0.5 * sigmax` with `angle: pi/2`: exp(-i angle G).",
      }),
    );
    return undefined;
  }
  if (turned) {
    const generator = hermitianOn(space, mapping.rotate, [...path, "rotate"], report);
    const given = checkPresent(mapping, "angle", "angle: pi", path, report);
    const angle = given ? writtenNumber(mapping.angle, [...path, "angle"], report) : undefined;
    return generator === undefined || angle === undefined ? undefined : rotation(generator, angle);
  }
  if (mapping.angle !== undefined) {
    report(mustBut([...path, "angle"], "go with `rotate`", "stands beside `unitary`", {}));
    return undefined;
  }
  const at = [...path, "unitary"];
  const u = operatorOn(space, mapping.unitary, at, report);
  if (u === undefined) return undefined;
  const off = maxAbs(subtract(multiply(adjoint(u), u), identity(u.rows)));
  if (off > rounding) {
    report(
      mustBut(at, "be unitary", `U†U is ${numberText(off)} off the identity`, {
        found: foundText(mapping.unitary),
        suggestion: "`rotate: G` with `angle: a` makes the unitary exp(-i a G) of a Hermitian G.",
      }),
    );
    return undefined;
  }
  return mended(u);
}

/** The nearest unitary, of one that is off by rounding: a Newton step for the polar factor, U (3 − U†U)/2. */
function mended(u: Matrix): Matrix {
  const square = multiply(adjoint(u), u);
  return multiply(u, subtract(scale(identity(u.rows), 1.5), scale(square, 0.5)));
}

/** exp(−i angle G). */
export function rotation(generator: Matrix, angle: number): Matrix {
  const { values, vectors } = eigh(generator);
  const n = generator.rows;
  const phased = zeros(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const e = i * n + j;
      const cos = Math.cos(angle * values[j]);
      const sin = -Math.sin(angle * values[j]);
      phased.re[e] = vectors.re[e] * cos - vectors.im[e] * sin;
      phased.im[e] = vectors.re[e] * sin + vectors.im[e] * cos;
    }
  }
  return withoutDust(multiply(phased, adjoint(vectors)));
}

/** A π pulse turns up to down and nothing else: rounding would join what symmetry keeps apart. */
function withoutDust(u: Matrix): Matrix {
  const clean = (x: number) => (Math.abs(x) < 1e-15 ? 0 : x);
  return { ...u, re: u.re.map(clean), im: u.im.map(clean) };
}

function readSequence(written: unknown, path: Path, space: Space | undefined, report: Report): Pulses | undefined {
  const mapping = asMapping(written, path, "a list of pulses, or a mapping such as { sequence: hahn }", report);
  if (!mapping) return undefined;
  checkKeys(mapping, sequenceKeys, path, report);
  if (!checkPresent(mapping, "sequence", "sequence: hahn", path, report)) return undefined;
  const name = sequenceChoices.find((one) => one === mapping.sequence);
  if (name === undefined) {
    const found = writtenText(mapping.sequence);
    const closest =
      typeof mapping.sequence === "string"
        ? closestWord(mapping.sequence.replaceAll("-", ""), sequenceChoices)
        : undefined;
    report(
      mustBut([...path, "sequence"], "be `ramsey`, `hahn`, `cpmg` or `xy8`", `is ${found}`, {
        found,
        ...(closest && { suggestion: `Did you mean \`${closest}\`?` }),
      }),
    );
    return undefined;
  }
  const x = axis(mapping, "x", path, space, report);
  const y = axis(mapping, "y", path, space, report);
  const count = readCount(mapping, name, path, report);
  const halves = mapping.halves ?? name === "ramsey";
  if (typeof halves !== "boolean") {
    const found = writtenText(halves);
    report(mustBut([...path, "halves"], "be true or false", `is ${found}`, { found }));
    return undefined;
  }
  const scan = mapping.duration === undefined;
  const duration = scan ? 1 : writtenNumber(mapping.duration, [...path, "duration"], report);
  if (!x || !y || count === undefined || duration === undefined) return undefined;
  if (!(duration > 0)) {
    report(mustBut([...path, "duration"], "be above 0", `is ${numberText(duration)}`, {}));
    return undefined;
  }
  return { pulses: sequence(name, count, halves, x, y).map((one) => ({ ...one, at: one.at * duration })), scan };
}

function readCount(mapping: Mapping, name: string, path: Path, report: Report): number | undefined {
  const count = mapping.count ?? 1;
  const fits = name === "cpmg" || name === "xy8" || mapping.count === undefined;
  if (fits && typeof count === "number" && Number.isInteger(count) && count >= 1 && 8 * count <= mostPulses)
    return count;
  const must = fits ? `be a whole number from 1 to ${mostPulses / 8}` : "go with `cpmg` or `xy8`";
  const found = writtenText(mapping.count);
  report(mustBut([...path, "count"], must, fits ? `is ${found}` : `stands beside \`${name}\``, { found }));
  return undefined;
}

function axis(
  mapping: Mapping,
  key: "x" | "y",
  path: Path,
  space: Space | undefined,
  report: Report,
): Matrix | undefined {
  if (mapping[key] !== undefined) return hermitianOn(space, mapping[key], [...path, key], report);
  if (space === undefined) return undefined;
  if (space.dimension === 2) {
    return key === "x"
      ? matrix([
          [0, 0.5],
          [0.5, 0],
        ])
      : matrix([
          [0, [0, -0.5]],
          [[0, 0.5], 0],
        ]);
  }
  const example =
    space.dims.length > 1 ? "x: 0.5 * kron(sigmax, qeye(2))" : `x: jmat(${(space.dimension - 1) / 2}, "x")`;
  report(
    mustBut([...path, key], "be given where S is not a qubit", "is missing", {
      suggestion: `It generates the rotations exp(-i angle ${key}), for instance \`${example.replace(/x/g, key)}\`.`,
    }),
  );
  return undefined;
}

/** The pulses of a sequence that takes the time 1. */
function sequence(
  name: (typeof sequenceChoices)[number],
  count: number,
  halves: boolean,
  x: Matrix,
  y: Matrix,
): Pulse[] {
  const axes =
    name === "ramsey"
      ? []
      : name === "hahn"
        ? [x]
        : name === "cpmg"
          ? new Array<Matrix>(count).fill(y)
          : Array.from({ length: 8 * count }, (_, i) => ([x, y, x, y, y, x, y, x] as const)[i % 8]);
  const turns = new Map([x, y].map((generator) => [generator, rotation(generator, Math.PI)]));
  const refocusing = axes.map((generator, k): Pulse => {
    return { at: (k + 0.5) / axes.length, unitary: turns.get(generator) as Matrix };
  });
  if (!halves) return refocusing;
  const half = rotation(x, Math.PI / 2);
  return [{ at: 0, unitary: half }, ...refocusing, { at: 1, unitary: half }];
}
