import { expect, test } from "vitest";
import { readDecay } from "../../src/model/decay.ts";
import type { Issue } from "../../src/model/issue.ts";

const qubit = { dims: [2], dimension: 2, saidAt: "system.dims" };
const pair = { dims: [2, 3], dimension: 6, saidAt: "system.dims" };

function read(written: unknown, space = qubit) {
  const issues: Issue[] = [];
  return { decays: readDecay(written, space, (issue) => issues.push(issue)), issues };
}

test("T1 and T2 are a decay from up to down and what dephasing is left", () => {
  const { decays } = read({ T1: 10, T2: 8 });
  expect(decays?.map(({ rate }) => rate)).toEqual([0.1, (1 / 8 - 1 / 20) / 2]);
  expect([...(decays?.[0].operator.re ?? [])]).toEqual([0, 0, 1, 0]);
  expect(read({ T1: 10 }).decays).toHaveLength(1);
  expect(read({ T1: 10, T2: 20 }).decays).toHaveLength(1);
  expect(read([{ T2: 5 }, { operator: "sigmap", rate: "1/3" }]).decays?.map(({ rate }) => rate)).toEqual([0.1, 1 / 3]);
});

test("T1 of a part acts on that part", () => {
  const { decays } = read({ T1: 4, part: 0 }, pair);
  expect(decays?.[0].operator.re[3 * 6]).toBe(1);
  expect(decays?.[0].operator.rows).toBe(6);
});

test.each<[unknown, typeof qubit, string]>([
  [{ T1: 1, T2: 3 }, qubit, "be at most 2 T1"],
  [{ T1: 0 }, qubit, "be above 0"],
  [{ operator: "sigmam" }, qubit, "`decay.rate` must be given"],
  [{ operator: "sigmam", rate: -1 }, qubit, "be 0 or more"],
  [{ operator: "sigmam", rate: 1, T1: 2 }, qubit, "some of both"],
  [{ T1: 1 }, pair, "the part of S that decays"],
  [{ T1: 1, part: 1 }, pair, "for a qubit only"],
  [[{ T3: 1 }], qubit, "`T3` is not a key"],
])("%j is refused", (written, space, part) => {
  const { issues } = read(written, space);
  expect(issues.map(({ message }) => message).join("\n")).toContain(part);
});
