import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { bosonize, examples, folder, smallModel } from "./commandLine.ts";

const place = folder({
  "model.yaml": smallModel({ times: "{ from: 0, to: 6, points: 101 }" }),
  "before.yaml": smallModel({ times: "[0, -1]" }),
  "keep.yaml": smallModel({
    couplings: "[{ system: 0.1 * sigmax, site: sigmaz, hc: included }]",
    center: "keep",
    sizes: "[10]",
  }),
  "many.yaml": smallModel({
    couplings: "[{ system: sigmax, site: sigmap }]",
    times: "{ from: 0, to: 300, points: 31 }",
  }),
});
afterAll(place.remove);

function exported(...args: string[]) {
  return bosonize(["export", ...args], { cwd: place.path });
}

describe("bosonize export", () => {
  test("writes the script to standard output and nothing else there", async () => {
    const { code, stdout, stderr } = await exported("model.yaml", "--to", "qutip");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^#!\/usr\/bin\/env python3\n# a small model\n/);
    expect(stdout).toContain('"sz": operator((0, 0, 1), (1, 1, -1)).full()');
    expect(stdout).toContain("Compared at 61 of the model's 101 times.");
    expect(stderr).toMatch(/^2 oscillators with \d+ × \d+ Fock states: within \d/);
  });

  test("writes it to a file and says how to run it", async () => {
    const { code, stdout, stderr } = await exported("model.yaml", "--to", "quantumtoolbox", "--out", "a/m.jl", "-q");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe("Wrote a/m.jl. Run it: julia a/m.jl\n");
    expect(readFileSync(join(place.path, "a", "m.jl"), "utf8")).toContain("using QuantumToolbox");
  });

  test("takes times, the number of comparisons and the tolerance", async () => {
    const { stdout } = await exported(
      ...["model.yaml", "--to", "dynamiqs", "--times", "0:3:31", "--points", "5", "--tolerance", "1e-4"],
    );
    expect(stdout).toContain("times = np.array([\n    0, 0.1, 0.8, 1.6, 2.3, 3,\n])");
    expect(stdout).toContain("tolerance = 0.0001");
  });

  test("--to json is data, with or without ρ_S(t)", async () => {
    const { stdout } = await exported("model.yaml", "--to", "json");
    expect(JSON.parse(stdout)).toMatchObject({ schema: "bosonize/reservoir@1", minimal: { field: [] } });
    expect(JSON.parse(stdout).reference.times).toHaveLength(61);
    const bare = await exported("model.yaml", "--to", "json", "--no-reference");
    expect(JSON.parse(bare.stdout).reference).toBeNull();
  });
});

describe("what would be wrong is refused, with the reason", () => {
  test("HEOM with a coupling that is not Hermitian", async () => {
    const { code, stdout, stderr } = await exported("model.yaml", "--to", "qutip-heom");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/--to qutip-heom: QuTiP's HEOM takes one Hermitian operator Q .* σ₋/);
  });

  test("a spin bath that is not a sum of Hermitian couplings, though S·I is Hermitian", async () => {
    expect((await exported(`${examples}central-spin.yaml`, "--to", "qutip-heom")).code).toBe(2);
  });

  test("a finite number of sites", async () => {
    const { code, stderr } = await exported("model.yaml", "--to", "qutip", "--size", "100");
    expect(code).toBe(2);
    expect(stderr).toContain("only the limit M = ∞ is a system of a few oscillators");
    expect((await exported("model.yaml", "--to", "qutip", "--size", "inf")).code).toBe(0);
  });

  test("no limit, no time after 0, options that do not go together", async () => {
    expect((await exported("keep.yaml", "--to", "qutip")).code).toBe(2);
    expect(await exported("before.yaml", "--to", "qutip")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("no time is later than 0"),
    });
    expect((await exported("model.yaml", "--to", "json", "--form", "thermal")).stderr).toContain("has all forms");
    expect((await exported("model.yaml", "--to", "qutip", "--no-reference")).code).toBe(2);
    expect((await exported("model.yaml", "--to", "nothing")).code).toBe(2);
    expect((await exported("model.yaml")).stderr).toContain("--to");
  });

  test("a box that is larger than allowed: exit code 3", async () => {
    const { code, stderr } = await exported("many.yaml", "--to", "qutip", "--states", "300");
    expect(code).toBe(3);
    expect(stderr).toMatch(/joint states and need more, but 300 are allowed.*--states/s);
  });
});
