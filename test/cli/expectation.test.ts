import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { evolved, expecting, forewarn, span } from "../../src/cli/expectation.ts";
import { readModel } from "../../src/model/read.ts";
import type { Model } from "../../src/model/types.ts";
import { examples } from "./commandLine.ts";

function example(name: string): Model {
  const { model } = readModel(readFileSync(`${examples}${name}`, "utf8"), name);
  if (model === undefined) throw new Error(`${name} is not a model`);
  return model;
}

/** What is said on standard error meanwhile. */
async function said(of: () => Promise<void>): Promise<string> {
  const write = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  try {
    await of();
    return write.mock.calls.map(([text]) => String(text)).join("");
  } finally {
    write.mockRestore();
  }
}

test("what takes long, or more memory than is allowed, is said before; what does not is not", async () => {
  const ladder = expecting("energies", example("anharmonic-ladder.yaml"));
  const warned = await said(() => forewarn(ladder, [10], 4e9));
  expect(warned).toMatch(/^M = 10: expect ≥ \d+ min and ≥ \d\.\d+ GB \(purified sites; too large for a trial/);
  // Its form is a chain, which energies refuse: no prediction either.
  expect(() => ladder(Number.POSITIVE_INFINITY)).toThrow("`form` must leave nothing out here");
  const qubit = expecting("energies", example("qubit.yaml"));
  expect(await said(() => forewarn(qubit, [10, Number.POSITIVE_INFINITY], 4e9))).toBe("");
  expect(await said(() => forewarn(qubit, [10], 1))).toContain("M = 10: expect");
});

test("energies and correlations are predicted by the density matrix, however loose the tolerance", () => {
  const driven = example("driven-qubit.yaml");
  for (const of of ["energies", "spectrum"] as const) {
    expect(evolved[of](driven).protocol?.trajectories.most).toBe(Number.POSITIVE_INFINITY);
  }
  expect(evolved.memory(driven).system.dimension).toBe(4);
  expect(evolved.run(driven)).toBe(driven);
});

test("a prediction is shown as a number, as a range, or as what it is at least", () => {
  const taken = (dimension: number) => ({ cutoff: 4, dimension, bytes: 1, seconds: 1 });
  const shown = (least: number, most: number | null) => {
    const about = { method: "fock", path: "", modes: 1, sectors: 1, ...taken(10) } as const;
    const range = { least: taken(least), most: most === null ? null : taken(most) };
    return span({ ...about, ...range }, ({ dimension }) => String(dimension));
  };
  expect(shown(10, 10)).toBe("10");
  expect(shown(6, 24)).toBe("10 (6 to 24)");
  expect(shown(6, null)).toBe("≥ 6");
});
