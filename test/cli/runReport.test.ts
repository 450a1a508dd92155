import { expect, test } from "vitest";
import { runReport } from "../../src/cli/runReport.ts";
import type { ComplexPair, DocumentRun, ResultDocument } from "../../src/io/document.ts";

/** A run whose ρ has the given upper population at each of two times. */
function run(size: number | "inf", populations: readonly number[], more: Partial<DocumentRun> = {}): DocumentRun {
  const rows = (p: number): ComplexPair[][] => [
    [
      [p, 0],
      [0, 0],
    ],
    [
      [0, 0],
      [1 - p, 0],
    ],
  ];
  return {
    size,
    rho: populations.map(rows),
    observables: { sz: populations.map((p) => 2 * p - 1) },
    error: {
      tolerance: 1e-8,
      estimate: 3e-10,
      bound: null,
      converged: true,
      parts: { truncation: 0, propagation: 0, average: 0 },
    },
    method: "fock",
    path: "",
    cost: { modes: 2, cutoff: 5, dimension: 12, sectors: 3, applications: 0, seconds: 0.5 },
    warnings: [],
    ...more,
  };
}

function document(runs: readonly DocumentRun[], more: Partial<ResultDocument> = {}): ResultDocument {
  return {
    schema: "bosonize/result@1",
    model: { name: "a name" },
    times: [0, 2],
    modes: [],
    runs,
    observables: { sz: { meaning: "expectation", complex: false } },
    reproduce: { bosonize: "0", runtime: "", modelHash: "" },
    ...more,
  };
}

test("each size is shown with its distance from the limit, largest over times and entries", () => {
  const report = runReport(document([run(10, [1, 0.25]), run("inf", [1, 0.5])]));
  expect(report).toContain("a name: ρ_S(t) at 2 times from 0 to 2");
  expect(report).toMatch(/^ +10 +2\.5e-1 +3\.0e-10 +none +fock +2 +5 +12 +3 +500 ms$/m);
  expect(report).toMatch(/^ +∞ +3\.0e-10/m);
  expect(report).toContain("The tolerance 1.0e-8 was met.");
  expect(report).toContain("none: nothing is proved of it as it was run; --certified proves what can be.");
});

test("where everything is proved nothing is said of what is not", () => {
  const proved = { error: { ...run(10, []).error, bound: 2e-9 } };
  expect(runReport(document([run(10, [1, 0.25], proved)]))).not.toContain("--certified");
});

test("observables are shown at a few times for each size", () => {
  const report = runReport(document([run(10, [1, 0.25]), run("inf", [1, 0.5])]));
  expect(report).toMatch(/^ +sz +t = 0 +t = 2$/m);
  expect(report).toMatch(/^ +M = 10 +1 +-0\.5$/m);
  expect(report).toMatch(/^ +M = ∞ +1 +0$/m);
});

test("a tolerance that was not met is marked and said, as is every warning", () => {
  const { error } = run(10, [1, 0]);
  const late = run(10, [1, 0], { error: { ...error, converged: false }, warnings: ["the state is odd"] });
  const report = runReport(document([late]));
  expect(report).toContain("3.0e-10 !");
  expect(report).toContain("was not met");
  expect(report).toContain("M = 10: the state is odd");
});

test("the mean-field run is named, and is not taken for the limit", () => {
  const meanField = run("inf", [1, 1], { method: "mean-field" });
  const report = runReport(document([run(10, [1, 0.25]), run("inf", [1, 0.5])], { meanField }));
  expect(report).toMatch(/^ +10 +2\.5e-1/m);
  expect(report).toMatch(/^ +mean field +5\.0e-1/m);
  expect(report).toMatch(/^ +mean field +1 +1$/m);
  expect(report).not.toContain("M = mean field");
});
