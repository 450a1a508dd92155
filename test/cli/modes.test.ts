import { afterAll, expect, test } from "vitest";
import { bosonize, examples, folder, smallModel } from "./commandLine.ts";

const place = folder({ "model.yaml": smallModel() });
afterAll(place.remove);

function modes(...args: string[]) {
  return bosonize(["modes", ...args], { cwd: place.path });
}

test("the table has k, l, the frequency and L of each mode of (16)-(18)", async () => {
  const { code, stdout, stderr } = await modes("model.yaml");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  // √0.7 · 0.15 lowers S and excites a site; √0.3 · 0.15 the reverse.
  expect(stdout).toMatch(/^ +1 +2 +1 +0\.1255 +0\.1255 \|1><0\|$/m);
  expect(stdout).toMatch(/^ +2 +1 +-1 +0\.08216 +0\.08216 \|0><1\|$/m);
});

test("the chain form of ninety modes is a few sites, each with its hopping back, and what is left out", async () => {
  const { stdout } = await modes(`${examples}anharmonic-ladder.yaml`, "--form", "chain");
  expect(stdout).toMatch(
    /^(\d+) of 90 sites are enough up to t = 5: the rest changes no entry of ρ_S by more than \d/m,
  );
  expect(stdout).toMatch(/^ +1 +-?[\d.]+ +0\.\d+ +[\d.]+ \|0><1\| \+ [\d.]+ \|1><0\|$/m);
  expect(stdout).toMatch(/^ +2 +-?[\d.]+ +-?[\d.]+ from 1$/m);
  expect(stdout).toMatch(
    /differs from standard by .* in the whole chain, .* in the chain that is cut off, .* in merged\.$/m,
  );
});

test("merging leaves modes of different frequency alone, and says so", async () => {
  const { stdout } = await modes("model.yaml", "--form", "merged");
  expect(stdout).toContain("2 modes instead of 2 of the minimal form");
  expect(stdout).toContain("nothing is left out");
});

test("--json has all forms, which agree", async () => {
  const { stdout } = await modes("model.yaml", "--json");
  const document = JSON.parse(stdout);
  expect(document.levels).toEqual({ energies: [0, 1], populations: [0.7, expect.closeTo(0.3, 14)] });
  expect(document.modes[0].coupling).toEqual([
    [
      [0, 0],
      [0, 0],
    ],
    [
      [expect.closeTo(0.15 * Math.sqrt(0.7), 14), 0],
      [0, 0],
    ],
  ]);
  expect(document.minimal.modes).toHaveLength(2);
  expect(document.thermal).toMatchObject([{ k: 1, l: 2, occupation: expect.closeTo(0.75, 12) }]);
  expect(document.chain).toMatchObject({ blocks: [2], whole: 2, bound: 0 });
  // The two sites of a thermal qubit are its two modes: nothing hops.
  expect(document.chain.hamiltonian.map((row: [number, number][]) => row.map(([re]) => re))).toEqual([
    [1, 0],
    [0, -1],
  ]);
  expect(document.merged).toMatchObject({ modes: [{ frequency: -1 }, { frequency: 1 }], bound: 0 });
  for (const form of ["minimal", "thermal", "wholeChain", "chain", "merged"])
    expect(document.correlations[form], form).toBeLessThan(1e-15);
  expect(document.disagreement.minimal).toBeLessThan(1e-15);
  expect(document.disagreement.thermal).toBeLessThan(1e-15);
});

test("the thermal form of the inverted bath has a negative temperature, and says so", async () => {
  const { stdout } = await modes(`${examples}paper-qubit-w025.yaml`, "--form", "thermal");
  // β = ln(p_k/p_l)/ω = ln 3 / (-1.1), n = p_l/(p_k - p_l) = 1/2.
  expect(stdout).toMatch(/^ +2 +1 +-1\.1 +0\.5 +-0\.9987 /m);
  expect(stdout).toContain("the site is inverted");
});

test("equal populations have no oscillator, but a classical field", async () => {
  const { stdout } = await modes(`${examples}paper-qubit-w05.yaml`, "--form", "thermal");
  expect(stdout).toContain("classical field");
});

test("ten modes of spin-3/2 nuclei are two and a static field in the minimal form", async () => {
  const standard = await modes(`${examples}central-spin.yaml`);
  expect(standard.stdout).toContain("10 modes (k, l)");
  expect(standard.stdout.match(/ static /g)).toHaveLength(4);
  const minimal = await modes(`${examples}central-spin.yaml`, "--form", "minimal");
  expect(minimal.stdout).toContain("2 modes");
  expect(minimal.stdout).toContain("A_1 = ");
});
