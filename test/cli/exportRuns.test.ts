import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parser } from "@plutojl/lezer-julia";
import { afterAll, describe, expect, test } from "vitest";
import { bosonize, examples, folder, smallModel } from "./commandLine.ts";
import { pythonWithQutip, runPython, standIns, withoutQutip } from "./python.ts";

/** Examples that no script can say: something is done to S, or there are too many modes for boxes of Fock states. */
const refused: Record<string, readonly [code: number, why: RegExp]> = {
  "cpmg.yaml": [2, /know nothing of `pulses`/],
  "driven-qubit.yaml": [2, /know nothing of `pulses`, `drive` and `decay`/],
  "hahn-echo.yaml": [2, /know nothing of `pulses`/],
  "anharmonic-ladder.yaml": [3, /for each of \d+ modes the oscillators and S have .* but 40000 are allowed/],
  "inhomogeneous.yaml": [3, /for each of \d+ modes the oscillators and S have .* but 40000 are allowed/],
  "spin-ensemble.yaml": [3, /for each of \d+ modes the oscillators and S have .* but 40000 are allowed/],
};
const names = readdirSync(examples).filter((name) => name.endsWith(".yaml") && !(name in refused));

// Several parts, mixed, complex, a static field with nothing else, and names that quote.
const others = {
  "static.yaml": `name: static field only
system: { dims: [2, 2], hamiltonian: "0.5 * kron(sigmaz, qeye(2)) + 0.3 * kron(sigmax, sigmay)", state: "kron(plus, up)" }
reservoir: { dims: 2, hamiltonian: proj(up), state: "0.6 * proj(down) + 0.4 * proj(up)" }
couplings: [{ system: "0.2 * kron(sigmax, sigmaz)", site: sigmaz, hc: included }]
center: subtract
times: { from: -2, to: 6, points: 41 }
`,
  "complex.yaml": `name: 'a mixture, complex couplings, "quotes" and $dollars'
system: { dims: 3, hamiltonian: 'jmat(1, "z") + 0.2 * jmat(1, "y")', state: "0.7 * proj(basis(3, 0)) + 0.3 * proj(basis(3, 1))" }
reservoir: { dims: 2, hamiltonian: 1.3 * proj(up), state: "0.8 * proj(down) + 0.2 * proj(up)" }
couplings: [{ system: '(0.1 - 0.05i) * jmat(1, "-") + (-0.02 + 0.03i) * jmat(1, "z")', site: sigmap }]
times: { from: 0, to: 5, points: 21 }
observe: { "a$b": 'jmat(1, "y")' }
`,
  "parts.yaml": `name: unlike parts
system: { dims: [2, 3], hamiltonian: 'kron(0.5 * sigmaz, qeye(3)) + 0.4 * kron(qeye(2), jmat(1, "z"))', state: "kron(up, basis(3, 2))" }
reservoir: { dims: 2, hamiltonian: 0.8 * proj(up), state: proj(down) }
couplings: [{ system: '0.2 * kron(sigmam, qeye(3)) + 0.1 * kron(sigmaz, jmat(1, "-"))', site: sigmap }]
times: { from: 0, to: 10, points: 41 }
`,
  "hot.yaml": smallModel({ times: "{ from: 0, to: 10, points: 41 }" }),
};
const place = folder(others);
afterAll(place.remove);

const skipped = withoutQutip();
const limit = 120_000;

/** Exports and runs; gives how far the script was from bosonize, by its own words. */
async function exported(model: string, to: string, options: readonly string[] = [], environment = {}): Promise<number> {
  const out = join(place.path, `${model.replaceAll(/\W/g, "_")}-${to}-${options.join("").replaceAll(/\W/g, "")}.py`);
  const made = await bosonize(["export", model, "--to", to, "--out", out, "-q", ...options], { cwd: place.path });
  expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: "" });
  const { code, output } = await runPython(out, environment);
  expect({ code, output }).toMatchObject({ code: 0 });
  const [, difference] = /agrees with bosonize: largest difference ([\d.e+-]+)/.exec(output) ?? [];
  return Number(difference);
}

test.each(Object.keys(refused))("%s is refused, with the reason", async (name) => {
  const [code, why] = refused[name];
  const made = await bosonize(["export", `${examples}${name}`, "--to", "qutip", "-q"], { cwd: place.path });
  expect(made.code).toBe(code);
  expect(made.stderr).toMatch(why);
  expect(made.stdout).toBe("");
});

