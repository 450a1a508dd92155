import { expect, test } from "vitest";
import { normalisedShares } from "../../src/model/shares.ts";
import { collector } from "./starter.ts";

function normalised(shares: number[]) {
  const { issues, report } = collector();
  const result = normalisedShares(shares, (i) => ["reservoirs", i, "share"], ["reservoirs"], report);
  return { result, issues };
}

test("shares that sum to 1 stay; others are divided by their sum, and it is said", () => {
  expect(normalised([0.25, 0.75])).toEqual({ result: [0.25, 0.75], issues: [] });
  const { result, issues } = normalised([1, 3]);
  expect(result).toEqual([0.25, 0.75]);
  expect(issues).toMatchObject([{ severity: "warning", message: expect.stringContaining("sum to 4, not to 1") }]);
});

test("a share that is not positive is refused where it stands", () => {
  const { result, issues } = normalised([0.5, -0.5]);
  expect(result).toBeUndefined();
  expect(issues).toMatchObject([{ path: ["reservoirs", 1, "share"], severity: "error" }]);
});
