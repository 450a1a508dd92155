import { describe, expect, test } from "vitest";
import { adjoint, inBasis, maxAbs, norm, scale, subtract } from "../../src/algebra/matrix.ts";
import { standardModes } from "../../src/reservoir/modes.ts";
import { spectralDistance } from "../../src/reservoir/spectralWeight.ts";
import { transitions } from "../../src/reservoir/transitions.ts";
import { slowModes } from "../oracle/bosonicBruteForce.ts";
import { cases } from "../oracle/cases.ts";
import { random, randomUnitary } from "../oracle/random.ts";
import { randomModel } from "../oracle/randomModel.ts";
import { withReservoir } from "../oracle/withReservoir.ts";
import { modesFieldCorrelation, siteFieldCorrelation } from "./siteCorrelation.ts";

const seeds = Array.from({ length: 60 }, (_, seed) => seed);

describe("the modes (16)-(18)", () => {
  for (const reference of cases) {
    test(`are those that another program lists: ${reference.about}`, () => {
      const t = transitions(reference.model);
      const modes = standardModes(reference.model);
      expect(modes.map(({ k, l }) => [k, l])).toEqual(reference.modes.map(({ k, l }) => [k, l]));
      modes.forEach((mode, i) => {
        const expected = reference.modes[i];
        expect(mode.frequency).toBeCloseTo(expected.frequency, 12);
        expect(mode.population).toBeCloseTo(expected.population, 12);
        const [k, l] = [mode.k - 1, mode.l - 1];
        const modulus = (q: number, a: number, b: number) =>
          Math.hypot(t.site[q].re[a * t.levels + b], t.site[q].im[a * t.levels + b]);
        expected.lower.forEach((size, q) => {
          expect(modulus(q, l, k)).toBeCloseTo(size, 12);
        });
        expected.upper.forEach((size, q) => {
          expect(modulus(q, k, l)).toBeCloseTo(size, 12);
        });
      });
    });
  }

  test("have the couplings √p_k W_lk and frequencies E_l − E_k", () => {
    for (const seed of seeds) {
      const { model } = randomModel(seed);
      const t = transitions(model);
      for (const { k, l, frequency, population, coupling } of standardModes(model)) {
        expect(population).toBe(t.populations[k - 1]);
        expect(frequency).toBe(t.energies[l - 1] - t.energies[k - 1]);
        expect(maxAbs(subtract(coupling, scale(t.operators[l - 1][k - 1], Math.sqrt(population))))).toBe(0);
      }
    }
  });

  test("carry the two-point function of the field that the site makes, (11)", () => {
    for (const seed of seeds.slice(0, 30)) {
      const { model } = randomModel(seed);
      const n = model.system.dimension;
      for (const t of [0, 0.7, -3.1]) {
        const site = siteFieldCorrelation(model, t);
        expect(maxAbs(subtract(modesFieldCorrelation(standardModes(model), n, t), site))).toBeLessThan(1e-13);
      }
    }
  });

  test("agree with a list made without the library's eigensolver", () => {
    for (const seed of seeds) {
      const { model } = randomModel(seed);
      // The other eigensolver leaves 1e-16 of a frequency 0.
      const slow = slowModes(model).map((mode) => ({
        ...mode,
        frequency: Math.abs(mode.frequency) < 1e-14 ? 0 : mode.frequency,
      }));
      expect(spectralDistance(standardModes(model), slow)).toBeLessThan(1e-13);
    }
  });

  test("do not know in which basis the site was written", () => {
    const from = random(31);
    for (const seed of seeds) {
      const { model } = randomModel(seed);
      const u = randomUnitary(from, model.reservoirs[0].site.dimension);
      const turned = withReservoir(model, {
        site: {
          ...model.reservoirs[0].site,
          hamiltonian: inBasis(model.reservoirs[0].site.hamiltonian, u),
          state: inBasis(model.reservoirs[0].site.state, u),
        },
        couplings: model.reservoirs[0].couplings.map((c) => ({ ...c, site: inBasis(c.site, u) })),
      });
      expect(spectralDistance(standardModes(model), standardModes(turned))).toBeLessThan(1e-13);
    }
  });

  test("start from filled levels only, each pair once, at most d · rank ρ of them", () => {
    for (const seed of seeds) {
      const { model } = randomModel(seed);
      const { populations, levels } = transitions(model);
      const modes = standardModes(model);
      for (const { k } of modes) expect(populations[k - 1]).toBeGreaterThan(0);
      expect(new Set(modes.map(({ k, l }) => `${k},${l}`)).size).toBe(modes.length);
      expect(modes.length).toBeLessThanOrEqual(levels * populations.filter((p) => p > 0).length);
    }
  });

  test("are at most d − 1 for a pure site, as a centred v has no v_11 there", () => {
    for (const seed of seeds) {
      const { model, kind } = randomModel(seed, { state: "pure", degenerate: false });
      const modes = standardModes(model);
      expect(modes.length).toBe(kind.siteDimension - 1);
      expect(modes.every(({ k, l }) => k !== l)).toBe(true);
    }
  });

  test("include pairs that (16) names although their coupling vanishes: G = G†, v = −v†", () => {
    const { model } = randomModel(5, { siteDimension: 2, couplings: 1, hermitian: true, degenerate: false });
    const [c] = model.reservoirs[0].couplings;
    const odd = subtract(c.site, adjoint(c.site));
    expect(maxAbs(odd)).toBeLessThan(1e-14);
    const site = { ...c.site, re: c.site.re.map((x) => -x), im: c.site.im.map((x) => -x) };
    const anti = withReservoir(model, {
      couplings: [{ ...c, site: { ...site, re: site.im.map((x) => -x), im: site.re } }],
    });
    const modes = standardModes(anti);
    expect(modes.length).toBeGreaterThan(0);
    expect(Math.max(...modes.map(({ coupling }) => norm(coupling)))).toBeLessThan(1e-14);
  });
});
