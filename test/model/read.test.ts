import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatIssue, readModel } from "../../src/model/read.ts";
import { couplingKeys, modelKeys, partKeys, timesKeys } from "../../src/model/spec.ts";
import { spoilt, yaml } from "./spoilt.ts";

describe("a valid file", () => {
  test("is a model, from YAML and from JSON alike", () => {
    const fromYaml = readModel(yaml, "q.yaml");
    expect(fromYaml.issues).toEqual([]);
    expect(fromYaml.model?.sizes).toEqual([10, 1e9, Number.POSITIVE_INFINITY]);
    const fromJson = readModel(JSON.stringify(fromYaml.spec, null, 2), "q.json");
    expect(fromJson.issues).toEqual([]);
    expect(fromJson.model).toEqual(fromYaml.model);
  });

  test("may use Windows line ends, a byte order mark, anchors, comments and block texts", () => {
    const variants = [
      yaml.replaceAll("\n", "\r\n"),
      `\uFEFF${yaml}`,
      yaml
        .replace("dims: 2\n  hamiltonian: 0.5", "dims: &two 2\n  hamiltonian: 0.5")
        .replace("dims: 2\n  hamiltonian: proj", "dims: *two\n  hamiltonian: proj"),
      yaml.replace("state: plus", "state: plus # in x"),
      yaml.replace("state: plus", "state: >\n    plus"),
      yaml.replace("0.5 * sigmaz", "\n    0.25 * sigmaz +\n    0.25 * sigmaz"),
    ];
    for (const text of variants) {
      const { model, issues } = readModel(text, "q.yaml");
      expect(issues).toEqual([]);
      expect(model).toEqual(readModel(yaml, "q.yaml").model);
    }
  });

  test("is each of the examples", () => {
    const files = readdirSync("examples").filter((file) => file.endsWith(".yaml"));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const { model, issues } = readModel(readFileSync(`examples/${file}`, "utf8"), file);
      expect(issues.map(formatIssue)).toEqual([]);
      expect(model).toBeDefined();
    }
  });

  test("means numbers where YAML has numbers: 1e-8, .inf, 1e9; and texts elsewhere: -i, inf", () => {
    expect(readModel(yaml.replace("inf]", ".inf]"), "q").model?.sizes[2]).toBe(Number.POSITIVE_INFINITY);
    expect(readModel(yaml, "q").model?.tolerance).toBe(1e-8);
    expect(spoilt("0.5 * sigmaz", "[[0, -i], [i, 0]]")).toEqual([]);
  });
});

describe("an issue on the terminal", () => {
  test("has its place, the sentence, the advice, and the line with a caret", () => {
    const [issue] = spoilt("0.7 * proj(down)", "0.68 * proj(down)");
    expect(formatIssue(issue).split("\n")).toEqual([
      "q.yaml:9:10  error  `reservoir.state` must have trace 1, but has trace 0.98.",
      "  `unit(0.68 * proj(down) + 0.3 * proj(up))` divides by the trace.",
      "  9 |   state: 0.68 * proj(down) + 0.3 * proj(up)",
      `    |          ${"^".repeat(34)}`,
    ]);
  });

  test("keeps a long line short and the caret under what is meant", () => {
    const long = `[[${"0, ".repeat(60)}zz], [0]]`;
    const text = formatIssue(spoilt("0.5 * sigmaz", long).filter(({ message }) => message.includes("zz"))[0]);
    const [source, caret] = text.split("\n").slice(-2);
    expect(source.length).toBeLessThan(130);
    expect(source.slice(caret.indexOf("^"), caret.lastIndexOf("^") + 1)).toBe("zz");
  });

  test("is a warning where it is one", () => {
    const [issue] = spoilt("system: 0.15 * sigmam, site: sigmap", "system: 0.15 * sigmax, site: sigmax");
    expect(formatIssue(issue)).toMatch(/^q\.yaml:11:5 {2}warning {2}G ⊗ v is Hermitian here/);
    expect(readModel(yaml.replace("0.15 * sigmam, site: sigmap", "sigmax, site: sigmax"), "q").model).toBeDefined();
  });
});

test("no text makes it throw, and every issue lies within the text", () => {
  const piece = fc.constantFrom(
    ...yaml.split(/(?<=[\s:,{}[\]])/),
    "\t",
    "- ",
    "? ",
    "*a ",
    "&a ",
    "!x ",
    "|\n",
    "'",
    '"',
    "---\n",
    "{",
    "]",
    ": ",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join("");
      const { issues } = readModel(text, "any");
      const lines = text.split("\n").length;
      for (const issue of issues) {
        expect(issue.line).toBeGreaterThanOrEqual(1);
        expect(issue.line).toBeLessThanOrEqual(lines);
        expect(formatIssue(issue)).toContain("any:");
      }
    }),
    { numRuns: 300 },
  );
});

test("a key of a valid file that is cut short by one letter never goes unnoticed", () => {
  const known = [...modelKeys, ...partKeys, ...couplingKeys, ...timesKeys];
  const words = [...yaml.matchAll(/\b\w+(?=:)/g)].filter(([word]) => known.some((key) => key === word));
  expect(words.length).toBeGreaterThan(15);
  for (const word of words) {
    const at = word.index + word[0].length - 1;
    const { issues } = readModel(yaml.slice(0, at) + yaml.slice(at + 1), "q");
    expect(
      issues.some(({ key, found }) => key && found === word[0].slice(0, -1)),
      word[0],
    ).toBe(true);
  }
});
