import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { bosonize, folder, smallModel } from "./commandLine.ts";

test("--version prints the version of the package and nothing else", async () => {
  expect(await bosonize(["--version"])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
});

test("help names every command, starts with what to do, and tells the exit codes", async () => {
  const { code, stdout } = await bosonize(["--help"]);
  expect(code).toBe(0);
  for (const name of ["init", "check", "run", "modes", "correlations", "converge", "plot"]) {
    expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
  }
  expect(stdout).toContain("Exit codes: 0 done");
});

test("every command's help has examples of itself", async () => {
  for (const name of ["init", "check", "run", "modes", "correlations", "converge", "plot"]) {
    const { code, stdout } = await bosonize([name, "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`Examples:\n  bosonize ${name}`);
  }
});

test("a misspelt command or option is wrong input and gets a suggestion", async () => {
  const command = await bosonize(["runn", "model.yaml"]);
  expect(command).toMatchObject({ code: 2, stdout: "" });
  expect(command.stderr).toContain("Did you mean run?");
  const option = await bosonize(["run", "model.yaml", "--sises", "10"]);
  expect(option).toMatchObject({ code: 2, stdout: "" });
  expect(option.stderr).toContain("Did you mean --sizes?");
});

test("an option value that is no number is wrong input", async () => {
  for (const args of [
    ["--tolerance", "abc"],
    ["--sizes", "10,zero"],
    ["--times", "0:10"],
    ["--memory", "lots"],
  ]) {
    const { code, stderr } = await bosonize(["run", "model.yaml", ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(args[0]);
  }
});

test("a reader that closes the pipe early is no error", async () => {
  const place = folder({ "model.yaml": smallModel() });
  const outcome = await bosonize(["run", "model.yaml", "--json"], {
    cwd: place.path,
    whileRunning: (child) => child.stdout?.destroy(),
  });
  place.remove();
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
});

test("what makes no sense as an option is refused", async () => {
  const place = folder({ "model.yaml": smallModel() });
  for (const [args, message] of [
    [["run", "model.yaml", "--out", ""], "Expected a name."],
    [["export", "model.yaml", "--to", "json", "--tolerance", "5"], "up to 0.1"],
    [["compare", "model.yaml", "model.yaml", "--same", "-1"], '"-1" is not a number above 0.'],
  ] as const) {
    const { code, stdout, stderr } = await bosonize(args, { cwd: place.path });
    expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: "" });
    expect(stderr).toContain(message);
  }
  place.remove();
});
