import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { finishedSizes, leftPartial } from "../../src/cli/finishedSizes.ts";
import { version } from "../../src/cli/version.ts";
import type { ModelSpec } from "../../src/model/spec.ts";
import { folder } from "./commandLine.ts";

const model: ModelSpec = {
  system: { hamiltonian: "sigmaz", state: "plus" },
  reservoir: { hamiltonian: "proj(up)", state: "down" },
  couplings: [{ system: "sigmam", site: "sigmap" }],
  sizes: [10, "inf"],
  tolerance: 1e-8,
};

let place = folder();
beforeEach(() => {
  place = folder();
});
afterEach(() => place.remove());

function leave(changes: object = {}, bound: number | null = null): void {
  const error = { tolerance: 1e-8, estimate: 1e-9, bound, converged: true, parts: {} };
  const cost = { modes: 1, cutoff: 1, dimension: 1, sectors: 1, applications: 0, seconds: 0 };
  const document = {
    schema: "bosonize/result@1",
    model,
    times: [0],
    modes: [],
    runs: [{ size: 10, rho: [[[[1, 0]]]], observables: {}, error, method: "fock", path: "", cost, warnings: [] }],
    observables: {},
    partial: true,
    reproduce: { bosonize: version, runtime: "", modelHash: "" },
    ...changes,
  };
  writeFileSync(join(place.path, "result.json"), JSON.stringify(document, null, 2));
}

test("sizes of the same model are found, whichever other sizes are wanted now", async () => {
  leave();
  const found = finishedSizes(place.path, { ...model, sizes: [10, 1e6] }, false);
  expect([...found.runs.keys()]).toEqual([10]);
  expect(leftPartial(place.path)).toBe(true);
});

test("another tolerance, another version, no file, or a file cut off give nothing, and the reason", async () => {
  leave();
  expect(finishedSizes(place.path, { ...model, tolerance: 1e-9 }, false).reason).toContain("another model");
  leave({ reproduce: { bosonize: "0.0.1", runtime: "", modelHash: "" } });
  expect(finishedSizes(place.path, model, false).reason).toContain("bosonize 0.0.1");
  writeFileSync(join(place.path, "result.json"), '{ "schema": "boson');
  const broken = finishedSizes(place.path, model, false);
  expect(broken.runs.size).toBe(0);
  expect(broken.reason).toContain("cannot be used");
  expect(finishedSizes(join(place.path, "nowhere"), model, false).reason).toContain("there is no");
});

test("with certified only a proved bound counts", async () => {
  leave({}, 1e-7);
  expect(finishedSizes(place.path, model, true).runs.size).toBe(0);
  leave({}, 1e-9);
  expect(finishedSizes(place.path, model, true).runs.size).toBe(1);
});

test("a whole result is not taken for an interrupted one, nor is no result", async () => {
  leave({ partial: undefined });
  expect(leftPartial(place.path)).toBe(false);
  expect(leftPartial(join(place.path, "nowhere"))).toBe(false);
});
