import { describe, expect, test } from "vitest";
import { adjoint, identity, type Matrix, matrix, maxAbs, multiply, scale, subtract } from "../../src/algebra/matrix.ts";
import type { Issue } from "../../src/model/issue.ts";
import { readPulses, rotation } from "../../src/model/pulses.ts";

const qubit = { dims: [2], dimension: 2, saidAt: "system.dims" };
const sigmax = matrix([
  [0, 1],
  [1, 0],
]);
const sigmay = matrix([
  [0, [0, -1]],
  [[0, 1], 0],
]);

function read(written: unknown, space = qubit) {
  const issues: Issue[] = [];
  const pulses = readPulses(written, space, (issue) => issues.push(issue));
  return { pulses, issues };
}

function expectSame(a: Matrix, b: Matrix): void {
  expect(maxAbs(subtract(a, b))).toBeLessThan(1e-14);
}

/** exp(−iθ n·σ/2) = cos(θ/2) − i sin(θ/2) n·σ. */
function turn(axis: Matrix, angle: number): Matrix {
  return subtract(scale(identity(2), Math.cos(angle / 2)), scale(axis, { re: 0, im: Math.sin(angle / 2) }));
}

describe("pulses", () => {
  test("one by one are sorted by time, unitaries and rotations alike", () => {
    const { pulses, issues } = read([
      { at: "2*pi", unitary: "sigmax" },
      { at: -1, rotate: "0.5 * sigmay", angle: "pi/3" },
    ]);
    expect(issues).toEqual([]);
    expect(pulses?.scan).toBe(false);
    expect(pulses?.pulses.map(({ at }) => at)).toEqual([-1, 2 * Math.PI]);
    expectSame(pulses?.pulses[0].unitary as Matrix, turn(sigmay, Math.PI / 3));
    expectSame(pulses?.pulses[1].unitary as Matrix, sigmax);
  });

  test("at fractions make a scan", () => {
    expect(read([{ fraction: 0.5, unitary: "sigmax" }]).pulses?.scan).toBe(true);
  });

  test.each([
    ["ramsey", {}, [0, 1], [sigmax, sigmax], [0.5, 0.5]],
    ["hahn", {}, [0.5], [sigmax], [1]],
    ["cpmg", { count: 2 }, [0.25, 0.75], [sigmay, sigmay], [1, 1]],
    ["hahn", { halves: true }, [0, 0.5, 1], [sigmax, sigmax, sigmax], [0.5, 1, 0.5]],
    [
      "xy8",
      { duration: 16 },
      [1, 3, 5, 7, 9, 11, 13, 15],
      [sigmax, sigmay, sigmax, sigmay, sigmay, sigmax, sigmay, sigmax],
      new Array(8).fill(1),
    ],
  ] as const)("the sequence %s %o is the known one", (sequence, more, at, axes, turns) => {
    const { pulses, issues } = read({ sequence, ...more });
    expect(issues).toEqual([]);
    expect(pulses?.scan).toBe(!("duration" in more));
    pulses?.pulses.forEach((pulse, k) => {
      expect(pulse.at).toBeCloseTo(at[k], 12);
      expectSame(pulse.unitary, turn(axes[k], turns[k] * Math.PI));
    });
    expect(pulses?.pulses).toHaveLength(at.length);
  });

  test("rotations are unitary for any Hermitian generator", () => {
    const u = rotation(
      matrix([
        [1, [0.3, 0.2], 0],
        [[0.3, -0.2], -0.5, 2],
        [0, 2, 0.1],
      ]),
      0.7,
    );
    expectSame(multiply(adjoint(u), u), identity(3));
  });

  test.each<[unknown, string]>([
    [[{ at: 1, unitary: "2 * sigmax" }], "must be unitary"],
    [[{ at: 1 }], "have a `unitary`, or `rotate` and `angle`"],
    [[{ at: 1, rotate: "sigmap", angle: 1 }], "must be Hermitian"],
    [[{ at: 1, rotate: "sigmax" }], "`pulses[0].angle` must be given"],
    [[{ unitary: "sigmax" }], "have a time `at` or a `fraction`"],
    [[{ fraction: 1.5, unitary: "sigmax" }], "lie between 0 and 1"],
    [
      [
        { fraction: 0.5, unitary: "sigmax" },
        { at: 1, unitary: "sigmax" },
      ],
      "`at` for all or `fraction` for all",
    ],
    [{ sequence: "cpgm" }, "be `ramsey`, `hahn`, `cpmg` or `xy8`"],
    [{ sequence: "hahn", count: 2 }, "go with `cpmg` or `xy8`"],
    [{ sequence: "cpmg", count: 0 }, "be a whole number from 1 to 12500"],
    [{ sequence: "cpmg", count: 1e9 }, "be a whole number from 1 to 12500, but is 1000000000"],
    [{ sequence: "hahn", duration: -1 }, "be above 0"],
    ["hahn", "be a list of pulses"],
  ])("%j is refused: %s", (written, part) => {
    const { pulses, issues } = read(written);
    expect(pulses).toBeUndefined();
    expect(issues.map(({ message }) => message).join("\n")).toContain(part);
  });

  test("a sequence on more than a qubit asks for the axes", () => {
    const { issues } = read({ sequence: "hahn" }, { dims: [2, 2], dimension: 4, saidAt: "system.dims" });
    expect(issues[0].message).toContain("`pulses.x` must be given");
  });
});
