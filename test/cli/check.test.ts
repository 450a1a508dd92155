import { afterAll, expect, test } from "vitest";
import { bosonize, examples, folder, smallModel } from "./commandLine.ts";

const place = folder({ "model.yaml": smallModel() });
afterAll(place.remove);

function check(...args: string[]) {
  return bosonize(["check", ...args], { cwd: place.path });
}

test("check shows the interaction that is used and predicts every size, and writes nothing", async () => {
  const { code, stdout, stderr } = await check("model.yaml");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("K_1 = [0.15 |1><0|] ⊗ [|0><1|] + H.c.");
  expect(stdout).toMatch(/^ +10 /m);
  expect(stdout).toMatch(/^ +∞ /m);
});

test("Hermitian G and v are doubled by + H.c., which is a warning and is shown in V", async () => {
  const couplings = "[{ system: 0.1 * sigmaz, site: sigmax }]";
  const doubled = await bosonize(["check", "-"], { input: smallModel({ couplings }) });
  expect(doubled.code).toBe(0);
  expect(doubled.stdout).toContain("[0.2 |0><0| - 0.2 |1><1|]");
  expect(doubled.stdout).toContain("doubles");
  expect(doubled.stderr).toContain("warning");
  const once = await bosonize(["check", "-"], {
    input: smallModel({ couplings: couplings.replace("}", ", hc: included }") }),
  });
  expect(once.stdout).toContain("[0.1 |0><0| - 0.1 |1><1|]");
  expect(once.stdout).toContain("taken once");
  expect(once.stderr).toBe("");
});

test("a mean field that is subtracted is shown with c_q and the operator", async () => {
  const { stdout } = await check(`${examples}nondemolition.yaml`);
  expect(stdout).toContain("c_1 = tr(ρ v_1) = -0.06");
  expect(stdout).toContain("Mean field √M · [-0.012 |0><0| + 0.012 |1><1|]");
  expect(stdout).toContain("center: subtract");
});

test("the expected rate is 1/M where third moments vanish and 1/√M where they do not", async () => {
  expect((await check("model.yaml")).stdout).toContain("falls like 1/M.");
  expect((await check(`${examples}nondemolition.yaml`)).stdout).toContain("falls like 1/√M.");
});

test("a size that would not fit is marked, and the exit code is 3", async () => {
  const { code, stdout, stderr } = await check("model.yaml", "--memory", "1kB");
  expect(code).toBe(3);
  expect(stdout).toContain("too large");
  expect(stderr).toContain("--memory");
});

test("--json has the predictions as numbers", async () => {
  const { predictions } = JSON.parse((await check("model.yaml", "--json")).stdout);
  expect(predictions.map((one: { size: unknown }) => one.size)).toEqual([10, "inf"]);
  for (const { dimension, bytes, seconds } of predictions) {
    for (const value of [dimension, bytes, seconds]) expect(value).toBeGreaterThan(0);
  }
});

test("predicted dimensions are those of the run, within a factor of 4", async () => {
  const predicted = JSON.parse((await check("model.yaml", "--json")).stdout).predictions;
  const ran = JSON.parse((await bosonize(["run", "model.yaml", "--json"], { cwd: place.path })).stdout).runs;
  predicted.forEach(({ dimension }: { dimension: number }, i: number) => {
    expect(dimension / ran[i].cost.dimension).toBeGreaterThan(0.25);
    expect(dimension / ran[i].cost.dimension).toBeLessThan(4);
  });
});
