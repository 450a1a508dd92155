import { expect, test } from "vitest";
import { describeReservoir } from "../../../src/handover/describe.ts";
import { handedSystem } from "../../../src/handover/prepare.ts";
import { reservoirJson } from "../../../src/io/export/json.ts";
import { defineModel } from "../../../src/model/validate.ts";

const model = defineModel({
  name: "hot",
  system: { hamiltonian: "0.5 * sigmaz", state: "plus" },
  reservoir: { hamiltonian: "proj(up)", state: "0.7 * proj(down) + 0.3 * proj(up)" },
  couplings: [{ system: "0.15 * sigmax", site: "sigmax + 0.5 * sigmaz", hc: "included" }],
  center: "subtract",
  times: [0, 2],
});
const options = { form: "minimal" as const, tolerance: 1e-6, mostStates: 5000, mostTimes: 20, version: "test" };

type Rows = [number, number][][];

/** Σ J_ω e^{−iωt}, from the document alone. */
function correlation(list: { frequency: number; weight: Rows }[], i: number, j: number, t: number): [number, number] {
  return list.reduce<[number, number]>(
    ([re, im], { frequency, weight }) => {
      const [x, y] = weight[i][j];
      const [c, s] = [Math.cos(frequency * t), -Math.sin(frequency * t)];
      return [re + x * c - y * s, im + x * s + y * c];
    },
    [0, 0],
  );
}

test("the document holds F in every form, and the exponentials are the site's own correlation function", () => {
  const { name, system } = model;
  const reference = handedSystem(model, options);
  const text = reservoirJson({ ...describeReservoir(model), system: { name, version: "test", ...system }, reference });
  const f = JSON.parse(text);
  expect(f).toMatchObject({ schema: "bosonize/reservoir@1", name: "hot", bosonize: "test", system: { dims: [2] } });
  expect(f.minimal.field).toHaveLength(1);
  expect(f.thermal.modes).toMatchObject([{ frequency: 1, occupation: expect.closeTo(0.75, 12) }]);
  expect(f.thermal.modes[0].beta).toBeCloseTo(Math.log(7 / 3), 12);
  expect(f.pairs[0]).toMatchObject({ k: 1, l: 2, beta: expect.closeTo(Math.log(7 / 3), 12) });
  expect(f.reference).toMatchObject({ times: [0, 2], remark: "" });
  expect(f.reference.rho[1]).toHaveLength(2);
  // V = 0.15 σx ⊗ v: ⟨v(t) v⟩ = 0.7 e^{−it} + 0.3 e^{it} + var(σz)/4, with Q's largest entry 1.
  const v = (t: number): [number, number] => [Math.cos(t) + (1 - 0.4 ** 2) / 4, -0.4 * Math.sin(t)];
  for (const t of [0, 0.7, 3]) {
    // Entry (01, 01) of vec(L) vec(L)†: σx has a 1 there.
    const [re, im] = correlation(f.correlation, 1, 1, t);
    const [expectedRe, expectedIm] = v(t);
    expect(re).toBeCloseTo(0.15 ** 2 * expectedRe, 13);
    expect(im).toBeCloseTo(0.15 ** 2 * expectedIm, 13);
  }
  expect(f.hermitianBaths).toHaveLength(1);
});

test("what is not known is null", () => {
  const { name, system } = model;
  const description = { ...describeReservoir(model), hermitianBaths: null, spectralWeights: null };
  const f = JSON.parse(
    reservoirJson({ ...description, system: { name, version: "test", ...system }, reference: null }),
  );
  expect([f.reference, f.hermitianBaths, f.correlation]).toEqual([null, null, null]);
});
