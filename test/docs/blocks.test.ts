import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build, buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readModel } from "../../src/model/read.ts";
import built from "../cli/built.ts";
import { type Block, blocksOf, expectSame, pages } from "./blocks.ts";

const blocks = pages.flatMap(blocksOf);
const of = (kind: string): Block[] => blocks.filter((block) => block.kind === kind);
const place = ({ file, line }: Block): string => `${file}:${line}`;
const named = (kind: string): [string, Block][] => of(kind).map((block) => [place(block), block]);

// A clone's worth of what the commands of the pages need: commands write into it, one after the other.
const clone = mkdtempSync(join(tmpdir(), "bosonize-docs-"));
// Inside node_modules, so that the packages of the repository are found from there.
const workshop = resolve("node_modules", ".cache", `bosonize-docs-${process.pid}`);
const worker = join(workshop, "worker.mjs");

beforeAll(() => {
  cpSync("examples", join(clone, "examples"), { recursive: true });
  mkdirSync(workshop, { recursive: true });
  buildSync({ entryPoints: ["src/crew/worker.ts"], outfile: worker, bundle: true, format: "esm", platform: "node" });
});
afterAll(() => {
  rmSync(clone, { recursive: true, force: true });
  rmSync(workshop, { recursive: true, force: true });
});

test("every block is of a kind that is tested, here or in test/model/documentation.test.ts", () => {
  const kinds = ["ts", "text", "yaml", "sh", "console"];
  const elsewhere = ["yaml operators", "yaml states", "yaml fragment"];
  for (const block of blocks) {
    expect(kinds.concat(block.file === "docs/model-file.md" ? elsewhere : []), place(block)).toContain(block.kind);
  }
  // A text is the output of the program before it.
  for (const output of of("text"))
    expect(blocks.find((block) => block.next === output)?.kind, place(output)).toBe("ts");
});

test.each(named("yaml"))("the model in %s has no error and no warning", (where, { text }) => {
  expect(readModel(text, where).issues).toEqual([]);
});

describe("TypeScript", () => {
  const fileOf = (block: Block): string => `${block.file.replaceAll(/\W/g, "_")}_${block.line}`;

  test("has the right types", () => {
    const files = of("ts").map((block) => `${fileOf(block)}.ts`);
    of("ts").forEach((block, i) => {
      // Each block is a module of its own.
      writeFileSync(join(workshop, files[i]), `${block.text}\nexport {};\n`);
    });
    const paths = { bosonize: [resolve("src/index.ts")], "bosonize/model-file": [resolve("src/model/read.ts")] };
    const compilerOptions = { paths, noUnusedLocals: false, rootDir: resolve(".") };
    writeFileSync(join(workshop, "package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(
      join(workshop, "tsconfig.json"),
      JSON.stringify({ extends: resolve("tsconfig.json"), compilerOptions, include: [], files }),
    );
    const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
    const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", workshop], { encoding: "utf8" });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });

  test.each(named("ts"))("of %s runs, and prints what is said", async (_, block) => {
    const outfile = join(workshop, `${fileOf(block)}.mjs`);
    await build({
      stdin: { contents: block.text, loader: "ts", resolveDir: resolve("."), sourcefile: place(block) },
      alias: { bosonize: resolve("src/index.ts"), "bosonize/model-file": resolve("src/model/read.ts") },
      define: { "import.meta.resolve": "__resolve" },
      banner: {
        js: `import { createRequire as __cr } from "node:module";const require = __cr(import.meta.url);
          const __resolve = (name) => ({ "bosonize/worker": ${JSON.stringify(pathToFileURL(worker).href)} })[name];`,
      },
      bundle: true,
      format: "esm",
      platform: "node",
      outfile,
      logLevel: "error",
    });
    const stdout = execFileSync(process.execPath, [outfile], { cwd: clone, encoding: "utf8" });
    if (block.next?.kind === "text") expectSame(stdout, block.next.text, place(block));
  });
});

describe("commands", () => {
  beforeAll(built);

  const bin = resolve("bin/bosonize.js");
  const scripts: Record<string, string> = JSON.parse(readFileSync("package.json", "utf8")).scripts;

  /** Splits at blanks outside double quotes. */
  const argumentsOf = (line: string): string[] =>
    [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ""));

  /** Runs `npx bosonize …`; of npm's commands it only sees that they exist. Gives the output, or null. */
  const obey = (line: string): string | null => {
    const [program, first, ...rest] = argumentsOf(line);
    if (program === "npm") {
      const script = first === "run" ? rest[0] : first;
      expect(Object.keys(scripts), line).toContain(script);
      return null;
    }
    expect([program, first], line).toEqual(["npx", "bosonize"]);
    const { stdout, stderr, status } = spawnSync(process.execPath, [bin, ...rest], { cwd: clone, encoding: "utf8" });
    expect(status, `${line}\n${stderr}`).toBe(0);
    return stdout;
  };

  test.each(named("sh"))("of %s exist and work", (_, { text }) => {
    const lines = text.split("\n").map((line) => line.replace(/\s+#.*/, "").trim());
    for (const line of lines) if (line !== "") obey(line);
  });

  test.each(named("console"))("in %s print what is shown, but for times and rounding errors", (_, { text }) => {
    const shown = text.split(/^\$ /m).slice(1);
    expect(shown.length).toBeGreaterThan(0);
    for (const one of shown) {
      const [line, ...output] = one.split("\n");
      expectSame(obey(line) ?? "", output.join("\n"), line);
    }
  });
});

test("links inside the repository lead somewhere", () => {
  for (const file of pages) {
    const page = readFileSync(file, "utf8");
    for (const [, target] of page.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)|(?:src|srcset)="([^"]+)"/g)) {
      if (target === undefined || /^[a-z]+:/.test(target)) continue;
      expect(existsSync(join(dirname(file), target)), `${file} → ${target}`).toBe(true);
    }
    for (const [, path] of page.matchAll(/`((?:src|test|examples|docs|bench|scripts)\/[\w./-]*)`/g)) {
      expect(existsSync(path), `${file} names ${path}`).toBe(true);
    }
  }
});
