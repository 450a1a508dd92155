import { expect, test } from "vitest";
import { readDrive } from "../../src/model/drive.ts";
import { envelopeAt } from "../../src/model/envelope.ts";
import type { Issue } from "../../src/model/issue.ts";

const qubit = { dims: [2], dimension: 2, saidAt: "system.dims" };

function read(written: unknown, times: readonly number[] = [0, 10]) {
  const issues: Issue[] = [];
  return { drives: readDrive(written, qubit, times, (issue) => issues.push(issue)), issues };
}

test("a drive is an operator with an expression, a number or a table", () => {
  const { drives, issues } = read([
    { operator: "sigmax", envelope: "2 * cos(t)" },
    { operator: "sigmaz", envelope: 0.5 },
    {
      operator: "sigmay",
      table: [
        [0, 1],
        ["pi", "1/2"],
      ],
    },
  ]);
  expect(issues).toEqual([]);
  expect(drives?.map(({ envelope }) => envelopeAt(envelope, Math.PI))).toEqual([-2, 0.5, 0.5]);
});

test.each<[unknown, string]>([
  [{ operator: "sigmax", envelope: 1 }, "`drive` must be a list"],
  [[{ operator: "sigmap", envelope: 1 }], "must be Hermitian"],
  [[{ operator: "sigmax" }], "have an `envelope` or a `table`"],
  [[{ operator: "sigmax", envelope: "cso(t)" }], "`cso` is not one"],
  [[{ operator: "sigmax", envelope: "1/(t - 5)" }], "finite real number at all times asked for"],
  [
    [{ operator: "sigmax", envelope: "sqrt((t - pi)^2)" }],
    "be smooth between its steps at all times asked for, but cannot be followed past t = 3.14159",
  ],
  [[{ operator: "sigmax", envelope: "1/(t - pi)^2" }], "cannot be followed past t = 3.14159"],
  [[{ operator: "sigmax", envelope: "sin(1e7 * t)" }], "changes so fast that 100000 polynomials reach only to t = 0.0"],
  [[{ operator: "sigmax", envelope: "sqrt(t - 5)" }], "finite real number at all times asked for"],
  [
    [
      {
        operator: "sigmax",
        table: [
          [1, 0],
          [1, 2],
        ],
      },
    ],
    "times ascending",
  ],
  [[{ operator: "sigmax", table: [[1, 0, 2]] }], "be a point [t, f]"],
  [[{ operator: "sigmax", envelop: "t" }], "`envelop` is not a key"],
])("%j is refused: %s", (written, part) => {
  const { drives, issues } = read(written);
  expect(drives).toBeUndefined();
  expect(issues.map(({ message }) => message).join("\n")).toContain(part);
});
