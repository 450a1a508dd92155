import { describe, expect, test } from "vitest";
import { maxDifference } from "../../../src/algebra/series.ts";
import { markLight } from "../../../src/dynamics/average/lightSectors.ts";
import { defaultMemory } from "../../../src/dynamics/defaultMemory.ts";
import { existing } from "../../../src/dynamics/families/familyNamed.ts";
import { geometricStarts } from "../../../src/dynamics/families/start.ts";
import { simulate } from "../../../src/dynamics/simulate.ts";
import { Stage } from "../../../src/dynamics/stage/stage.ts";
import { defineModel } from "../../../src/model/validate.ts";

const bell = Array.from({ length: 41 }, (_, k) => ({
  point: [k - 20],
  weight: Math.exp(-0.5 * (0.3 * (k - 20)) ** 2),
}));
const starts = geometricStarts([0.5], 1e-9, Number.POSITIVE_INFINITY);
const most = starts.length - 1;

describe("sectors by their weights", () => {
  const allowed = 1e-7;
  const marked = markLight(bell, starts, allowed);
  const fewer = marked.map(({ light }) => light?.fewer ?? 0);

  test("are all sectors, each once, in groups, the heaviest with all starts", () => {
    const points = marked.map(({ point }) => point[0]);
    expect([...points].sort((a, b) => a - b)).toEqual(bell.map(({ point }) => point[0]));
    expect(fewer).toEqual([...fewer].sort((a, b) => a - b));
    const levels = [...new Set(fewer)];
    expect(levels.length).toBeGreaterThan(2);
    expect(levels[0]).toBe(0);
    for (const level of levels) expect(fewer.filter((one) => one === level).length).toBeGreaterThanOrEqual(4);
  });

  test("leave out no more in all than twice what sectors of average weight may", () => {
    const total = bell.reduce((sum, { weight }) => sum + weight, 0);
    let omitted = 0;
    marked.forEach(({ weight }, k) => {
      const beyond = starts.filter(({ occupations }) => occupations[0] > most - fewer[k]);
      omitted += (weight / total) * beyond.reduce((sum, start) => sum + start.weight, 0);
    });
    expect(omitted).toBeGreaterThan(0);
    expect(omitted).toBeLessThan(2 * allowed);
  });

  test("are as they were where all weigh the same", () => {
    const alike = bell.map(({ point }) => ({ point, weight: -0.25 }));
    expect(markLight(alike, starts, allowed)).toEqual(alike);
  });
});

describe("an average that takes fewer starts in light sectors", () => {
  const model = defineModel({
    system: { hamiltonian: "0.5 * sigmaz + 0.3 * sigmax", state: "plus" },
    reservoir: { hamiltonian: "proj(up)", state: "0.7 * proj(down) + 0.3 * proj(up)" },
    couplings: [{ system: "0.25 * sigmax", site: "sigmax + sigmaz + 0.4 * qeye(2)", hc: "included" }],
    times: { from: 0, to: 8, points: 33 },
    tolerance: 1e-8,
  });

  test("is that of bosons in their vacuum, which have one start, within its bound", () => {
    const thermal = simulate(model, Number.POSITIVE_INFINITY, { form: "thermal" });
    const vacuum = simulate(model, Number.POSITIVE_INFINITY, { form: "minimal", tolerance: 1e-12 });
    expect(thermal.error.converged).toBe(true);
    const off = thermal.rho.re.map((x, e) => Math.hypot(x - vacuum.rho.re[e], thermal.rho.im[e] - vacuum.rho.im[e]));
    expect(Math.max(...off)).toBeLessThan((thermal.error.bound ?? 0) + 1e-12);
    expect(thermal.error.bound).toBeLessThan(1e-8);
  });

  test("has sectors with lower cutoffs, and the starts that these leave out are counted", () => {
    const { family } = existing("thermal", model, Number.POSITIVE_INFINITY, 1e-8);
    const stage = new Stage(model, family, 1e-8, defaultMemory);
    const cutoff = stage.startQuanta + 6;
    const all = bell.map(({ point, weight }) => ({ point: [0.3 * point[0]], weight }));
    const light = stage.chunks(all, cutoff, 1e-9).flatMap(({ points }) => points.filter((point) => point.light));
    expect(light.length).toBeGreaterThan(8);
    // Not in order, so that spaces are left and come again.
    const mixed = light.map((_, k) => light[(5 * k) % light.length]);
    for (const points of [light.slice(0, 4), light.slice(-4), mixed]) {
      const part = stage.part({ points, cutoff, enough: 1e-9 });
      const heavy = points.map(({ point, weight }) => ({ point, weight }));
      const plain = stage.part({ points: heavy, cutoff, enough: 1e-9 });
      expect(part.omitted).toBeGreaterThan(2 * plain.omitted);
      const off = maxDifference(part.rho, plain.rho);
      expect(off).toBeGreaterThan(0);
      expect(off).toBeLessThan(part.omitted + part.leaked + part.propagation);
    }
    expect(stage.dimension).toBe(2 * (cutoff + 1));
  });
});
