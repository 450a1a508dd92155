import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LocatedIssue } from "../../src/model/read.ts";
import { formatIssue, readModel } from "../../src/model/read.ts";
import { couplingKeys, modelKeys, partKeys, timesKeys } from "../../src/model/spec.ts";

const yaml = `name: qubit
system:
  dims: 2
  hamiltonian: 0.5 * sigmaz
  state: plus
reservoir:
  dims: 2
  hamiltonian: proj(up)
  state: 0.7 * proj(down) + 0.3 * proj(up)
couplings:
  - { system: 0.15 * sigmam, site: sigmap }
times: { from: 0, to: 60, points: 7 }
sizes: [10, 1e9, inf]
observe: { sz: sigmaz, purity: purity() }
tolerance: 1e-8
`;

function spoilt(line: string, instead: string): readonly LocatedIssue[] {
  expect(yaml).toContain(line);
  return readModel(yaml.replace(line, instead), "q.yaml").issues;
}

/** What the caret underlines. */
function marked({ source, column, length }: LocatedIssue): string {
  return source.slice(column - 1, column - 1 + length);
}

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

/**
 * Each kind of mistake: what is written instead of what, where it is found, what is underlined, and what the
 * message must have.
 */
const mistakes: [string, string, string, number, string, RegExp][] = [
  [
    "misspelt key",
    "hamiltonian: proj(up)",
    "hamiltonain: proj(up)",
    8,
    "hamiltonain",
    /`hamiltonain` is not a key of `reservoir`\. Did you mean `hamiltonian`/,
  ],
  [
    "misspelt key of the model",
    "tolerance:",
    "tolerence:",
    15,
    "tolerence",
    /`tolerence` is not a key of a model\. Did you mean `tolerance`/,
  ],
  [
    "misspelt name",
    "0.5 * sigmaz",
    "0.5 * sigmaZZ",
    4,
    "sigmaZZ",
    /`system.hamiltonian` .*`sigmaZZ` is not one.*`sigmaz`/,
  ],
  [
    "misspelt name in braces",
    "site: sigmap",
    "site: sigmapp",
    11,
    "sigmapp",
    /`couplings\[0\].site` .*Did you mean `sigmap`/,
  ],
  ["missing key", "  state: plus\n", "", 2, "system", /`system.state` must be given, but is missing/],
  [
    "missing key in braces",
    ", site: sigmap }",
    " }",
    11,
    "{ system: 0.15 * sigmam }",
    /`couplings\[0\].site` must be given/,
  ],
  ["empty value", "state: plus", "state:", 5, "state", /`system.state` must be .* but is empty/],
  [
    "wrong dimension",
    "dims: 2\n  hamiltonian: 0.5",
    "dims: [2, 2]\n  hamiltonian: 0.5",
    4,
    "0.5 * sigmaz",
    /must be 4×4, as `system.dims` says, but is 2×2.*`kron\(0.5 \* sigmaz, qeye\(2\)\)`/,
  ],
  [
    "huge dimension",
    "dims: 2\n  hamiltonian: 0.5",
    "dims: 1000000\n  hamiltonian: 0.5",
    3,
    "1000000",
    /at most 64, but gives 1000000/,
  ],
  [
    "huge dimension by name",
    "0.5 * sigmaz",
    "num(1000000)",
    4,
    "num(1000000)",
    /dimensions up to 64, but `num\(1000000\)` makes 1000000×1000000/,
  ],
  [
    "not Hermitian",
    "0.5 * sigmaz",
    "0.5 * sigmap",
    4,
    "0.5 * sigmap",
    /must be Hermitian, but has 0.5 at \[0\]\[1\] and 0 at \[1\]\[0\]/,
  ],
  [
    "trace",
    "0.7 * proj(down)",
    "0.68 * proj(down)",
    9,
    "0.68 * proj(down) + 0.3 * proj(up)",
    /`reservoir.state` must have trace 1, but has trace 0.98\. .*unit\(/,
  ],
  ["norm", "state: plus", "state: up + down", 5, "up + down", /must have norm 1, being a ket, but has norm 1.41421/],
  [
    "not positive",
    "0.7 * proj(down) + 0.3 * proj(up)",
    "1.2 * proj(down) - 0.2 * proj(up)",
    9,
    "1.2 * proj(down) - 0.2 * proj(up)",
    /must be positive, but has the eigenvalue -0.2/,
  ],
  [
    "not stationary",
    "0.7 * proj(down) + 0.3 * proj(up)",
    "plus",
    9,
    "plus",
    /must commute with `reservoir.hamiltonian`, but the norm of \[h, ρ\] is 0.707107/,
  ],
  [
    "not centred",
    "site: sigmap",
    "site: sigmap + sigmaz",
    11,
    "sigmap + sigmaz",
    /tr\(ρ v\) = 0.*c_0 = -0.4.*√M·\[\[0, -0.06\], \[-0.06, 0\]\].*center: subtract.*center: keep/,
  ],
  [
    "keep with inf",
    "site: sigmap }",
    "site: sigmap + sigmaz }\ncenter: keep",
    14,
    "sizes",
    /`sizes` must have no inf with `center: keep`, but the mean field √M·.* grows without limit/,
  ],
  [
    "NaN entry",
    "0.5 * sigmaz",
    "[[.nan, 0], [0, 1]]",
    4,
    ".nan",
    /`system.hamiltonian\[0\]\[0\]` must be finite, but is NaN/,
  ],
  [
    "infinite entry",
    "0.5 * sigmaz",
    "[[1, 0], [0, .inf]]",
    4,
    ".inf",
    /`system.hamiltonian\[1\]\[1\]` must be finite, but is Infinity/,
  ],
  ["uneven rows", "0.5 * sigmaz", "[[1, 0], [0]]", 4, "[0]", /as many entries as the first row, 2, but has 1/],
  ["misspelt entry", "0.5 * sigmaz", '[[1, "2*x"], [0, 1]]', 4, "x", /`system.hamiltonian\[0\]\[1\]` .*`x` is not one/],
  [
    "unclosed parenthesis",
    "proj(up)\n  state",
    "proj(up\n  state",
    8,
    "(",
    /must have a \) for every \(, but this \( is never closed/,
  ],
  [
    "hc",
    "site: sigmap }",
    "site: sigmap, hc: included }",
    11,
    "included",
    /G has 0 at \[0\]\[1\] and 0.15 at \[1\]\[0\]/,
  ],
  ["times", "to: 60", "to: .inf", 12, ".inf", /`times.to` must be finite, but is Infinity/],
  ["sizes", "[10, 1e9", "[10, 2.5", 13, "2.5", /`sizes\[1\]` must be a whole number from 1, or inf, but is 2.5/],
  ["no sizes", "[10, 1e9, inf]", "[]", 13, "sizes", /`sizes` must have at least one size, but is an empty list/],
  ["observable", "purity()", "purty()", 14, "purty", /Did you mean `purity\(\)`/],
  ["measure that S has not", "purity()", "concurrence()", 14, "concurrence()", /Concurrence needs two qubits/],
  ["tolerance", "1e-8", "1", 15, "1", /`tolerance` must lie between 1e-14 and 0.1, but is 1/],
  ["duplicate key", "sizes:", "sizes: [1]\nsizes:", 14, "sizes", /keys must be unique.*second of the two/],
  ["duplicate observable", "sz: sigmaz,", "sz: sigmaz, sz: sigmax,", 14, "sz", /keys must be unique/],
  [
    "comma inside braces",
    "system: 0.15 * sigmam",
    "system: kron(sigmam, qeye(2))",
    11,
    "kron(sigmam",
    /must not be cut by a comma.*Quote/,
  ],
  [
    "quotes inside braces",
    "system: 0.15 * sigmam",
    'system: jmat(1/2, "-")',
    11,
    "jmat(1/2",
    /must not be cut by a comma/,
  ],
  [
    "line indented too far",
    "  state: plus",
    "   state: plus",
    4,
    "0",
    /must be readable YAML.*The next line may be indented too far/,
  ],
  ["line indented too little", "  state: plus", " state: plus", 5, " ", /must start at the same column/],
  ["no space after a colon", "state: plus", "state:plus", 5, "state:plus", /needs a colon and a space after it/],
  ["tab", "  state: plus", "\tstate: plus", 5, "\t", /must be readable YAML.*spaces/],
  ["unclosed list", "[10, 1e9, inf]", "[10, 1e9, inf", 14, "o", /must be readable YAML/],
  ["alias without anchor", "state: plus", "state: *plus", 5, "*plus", /`\*plus` must name an anchor/],
  ["tag", "state: plus", "state: !ket plus", 5, "!ket", /unresolved tag/],
  [
    "two models",
    "tolerance: 1e-8\n",
    "tolerance: 1e-8\n---\nname: second\n",
    16,
    "-",
    /must hold one model, but a second one begins here/,
  ],
];

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
