import { describe, expect, test } from "vitest";
import { eigh } from "../../src/algebra/hermitian.ts";
import {
  add,
  adjoint,
  diagonal,
  hermitianDefect,
  identity,
  kron,
  type Matrix,
  matrix,
  maxAbs,
  multiply,
  norm,
  scale,
  subtract,
  zeros,
} from "../../src/algebra/matrix.ts";
import type { Model } from "../../src/model/types.ts";
import { fewest, frequencyGroups, minimalForm, reduceModes } from "../../src/reservoir/minimal.ts";
import { standardModes } from "../../src/reservoir/modes.ts";
import { spectralDistance, spectralWeights, vacuumModesOfMinimal } from "../../src/reservoir/spectralWeight.ts";
import { transitions } from "../../src/reservoir/transitions.ts";
import { cases } from "../oracle/cases.ts";
import { asModel, type PlainModel } from "../oracle/plainModel.ts";
import { random, randomHermitian, randomMatrix, randomUnitary } from "../oracle/random.ts";
import { randomModel } from "../oracle/randomModel.ts";
import { modesFieldCorrelation, siteFieldCorrelation } from "./siteCorrelation.ts";

const seeds = Array.from({ length: 120 }, (_, seed) => seed);

function rank(positive: Matrix): number {
  const { values } = eigh(positive);
  const largest = values.at(-1) ?? 0;
  return values.filter((value) => value > 1e-12 * largest).length;
}

/** S with the given G and sites with equally spaced levels and a Gibbs state, coupled through neighbouring levels. */
function ladderModel(d: number, g: Matrix, hc: "added" | "included", v: Matrix): Model {
  const n = g.rows;
  const populations = Array.from({ length: d }, (_, k) => Math.exp(-0.7 * k));
  const sum = populations.reduce((total, p) => total + p, 0);
  const plain: PlainModel = {
    name: "ladder",
    dims: [n],
    systemHamiltonian: diagonal(Array.from({ length: n }, (_, i) => i)),
    systemState: scale(identity(n), 1 / n),
    siteHamiltonian: diagonal(Array.from({ length: d }, (_, k) => 1.3 * k)),
    siteState: diagonal(populations.map((p) => p / sum)),
    couplings: [{ system: g, site: v, hc }],
    center: "subtract",
    times: [0],
    sizes: [1],
    tolerance: 1e-8,
  };
  return asModel(plain);
}

describe("the minimal form", () => {
  test("has the two-point data of the paper's list, for models of every kind", () => {
    for (const seed of seeds) {
      const { model } = randomModel(seed);
      const minimal = vacuumModesOfMinimal(minimalForm(model));
      expect(spectralDistance(standardModes(model), minimal)).toBeLessThan(1e-13);
    }
  });

  test("has the correlation functions of the site itself, found without modes", () => {
    for (const seed of seeds.slice(0, 40)) {
      const { model } = randomModel(seed);
      const modes = vacuumModesOfMinimal(minimalForm(model));
      for (const t of [0, 1.3, -4]) {
        const found = modesFieldCorrelation(modes, model.system.dimension, t);
        expect(maxAbs(subtract(found, siteFieldCorrelation(model, t)))).toBeLessThan(1e-13);
      }
    }
  });

  test("has as many modes at each frequency as J_ω has rank, and no list can have fewer", () => {
    for (const seed of seeds) {
      const { model } = randomModel(seed);
      const { modes, field } = minimalForm(model);
      for (const { frequency, weight } of spectralWeights(standardModes(model))) {
        const here = modes.filter((mode) => mode.frequency === frequency).length;
        expect(here + (frequency === 0 ? field.length : 0), `seed ${seed}, ω = ${frequency}`).toBe(rank(weight));
      }
    }
  });

  for (const reference of cases) {
    test(`needs as many modes as another program: ${reference.about}`, () => {
      const { modes, field } = minimalForm(reference.model);
      expect(modes.length + field.length).toBe(reference.minimalModes);
    });
  }

  test("splits off the static part exactly: Hermitian fields with the covariance Σ p_k W_kk ⊗ W_kk", () => {
    for (const seed of seeds) {
      const { model } = randomModel(seed, { degenerate: false });
      const { modes, field } = minimalForm(model);
      expect(modes.some(({ frequency }) => frequency === 0)).toBe(false);
      const t = transitions(model);
      const n = model.system.dimension;
      let expected = zeros(n * n);
      for (let k = 0; k < t.levels; k++) {
        const w = t.operators[k][k];
        expected = add(expected, kron(w, w), t.populations[k]);
      }
      let found = zeros(n * n);
      for (const a of field) {
        expect(hermitianDefect(a)).toBeLessThan(1e-14);
        found = add(found, kron(a, a));
      }
      expect(maxAbs(subtract(found, expected))).toBeLessThan(1e-13);
      const filled = t.populations.filter((p) => p > 0).length;
      expect(field.length).toBeLessThanOrEqual(filled - 1);
    }
  });

  test("makes a classical field of a hot degenerate level: what absorbs as it emits commutes with all", () => {
    for (const seed of seeds.slice(0, 30)) {
      const { model } = randomModel(seed, { siteDimension: 2, degenerate: true, state: "infinite-temperature" });
      const { modes, field } = minimalForm(model);
      expect(modes).toEqual([]);
      expect(field.length).toBeGreaterThan(0);
      expect(field.length).toBeLessThanOrEqual(3);
    }
  });

  test("keeps a mode that stands still but does not commute with itself, as from a pure state of a degenerate level", () => {
    const { model } = randomModel(3, { siteDimension: 2, degenerate: true, state: "pure", hermitian: false });
    const { modes, field } = minimalForm(model);
    expect(field.length).toBeLessThanOrEqual(1);
    expect(modes.map(({ frequency }) => frequency)).toEqual([0]);
    expect(maxAbs(subtract(modes[0].coupling, adjoint(modes[0].coupling)))).toBeGreaterThan(1e-3);
  });

  test("of equally spaced levels has one mode for each of the 2(d − 1) frequencies, instead of d(d − 1)", () => {
    for (const d of [2, 3, 4, 6]) {
      const from = random(d);
      const v = randomHermitian(from, d);
      const model = ladderModel(d, randomHermitian(from, 2), "included", v);
      const { modes, field } = minimalForm(model);
      expect(standardModes(model).filter(({ frequency }) => frequency !== 0).length).toBe(d * (d - 1));
      expect(modes.length).toBe(2 * (d - 1));
      expect(new Set(modes.map(({ frequency }) => Math.round(frequency / 1.3))).size).toBe(2 * (d - 1));
      expect(field.length).toBe(1);
    }
  });

  test("is empty where nothing couples", () => {
    expect(minimalForm(ladderModel(3, zeros(2), "added", diagonal([1, 0, -1])))).toEqual({
      modes: [],
      field: [],
      moved: 0,
    });
  });

  test("keeps a conserved charge: a mode either gives S an excitation or takes one, never both", () => {
    const lowering = matrix([
      [0, 0],
      [1, 0],
    ]);
    for (const d of [2, 3, 4]) {
      const up = zeros(d);
      for (let k = 0; k + 1 < d; k++) up.re[(k + 1) * d + k] = Math.sqrt(k + 1);
      const { modes } = minimalForm(ladderModel(d, lowering, "added", up));
      expect(modes.length).toBe(2);
      for (const { coupling, frequency } of modes) {
        // A site that goes up takes the excitation of S: L is ∝ σ₋ at +ω and ∝ σ₊ at −ω, to the last digit.
        const entry = frequency > 0 ? 2 : 1;
        coupling.re.forEach((x, i) => {
          if (i !== entry) expect([x, coupling.im[i]]).toEqual([0, 0]);
        });
        expect(norm(coupling)).toBeGreaterThan(0.1);
      }
    }
  });

  test("does not mix modes that act on different entries of S, even at one frequency", () => {
    const a = matrix([
      [0, 1],
      [0, 0],
    ]);
    const modes = [a, adjoint(a), scale(a, { re: 0, im: 2 })].map((coupling) => ({ frequency: 1, coupling }));
    const reduced = reduceModes(modes).modes.map(({ coupling }) => coupling);
    expect(reduced.length).toBe(2);
    const supports = reduced.map(({ re, im }) => [...re.keys()].filter((i) => re[i] !== 0 || im[i] !== 0));
    expect(supports.sort()).toEqual([[1], [2]]);
    expect(Math.max(...reduced.map(norm))).toBeCloseTo(Math.sqrt(5), 14);
  });
});