describe.skipIf(skipped)("QuTiP itself gives the same ρ_S(t)", () => {
  test.each(names)(
    "for %s",
    async (name) => {
      const tolerance = name === "central-spin.yaml" ? 1e-5 : 1e-6;
      expect(await exported(`${examples}${name}`, "qutip")).toBeLessThan(tolerance);
    },
    limit,
  );

  test.each(Object.keys(others))(
    "for %s: mixtures, parts, complex numbers, a field alone",
    async (name) => {
      expect(await exported(name, "qutip")).toBeLessThan(1e-6);
    },
    limit,
  );

  test.each([
    ["thermal", "hot.yaml"],
    ["standard", "hot.yaml"],
    ["standard", `${examples}nondemolition.yaml`],
    ["thermal", `${examples}nondemolition.yaml`],
  ])(
    "in the %s form of %s",
    async (form, name) => {
      expect(await exported(name, "qutip", ["--form", form, "--times", "0:8:17"])).toBeLessThan(1e-6);
    },
    limit,
  );

  test.each(["entanglement", "nondemolition", "bath-of-spins-half"])(
    "by its HEOM, for %s",
    async (name) => {
      const short = ["--times", "0:8:17"];
      expect(await exported(`${examples}${name}.yaml`, "qutip-heom", short)).toBeLessThan(1e-6);
    },
    limit,
  );

  test(
    "and a script fails where it does not",
    async () => {
      const out = join(place.path, "wrong.py");
      await bosonize(["export", "hot.yaml", "--to", "qutip", "--out", out], { cwd: place.path });
      const script = readFileSync(out, "utf8");
      expect(script).toContain("H_S = operator((0, 0, 0.5), (1, 1, -0.5))");
      writeFileSync(out, script.replace("H_S = operator((0, 0, 0.5)", "H_S = operator((0, 0, 0.51)"));
      const { code, output } = await runPython(out);
      expect(code).toBe(1);
      expect(output).toContain("DISAGREES with bosonize");
    },
    limit,
  );

  // Why the export is refused: QuTiP takes Q = σ₋ without a word. The exact ⟨σz⟩ falls, QuTiP's does not move.
  test(
    "its HEOM with Q = σ₋ runs, and is wrong",
    async () => {
      const out = join(place.path, "sigmam.py");
      await bosonize(["export", "hot.yaml", "--to", "qutip", "--out", out], { cwd: place.path });
      const wrong = `
import numpy as np
import qutip as qt
if qt.__version__.startswith("4"):
    from qutip.nonmarkov.heom import BosonicBath, HEOMSolver
else:
    from qutip.solver.heom import BosonicBath, HEOMSolver
w, g2 = np.array([1.0]), np.array([0.2**2])
v = np.concatenate([1j * w, -1j * w])
bath = BosonicBath(qt.sigmam(), np.concatenate([g2, g2]) / 2, v, np.concatenate([-1j * g2, 1j * g2]) / 2, v)
times = np.linspace(0, 6, 7)
rho = HEOMSolver(0.5 * qt.sigmaz(), [bath], max_depth=8).run(qt.fock_dm(2, 0), times).states[-1]
print("sz", qt.expect(qt.sigmaz(), rho), np.cos(2 * 0.2 * times[-1]))
`;
      writeFileSync(out, wrong);
      const { output } = await runPython(out);
      const [, heom, exact] = /sz (\S+) (\S+)/.exec(output) ?? [];
      // One excitation and one mode in resonance: ⟨σz⟩ = cos 2gt.
      expect(Math.abs(Number(heom) - Number(exact))).toBeGreaterThan(0.5);
    },
    limit,
  );
});

describe.skipIf(pythonWithQutip === undefined)("with stand-ins for the solvers", () => {
  test.each([
    [`${examples}paper-qubit-w0.yaml`, []],
    [`${examples}entanglement.yaml`, []],
    [`${examples}nondemolition.yaml`, ["--times", "0:6:13"]],
    ["complex.yaml", []],
    ["parts.yaml", []],
    ["static.yaml", []],
    ["hot.yaml", ["--form", "thermal"]],
  ])(
    "dynamiqs' script for %s agrees",
    async (name, options) => {
      expect(await exported(name, "dynamiqs", options, { PYTHONPATH: standIns })).toBeLessThan(1e-6);
    },
    limit,
  );

  test.each([
    [`${examples}paper-qubit-w0.yaml`, []],
    [`${examples}nondemolition.yaml`, ["--times", "0:6:13"]],
    ["complex.yaml", []],
    ["parts.yaml", []],
    ["static.yaml", []],
    ["hot.yaml", ["--form", "thermal"]],
  ])(
    "ACE's parameters for %s mean the model",
    async (name, options) => {
      const path = `${standIns}${delimiter}${process.env.PATH}`;
      expect(await exported(name, "ace", options, { PATH: path })).toBeLessThan(1e-3);
    },
    limit,
  );
});

describe.each(["quantumtoolbox", "quantumoptics"])("for Julia, %s", (to) => {
  test.each([
    ...names.filter((name) => !name.startsWith("paper")).map((name) => `${examples}${name}`),
    ...Object.keys(others),
  ])("the script of %s parses", async (name) => {
    const { code, stdout } = await bosonize(["export", name, "--to", to, "--tolerance", "1e-4"], { cwd: place.path });
    expect(code).toBe(0);
    expect(juliaErrors(stdout)).toEqual([]);
  });

  test("the parser sees errors", () => {
    expect(juliaErrors("x = [1, 2\nfor (i in 3\n")).not.toEqual([]);
  });
});

/** Where the text is not Julia. */
function juliaErrors(text: string): string[] {
  const found: string[] = [];
  parser.parse(text).iterate({
    enter: (node: { readonly from: number; readonly to: number; readonly type: { readonly isError: boolean } }) => {
      if (node.type.isError) found.push(text.slice(Math.max(0, node.from - 40), node.to + 40));
    },
  });
  return found;
}
