import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bosonize, folder, type Outcome, smallModel } from "./commandLine.ts";

const place = folder();
afterAll(place.remove);

async function refused(model: string): Promise<Outcome> {
  const outcome = await bosonize(["run", "-", "--json"], { cwd: place.path, input: model });
  expect(outcome).toMatchObject({ code: 2, stdout: "" });
  expect(outcome.stderr).not.toMatch(/^ +at /m);
  return outcome;
}

test("a misspelt key names the key that was meant, and its line and column", async () => {
  const { stderr } = await refused(smallModel().replace("sizes:", "sises:"));
  expect(stderr).toMatch(/standard input:6:1 .*`sises`/);
  expect(stderr).toContain("`sizes`");
});

test("a wrong dimension names the field and both dimensions", async () => {
  const { stderr } = await refused(
    smallModel({ couplings: '[{ system: 0.15 * jmat(1, "x"), site: sigmap }]' }).replace('jmat(1, "x")', "qeye(3)"),
  );
  expect(stderr).toMatch(/couplings\[0\]\.system.*2.*3/s);
});

test("a Hamiltonian that is not Hermitian is named with the entry that breaks it", async () => {
  const { stderr } = await refused(smallModel({ system: "{ dims: 2, hamiltonian: sigmap, state: plus }" }));
  expect(stderr).toMatch(/`system\.hamiltonian` must be Hermitian/);
});

test("several mistakes are all told at once", async () => {
  const { stderr } = await refused(smallModel({ sizes: "[0]", tolerance: "-1", center: "maybe" }));
  for (const field of ["sizes", "tolerance", "center"]) expect(stderr).toContain(`\`${field}`);
  expect(stderr).toContain("3 errors in standard input");
});

test("files that are missing, empty or not YAML are told, without a stack trace", async () => {
  const missing = await bosonize(["check", "nowhere.yaml"], { cwd: place.path });
  expect(missing).toMatchObject({ code: 2, stdout: "" });
  expect(missing.stderr).toContain("there is no such file");
  expect((await bosonize(["check", "."], { cwd: place.path })).stderr).toContain("it is a folder");
  await refused("");
  await refused("system: [unclosed");
});

test("an option replaces the key of the file, right or wrong, and is judged itself", async () => {
  const wrong = smallModel({ sizes: "[0.5]" });
  const mended = await bosonize(["run", "-", "--json", "--sizes", "2"], { cwd: place.path, input: wrong });
  expect(mended.code).toBe(0);
  expect(JSON.parse(mended.stdout).runs.map((run: { size: number }) => run.size)).toEqual([2]);
  const worse = await bosonize(["run", "-", "--json", "--sizes", "2.5"], { cwd: place.path, input: smallModel() });
  expect(worse).toMatchObject({ code: 2, stdout: "" });
  expect(worse.stderr).toContain("--sizes");
});

test("a file in another encoding is told with its line, and no letter is replaced", async () => {
  const latin = Buffer.from(smallModel({ name: "R\u00fcdiger" }), "latin1");
  writeFileSync(join(place.path, "latin.yaml"), latin);
  const { code, stdout, stderr } = await bosonize(["check", "latin.yaml"], { cwd: place.path });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toBe("cannot read latin.yaml: line 1 is not UTF-8. Save the file as UTF-8 text.\n");
  writeFileSync(join(place.path, "marked.yaml"), `\ufeff${smallModel({ name: "R\u00fcdiger" })}`);
  expect((await bosonize(["check", "marked.yaml"], { cwd: place.path })).stdout).toContain("R\u00fcdiger");
});
