import { describe, expect, test } from "vitest";
import { formatIssue, readModel } from "../../src/model/read.ts";
import { mistakes } from "./mistakes.ts";
import { marked, spoilt, yaml } from "./spoilt.ts";

describe("a mistake is found at its line and column, with its field, what was found and what is expected", () => {
  test.each(mistakes)("%s", (_, line, instead, at, underlined, message) => {
    const issues = spoilt(line, instead);
    const texts = issues.map(formatIssue);
    const [hit] = issues.filter((issue) => message.test(`${issue.message} ${issue.suggestion}`));
    expect(hit, texts.join("\n")).toBeDefined();
    expect([hit.line, marked(hit)]).toEqual([at, underlined]);
    expect(hit.severity).toBe("error");
    for (const text of texts) expect(text).toMatch(/^q\.yaml:\d+:\d+ {2}error {2}/);
    for (const text of texts) expect(text).not.toMatch(/\n\s+at |node_modules|undefined/);
  });

  test("one mistake makes one issue", () => {
    const several = new Set(["misspelt key", "wrong dimension"]);
    for (const [name, line, instead] of mistakes) {
      if (!several.has(name)) expect([name, spoilt(line, instead).length]).toEqual([name, 1]);
    }
  });

  test("several are told in the order of the file", () => {
    const text = yaml.replace("1e-8", "7").replace("name: qubit", "nam: qubit").replace("plus", "pluss");
    expect(readModel(text, "q").issues.map(({ line }) => line)).toEqual([1, 5, 15]);
  });

  test("an empty file says so", () => {
    for (const text of ["", "\n\n", "# nothing yet\n", "null", "---\n", "~"]) {
      const { issues, model } = readModel(text, "empty.yaml");
      expect(model).toBeUndefined();
      expect(issues).toHaveLength(1);
      expect(issues[0].message).toBe("The file must hold a model, but is empty.");
      expect(issues[0].suggestion).toContain("bosonize init");
      expect([issues[0].line, issues[0].column]).toEqual([1, 1]);
    }
  });

  test("a file that is no mapping says so", () => {
    expect(readModel("- 1\n- 2\n", "q").issues[0].message).toContain("The model must be a mapping with");
    expect(readModel("just text", "q").issues[0].message).toContain('but is the text "just text"');
  });

  test("a mistake in JSON has its place too", () => {
    const json = JSON.stringify(readModel(yaml, "q").spec, null, 2).replace("0.5 * sigmaz", "0.5 * sigmazz");
    const [issue] = readModel(json, "q.json").issues;
    expect([issue.line, marked(issue)]).toEqual([5, "sigmazz"]);
    expect(readModel(json.slice(0, -5), "q.json").issues[0].message).toContain("must be readable YAML or JSON");
  });

  test("in a quoted text with escapes, or in one over several lines, the value as a whole is shown", () => {
    const [escaped] = spoilt("0.5 * sigmaz", '"0.5\\u0020* sigmazz"');
    expect(marked(escaped)).toBe('"0.5\\u0020* sigmazz"');
    const [folded] = spoilt("0.5 * sigmaz", ">\n    0.5 *\n    sigmazz");
    expect(folded.line).toBe(4);
  });

  test("behind an alias is shown where it was written", () => {
    const text = yaml.replace("state: plus", "state: &s pluss").replace("purity: purity()", "back: sigmax");
    const [issue] = readModel(text, "q").issues;
    expect([issue.line, marked(issue)]).toEqual([5, "pluss"]);
  });
});