describe("the fewest operators", () => {
  test("of a random mixture are as many as were mixed, with the same Σ vec(L) vec(L)†", () => {
    const from = random(41);
    for (let draw = 0; draw < 20; draw++) {
      const kinds = from.integer(1, 4);
      const seen = kinds + from.integer(0, 4);
      const independent = Array.from({ length: kinds }, () => randomMatrix(from, 3));
      const mixing = randomMatrix(from, seen, kinds);
      const mixed = Array.from({ length: seen }, (_, i) =>
        independent.reduce(
          (sum, l, j) => add(sum, l, { re: mixing.re[i * kinds + j], im: mixing.im[i * kinds + j] }),
          zeros(3),
        ),
      );
      const found = fewest(mixed);
      expect(found.length).toBe(kinds);
      const at = (list: readonly Matrix[]) => list.map((coupling) => ({ frequency: 1, coupling }));
      expect(spectralDistance(at(found), at(mixed))).toBeLessThan(1e-12);
    }
  });

  test("of operators that cannot be reduced are those operators, untouched", () => {
    const from = random(42);
    const list = Array.from({ length: 4 }, () => randomMatrix(from, 2));
    expect(fewest(list)).toEqual(list);
  });

  test("do not depend on the units in which couplings are given", () => {
    const from = random(43);
    const base = [randomMatrix(from, 3), randomMatrix(from, 3)];
    const u = randomUnitary(from, 3);
    const list = [...base, add(base[0], base[1], { re: 0.3, im: 1 }), multiply(u, base[0])];
    for (const size of [1, 1e-3, 1e-6, 1e-12, 1e12]) {
      const found = fewest(list.map((l) => scale(l, size)));
      expect(found.length, `couplings of ${size}`).toBe(3);
      const at = (operators: readonly Matrix[]) => operators.map((coupling) => ({ frequency: 1, coupling }));
      expect(spectralDistance(at(found), at(list.map((l) => scale(l, size))))).toBeLessThan(1e-12 * size ** 2);
    }
  });
});

describe("groups of equal frequency", () => {
  test("join what differs by rounding, in ascending order, and call rounding of 0 by its name", () => {
    const groups = frequencyGroups([3, 1e-14, -1, 3 + 1e-13, -1e-13, -1 + 1e-6].map((frequency) => ({ frequency })));
    expect(groups.map(({ modes }) => modes.length)).toEqual([1, 1, 2, 2]);
    expect(groups[2].frequency).toBe(0);
    expect(groups[0].frequency).toBe(-1);
  });
});
