import { describe, expect, test } from "vitest";
import { readSpread } from "../../src/model/spread.ts";
import type { Anything } from "./starter.ts";
import { collector } from "./starter.ts";

function read(written: Anything) {
  const { issues, report } = collector();
  return { spread: readSpread(written, ["reservoir", "spread"], report), issues };
}

describe("a spread is read", () => {
  test("as a law with its numbers, or as values", () => {
    expect(read({ of: "splitting", law: "normal", deviation: "1/4" })).toEqual({
      spread: { of: "splitting", law: { kind: "normal", mean: 1, deviation: 0.25 } },
      issues: [],
    });
    expect(read({ of: "coupling", law: "lorentzian", mean: 0, width: 1, cut: 5, quantiles: 7 })).toEqual({
      spread: { of: "coupling", law: { kind: "lorentzian", mean: 0, width: 1, cut: 5 }, quantiles: 7 },
      issues: [],
    });
    expect(
      read({
        of: "coupling",
        values: [
          { value: 2, share: 0.5 },
          { value: -1, share: "1/2" },
        ],
      }).spread,
    ).toEqual({
      of: "coupling",
      values: [
        { value: 2, share: 0.5 },
        { value: -1, share: 0.5 },
      ],
    });
  });

  test.each<[string, Anything, string, RegExp]>([
    ["nothing", 3, "", /must be a mapping/],
    ["no what", { law: "normal", deviation: 1 }, "of", /must be given/],
    ["another what", { of: "splittings", law: "normal", deviation: 1 }, "of", /be `coupling` or `splitting`/],
    ["neither law nor values", { of: "splitting" }, "law", /must be given/],
    ["an unknown law", { of: "splitting", law: "gaussian" }, "law", /be `normal` or `uniform` or `lorentzian`/],
    ["no deviation", { of: "splitting", law: "normal" }, "deviation", /must be given/],
    [
      "a width of a normal law",
      { of: "splitting", law: "normal", deviation: 1, width: 2 },
      "width",
      /not stand beside/,
    ],
    ["a Lorentzian without end", { of: "splitting", law: "lorentzian", width: 1 }, "cut", /must be given/],
    ["a width below 0", { of: "splitting", law: "uniform", width: -1 }, "width", /must be positive/],
    ["half a node", { of: "splitting", law: "uniform", width: 1, nodes: 2.5 }, "nodes", /whole number from 1/],
    [
      "both counts",
      { of: "splitting", law: "uniform", width: 1, nodes: 2, quantiles: 2 },
      "nodes",
      /beside `quantiles`/,
    ],
    ["a law beside values", { of: "splitting", law: "uniform", values: [] }, "law", /not stand beside `values`/],
    ["no values", { of: "splitting", values: [] }, "values", /must be a list/],
    ["a value without share", { of: "splitting", values: [{ value: 1 }] }, "values.0.share", /must be given/],
    ["an unknown key", { of: "splitting", law: "normal", sigma: 1 }, "sigma", /is not a key/],
  ])("and what is wrong is told: %s", (_, written, path, message) => {
    const { spread, issues } = read(written);
    expect(spread).toBeUndefined();
    const at = ["reservoir", "spread", ...(path === "" ? [] : path.split("."))].join(".");
    const found = issues.find((issue) => issue.path.join(".") === at);
    expect(found?.message ?? issues.map((issue) => issue.message).join()).toMatch(message);
  });
});
