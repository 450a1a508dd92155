import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Matrix } from "../../src/algebra/matrix.ts";
import { maxAbs, subtract } from "../../src/algebra/matrix.ts";
import { densityOn } from "../../src/model/density.ts";
import { modelFileDocs, tableMarks, withTable } from "../../src/model/documentation.ts";
import { operatorOn } from "../../src/model/operatorOf.ts";
import { readModel } from "../../src/model/read.ts";
import { checkModel } from "../../src/model/validate.ts";
import { collector } from "./starter.ts";

const page = readFileSync("docs/model-file.md", "utf8");
const qubit = { dims: [2], dimension: 2, saidAt: "dims" };

/** The blocks of the page that begin with the line ```kind. */
function blocks(kind: string): string[] {
  return [...page.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)]
    .filter(([, found]) => found === kind)
    .map(([, , text]) => text);
}

describe("made from the code", () => {
  const remedy = "run `npm run docs` and commit what it writes";

  test("is docs/model-file.schema.json", () => {
    expect(readFileSync("docs/model-file.schema.json", "utf8"), remedy).toBe(modelFileDocs().schema);
  });

  test("is the table of names in docs/model-file.md", () => {
    expect(page, remedy).toBe(withTable(page, modelFileDocs().table));
  });

  test("the table takes its place between the marks, and only there", () => {
    const { begin, end } = tableMarks;
    expect(withTable(`a\n${begin}\nold\n${end}\nb`, "new")).toBe(`a\n${begin}\n\nnew\n\n${end}\nb`);
    expect(() => withTable("a", "new")).toThrow(begin);
  });
});

describe("the page on the model file", () => {
  test("has whole models without an error or a warning", () => {
    const models = blocks("yaml");
    expect(models.length).toBeGreaterThanOrEqual(3);
    for (const text of models) expect(readModel(text, "page").issues).toEqual([]);
  });

  test("says of the first that defaults do the rest, and it has them", () => {
    const { model } = readModel(blocks("yaml")[0], "page");
    expect(model).toMatchObject({ name: "model", sizes: [Number.POSITIVE_INFINITY], tolerance: 1e-8 });
    expect(model?.times).toHaveLength(101);
  });

  test("shows one operator and one state in several ways", () => {
    const { issues, report } = collector();
    const read = (kind: string, as: (written: unknown) => Matrix | undefined): (Matrix | undefined)[] =>
      (parse(blocks(kind)[0]) as unknown[]).map(as);
    const groups = [
      read("yaml operators", (written) => operatorOn(qubit, written, [], report)),
      read("yaml states", (written) => densityOn(qubit, written, [], report)),
    ];
    expect(issues).toEqual([]);
    for (const [first, ...others] of groups) {
      expect(others.length).toBeGreaterThan(2);
      for (const other of others) expect(first && other && maxAbs(subtract(first, other))).toBeLessThan(1e-15);
    }
  });

  test("shows how to quote inside braces", () => {
    const [fragment] = blocks("yaml fragment");
    const rest = `
system: { dims: [2, 2], hamiltonian: 0, state: "kron(up, down)" }
reservoir: { dims: 2, hamiltonian: 0, state: down }
`;
    expect(readModel(fragment + rest, "page").issues).toEqual([]);
    const unquoted = fragment.replaceAll('"', "") + rest;
    expect(readModel(unquoted, "page").issues[0].message).toContain("must not be cut by a comma");
  });

  test("has parts of models that are right in a model that has the rest", () => {
    const parts = blocks("yaml fragment").slice(1);
    expect(parts.length).toBeGreaterThanOrEqual(6);
    for (const part of parts) {
      const rest = {
        system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
        reservoir: { hamiltonian: "proj(up)", state: "down" },
        couplings: [{ system: "0.1 * sigmam", site: "sigmap" }],
      };
      const lacking = Object.entries(rest).filter(([key]) => !part.startsWith(key));
      const text = part + lacking.map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join("");
      expect(readModel(text, "page").issues, part).toEqual([]);
    }
  });

  test("shows a model in TypeScript that is accepted", () => {
    const [code] = blocks("ts");
    const object = code.slice(code.indexOf("defineModel({") + "defineModel(".length, code.lastIndexOf("});") + 1);
    const { model, issues } = checkModel(new Function(`return ${object}`)());
    expect(issues).toEqual([]);
    expect([model?.system.dimension, model?.reservoirs[0].couplings.length]).toEqual([2, 1]);
  });

  test("has no block of a kind that is not tested", () => {
    const kinds = [...page.matchAll(/^```(.+)$/gm)].map(([, kind]) => kind);
    expect([...new Set(kinds)].sort()).toEqual(["ts", "yaml", "yaml fragment", "yaml operators", "yaml states"]);
  });
});
